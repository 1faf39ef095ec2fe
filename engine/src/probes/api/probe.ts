import { apiSubject } from '../../model/subject.ts';
import { get } from '../ask.ts';
import { exchangeSeen } from '../exchange-seen.ts';
import { type LeftAlone, leftAlone, obstacleOf } from '../left-alone.ts';
import { obstaclesOf } from '../obstacle.ts';
import { type Action, defineProbe, mark } from '../probe.ts';
import { endpointOf } from '../target-urls.ts';
import { TRIES } from '../tries.ts';
import { trueUrl } from '../true-urls.ts';
import { CALLS_MAX, wantedCalls } from './wanted-calls.ts';

/** A list that strangers may read shows itself long before its end. */
const BYTES_MAX = 1_048_576;

interface Call extends Action {
  readonly url: string;
  readonly left: LeftAlone;
}

/** Asks, without any credentials, what the target's own scripts ask with them. */
export default defineProbe<Call>({
  id: 'api',
  stage: 'outside',
  effect: 'looks',
  budgetMs: 40_000,
  templates: () => [
    {
      id: 'api/ask',
      says: `GET up to ${CALLS_MAX} addresses of the target that its scripts call, without credentials`,
      unit: 'requests',
      ceiling: CALLS_MAX * TRIES,
    },
  ],
  plan: (view) =>
    wantedCalls(view).map((url, place) => {
      const left = leftAlone(url, place, CALLS_MAX);
      return {
        id: `api GET ${url}`,
        template: 'api/ask',
        subjects: [apiSubject('GET', url)],
        endpoint: endpointOf(url),
        says: left === null ? `GET ${url}` : `nothing to ${url} (${left})`,
        url,
        left,
      };
    }),
  async *run({ url: shown, left }, context, signal) {
    const subject = apiSubject('GET', shown);
    if (left !== null) {
      yield obstacleOf(left, mark(context, subject), CALLS_MAX, 'addresses are asked');
      return;
    }
    const url = trueUrl(context, shown);
    const headers = [['Accept', 'application/json, */*;q=0.5']] as const;
    const answer = await context.wire.ask(get('api/ask', url, { headers, maxBytes: BYTES_MAX }), signal);
    const seen = exchangeSeen(context, { subject, id: `${subject} #0`, purpose: 'api', url }, answer);
    yield seen;
    yield* obstaclesOf(seen, answer);
  },
});
