import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ObstacleReason, Sighting } from '../model/observation.ts';
import { type Action, type AnyProbe, defineProbe } from '../probes/probe.ts';
import { WireTrouble } from '../probes/wire/wire.ts';
import { fakeContext } from '../testing/fake-context.ts';
import { exchange, given, mark } from '../testing/sightings.ts';
import { collect } from './collect.ts';

const action = (id: string): Action => ({ id, template: 't', subjects: [`page ${id}`], endpoint: null, says: id });
const sighted = (id: string) => exchange(`page ${id}`, 'https://portal.test/');

/** A probe whose second round depends on what its first one saw. */
const chained = (run: AnyProbe['run'], more: Partial<AnyProbe> = {}): AnyProbe => ({
  ...defineProbe<Action>({
    id: 'chained',
    stage: 'outside',
    effect: 'looks',
    budgetMs: 200,
    templates: () => [],
    plan: ({ seen }) => [
      action('1'),
      ...(seen.some(({ subject, kind }) => subject === 'page 1' && kind !== 'obstacle') ? [action('2')] : []),
    ],
    run: async function* () {},
  }),
  run,
  ...more,
});

async function collected(probes: readonly AnyProbe[], stop = new AbortController(), target = given) {
  const kept: Sighting[] = [];
  const result = await collect({
    probes,
    context: fakeContext(target, {}),
    concurrency: 2,
    retryPauseMs: 1,
    signal: stop.signal,
    keep: (_, sighting) => kept.push(sighting),
    progress: () => undefined,
  });
  assert.deepEqual(kept, result.sightings);
  return result;
}
const brief = (sightings: readonly Sighting[]) =>
  sightings.map((one) => (one.kind === 'obstacle' ? `${one.subject}: ${one.reason}` : one.subject));

it('asks for the next actions after every round, until none is left', async () => {
  const { sightings, stages } = await collected([
    chained(async function* ({ id }: Action) {
      yield sighted(id);
    }),
  ]);
  assert.deepEqual(brief(sightings), ['page 1', 'page 2']);
  assert.deepEqual(
    stages.map(({ is }) => is),
    ['done', 'skipped', 'skipped', 'skipped', 'skipped'],
  );
});

const failing = (reason: ObstacleReason, times: number) => {
  let tried = 0;
  const probe = chained(async function* ({ id }: Action) {
    tried += 1;
    if (tried <= times) throw new WireTrouble(reason, 'no answer');
    yield sighted(id);
  });
  return { probe, tried: () => tried };
};

it('tries passing trouble twice more, then keeps the obstacle', async () => {
  const twice = failing('timed-out', 2);
  assert.deepEqual(brief((await collected([twice.probe])).sightings), ['page 1', 'page 2']);
  const always = failing('refused', 99);
  assert.deepEqual(brief((await collected([always.probe])).sightings), ['page 1: refused']);
  assert.equal(always.tried(), 3);
});

it('does not insist where trouble will not pass, nor where something would be made twice', async () => {
  const blocked = failing('blocked', 99);
  await collected([blocked.probe]);
  assert.equal(blocked.tried(), 1);
  const making = failing('timed-out', 99);
  const once = { ...making.probe, plan: () => [{ ...action('1'), once: true }] };
  await collected([once]);
  assert.equal(making.tried(), 1);
});

it('ends an action whose time is up, as an obstacle', async () => {
  const hanging = chained(
    async function* (_: Action, __, signal) {
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      yield sighted('never');
    },
    { budgetMs: 20 },
  );
  assert.deepEqual(brief((await collected([hanging])).sightings), ['page 1: timed-out']);
});

it('lets a mistake of ours through: it is no obstacle', async () => {
  const wrong = chained(async function* () {
    yield sighted('1');
    throw new TypeError('a mistake of ours');
  });
  await assert.rejects(collected([wrong]), TypeError);
});

it('does nothing but look without consent and proof', async () => {
  const sound = async function* ({ id }: Action) {
    yield sighted(id);
  };
  const writing = chained(sound, { effect: 'writes', stage: 'crossing' });
  assert.deepEqual(brief((await collected([writing])).sightings), ['page 1: not-allowed']);
  const proved = chained(
    async function* () {
      yield {
        ...mark('page proof'),
        kind: 'ownership-proof' as const,
        host: 'portal.test',
        from: 'dns' as const,
        effects: ['reads' as const, 'writes' as const],
        expires: '2026-12-31T00:00:00.000Z',
      };
    },
    { id: 'ownership', stage: 'inside', plan: () => [action('proof')] },
  );
  assert.deepEqual(brief((await collected([proved, writing])).sightings), ['page proof', 'page 1', 'page 2']);
  const noConsent = { ...given, consent: [] };
  assert.deepEqual(brief((await collected([proved, writing], undefined, noConsent)).sightings), [
    'page proof',
    'page 1: not-allowed',
  ]);
});

it('cleans up also when it is stopped, and says that it was cut short', async () => {
  const stop = new AbortController();
  const sound = chained(async function* ({ id }: Action) {
    stop.abort('the operator stopped it');
    yield sighted(id);
  });
  const cleaning = chained(
    async function* () {
      yield sighted('cleaned');
    },
    { id: 'cleanup', lastly: true, plan: () => [action('cleanup')] },
  );
  const { sightings, cutShort } = await collected([sound, cleaning], stop);
  assert.deepEqual(brief(sightings), ['page 1', 'page cleaned']);
  assert.equal(cutShort, 'the operator stopped it');
});

it('cleans up also when a mistake of ours ends the run', async () => {
  let cleaned = false;
  const wrong = chained(async function* () {
    yield sighted('1');
    throw new TypeError('a mistake of ours');
  });
  const cleaning = chained(
    async function* () {
      cleaned = true;
      yield sighted('cleaned');
    },
    { id: 'cleanup', lastly: true, plan: () => [action('cleanup')] },
  );
  await assert.rejects(collected([wrong, cleaning]), TypeError);
  assert.ok(cleaned);
});
