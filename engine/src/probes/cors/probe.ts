import { corsSubject } from '../../model/subject.ts';
import { safeCalls } from '../api/wanted-calls.ts';
import { get } from '../ask.ts';
import { assetsAreSettled } from '../asset/wanted-assets.ts';
import { exchangeSeen } from '../exchange-seen.ts';
import { obstaclesOf } from '../obstacle.ts';
import { type Action, defineProbe, type View } from '../probe.ts';
import { canonicalHostOf, canonicalOrigin, endpointOf } from '../target-urls.ts';
import { TRIES } from '../tries.ts';

interface Call extends Action {
  readonly origin: string;
  readonly url: string;
}

const URLS_MAX = 3;
const BYTES_MAX = 1_048_576;

/** Origins that a careless comparison lets in. `.invalid` belongs to nobody (RFC 6761, section 6.4). */
const ORIGINS: readonly ((host: string) => string)[] = [
  () => 'https://lr-foreign.invalid',
  () => 'null', // sandboxed frames and local files
  (host) => `https://${host}.evil.invalid`, // compared by its beginning
  (host) => `https://evil-${host}`, // compared by its end
  (host) => `http://${host}`, // whoever sits on the network
];

/** Calls as a script on another site would, and keeps what the answer allows that site. */
export default defineProbe<Call>({
  id: 'cors',
  stage: 'outside',
  effect: 'looks',
  budgetMs: 40_000,
  templates: (given) => [
    {
      id: 'cors/call',
      says: `GET ${canonicalOrigin(given)}/ or up to ${URLS_MAX} addresses that scripts call, each with ${ORIGINS.length} foreign values of Origin`,
      unit: 'requests',
      ceiling: URLS_MAX * ORIGINS.length * TRIES,
    },
  ],
  plan: (view) =>
    targetsOf(view).flatMap((url) =>
      ORIGINS.map((originFor) => {
        const origin = originFor(canonicalHostOf(view.given));
        return {
          id: `cors ${origin} ${url}`,
          template: 'cors/call',
          subjects: [corsSubject(origin, url)] as const,
          endpoint: endpointOf(url),
          says: `GET ${url} with Origin: ${origin}`,
          origin,
          url,
        };
      }),
    ),
  async *run({ origin, url }, context, signal) {
    const subject = corsSubject(origin, url);
    const answer = await context.wire.ask(
      get('cors/call', url, { headers: [['Origin', origin]], maxBytes: BYTES_MAX }),
      signal,
    );
    const seen = exchangeSeen(context, { subject, id: `${subject} #0`, purpose: 'cors', url }, answer);
    yield seen;
    yield* obstaclesOf(seen, answer);
  },
});

/** Who is signed in is the answer most worth stealing, then what scripts call; the start page when nothing is known. */
function targetsOf(view: View): readonly string[] {
  if (!assetsAreSettled(view)) return [];
  const origin = canonicalOrigin(view.given);
  const identity = view.given.identityPath === null ? [] : [`${origin}${view.given.identityPath}`];
  const known = [...new Set([...identity, ...safeCalls(view)])].slice(0, URLS_MAX);
  return known.length > 0 ? known : [`${origin}/`];
}
