import { createHmac } from 'node:crypto';
import { echoSubject } from '../../model/subject.ts';
import { safeCalls } from '../api/wanted-calls.ts';
import { get } from '../ask.ts';
import { assetsAreSettled } from '../asset/wanted-assets.ts';
import { exchangeSeen } from '../exchange-seen.ts';
import { obstaclesOf } from '../obstacle.ts';
import { type Action, defineProbe } from '../probe.ts';
import { canonicalOrigin, endpointOf } from '../target-urls.ts';
import { TRIES } from '../tries.ts';
import type { HttpRequest } from '../wire/wire.ts';

type Carrier = 'header' | 'query' | 'cookie';

interface Echo extends Action {
  readonly carrier: Carrier;
  readonly url: string;
}

const APIS_MAX = 2;
const BYTES_MAX = 1_048_576;
const CARRIERS: readonly Carrier[] = ['header', 'query', 'cookie'];

const CARRY: Readonly<Record<Carrier, (url: string, token: string) => Partial<HttpRequest>>> = {
  header: (_, token) => ({ headers: [['Authorization', `Bearer ${token}`]] }),
  query: (url, token) => ({ url: `${url}${url.includes('?') ? '&' : '?'}token=${token}` }),
  cookie: (_, token) => ({ headers: [['Cookie', `session=${token}`]] }),
};

/** Sends a made-up token and looks whether it comes back, and where: in a body, a header, or a redirect that keeps the query. */
export default defineProbe<Echo>({
  id: 'echo',
  stage: 'outside',
  effect: 'looks',
  budgetMs: 40_000,
  templates: (given) => [
    {
      id: 'echo/send',
      says: `GET ${canonicalOrigin(given)}/ and up to ${APIS_MAX} addresses that scripts call, each with a made-up token in the Authorization header, in the query and in a cookie`,
      unit: 'requests',
      ceiling: (APIS_MAX + 1) * CARRIERS.length * TRIES,
    },
  ],
  plan: (view) => {
    if (!assetsAreSettled(view)) return [];
    const urls = [`${canonicalOrigin(view.given)}/`, ...safeCalls(view).slice(0, APIS_MAX)];
    return urls.flatMap((url) =>
      CARRIERS.map((carrier) => ({
        id: `echo ${carrier} ${url}`,
        template: 'echo/send',
        subjects: [echoSubject(carrier, url)] as const,
        endpoint: endpointOf(url),
        says: `GET ${url} with a made-up token in its ${carrier}`,
        carrier,
        url,
      })),
    );
  },
  async *run({ carrier, url }, context, signal) {
    const subject = echoSubject(carrier, url);
    const token = `lrt_${createHmac('sha256', context.seed).update(subject).digest('hex').slice(0, 40)}`;
    const request = get('echo/send', url, { maxBytes: BYTES_MAX, ...CARRY[carrier](url, token) });
    const answer = await context.wire.ask(request, signal);
    const asked = {
      subject,
      id: `${subject} #0`,
      purpose: 'echo',
      url: request.url,
      canaries: [{ of: 'token', value: token }],
    } as const;
    const seen = exchangeSeen(context, asked, answer);
    yield seen;
    yield* obstaclesOf(seen, answer);
  },
});
