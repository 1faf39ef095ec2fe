import type { RunRecord } from '../../model/run-record.ts';
import { visibleLine } from '../hostile-text.ts';
import { counted, lasting, moment } from '../moments.ts';
import { capitalised, RUN_PROVENANCE_WORDS, STANDING_WORDS } from '../words.ts';
import { type Html, html, line } from './html-escape.ts';

/** What was looked at, which release of it, when, from where, and with what. */
export function pageHead(record: RunRecord): Html {
  const { target, run, standing } = record;
  const took = lasting(Math.max(0, Date.parse(run.endedAt) - Date.parse(run.startedAt)));
  const facts: readonly (readonly [string, Html | string])[] = [
    ['Target', targetLink(target.url)],
    ['Environment', capitalised(target.environment)],
    [
      'Release',
      html`${releaseText(target.release)}${target.releaseChanged && html` <strong class="warn">It changed while we looked.</strong>`}`,
    ],
    ['Seen', html`${moment(run.startedAt)}, took ${took}`],
    ['Seen from', html`${run.vantage}${run.egress !== null && html`, sent from ${run.egress}`}`],
    [
      'Stack',
      target.stack.length === 0
        ? 'Not recognised'
        : [...new Set(target.stack.map(({ stack }) => visibleLine(stack, 40)))].slice(0, 8).join(', '),
    ],
    ['Accounts', accountsText(target.accounts)],
    ['Run', html`${RUN_PROVENANCE_WORDS[run.provenance]}, with ${run.tool.name} ${run.tool.version}`],
    ['Standing', html`${STANDING_WORDS[standing.is]}: ${standing.because}`],
  ];
  return html`<header class="page-head">
<p class="kicker">Client portal review · checklist evidence</p>
<h1>${line(target.name, 120)}</h1>
<dl class="facts">${facts.map(([word, says]) => html`<div><dt>${word}</dt><dd>${says}</dd></div>`)}</dl>
${run.cutShort !== null && html`<p class="notice"><strong>This run was cut short.</strong> ${run.cutShort}</p>`}
</header>
`;
}

function targetLink(url: string): Html {
  return /^https?:\/\/[!-~]+$/.test(url)
    ? html`<a href="${url}" class="bare" rel="noreferrer noopener">${line(url, 160)}</a>`
    : line(url, 160);
}

function releaseText(release: RunRecord['target']['release']): Html {
  return release === null
    ? html`Unknown: the target does not name it`
    : html`<code>${line(release.value, 60)}</code> (${line(release.from, 80)})`;
}

function accountsText(accounts: RunRecord['target']['accounts']): string {
  if (accounts.length === 0) return 'None given: seen as a stranger only';
  const tenants = new Set(accounts.map(({ tenant }) => tenant)).size;
  const roles = new Set(accounts.map(({ role }) => role)).size;
  return [counted(accounts.length, 'account'), counted(tenants, 'tenant'), counted(roles, 'role')].join(', ');
}
