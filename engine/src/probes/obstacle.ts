import type { Mark, ObservationOf, Obstacle, ObstacleReason, Purpose } from '../model/observation.ts';
import type { RawAnswer } from './wire/wire.ts';

const DETAIL_CHARS_MAX = 300;

export function obstacle(mark: Mark, reason: ObstacleReason, detail: string): Obstacle {
  return { kind: 'obstacle', ...mark, id: `${mark.id}: ${reason}`, reason, detail: detail.slice(0, DETAIL_CHARS_MAX) };
}

/** Where a server error hides what we came for. Elsewhere it is itself what was asked about. */
const SPOILED_BY_SERVER_ERROR: ReadonlySet<Purpose> = new Set(['entry', 'page', 'asset', 'api']);

/** What is judged by its whole body: the part that was not read could hold anything. */
const READ_WHOLE: ReadonlySet<Purpose> = new Set(['page', 'asset', 'api', 'error']);

/** What an answer shows to have stood in the way of the real one. The answer is still an observation. */
export function obstaclesOf(seen: ObservationOf<'http-exchange'>, answer: RawAnswer): Obstacle[] {
  const { id, subject, seenAt, release, vantage, purpose } = seen;
  const found = obstacleToAnswer({ id, subject, seenAt, release, vantage }, purpose, answer);
  return found === null ? [] : [found];
}

export function obstacleToAnswer(own: Mark, purpose: Purpose, answer: RawAnswer): Obstacle | null {
  const { status } = answer;
  const edge = challengeBy(answer);
  if (edge !== null) return obstacle(own, 'blocked', `${edge} kept us out with ${status}`);
  if (status === 429) return obstacle(own, 'rate-limited', 'answered 429: too many requests');
  if (status >= 500 && SPOILED_BY_SERVER_ERROR.has(purpose)) return obstacle(own, 'server-error', `answered ${status}`);
  if (answer.cut && READ_WHOLE.has(purpose))
    return obstacle(own, 'too-large', `the body went on after ${answer.bytes.length} bytes`);
  return null;
}

interface Challenge {
  readonly by: string;
  /** Matches the header section, one field a line, names in lower case. */
  readonly header?: RegExp;
  readonly status?: readonly number[];
  readonly body?: RegExp;
}

/** How edges tell that they took us for a robot. All that a line names must hold. Sources: the vendors' documentation. */
const CHALLENGES: readonly Challenge[] = [
  { by: 'Cloudflare', header: /^cf-mitigated: *challenge/m },
  {
    by: 'Cloudflare',
    status: [403, 429, 503],
    header: /^server: *cloudflare/m,
    body: /just a moment\.\.\.|attention required! \| cloudflare|cf-(?:chl|error)-|challenge-platform/i,
  },
  { by: 'AWS WAF', header: /^x-amzn-waf-action: *(?:challenge|captcha)/m },
  { by: 'CloudFront', status: [403], header: /^x-cache: *error from cloudfront/m, body: /request blocked\./i },
  { by: 'DataDome', status: [401, 403, 405], header: /^(?:x-datadome|x-dd-b|set-cookie: *datadome=)/m },
  { by: 'Vercel', header: /^x-vercel-mitigated: *(?:challenge|deny)/m },
  { by: 'Akamai', status: [403], header: /^server: *akamaighost/m },
  {
    by: 'Imperva',
    header: /^(?:x-iinfo|x-cdn: *(?:incapsula|imperva))/m,
    body: /incapsula incident id|_incapsula_resource/i,
  },
  { by: 'Sucuri', header: /^x-sucuri-block:/m },
  { by: 'HUMAN', status: [403, 429], body: /px-captcha|_pxappid/i },
  { by: 'Azure Front Door', status: [403], header: /^x-azure-ref:/m, body: /the request is blocked/i },
  { by: 'Fastly', status: [403, 406], header: /^(?:x-sigsci-|server: *signal sciences)/m },
  { by: 'ModSecurity', status: [406], body: /mod_security|not acceptable!/i },
];

/** Marks of a challenge stand near the start of its page. */
const CHALLENGE_BYTES = 16_384;

function challengeBy({ status, headers, bytes }: RawAnswer): string | null {
  const fields = headers
    .map(([name, value]) => `${name.toLowerCase()}: ${value.slice(0, 200)}`.toLowerCase())
    .join('\n');
  const start = bytes.toString('latin1', 0, CHALLENGE_BYTES);
  const found = CHALLENGES.find(
    (one) =>
      (one.status?.includes(status) ?? true) && (one.header?.test(fields) ?? true) && (one.body?.test(start) ?? true),
  );
  return found?.by ?? null;
}
