import type { Provenance, RecordedGate, Verdict } from '../../model/run-record.ts';
import { type Html, html, ours } from './html-escape.ts';

/** Shapes differ as much as colours do: a state is told by its outline alone. 24 × 24, drawn with the colour of the text. */
const SHAPES = {
  pass: '<circle cx="12" cy="12" r="10" fill="currentColor"/><path d="m7.5 12.4 3.1 3.1 6-6.6" class="cut"/>',
  fail: '<path d="M8.3 2h7.4L22 8.3v7.4L15.7 22H8.3L2 15.7V8.3z" fill="currentColor"/><path d="m8.5 8.5 7 7m0-7-7 7" class="cut"/>',
  not_verified:
    '<circle cx="12" cy="12" r="9.5" class="stroke" stroke-dasharray="3.2 2.77"/><path d="M9.4 9.6a2.7 2.7 0 1 1 4 2.4c-.9.5-1.4 1-1.4 2" class="stroke"/><circle cx="12" cy="17" r="1.25" fill="currentColor"/>',
  stale: '<circle cx="12" cy="12" r="9.5" class="stroke"/><path d="M12 6.5V12l3.6 2.4" class="stroke"/>',
  not_applicable: '<circle cx="12" cy="12" r="9.5" class="stroke"/><path d="M7.5 12h9" class="stroke"/>',
  open: '<path d="M4 21V4m16 17V4" class="stroke"/><path d="m8 12.4 2.8 2.8 5.2-5.7" class="stroke"/>',
  shut: '<path d="M4 21V4m16 17V4M4 8h16M4 13h16M4 18h16" class="stroke"/>',
  unknown:
    '<path d="M4 21V4m16 17V4" class="stroke" stroke-dasharray="3 2.6"/><path d="M9.6 9.4a2.5 2.5 0 1 1 3.7 2.2c-.9.5-1.3 1-1.3 1.9" class="stroke"/><circle cx="12" cy="16.8" r="1.2" fill="currentColor"/>',
  measured:
    '<path d="M3.5 16a8.5 8.5 0 0 1 17 0" class="stroke"/><path d="m12 16 4-5" class="stroke"/><circle cx="12" cy="16" r="1.6" fill="currentColor"/>',
  drilled:
    '<circle cx="12" cy="13.5" r="7.5" class="stroke"/><path d="M12 13.5V9.4M9.6 2.8h4.8M12 2.8V6" class="stroke"/>',
  attested: '<path d="M4 20.5h16M6 16.5l1-4L16.2 3.3l3 3L10 15.5z" class="stroke"/>',
  imported: '<path d="M12 3v11m-4.5-4.2L12 14.3l4.5-4.5M4 15v5h16v-5" class="stroke"/>',
  'not tested': '<rect x="4" y="4" width="16" height="16" rx="2" class="stroke" stroke-dasharray="3.6 2.8"/>',
  arrow: '<path d="M4 12h15m-5.5-6L19.5 12l-6 6" class="stroke"/>',
} as const;

export type Icon = keyof typeof SHAPES;

/** All icons once, and the patterns that pictures are filled with. */
export function sprite(): Html {
  const symbols = Object.entries(SHAPES).map(
    ([name, shape]) => `<symbol id="i-${name.replace(' ', '-')}" viewBox="0 0 24 24">${shape}</symbol>`,
  );
  const hatch =
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" class="hatch-ground"/><rect width="2.4" height="6" class="hatch-line"/></pattern>';
  const crossed =
    '<pattern id="crossed" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" class="crossed-ground"/><path d="m0 0 5 5M5 0 0 5" class="crossed-line"/></pattern>';
  const dots =
    '<pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse"><rect width="5" height="5" class="dots-ground"/><circle cx="2.5" cy="2.5" r="1.3" class="dots-dot"/></pattern>';
  return ours(
    `<svg class="sprite" width="0" height="0" aria-hidden="true" focusable="false"><defs>${symbols.join('')}${hatch}${crossed}${dots}</defs></svg>`,
  );
}

/** The word beside it is the text; the icon is for the eye only. */
export function icon(name: Icon): Html {
  return html`<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-${name.replace(' ', '-')}"/></svg>`;
}

export const verdictClass = (verdict: Verdict): string => `is-${verdict.replace('_', '-')}`;

export function state(verdict: Verdict, word: string): Html {
  return html`<span class="state ${verdictClass(verdict)}">${icon(verdict)}<span>${word}</span></span>`;
}

export function gateState(is: RecordedGate['is'], word: string): Html {
  return html`<span class="state is-gate-${is}">${icon(is)}<span>${word}</span></span>`;
}

export function provenanceMark(provenance: Provenance, word: string): Html {
  return html`<span class="provenance">${icon(provenance)}<span>${word}</span></span>`;
}
