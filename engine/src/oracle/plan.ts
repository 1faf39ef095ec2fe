import type { Account, Given } from '../model/given.ts';
import { type ObservationOf, ofKind, type Sighting, STEPS, type Step } from '../model/observation.ts';
import { routeSubject } from '../model/subject.ts';
import { breaches } from './decide.ts';

/** One request of a crossing. The probe sends it as `as`, and looks for `canaries` in the answer. */
export interface CrossingRequest {
  readonly subject: string;
  readonly round: number;
  readonly step: Step;
  readonly as: string;
  readonly method: 'GET' | 'PUT';
  readonly path: string;
  readonly body: string | null;
  readonly canaries: readonly { readonly of: 'owner' | 'intruder'; readonly value: string }[];
}

export interface Crossing {
  readonly subject: string;
  readonly route: ObservationOf<'object-route'>;
  readonly intruder: Account;
}

/** Every object route, tried by every account of every other tenant. */
export function crossings(given: Given, seen: readonly Sighting[]): Crossing[] {
  return ofKind('object-route', seen).flatMap((route) => {
    const tenant = given.accounts.find(({ name }) => name === route.owner)?.tenant;
    const intruders = given.accounts.filter((account) => tenant !== undefined && account.tenant !== tenant);
    return intruders.map((intruder) => ({ subject: crossingSubject(route, intruder.name), route, intruder }));
  });
}

/** What must be crossed for a pass, whether or not an object could be made: every kind, both ways, read and write. */
export function crossingSubjects(given: Given): string[] {
  return given.objects.flatMap((kind) =>
    given.accounts.flatMap((owner) =>
      given.accounts
        .filter(({ tenant }) => tenant !== owner.tenant)
        .flatMap((intruder) =>
          (['GET', 'PUT'] as const).map((method) =>
            crossingSubject({ method, path: kind.path, owner: owner.name }, intruder.name),
          ),
        ),
    ),
  );
}

const crossingSubject = (
  { method, path, owner }: Pick<ObservationOf<'object-route'>, 'method' | 'path' | 'owner'>,
  intruder: string,
) => `${routeSubject(method, path, intruder)} on an object of ${owner}`;

/**
 * The next requests, nothing once all is done. A breach earns a second round, with new canaries.
 * One crossing per object at a time: a second one would plant over the first one's canary.
 */
export function plan(seen: readonly Sighting[], given: Given, seed: string): CrossingRequest[] {
  const open = crossings(given, seen).flatMap((crossing) => {
    const own = seen.filter(({ subject }) => subject === crossing.subject);
    const done = ofKind('crossing-step', own);
    const rounds = done.some(breaches) ? 2 : 1;
    const step = STEPS[done.length % STEPS.length];
    const over = done.length >= rounds * STEPS.length || ofKind('obstacle', own).length > 0;
    return over || step === undefined ? [] : [{ crossing, round: 1 + Math.floor(done.length / STEPS.length), step }];
  });
  return [...Map.groupBy(open, ({ crossing }) => crossing.route.objectId).values()].flatMap(([next]) => {
    const field = given.objects.find(({ name }) => name === next?.crossing.route.object)?.field;
    return next === undefined || field === undefined || given.identityPath === null
      ? []
      : [request(next.crossing, next.round, next.step, { seed, field, identityPath: given.identityPath })];
  });
}

function request(
  { subject, route, intruder }: Crossing,
  round: number,
  step: Step,
  { seed, field, identityPath }: { readonly seed: string; readonly field: string; readonly identityPath: string },
): CrossingRequest {
  const value = (of: string) => `lr/${mix(`${seed}|${subject}|${round}|${of}`)}`;
  const object = route.path.replace('{id}', route.objectId);
  const write = (path: string, of: string) =>
    ({ method: 'PUT', path, body: JSON.stringify({ [field]: value(of) }) }) as const;
  const read = (path: string) => ({ method: 'GET', path, body: null }) as const;
  const tryOn = (path: string) => (route.method === 'PUT' ? write(path, 'intruder') : read(path));
  const sent: Record<Step, Pick<CrossingRequest, 'method' | 'path' | 'body'>> = {
    'alive-before': read(identityPath),
    plant: write(object, 'owner'),
    control: read(object),
    attempt: tryOn(object),
    'not-found': tryOn(route.path.replace('{id}', absentLike(route.objectId))),
    'read-back': read(object),
    'alive-after': read(identityPath),
  };
  const byOwner = step === 'plant' || step === 'control' || step === 'read-back';
  const canaries = [
    { of: 'owner', value: value('owner') },
    { of: 'intruder', value: value('intruder') },
  ] as const;
  return { subject, round, step, as: byOwner ? route.owner : intruder.name, canaries, ...sent[step] };
}

/** An id of the same shape that this run never met: the last digit or letter is turned, nothing else. */
export function absentLike(id: string): string {
  const turn = (char: string) => (/\d/.test(char) ? String(9 - Number(char)) : char === 'z' ? 'y' : 'z');
  return /^\d+$/.test(id) ? `9${id}9` : id.replace(/[0-9a-z](?=[^0-9a-z]*$)/i, turn);
}

/** FNV-1a over two offsets: spreads a secret seed over names. It need not resist anybody. */
function mix(text: string): string {
  const half = (offset: number) =>
    [...text].reduce((hash, char) => Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0, offset);
  return `${half(0x811c9dc5).toString(36)}${half(0x1b873593).toString(36)}`;
}
