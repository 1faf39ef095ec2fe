import { createHash } from 'node:crypto';

/** Text that looks random and is the same in every run: 64 hexadecimal digits per call. */
export const seededRandom = (seed: string): (() => string) => {
  let drawn = 0;
  return () => {
    drawn += 1;
    return createHash('sha256').update(`${seed} ${drawn}`).digest('hex');
  };
};
