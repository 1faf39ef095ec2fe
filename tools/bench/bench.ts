// `npm run bench`: what a review costs, and how fast we are beside others. `--json` prints the rows and nothing else.
// Exits with 1 when a row misses its aim, or cannot be measured because a peer is not installed.
import { benchHelp, benchReview } from './review.ts';
import { type BenchRow, benchTls } from './tls.ts';

/** Each part stands alone: what one of them lacks does not hide the others. */
const PARTS: readonly (readonly [name: string, measure: () => Promise<readonly BenchRow[]>])[] = [
  ['review', benchReview],
  ['help', benchHelp],
  ['TLS, against sslscan and testssl.sh (Debian packages sslscan and testssl.sh)', benchTls],
];

const asJson = process.argv.includes('--json');
const rows: BenchRow[] = [];
const skipped: string[] = [];
for (const [name, measure] of PARTS) {
  try {
    const own = await measure();
    rows.push(...own);
    if (!asJson) for (const row of own) console.log(line(row));
  } catch (cause) {
    skipped.push(name);
    console.error(`skipped: ${name}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
if (asJson) console.log(JSON.stringify(rows, null, 2));
else
  console.log(
    `\n${rows.filter(isGood).length} of ${rows.length} good enough${skipped.length > 0 ? `, ${skipped.length} parts skipped` : ''}`,
  );
process.exitCode = skipped.length > 0 || !rows.every(isGood) ? 1 : 0;

function isGood({ ratio, aim }: BenchRow): boolean {
  return ratio <= aim;
}

function line(row: BenchRow): string {
  const { name, ours, peer, ratio, unit, aim } = row;
  const shown = (value: number) => value.toFixed(value < 100 ? 1 : 0);
  const figures = `${shown(ours).padStart(7)} / ${shown(peer).padStart(7)} ${unit.padEnd(2)} = ${ratio.toFixed(3).padStart(6)} (aim ${aim})`;
  return `${isGood(row) ? 'pass' : 'MISS'}  ${figures}  ${name}`;
}
