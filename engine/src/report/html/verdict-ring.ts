import type { RunRecord, Verdict } from '../../model/run-record.ts';
import { VERDICT_WORDS } from '../words.ts';
import { type Html, html } from './html-escape.ts';
import { verdictClass } from './icons.ts';

const CENTRE = 100;
const GAP_DEGREES = 4;
const ORDER: readonly Verdict[] = ['fail', 'stale', 'not_verified', 'pass', 'not_applicable'];

/** Twelve segments, one per criterion in the scorecard's order. It shows states and no score: an average would hide the worst. */
export function verdictRing(criteria: RunRecord['criteria']): Html {
  const step = 360 / Math.max(1, criteria.length);
  const segments = criteria.map(({ verdict }, index) => {
    const outer = verdict === 'fail' ? 94 : 88;
    return html`<path class="segment ${verdictClass(verdict)}" d="${arc(index * step + GAP_DEGREES / 2, (index + 1) * step - GAP_DEGREES / 2, 66, outer)}"/>`;
  });
  const passed = criteria.filter(({ verdict }) => verdict === 'pass').length;
  return html`<svg class="ring" viewBox="0 0 200 200" role="img" aria-label="${ringText(criteria)}">${segments}<text x="100" y="104" class="ring-number">${passed}</text><text x="100" y="128" class="ring-word">of ${criteria.length} pass</text></svg>`;
}

function ringText(criteria: RunRecord['criteria']): string {
  const counts = ORDER.flatMap((verdict) => {
    const count = criteria.filter((criterion) => criterion.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${VERDICT_WORDS[verdict].toLowerCase()}`];
  });
  return `The ${criteria.length} rows: ${counts.join(', ')}.`;
}

function arc(from: number, to: number, inner: number, outer: number): string {
  return [
    `M${at(from, outer)}`,
    `A${outer} ${outer} 0 0 1 ${at(to, outer)}`,
    `L${at(to, inner)}`,
    `A${inner} ${inner} 0 0 0 ${at(from, inner)}Z`,
  ].join('');
}

function at(degrees: number, radius: number): string {
  const radians = ((degrees - 90) * Math.PI) / 180;
  return `${(CENTRE + radius * Math.cos(radians)).toFixed(2)} ${(CENTRE + radius * Math.sin(radians)).toFixed(2)}`;
}
