import { block, type Html, html, line } from './html-escape.ts';

/** Our own sentences mark code with backticks. What is inside is text like any other. */
export function withCode(text: string): Html {
  const pieces = text.split('`');
  // An odd backtick is a character of the text, not a mark.
  if (pieces.length % 2 === 0) return html`${text}`;
  return html`${pieces.map((piece, index) => (index % 2 === 1 ? html`<code>${piece}</code>` : piece))}`;
}

/** A step of a fix: a sentence, or lines to write. */
export function fixStep(step: string): Html {
  const [first = '', ...rest] = step.split('\n');
  if (rest.length > 0 && !isCode(first))
    return html`<p>${withCode(first)}</p><pre><code>${block(rest.join('\n'))}</code></pre>`;
  if (isCode(step)) return html`<pre><code>${block(step.replace(/^`|`$/g, ''))}</code></pre>`;
  return html`<p>${withCode(step)}</p>`;
}

/** A whole step in backticks, or one that ends like a line of configuration. */
function isCode(step: string): boolean {
  return /^`[^`]+`$/.test(step) || /[;{}]$/.test(step.trim());
}

/** The name of a subject as the run spells it: in one direction whatever letters it is made of. */
export function subjectName(subject: string): Html {
  return html`<code class="subject">${line(subject, 240)}</code>`;
}
