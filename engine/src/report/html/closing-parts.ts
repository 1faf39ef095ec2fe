import type { RunRecord } from '../../model/run-record.ts';
import { counted, day, lasting, moment } from '../moments.ts';
import { shares } from '../reasons.ts';
import { capitalised, EFFECT_WORDS, STAGE_WORDS, VERDICT_WORDS } from '../words.ts';
import { subjectName, withCode } from './code-text.ts';
import { type Html, html, line } from './html-escape.ts';
import { section } from './section.ts';
import { table } from './table.ts';

const ROWS_MAX = 100;

/** Always there, also when it is empty: silence must not read as green. */
export function notTested({ notTested: lines, criteria, standing }: RunRecord): Html {
  const rows = criteria.filter(
    ({ verdict, coverage }) => verdict === 'not_verified' || verdict === 'stale' || shares(coverage).unknown > 0,
  );
  return section({
    id: 'not-tested',
    title: 'What was not tested',
    standing,
    intro:
      lines.length + rows.length === 0
        ? 'Nothing in scope is left out, as far as the checks of this version can tell.'
        : 'Nobody looked at these, or not at all of them, or too long ago. They may be fine and they may not.',
    body: html`${
      lines.length > 0 &&
      table({
        caption: `${counted(lines.length, 'thing')} that nobody looked at, with the reason and what would let us`,
        head: ['What', 'Why not', 'What would let us'],
        rows: lines
          .slice(0, ROWS_MAX)
          .map(({ what, because, unlock }) => [withCode(capitalised(what)), withCode(because), withCode(unlock)]),
        of: lines.length,
        what: 'thing',
      })
    }${
      rows.length > 0 &&
      html`<h3>Rows not seen in full</h3><ul>${rows.map(
        ({ id, title, verdict, because }) =>
          html`<li><a href="#row-${id}">${title}</a>: ${VERDICT_WORDS[verdict].toLowerCase()}${because !== null && html`. ${withCode(capitalised(because))}`}</li>`,
      )}</ul>`
    }`,
  });
}

export function scope({ scope: lines, standing }: RunRecord): Html {
  return section({
    id: 'scope',
    title: 'Left out by the owner',
    standing,
    intro:
      lines.length === 0
        ? 'The owner has signed no exclusion.'
        : 'The owner signed these exclusions. One that has lapsed leaves nothing out any more.',
    body:
      lines.length === 0
        ? []
        : table({
            caption: `${counted(lines.length, 'scope line')} signed by the owner`,
            head: ['Check', 'Subject', 'Reason', 'Signed by', 'Until'],
            rows: lines
              .slice(0, ROWS_MAX)
              .map(({ check, subject, because, signedBy, expires, lapsed }) => [
                html`<code>${line(check, 80)}</code>`,
                subject === null ? 'The whole check' : subjectName(subject),
                because,
                line(signedBy, 120),
                html`${day(expires)}${lapsed && html` <strong class="warn">Lapsed</strong>`}`,
              ]),
            of: lines.length,
            what: 'scope line',
          }),
  });
}

export function sent({ run, standing }: RunRecord): Html {
  const stages = run.stages.map(
    ({ stage, is, because }) =>
      html`<li><strong>${STAGE_WORDS[stage]}</strong>: ${is}${because !== null && html`, ${withCode(because)}`}</li>`,
  );
  return section({
    id: 'sent',
    title: 'What was sent',
    standing,
    intro: `${lasting(run.wallMs)} in all, ${(run.waitedMs / 1000).toFixed(1)} s of it spent waiting for the target; ${kilobytes(run.bytesReceived)} received. These lines are all that it was allowed to send.`,
    body: html`${table({
      caption: 'Every kind of request of this run, with its ceiling',
      head: ['What', 'Stage', 'Effect', 'Sent', 'Ceiling'],
      look: 'plain numbers',
      rows: run.sent
        .slice(0, ROWS_MAX)
        .map(({ template, says, stage, effect, unit, ceiling, sent: count }) => [
          html`<code>${line(template, 160)}</code><br><span class="muted">${says}</span>`,
          STAGE_WORDS[stage],
          EFFECT_WORDS[effect],
          `${count} ${unit}`,
          String(ceiling),
        ]),
      of: run.sent.length,
      what: 'kind',
    })}<h3>Stages</h3><ul>${stages}</ul>
<h3>Left behind</h3>${run.left.length === 0 ? html`<p>Nothing that we know of.</p>` : html`<ul>${run.left.slice(0, ROWS_MAX).map((says) => html`<li>${says}</li>`)}</ul>`}`,
  });
}

export function limits(record: RunRecord): Html {
  const { limits: lines, standing, run, judgedAt } = record;
  return section({
    id: 'limits',
    title: 'Limits of this report',
    standing,
    body: html`<p>This is checklist evidence about one release, seen from one place at one time. It is no promise, no certificate and no replacement for a penetration test. A signature proves who made a record and that it is unchanged, not that it is true.</p>
${lines.length > 0 && html`<ul>${lines.slice(0, ROWS_MAX).map((says) => html`<li>${withCode(says)}</li>`)}</ul>`}
<p class="muted">Run <code>${line(run.id, 80)}</code>, judged ${moment(judgedAt)} by ${run.tool.name} ${run.tool.version}, run record version ${record.recordVersion}. The same record always gives this same page.</p>`,
  });
}

function kilobytes(bytes: number): string {
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
