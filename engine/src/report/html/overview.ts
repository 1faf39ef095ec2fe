import type { RunRecord } from '../../model/run-record.ts';
import { ageAt, day } from '../moments.ts';
import { coverageText } from '../reasons.ts';
import { capitalised, GATE_WORDS, PROVENANCE_WORDS, VERDICT_WORDS } from '../words.ts';
import { withCode } from './code-text.ts';
import { type Html, html } from './html-escape.ts';
import { gateState, icon, provenanceMark, state, verdictClass } from './icons.ts';
import { section } from './section.ts';
import { shareBar } from './share-bar.ts';

/** Names listed per harm and column. */
const HARM_LINES_MAX = 4;

export function gates({ gates: lines, standing }: RunRecord): Html {
  return section({
    id: 'gates',
    title: 'Gates',
    standing,
    intro:
      'Each gate decides alone. One that is shut means not ready, whatever else is fine; one that is unknown is not open.',
    body: html`<ul class="gates">${lines.map(
      ({ is, title, because }) =>
        html`<li class="gate is-gate-${is}">${gateState(is, GATE_WORDS[is])}<div><h3>${title}</h3><p class="muted">${withCode(because)}</p></div></li>`,
    )}</ul>`,
  });
}

export function tiles(record: RunRecord): Html {
  return section({
    id: 'rows',
    title: 'The twelve rows',
    standing: record.standing,
    intro:
      'The scorecard’s ten rows and two thresholds. The hatched share of a bar is unknown: it is neither good nor bad, and it never counts as a pass.',
    body: html`<ol class="tiles">${record.criteria.map((criterion, index) => tile(criterion, index, record.judgedAt))}</ol>`,
  });
}

function tile(criterion: RunRecord['criteria'][number], index: number, judgedAt: string): Html {
  const { id, title, verdict, because, provenance, coverage, oldestSeenAt, goodUntil } = criterion;
  return html`<li class="tile ${verdictClass(verdict)}"><h3><span class="tile-number">${index + 1}</span> <a href="#row-${id}">${title}</a></h3>
<p class="tile-state">${state(verdict, VERDICT_WORDS[verdict])}</p>
<p class="tile-because">${because === null ? 'Every subject was seen and is as it should be.' : withCode(because)}</p>
<div class="tile-foot">${shareBar(coverage)}<p>${coverageText(coverage)}</p>
<p class="tile-source">${provenanceMark(provenance, PROVENANCE_WORDS[provenance])} <span>${evidenceAge(oldestSeenAt, goodUntil, judgedAt)}</span></p></div></li>
`;
}

/** How old what a verdict stands on was when it was judged, and how long it is good. */
export function evidenceAge(oldestSeenAt: string | null, goodUntil: string | null, judgedAt: string): string {
  if (oldestSeenAt === null) return 'no evidence';
  const age = ageAt(judgedAt, oldestSeenAt);
  const old = age === null ? 'of unknown age' : `${age} old`;
  if (goodUntil === null) return old;
  return goodUntil < judgedAt ? `${old}, ran out ${day(goodUntil)}` : `${old}, good until ${day(goodUntil)}`;
}

export function harms(record: RunRecord): Html {
  const titles = new Map<string, string>(record.criteria.map(({ id, title }) => [id, title]));
  const checks = new Map(record.checks.map(({ id, title }) => [id, title]));
  const name = (id: string) => titles.get(id) ?? checks.get(id) ?? id;
  return section({
    id: 'harms',
    title: 'Five harms',
    standing: record.standing,
    intro:
      'A portal must not be an easy path to any of these. What was not tested is listed beside what failed, because it may hold the same; all of it is listed further down.',
    body: html`<ul class="harms">${record.harms.map(({ title, failing, notTested, proved }) => {
      const verdict =
        failing.length > 0 ? 'fail' : notTested.length > 0 || proved.length === 0 ? 'not_verified' : 'pass';
      const word = { fail: 'Has a path', not_verified: 'Not ruled out', pass: 'No path found' }[verdict];
      return html`<li class="harm ${verdictClass(verdict)}"><h3>${title}</h3><p>${state(verdict, word)}</p>
<dl>${harmLine('Fails', failing.map(name))}${harmLine('Not tested', notTested.map(name))}${harmLine('Proved', proved.map(name))}</dl></li>
`;
    })}</ul>`,
  });
}

function harmLine(word: string, names: readonly string[]): Html | null {
  if (names.length === 0) return null;
  return html`<div><dt>${word} <span class="muted">(${names.length})</span></dt><dd><ul>${names.slice(0, HARM_LINES_MAX).map((name) => html`<li>${capitalised(name)}</li>`)}${names.length > HARM_LINES_MAX && html`<li>and ${names.length - HARM_LINES_MAX} more</li>`}</ul></dd></div>`;
}

export function contents(record: RunRecord, findings: number): Html {
  const links: readonly (readonly [string, string, number | null])[] = [
    ['verdict', 'Verdict', null],
    ['gates', 'Gates', null],
    ['rows', 'Twelve rows', null],
    ['harms', 'Five harms', null],
    ['redirects', 'Redirects', null],
    ['hosts', 'Hosts', null],
    ['findings', 'Findings', findings],
    ['details', 'Rows in full', null],
    ['not-tested', 'Not tested', record.notTested.length],
    ['scope', 'Scope', record.scope.length],
    ['sent', 'What was sent', null],
    ['limits', 'Limits', null],
  ];
  return html`<nav class="contents" aria-label="Contents"><p class="contents-title">${icon('measured')}Launch Ready</p><ul>${links.map(([id, word, count]) => html`<li><a href="#${id}">${word}${count !== null && html` <span class="count">${count}</span>`}</a></li>`)}</ul>
<div class="themes" role="group" aria-label="Colours" hidden><button type="button" data-colours="light" aria-pressed="false">Light</button><button type="button" data-colours="dark" aria-pressed="false">Dark</button></div></nav>
`;
}
