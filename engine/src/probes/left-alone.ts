import type { Mark, Obstacle } from '../model/observation.ts';
import { obstacle } from './obstacle.ts';
import { isRiskyUrl } from './risky-path.ts';

/** Why an address that was found is not asked for; null when it is. */
export type LeftAlone = 'beyond-cap' | 'risky' | null;

/** What the operator named is asked for in any case; what was found, only where merely fetching it does nothing. */
export function leftAlone(url: string, place: number, cap: number, named: readonly string[] = []): LeftAlone {
  if (place >= cap) return 'beyond-cap';
  return isRiskyUrl(url) && !named.includes(url) ? 'risky' : null;
}

/** Said as an obstacle, so that nothing is proved of it and the reason is in the report. */
export const obstacleOf = (left: NonNullable<LeftAlone>, mark: Mark, cap: number, what: string): Obstacle =>
  left === 'risky'
    ? obstacle(mark, 'not-allowed', 'its address looks as if fetching it did something; it is left alone')
    : obstacle(mark, 'budget-spent', `${cap} ${what} in one run`);
