import { counted } from '../moments.ts';
import { type Html, html } from './html-escape.ts';

interface Table {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (Html | string)[])[];
  /** How many rows there are in all, when some are left out. */
  readonly of?: number;
  readonly what?: string;
  /** Class of the table. */
  readonly look?: string;
}

/**
 * A table that becomes one card per row on a phone. The roles are written out because browsers forget
 * them when a style changes `display`. The first cell names its row.
 */
export function table({ caption, head, rows, of, what, look }: Table): Html {
  return html`<table role="table" class="${look ?? 'plain'}"><caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${head.map((title) => html`<th role="columnheader" scope="col">${title}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map(
    ([
      first,
      ...cells
    ]) => html`<tr role="row"><th role="rowheader" scope="row">${first ?? ''}</th>${cells.map((cell, index) => html`<td role="cell" data-label="${head[index + 1] ?? ''}"><div>${cell}</div></td>`)}</tr>
`,
  )}</tbody></table>${restNote(rows.length, of ?? rows.length, what ?? 'row')}`;
}

/** What a section leaves out is counted, and where it is to be found is said. */
export function restNote(shown: number, of: number, what: string): Html | null {
  if (of <= shown) return null;
  return html`<p class="rest">${counted(of - shown, `more ${what}`)}, all in the run record.</p>`;
}
