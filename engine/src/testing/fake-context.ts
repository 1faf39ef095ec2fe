import type { Given } from '../model/given.ts';
import type { Context } from '../probes/probe.ts';
import { createSessions, type SignInRecipe } from '../probes/sessions.ts';
import type { Wire } from '../probes/wire/wire.ts';

/** A context with a fixed clock and a wire of the test's own; what the test does not hand in throws. */
export function fakeContext(given: Given, wire: Partial<Wire>): Context {
  const missing = (): never => {
    throw new Error('the test hands in no such wire');
  };
  const recipes = given.accounts.map(({ name }): [string, SignInRecipe] => [
    name,
    { kind: 'json', path: '/api/session', body: { email: name }, identityPath: '/api/me', identity: name },
  ]);
  return {
    given,
    wire: {
      ask: missing,
      connect: missing,
      resolve: missing,
      mayReach: () => true,
      leadsToLoopback: () => true,
      ...wire,
    },
    now: () => new Date('2026-03-02T08:00:00.000Z'),
    release: () => 'r42',
    vantage: 'test',
    seed: 'seed',
    digest: () => 'digest',
    sessions: createSessions(new Map(recipes)),
    trust: [],
    operatorKey: 'operator-key-of-the-test',
  };
}
