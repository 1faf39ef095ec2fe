import type { Broken, Case } from './broken.ts';
import { brokenBody } from './broken-bodies.ts';
import { brokenCertificate, type Chain } from './broken-certificates.ts';
import { brokenChunks } from './broken-chunks.ts';
import { brokenHead } from './broken-heads.ts';
import { brokenName } from './broken-names.ts';
import { createDice, type Dice } from './dice.ts';

export const DOMAIN = 'fuzz.portal.example';

/** How many of each family: together more than the 500 that are asked for. */
const FAMILIES: readonly (readonly [count: number, make: (dice: Dice, index: number, chain: Chain) => Broken])[] = [
  [126, brokenHead],
  [110, brokenBody],
  [110, brokenChunks],
  [114, brokenCertificate],
  [100, brokenName],
];

/** All broken answers that follow from a seed, the families mixed, each at a host of its own. */
export function hostileCases(seed: number, chain: Chain): readonly Case[] {
  const dice = createDice(seed);
  const families = FAMILIES.map(([count, make]) => Array.from({ length: count }, (_, n) => make(dice, n, chain)));
  const longest = Math.max(...families.map(({ length }) => length));
  const mixed = Array.from({ length: longest }, (_, n) => families.flatMap((family) => family[n] ?? [])).flat();
  return mixed.map((broken, n) => ({ host: `h${n}.${DOMAIN}`, broken }));
}
