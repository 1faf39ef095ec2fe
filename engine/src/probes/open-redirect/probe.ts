import { entrySubject } from '../../model/subject.ts';
import { get, redirectOf } from '../ask.ts';
import { assetsAreSettled } from '../asset/wanted-assets.ts';
import { exchangeSeen } from '../exchange-seen.ts';
import { obstaclesOf } from '../obstacle.ts';
import { signInPage } from '../page/wanted-pages.ts';
import { type Action, defineProbe } from '../probe.ts';
import { canonicalHostOf, canonicalOrigin, endpointOf, isOnTarget } from '../target-urls.ts';
import { TRIES } from '../tries.ts';

interface Lure extends Action {
  readonly url: string;
}

/** Belongs to nobody (RFC 6761, section 6.4), and is never followed. */
const ELSEWHERE = 'lr-canary.invalid';

/** Paths that a redirect written as "scheme, host, path" turns into another host. */
const PATHS = [`//${ELSEWHERE}/%2f..`, `/\\${ELSEWHERE}`] as const;
const QUERY = ['next', 'returnTo', 'redirect'].map((name) => `${name}=https://${ELSEWHERE}`).join('&');
const REQUESTS = 2 * (PATHS.length + 2);
const BYTES_MAX = 262_144;

/** Asks to be sent to a host that is not the portal's, and does not go. */
export default defineProbe<Lure>({
  id: 'open-redirect',
  stage: 'outside',
  effect: 'looks',
  budgetMs: 40_000,
  templates: (given) => [
    {
      id: 'open-redirect/ask',
      says: `GET {http, https}://${canonicalHostOf(given)}{${PATHS.join(', ')}, /?${QUERY}, the sign-in page with the same query}`,
      unit: 'requests',
      ceiling: REQUESTS * TRIES,
    },
  ],
  plan: (view) => {
    // The sign-in page is one of those that were read.
    if (!assetsAreSettled(view)) return [];
    const origin = canonicalOrigin(view.given);
    const found = signInPage(view);
    const signIn = found?.startsWith(`${origin}/`) ? found.slice(origin.length).split(/[?#]/, 1) : [];
    const withQuery = [...new Set(['/', ...signIn])].map((path) => `${path}?${QUERY}`);
    return originsOf(origin).flatMap((base) => [...PATHS, ...withQuery].map((path) => lure(`${base}${path}`)));
  },
  async *run({ url }, context, signal) {
    const subject = entrySubject(url);
    const answer = await context.wire.ask(get('open-redirect/ask', url, { maxBytes: BYTES_MAX }), signal);
    const next = redirectOf(answer, url);
    const chainEnd = next === null ? 'landed' : isOnTarget(context.given, next) ? null : 'left-scope';
    const id = `${subject} redirect #0`;
    const seen = exchangeSeen(context, { subject, id, purpose: 'redirect-target', url, chainEnd }, answer);
    yield seen;
    yield* obstaclesOf(seen, answer);
  },
});

/** Both schemes on their own ports; a portal on another port has one scheme there. */
const originsOf = (origin: string): readonly string[] =>
  new URL(origin).port === '' ? [origin.replace(/^https?/, 'http'), origin.replace(/^https?/, 'https')] : [origin];

const lure = (url: string): Lure => ({
  id: `open-redirect ${url}`,
  template: 'open-redirect/ask',
  subjects: [entrySubject(url)],
  endpoint: endpointOf(url),
  says: `GET ${url}`,
  url,
});
