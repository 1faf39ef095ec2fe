import { withMoments } from '../moments.ts';
import { block, type Html, html, line } from './html-escape.ts';

/** Our own sentences mark code with backticks. What is inside is text like any other. */
export function withCode(text: string): Html {
  const pieces = text.split('`');
  // An odd backtick is a character of the text, not a mark.
  if (pieces.length % 2 === 0) return html`${withMoments(text)}`;
  return html`${pieces.map((piece, index) => (index % 2 === 1 ? html`<code>${piece}</code>` : withMoments(piece)))}`;
}

/** The steps of a fix. Lines to write belong to the sentence before them. */
export function fixSteps(steps: readonly string[]): Html {
  const items: { says: string | null; lines: string[] }[] = [];
  for (const step of steps) {
    const [first = '', ...rest] = step.split('\n');
    const last = items.at(-1);
    if (!isCode(first)) items.push({ says: first, lines: rest.length > 0 ? [rest.join('\n')] : [] });
    else if (last === undefined) items.push({ says: null, lines: [step] });
    else last.lines.push(step);
  }
  return html`<ol class="steps">${items.map(({ says, lines }) => html`<li>${says !== null && html`<p>${withCode(says)}</p>`}${lines.length > 0 && html`<pre><code>${block(lines.map(bare).join('\n'))}</code></pre>`}</li>`)}</ol>`;
}

const bare = (step: string): string => (/^`[^`]+`$/.test(step) ? step.slice(1, -1) : step);

/** A whole step in backticks, or one that ends like a line of configuration. */
function isCode(step: string): boolean {
  return /^`[^`]+`$/.test(step) || /[;{}]$/.test(step.trim());
}

/** The name of a subject as the run spells it: in one direction whatever letters it is made of. */
export function subjectName(subject: string): Html {
  return html`<code class="subject">${line(subject, 240)}</code>`;
}
