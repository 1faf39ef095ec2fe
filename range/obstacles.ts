import { CANONICAL_ORIGIN, HOSTS } from './portal/hosts.ts';
import { type PartialSwitches, SOUND_CSP, SOUND_HSTS } from './portal/switches.ts';
import type { HostileBehaviour } from './world/hostile.ts';

/** Something that keeps a probe from seeing. No check may pass on a subject that it blinds. */
export interface Obstructed {
  readonly name: string;
  readonly change: PartialSwitches;
  /** Subjects of which nothing may be proved; a trailing `*` stands for any rest. */
  readonly blinds: readonly [string, ...string[]];
  readonly signedIn?: boolean;
}

/** Answers from which nothing may be concluded about what they were asked for. */
const NO_ANSWERS: readonly HostileBehaviour[] = [
  'hang',
  'drip',
  'huge-body',
  'gzip-bomb',
  'deflate-bomb',
  'brotli-bomb',
  'giant-header',
  'bad-chunking',
  'length-too-long',
  'reset-mid-body',
  'reset',
  'binary-noise',
  'bad-status-line',
  'rate-limited',
  'challenge',
  'server-error',
  'unavailable',
  'gateway-timeout',
];

/** Where each probe of the outside stage looks, and what is blinded when that place does not answer. */
type Place = readonly [path: string, blinds: Obstructed['blinds']];
const PLACES: readonly Place[] = [
  ['/', [`entry ${CANONICAL_ORIGIN}/`, `page ${CANONICAL_ORIGIN}/`]],
  ['/privacy', [`entry ${CANONICAL_ORIGIN}/privacy`, `page ${CANONICAL_ORIGIN}/privacy`]],
  ['/assets/*', [`asset ${CANONICAL_ORIGIN}/assets/*`]],
  [
    '/api/people',
    [
      `api GET ${CANONICAL_ORIGIN}/api/people`,
      ...['https://lr-foreign.invalid', 'null'].map(
        (origin) => `cross-origin call from ${origin} at ${CANONICAL_ORIGIN}/api/people`,
      ),
      ...['header', 'query', 'cookie'].map((carrier) => `echo of a ${carrier} token at ${CANONICAL_ORIGIN}/api/people`),
    ],
  ],
  ['/.env', [`path ${CANONICAL_ORIGIN}/.env`]],
];

/** What the answers carry that have a head at all: they are no use, yet they lack no header. */
const SOUND_HEADERS = {
  'strict-transport-security': SOUND_HSTS,
  'content-security-policy': SOUND_CSP,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
};

/** A body without end says nothing against its head: where an entry leads, and who may call, is seen all the same. */
const ENDLESS: ReadonlySet<HostileBehaviour> = new Set(['huge-body', 'gzip-bomb', 'deflate-bomb', 'brotli-bomb']);
const withoutHeads = ([first, ...more]: Obstructed['blinds']): Obstructed['blinds'] => {
  const [kept = first, ...rest] = [first, ...more].filter((subject) => !/^(?:entry|cross-origin call) /.test(subject));
  return [kept, ...rest];
};

/** Error pages are asked for with bad input: that a server fails there is an answer. */
const inHttp = NO_ANSWERS.flatMap((behaviour): Obstructed[] =>
  PLACES.map(([path, blinds]) => ({
    name: `${behaviour} at ${path}`,
    change: { hostile: [{ host: HOSTS.app, path, scheme: 'https', behaviour, headers: SOUND_HEADERS }] },
    blinds: ENDLESS.has(behaviour) ? withoutHeads(blinds) : blinds,
  })),
);

/** A server that fails on bad input has answered it; what gives no answer, or another's, has not. */
const inErrors = NO_ANSWERS.filter(
  (behaviour) => !['server-error', 'unavailable', 'gateway-timeout'].includes(behaviour),
).map(
  (behaviour): Obstructed => ({
    name: `${behaviour} at an unknown route`,
    change: {
      hostile: [{ host: HOSTS.app, path: '/launch-ready/*', scheme: 'https', behaviour, headers: SOUND_HEADERS }],
    },
    blinds: [`error from an unknown route at ${CANONICAL_ORIGIN}/launch-ready/no-such-page`],
  }),
);

/** The same for an account that is signed in: its objects cannot be made, read or removed. */
const inCrossing = NO_ANSWERS.map(
  (behaviour): Obstructed => ({
    name: `${behaviour} at objects`,
    change: {
      hostile: [{ host: HOSTS.app, path: '/api/records/*', scheme: 'https', behaviour, headers: SOUND_HEADERS }],
    },
    blinds: ['route *'],
    signedIn: true,
  }),
);

const inTls = (['hang', 'reset', 'garbage', 'refuse'] as const).map(
  (behaviour): Obstructed => ({
    name: `TLS: ${behaviour}`,
    change: { edges: { [HOSTS.api]: { tls: { behaviour } } } },
    blinds: [`tls ${HOSTS.api}:443`, `entry https://${HOSTS.api}/`],
  }),
);

const inPlainHttp = (['hang', 'reset', 'binary-noise', 'rate-limited', 'server-error'] as const).map(
  (behaviour): Obstructed => ({
    name: `plain http: ${behaviour}`,
    change: { hostile: [{ host: HOSTS.api, path: '/', scheme: 'http', behaviour }] },
    blinds: [`entry http://${HOSTS.api}/`],
  }),
);

const inDns = (['servfail', 'refused', 'no-answer', 'garbage'] as const).map(
  (behaviour): Obstructed => ({
    name: `DNS: ${behaviour}`,
    change: { dns: { misbehaviours: { [HOSTS.www]: behaviour } } },
    blinds: [`name ${HOSTS.www}`],
  }),
);

const inSignIn = (['refuses-everybody', 'fails', 'page-instead'] as const).map(
  (signIn): Obstructed => ({
    name: `sign-in: ${signIn}`,
    change: { session: { signIn } },
    blinds: ['sign-in as *', 'route *'],
    signedIn: true,
  }),
);

export const obstructed: readonly Obstructed[] = [
  ...inHttp,
  ...inErrors,
  ...inCrossing,
  ...inTls,
  ...inPlainHttp,
  ...inDns,
  ...inSignIn,
];
