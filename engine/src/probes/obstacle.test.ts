import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Obstacle, type Purpose } from '../model/observation.ts';
import { mark } from '../testing/sightings.ts';
import { obstacleToAnswer } from './obstacle.ts';
import type { Header, RawAnswer } from './wire/wire.ts';

const answer = (status: number, headers: readonly Header[] = [], body = ''): RawAnswer => ({
  status,
  headers,
  bytes: Buffer.from(body),
  cut: false,
  address: null,
  waitMs: 1,
});
const reason = (one: RawAnswer, purpose: Purpose = 'page') =>
  obstacleToAnswer(mark('page x'), purpose, one)?.reason ?? null;

describe('tells what stood in the way', () => {
  const cases: Readonly<Record<string, [RawAnswer, ReturnType<typeof reason>]>> = {
    'too many requests': [answer(429), 'rate-limited'],
    'a server error': [answer(502), 'server-error'],
    'a challenge in a header': [answer(403, [['CF-Mitigated', 'challenge']]), 'blocked'],
    'a challenge page': [answer(503, [['Server', 'cloudflare']], '<title>Just a moment...</title>'), 'blocked'],
    'a challenge with 202': [answer(202, [['x-amzn-waf-action', 'challenge']]), 'blocked'],
    'a bot wall': [answer(403, [['Set-Cookie', 'datadome=abc; Path=/']]), 'blocked'],
    'a plain refusal of the portal': [answer(403, [['Server', 'nginx']], 'Forbidden'), null],
    'a page that only speaks of challenges': [answer(200, [['Server', 'cloudflare']], 'Just a moment...'), null],
    'a sign-in wall': [answer(401), null],
    'not found': [answer(404), null],
  };
  for (const [name, [one, expected]] of Object.entries(cases)) it(name, () => assert.equal(reason(one), expected));
});

it('takes a provoked server error for what was asked about', () => assert.equal(reason(answer(500), 'error'), null));

it('lets nothing be proved of what is judged by its whole body and was not read to its end', () => {
  const endless = { ...answer(200), cut: true };
  for (const purpose of ['page', 'asset', 'api', 'error'] as const) assert.equal(reason(endless, purpose), 'too-large');
  // Where an entry leads stands in its head.
  assert.equal(reason(endless, 'entry'), null);
});

it('is a sound obstacle of its own', () => {
  const found = Obstacle.parse(obstacleToAnswer(mark('page x', 'page x #0'), 'page', answer(500)));
  assert.deepEqual([found.id, found.subject], ['page x #0: server-error', 'page x']);
});
