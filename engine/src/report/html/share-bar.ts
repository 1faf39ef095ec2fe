import type { Coverage } from '../../model/run-record.ts';
import { shares } from '../reasons.ts';
import { type Html, html } from './html-escape.ts';

const WIDTH = 200;

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
    x += share * WIDTH;
    return (
      share > 0 && html`<rect class="${look}" x="${from.toFixed(1)}" width="${(share * WIDTH).toFixed(1)}" height="8"/>`
    );
  });
  return html`<svg class="bar" viewBox="0 0 ${WIDTH} 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">${bars}</svg>`;
}
