import type { Coverage } from '../../model/run-record.ts';
import { shares } from '../reasons.ts';
import { type Html, html } from './html-escape.ts';

/** Proved, failed and unknown as lengths. The unknown share is hatched and never counts as good. The text beside it says the same. */
export function shareBar(coverage: Coverage): Html {
  const { total, proved, failed, unknown } = shares(coverage);
  const parts =
    total === 0
      ? [{ look: 'bar-unknown', share: 1 }]
      : [
          { look: 'bar-proved', share: proved / total },
          { look: 'bar-failed', share: failed / total },
          { look: 'bar-unknown', share: unknown / total },
        ];
  let x = 0;
  const bars = parts.map(({ look, share }) => {
    const from = x;
    x += share * 100;
    return (
      share > 0 && html`<rect class="${look}" x="${from.toFixed(2)}%" width="${(share * 100).toFixed(2)}%" height="8"/>`
    );
  });
  return html`<svg class="bar" height="8" aria-hidden="true" focusable="false">${bars}</svg>`;
}
