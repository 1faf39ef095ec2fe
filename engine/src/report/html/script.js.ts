/**
 * All the script there is: colours, copying, filtering, and opening what a link or a printer needs. The page says the
 * same without it. It reads what is on the page as text and writes text only.
 */
export const SCRIPT = `'use strict';
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const themes = all('.themes button');
  const show = (theme) => {
    if (theme) document.documentElement.dataset.theme = theme;
    const dark = theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    for (const button of themes) button.setAttribute('aria-pressed', String((button.dataset.colours === 'dark') === dark));
  };
  for (const group of all('.themes, .filter, .copy')) group.hidden = false;
  for (const button of themes) button.addEventListener('click', () => show(button.dataset.colours));
  show('');

  for (const button of all('.copy')) {
    const word = button.textContent;
    button.addEventListener('click', async () => {
      const source = document.getElementById(button.dataset.copy);
      let done = true;
      try {
        await navigator.clipboard.writeText(source.textContent);
      } catch {
        const range = document.createRange();
        range.selectNodeContents(source);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        done = document.execCommand('copy');
      }
      source.closest('details').open = source.closest('details').open || !done;
      button.textContent = done ? 'Copied' : 'Selected: press Ctrl+C';
      setTimeout(() => { button.textContent = word; }, 2500);
    });
  }

  const cards = all('.finding').map((card) => ({ card, text: card.textContent.toLowerCase() }));
  const field = document.getElementById('filter-text');
  const severities = all('.filter button');
  const filter = () => {
    const words = field.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const on = new Set(severities.filter((one) => one.getAttribute('aria-pressed') === 'true').map((one) => one.dataset.severity));
    let shown = 0;
    for (const { card, text } of cards) {
      card.hidden = !on.has(card.dataset.severity) || !words.every((word) => text.includes(word));
      if (!card.hidden) shown += 1;
    }
    document.querySelector('.no-match').hidden = shown > 0;
    document.querySelector('.filter-count').textContent = shown === cards.length ? '' : shown + ' of ' + cards.length + ' shown';
  };
  field?.addEventListener('input', filter);
  for (const button of severities)
    button.addEventListener('click', () => {
      button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'));
      filter();
    });

  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    for (const inner of target ? all('details', target).slice(0, 1) : []) inner.open = true;
  };
  addEventListener('hashchange', reveal);
  reveal();
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = all('details:not([open])');
    for (const one of closed) one.open = true;
  });
  addEventListener('afterprint', () => {
    for (const one of closed) one.open = false;
  });
})();
`;
