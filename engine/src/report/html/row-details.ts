import type { RecordedCheck, RunRecord } from '../../model/run-record.ts';
import { counted } from '../moments.ts';
import { coverageText, reasonGroups, shares } from '../reasons.ts';
import { PROVENANCE_WORDS, VERDICT_WORDS } from '../words.ts';
import { subjectName, withCode } from './code-text.ts';
import { standards } from './findings.ts';
import { type Html, html, line } from './html-escape.ts';
import { provenanceMark, state, verdictClass } from './icons.ts';
import { evidenceAge } from './overview.ts';
import { section } from './section.ts';
import { shareBar } from './share-bar.ts';
import { restNote } from './table.ts';

const CHECKS_PER_ROW_MAX = 60;
const REASONS_MAX = 12;
const BLIND_MAX = 60;
const UNLOCKS_MAX = 3;
const SUBJECTS_PER_REASON_MAX = 8;

/** Every row with its criteria, its checks, and what they could not see. */
export function rowDetails(record: RunRecord): Html {
  const byRow = Map.groupBy(record.checks, ({ criterion }) => criterion);
  return section({
    id: 'details',
    title: 'Rows in full',
    standing: record.standing,
    intro: 'What each row asks for, how it was looked at, and what its checks saw and could not see.',
    body: record.criteria.map((criterion, index) =>
      row(criterion, index, byRow.get(criterion.id) ?? [], record.judgedAt),
    ),
  });
}

function row(
  criterion: RunRecord['criteria'][number],
  index: number,
  checks: readonly RecordedCheck[],
  judgedAt: string,
): Html {
  const { id, title, verdict, because, provenance, coverage, oldestSeenAt, goodUntil, unlock } = criterion;
  const facts: readonly (readonly [string, string])[] = [
    ['Passes when', criterion.passWhen],
    ['Why it matters', criterion.why],
    ['What breaks', criterion.breaks],
    ['How it is looked at', criterion.method],
    ['Fix path', criterion.fixPath],
    ['What would make it visible', unlock ?? unlockOf(criterion, checks)],
  ];
  const blind = [...new Set(checks.flatMap(({ cannotSee }) => cannotSee))];
  return html`<section class="row ${verdictClass(verdict)}" id="row-${id}" aria-labelledby="row-${id}-title"><div class="row-head"><h3 id="row-${id}-title"><span class="tile-number">${index + 1}</span> ${title}</h3>${state(verdict, VERDICT_WORDS[verdict])}</div>
${because !== null && html`<p class="row-because">${withCode(because)}</p>`}
<div class="row-evidence">${shareBar(coverage)}<p>${coverageText(coverage)} · ${provenanceMark(provenance, PROVENANCE_WORDS[provenance])} · ${evidenceAge(oldestSeenAt, goodUntil, judgedAt)}</p></div>
<dl class="two">${facts.map(([word, says]) => html`<div><dt>${word}</dt><dd>${withCode(says)}</dd></div>`)}</dl>
<h4>Checks</h4>${
    checks.length === 0
      ? html`<p class="muted">No check of this version looks at this row. It cannot pass.</p>`
      : html`<div class="checks">${worstFirst(checks)
          .slice(0, CHECKS_PER_ROW_MAX)
          .map((check) => checkDetail(check, judgedAt))}</div>${restNote(CHECKS_PER_ROW_MAX, checks.length, 'check')}`
  }
${blind.length > 0 && html`<details class="more"><summary><h4>What these checks cannot see</h4> <span class="muted">(${blind.length})</span></summary><ul class="blind">${blind.slice(0, BLIND_MAX).map((says) => html`<li>${withCode(says)}</li>`)}</ul>${restNote(BLIND_MAX, blind.length, 'limit')}</details>`}
<p class="standards muted">Stands on: ${criterion.standards.join(' · ')} · ${criterion.requirements.join(', ')}</p></section>
`;
}

const ORDER: readonly RecordedCheck['verdict'][] = ['fail', 'stale', 'not_verified', 'pass', 'not_applicable'];

/** What failed stands first; within one state the record's order stays. */
function worstFirst(checks: readonly RecordedCheck[]): readonly RecordedCheck[] {
  return checks.toSorted((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
}

/** A row may fail and be unseen in part: without a word of its own, its checks say what would help. */
function unlockOf({ verdict, coverage }: RunRecord['criteria'][number], checks: readonly RecordedCheck[]): string {
  const { total, unknown } = shares(coverage);
  if (verdict === 'not_applicable') return 'The owner has left it out, as signed below.';
  if ((verdict === 'pass' || verdict === 'fail') && total > 0 && unknown === 0)
    return 'Nothing is missing: it was seen in full.';
  const unlocks = [...new Set(checks.flatMap(({ unlock }) => unlock ?? []))].slice(0, UNLOCKS_MAX);
  return unlocks.length > 0 ? unlocks.join(' ') : 'Not all of it was seen: its checks below say what and why.';
}

function checkDetail(check: RecordedCheck, judgedAt: string): Html {
  const { title, verdict, because, coverage, provenance, oldestSeenAt, goodUntil, unlock } = check;
  const groups = reasonGroups(coverage.unproved, SUBJECTS_PER_REASON_MAX);
  return html`<details class="check"><summary>${state(verdict, VERDICT_WORDS[verdict])}<span class="check-title">${title}</span><span class="muted check-coverage">${coverageText(coverage)}</span></summary>
<div class="check-body"><p>${withCode(check.why)}</p>
${because !== null && html`<p><strong>Because:</strong> ${withCode(because)}</p>`}
${groups.length > 0 && html`<p><strong>Not proved:</strong></p><ul class="reasons">${groups.slice(0, REASONS_MAX).map((group) => html`<li>${counted(group.count, 'subject')}: ${withCode(group.because)}<ul class="names">${group.subjects.map((subject) => html`<li>${subjectName(subject)}</li>`)}${group.count > group.subjects.length && html`<li class="muted">and ${counted(group.count - group.subjects.length, 'more', 'more')}, all in the run record</li>`}</ul></li>`)}</ul>${restNote(REASONS_MAX, groups.length, 'reason')}`}
${unlock !== null && html`<p><strong>What would make it visible:</strong> ${withCode(unlock)}</p>`}
<p class="muted small">${provenanceMark(provenance, PROVENANCE_WORDS[provenance])} · ${evidenceAge(oldestSeenAt, goodUntil, judgedAt)} · ${counted(check.evidence.length, 'piece')} of evidence · <code>${line(check.id, 80)}</code></p>
<p class="standards muted">${standards(check)}</p></div></details>
`;
}
