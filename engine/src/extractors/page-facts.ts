import type { Mark, ObservationOf } from '../model/observation.ts';
import { parseHtml } from '../parsers/html.ts';
import { htmlDataSigns } from './data-signs.ts';
import { excerpt, maskUrl } from './redact.ts';

export type PageFacts = Omit<ObservationOf<'page'>, keyof Mark | 'kind'>;

/** All we keep of an HTML page: what it is made of, without its text. Addresses are masked. */
export function pageFacts(text: string, url: string, status: number): PageFacts {
  const html = parseHtml(text, url);
  const masked = <T extends { readonly url: string }>(found: readonly T[]) =>
    found.map((one) => ({ ...one, url: maskUrl(one.url) }));
  return {
    url: maskUrl(url),
    status,
    title: excerpt(html.title, 0, 200),
    links: [...new Set(html.links.map(maskUrl))],
    scripts: masked(html.scripts),
    styles: masked(html.styles),
    forms: html.forms.map((form) => ({ ...form, action: maskUrl(form.action) })),
    hasPasswordField: html.hasPasswordField,
    insecure: masked(html.insecure),
    metaCsp: html.metaCsp,
    canonical: html.canonical === null ? null : maskUrl(html.canonical),
    generator: html.generator === null ? null : excerpt(html.generator, 0, 200),
    data: htmlDataSigns(html),
    tableRows: html.tableRows,
  };
}
