import type { RecordedFinding } from '../../model/run-record.ts';
import { fixItems } from '../fix-items.ts';
import { withMoments } from '../moments.ts';
import { block, type Html, html, line } from './html-escape.ts';

/** Our own sentences mark code with backticks. What is inside is text like any other. */
export function withCode(text: string): Html {
  const pieces = text.split('`');
  // An odd backtick is a character of the text, not a mark.
  if (pieces.length % 2 === 0) return html`${withMoments(text)}`;
  return html`${pieces.map((piece, index) => (index % 2 === 1 ? html`<code>${piece}</code>` : withMoments(piece)))}`;
}

/** The steps of a fix, each with its lines to write. */
export function fixSteps(finding: RecordedFinding): Html {
  return html`<ol class="steps">${fixItems(finding).map(({ says, lines }) => html`<li><p>${withCode(says ?? 'Write:')}</p>${lines.length > 0 && html`<pre><code>${block(lines.join('\n'))}</code></pre>`}</li>`)}</ol>`;
}

/** The name of a subject as the run spells it: in one direction whatever letters it is made of. */
export function subjectName(subject: string): Html {
  return html`<code class="subject">${line(subject, 240)}</code>`;
}
