import { apiSubject } from '../../model/subject.ts';
import { get } from '../ask.ts';
import { exchangeSeen } from '../exchange-seen.ts';
import { obstacle, obstaclesOf } from '../obstacle.ts';
import { type Action, defineProbe, mark } from '../probe.ts';
import { endpointOf } from '../target-urls.ts';
import { TRIES } from '../tries.ts';
import { trueUrl } from '../true-urls.ts';
import { CALLS_MAX, wantedCalls } from './wanted-calls.ts';

/** A list that strangers may read shows itself long before its end. */
const BYTES_MAX = 1_048_576;

interface Call extends Action {
  readonly url: string;
  readonly isBeyondCap: boolean;
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
    wantedCalls(view).map((url, place) => ({
      id: `api GET ${url}`,
      template: 'api/ask',
      subjects: [apiSubject('GET', url)],
      endpoint: endpointOf(url),
      says: `GET ${url}`,
      url,
      isBeyondCap: place >= CALLS_MAX,
    })),
  async *run({ url: shown, isBeyondCap }, context, signal) {
    const subject = apiSubject('GET', shown);
    if (isBeyondCap) {
      yield obstacle(mark(context, subject), 'budget-spent', `${CALLS_MAX} addresses are asked in one run`);
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
