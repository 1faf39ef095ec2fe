import type { RunRecord } from '../../model/run-record.ts';
import { watermark } from '../words.ts';
import { type Html, html } from './html-escape.ts';

interface Section {
  readonly id: string;
  readonly title: string;
  readonly standing: RunRecord['standing'];
  readonly intro?: Html | string;
  readonly body: Html | readonly Html[];
}

/** One part of the report. A rehearsal or a preview is named in every one of them, also when it is printed or quoted alone. */
export function section({ id, title, standing, intro, body }: Section): Html {
  const mark = watermark(standing);
  return html`<section id="${id}" aria-labelledby="${id}-title"><div class="section-head"><h2 id="${id}-title">${title}</h2>${mark !== null && html`<span class="standing-tag">${mark.word}</span>`}</div>
${intro !== undefined && html`<p class="intro">${intro}</p>`}${body}</section>
`;
}
