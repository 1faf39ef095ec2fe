import { createHash } from 'node:crypto';
import type { RunRecord } from '../model/run-record.ts';
import { limits, notTested, scope, sent } from './html/closing-parts.ts';
import { findingGroups, findings } from './html/findings.ts';
import { hostGrid } from './html/host-grid.ts';
import { type Html, html, line, ours, rendered } from './html/html-escape.ts';
import { sprite } from './html/icons.ts';
import { contents, gates, harms, tiles } from './html/overview.ts';
import { pageHead } from './html/page-head.ts';
import { redirectGraph } from './html/redirect-graph.ts';
import { rowDetails } from './html/row-details.ts';
import { SCRIPT } from './html/script.js.ts';
import { STYLE } from './html/style.css.ts';
import { verdictPanel } from './html/verdict.ts';
import { capitalised, watermark } from './words.ts';

/** Nothing may be loaded, sent or run but the style and the script below, by their digests. */
const POLICY = [
  "default-src 'none'",
  `style-src '${digest(STYLE)}'`,
  `script-src '${digest(SCRIPT)}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** The whole report as one HTML file: it needs no network and no script, and the same record gives the same bytes. */
export function htmlReport(record: RunRecord): string {
  const groups = findingGroups(record.findings);
  const mark = watermark(record.standing);
  return rendered(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${ours(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${mark !== null && `${mark.word}: `}${line(record.target.name, 80)} · client portal review</title>
<style>${ours(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
${sprite()}${mark !== null && standing(mark, record)}
<div class="page">${contents(record, record.findings.length)}
<main id="main" tabindex="-1">
${pageHead(record)}${verdictPanel(record, groups[0] ?? null)}${gates(record)}${tiles(record)}${harms(record)}${redirectGraph(record)}${hostGrid(record)}${findings(record, groups)}${rowDetails(record)}${notTested(record)}${scope(record)}${sent(record)}${limits(record)}</main></div>
<script>${ours(SCRIPT)}</script>
</body>
</html>
`);
}

/** A banner on screen; on paper a word across every page. */
function standing(mark: { word: string; says: string }, record: RunRecord): Html {
  return html`<div class="watermark" aria-hidden="true">${mark.word}</div><aside class="banner" aria-label="Standing of this report"><strong>${mark.word}.</strong> ${mark.says} <span class="banner-because">${capitalised(record.standing.because)}.</span></aside>
`;
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}
