import { errorSubject } from '../../model/subject.ts';
import { safeCalls } from '../api/wanted-calls.ts';
import { get } from '../ask.ts';
import { assetsAreSettled } from '../asset/wanted-assets.ts';
import { exchangeSeen } from '../exchange-seen.ts';
import { obstaclesOf } from '../obstacle.ts';
import { type Action, defineProbe, type View } from '../probe.ts';
import { canonicalOrigin, endpointOf } from '../target-urls.ts';
import { TRIES } from '../tries.ts';
import type { HttpRequest } from '../wire/wire.ts';

interface Provocation extends Action {
  readonly input: string;
  /** As it is recorded. */
  readonly url: string;
  readonly request: HttpRequest;
}

/** Provoked errors in one run. */
const INPUTS_MAX = 12;
const APIS_MAX = 3;

/** Longer than the 8,000 octets that every server should take (RFC 9110, section 4.1). */
const LONG_QUERY_CHARS = 9_000;

/** Parameters of the wrong type, of an impossible size, and with a null byte. They ask for nothing that exists. */
const BAD_QUERY = 'id=%00&page=-1&limit=NaN&sort[]=lr&filter={';

/** Addresses that let somebody in, or that no stranger has a reason to write to. */
const NEVER_POSTED = /auth|sign|log-?in|session|token|password|reset|otp|mfa|account|user|upload|mail|sms|job|run/i;

/** Sends a few inputs that no portal should choke on. Without credentials, and none that could change anything. */
export default defineProbe<Provocation>({
  id: 'error',
  stage: 'outside',
  effect: 'looks',
  budgetMs: 40_000,
  templates: (given) => [
    {
      id: 'error/provoke',
      says: `GET ${canonicalOrigin(given)} with broken paths and queries, up to ${APIS_MAX} addresses that scripts call with broken queries, and one POST of broken JSON; ${INPUTS_MAX} inputs at most`,
      unit: 'requests',
      ceiling: INPUTS_MAX * TRIES,
    },
  ],
  plan: (view) => [...atTheDoor(view), ...atApis(view)].slice(0, INPUTS_MAX),
  async *run({ input, url, request }, context, signal) {
    const subject = errorSubject(input, url);
    const answer = await context.wire.ask(request, signal);
    const seen = exchangeSeen(
      context,
      { subject, id: `${subject} #0`, purpose: 'error', method: request.method, url: recorded(request.url, url) },
      answer,
    );
    yield seen;
    yield* obstaclesOf(seen, answer);
  },
});

/** A query whose point is its length tells a reader nothing. */
const recorded = (sent: string, base: string) => (sent.length > LONG_QUERY_CHARS ? base : sent);

function atTheDoor({ given }: View): Provocation[] {
  const origin = canonicalOrigin(given);
  return [
    provocation('an unknown route', `${origin}/launch-ready/no-such-page`),
    provocation('a malformed escape', `${origin}/%zz`),
    provocation('a null byte', `${origin}/%00`),
    provocation('an over-long query', `${origin}/`, { url: `${origin}/?lr=${'a'.repeat(LONG_QUERY_CHARS)}` }),
    provocation('an unknown type', `${origin}/`, {
      headers: [
        ['Accept', 'application/x-launch-ready'],
        ['Content-Type', 'application/x-launch-ready'],
      ],
    }),
  ];
}

/** The calls of scripts are only known once every script was read; until then there is nothing to ask. */
function atApis(view: View): Provocation[] {
  if (!assetsAreSettled(view)) return [];
  const calls = safeCalls(view);
  const spoiled = calls.slice(0, APIS_MAX).map((url) => {
    const [path = ''] = url.split('?', 1);
    return provocation('bad parameters', path, { url: `${path}?${BAD_QUERY}` });
  });
  // A path of one segment is the root of an API, where nothing reads a body.
  const writable = calls.find(
    (url) => /^\/[^/]+\/[^/]/.test(new URL(url).pathname) && !NEVER_POSTED.test(new URL(url).pathname),
  );
  if (writable === undefined) return spoiled;
  const broken = provocation('malformed JSON', writable, {
    method: 'POST',
    headers: [['Content-Type', 'application/json']],
    body: '{"lr":',
  });
  return [...spoiled, broken];
}

function provocation(input: string, url: string, more: Partial<HttpRequest> = {}): Provocation {
  const request = get('error/provoke', url, more);
  return {
    id: `error ${input} ${url}`,
    template: 'error/provoke',
    subjects: [errorSubject(input, url)],
    endpoint: endpointOf(url),
    says: `${request.method} ${url} with ${input}`,
    input,
    url,
    request,
  };
}
