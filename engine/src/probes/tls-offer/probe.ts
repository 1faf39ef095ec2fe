import { createHash } from 'node:crypto';
import { type ObservationOf, type Obstacle, TLS_VERSIONS, type TlsVersion } from '../../model/observation.ts';
import { clientHello, TLS12_GROUPS, TLS13_GROUPS } from '../../parsers/tls-hello.ts';
import { classOfTlsSuite, isCommonTlsSuite, TLS_SUITES, tlsSuiteFits, tlsSuiteName } from '../../parsers/tls-suites.ts';
import { type Context, defineProbe, mark } from '../probe.ts';
import { WireTrouble } from '../wire/wire.ts';
import {
  CHAIN_HANDSHAKES_MAX,
  HANDSHAKES_PER_ENDPOINT_MAX,
  serverNameOf,
  type TlsAction,
  tlsActions,
} from './endpoints.ts';
import { type Greeting, greet } from './greet.ts';
import { createTurns } from './turns.ts';

const ID = 'tls-offer';
const HANDSHAKES_MAX = HANDSHAKES_PER_ENDPOINT_MAX - CHAIN_HANDSHAKES_MAX;

/** Connections to one endpoint at a time. Ours: a browser opens as many for one page. */
const CONNECTIONS_MAX = 6;

/** Longest wait for the answer to one hello, ms. Ours: many times what a slow server needs for its half of a handshake. */
const ANSWER_MS_MAX = 8_000;

/** Some servers read no more suites of one hello. Source: testssl.sh, which asks in parts for that reason. */
const SUITES_PER_HELLO_MAX = 127;

/** A lane finds one suite after another and ends with one refusal: three for TLS 1.2 keep both the wait and the handshakes few. Ours. */
const SUITES_PER_LANE_MAX = 80;

/** TLS alert: what was offered is no version of ours, whatever the suites (RFC 8446, section 6.2). */
const ALERT_PROTOCOL_VERSION = 70;

/** TLS alert: understood, and refused (RFC 8446, section 6.2). */
const ALERT_HANDSHAKE_FAILURE = 40;

/** IANA, TLS Supported Groups. Any 32 bytes are a public key of X25519 (RFC 7748, section 5). */
const X25519 = 0x001d;

/** What is known of one version. */
interface Ledger {
  readonly version: TlsVersion;
  readonly accepted: number[];
  /** Why it is not known to the end, the first reason first. */
  readonly gaps: Gap[];
  /** The server said in words that it refuses. */
  alerted: boolean;
  /** It only hung up, which may mean a refusal, or that it has had enough of us. */
  hungUp: boolean;
  /** TLS 1.3: send a key share along. */
  withShare: boolean;
}

interface Gap {
  /** Null: no more handshakes were left. */
  readonly reason: Obstacle['reason'] | null;
  readonly detail: string;
}

type Ask = (version: TlsVersion, suites: readonly number[], withShare: boolean) => Promise<Greeting | Gap>;

/** Which versions and suites an endpoint accepts: one that it may choose from all, then from what is left, until it refuses. */
export default defineProbe<TlsAction>({
  id: ID,
  stage: 'outside',
  effect: 'looks',
  budgetMs: 90_000,
  templates: ({ hosts }) => [
    {
      id: ID,
      says: 'TLS ClientHello to {host}:443, one version and a list of suites each; the connection ends at the ServerHello',
      unit: 'handshakes',
      ceiling: HANDSHAKES_MAX * hosts.length,
    },
  ],
  plan: (view) => tlsActions(view, ID, `at most ${HANDSHAKES_MAX} TLS ClientHellos to`),
  async *run(action, context, signal) {
    const { host, port, address } = action;
    const [subject] = action.subjects;
    let handshakes = 0;
    const troubles: WireTrouble[] = [];
    const takeTurn = createTurns(CONNECTIONS_MAX);

    const ask: Ask = (version, suites, withShare) =>
      takeTurn(urgencyOf(suites), async () => {
        if (handshakes >= HANDSHAKES_MAX)
          return { reason: null, detail: `${HANDSHAKES_MAX} handshakes were not enough` };
        handshakes += 1;
        const hello = helloFor(version, suites, withShare, serverNameOf(host), `${context.seed} ${handshakes}`);
        try {
          const socket = await context.wire.connect({ template: ID, host, port, address }, signal);
          return await greet(socket, hello, ANSWER_MS_MAX, signal);
        } catch (cause) {
          if (!(cause instanceof WireTrouble)) throw cause;
          troubles.push(cause);
          return { reason: cause.reason === 'budget-spent' ? null : cause.reason, detail: cause.message };
        }
      });

    const ledgers = await Promise.all(TLS_VERSIONS.map((version) => enumerate(version, ask)));
    // Not one connection: nothing was seen, and the collector knows what to make of the trouble.
    if (troubles[0] !== undefined && troubles.length === handshakes) throw troubles[0];

    await confirmRefusals(ledgers, ask);

    yield offerOf(ledgers, action, context, handshakes);
    const gap = worstGap(ledgers);
    if (gap !== undefined) {
      const seen = mark(context, subject, `obstacle: ${subject} ${ID}`);
      yield { kind: 'obstacle', ...seen, reason: gap.reason ?? 'budget-spent', detail: gap.detail.slice(0, 300) };
    }
  },
});

async function enumerate(version: TlsVersion, ask: Ask): Promise<Ledger> {
  const ledger: Ledger = { version, accepted: [], gaps: [], alerted: false, hungUp: false, withShare: false };
  const { common, rare } = TO_ASK[version];
  // The first answer tells what a client of today gets: the server chooses among all that it may know.
  const first = await choose(ledger, common, ask);
  if (first === 'over') return ledger;
  const lanes =
    first === 'none'
      ? dealt(rare, SUITES_PER_HELLO_MAX)
      : lanesOf([...common.filter((code) => code !== first), ...rare]);
  await Promise.all(lanes.map((lane) => follow(ledger, lane, ask)));
  return ledger;
}

/**
 * A server that is tired of us hangs up just as one that refuses. So a bare close counts as a refusal only if the server
 * still takes what it took before.
 */
async function confirmRefusals(ledgers: readonly Ledger[], ask: Ask): Promise<void> {
  const works = ledgers.find(({ accepted }) => accepted.length > 0);
  const doubtful = ledgers.filter(({ hungUp }) => hungUp);
  if (works === undefined || doubtful.length === 0) return;
  const answer = await ask(works.version, works.accepted, works.withShare);
  if ('is' in answer && answer.is === 'hello') return;
  for (const { gaps, version } of doubtful) {
    gaps.push({ reason: 'reset', detail: `${version}: the server stopped answering even what it had accepted` });
  }
}

/** One lane: what is chosen is taken out, until nothing more is. */
async function follow(ledger: Ledger, lane: readonly number[], ask: Ask): Promise<void> {
  let left = lane;
  while (left.length > 0) {
    const chosen = await choose(ledger, left, ask);
    if (typeof chosen === 'string') return;
    left = left.filter((code) => code !== chosen);
  }
}

/** The suite that the server takes, `none` of these, or `over` when there is no use in asking this version on. */
async function choose(ledger: Ledger, suites: readonly number[], ask: Ask): Promise<number | 'none' | 'over'> {
  const { version } = ledger;
  const answer = await ask(version, suites, ledger.withShare);
  if ('reason' in answer) {
    ledger.gaps.push(answer);
    return 'over';
  }
  if (version === 'TLSv1.3' && !ledger.withShare && isPuzzled(answer)) {
    ledger.withShare = true;
    return choose(ledger, suites, ask);
  }
  if (answer.is === 'alert') {
    ledger.alerted = true;
    return answer.description === ALERT_PROTOCOL_VERSION ? 'over' : 'none';
  }
  if (answer.is === 'closed') {
    ledger.hungUp = true;
    return 'none';
  }
  if (answer.is === 'silent') {
    ledger.gaps.push({
      reason: 'timed-out',
      detail: `${version}: no answer to a ClientHello within ${ANSWER_MS_MAX} ms`,
    });
    return 'over';
  }
  if (answer.is === 'not-tls') {
    ledger.gaps.push({ reason: 'malformed', detail: `${version}: the answer to a ClientHello is no TLS` });
    return 'over';
  }
  // It talks an older version to us: a refusal of this one.
  if (answer.version !== version) {
    ledger.alerted = true;
    return 'over';
  }
  if (!suites.includes(answer.suite)) {
    const detail = `${version}: the server chose ${tlsSuiteName(answer.suite)}, which was not offered`;
    ledger.gaps.push({ reason: 'malformed', detail });
    return 'over';
  }
  ledger.accepted.push(answer.suite);
  return answer.suite;
}

/** Not every server knows what to do without a key share, though it has to (RFC 8446, section 4.2.8). */
function isPuzzled(answer: Greeting): boolean {
  if (answer.is === 'closed') return true;
  if (answer.is !== 'alert') return false;
  return answer.description !== ALERT_PROTOCOL_VERSION && answer.description !== ALERT_HANDSHAKE_FAILURE;
}

const stateOf = ({ accepted, gaps }: Ledger) =>
  accepted.length > 0 ? 'accepted' : gaps.length > 0 ? 'unanswered' : 'refused';

function offerOf(
  ledgers: readonly Ledger[],
  { host, port, address, subjects: [subject] }: TlsAction,
  context: Context,
  handshakes: number,
): ObservationOf<'tls-offer'> {
  return {
    kind: 'tls-offer',
    ...mark(context, subject, `${subject} ${ID}`),
    host,
    port,
    address,
    versions: ledgers.map((ledger) => ({ version: ledger.version, is: stateOf(ledger) })),
    suites: ledgers
      .filter(({ accepted }) => accepted.length > 0)
      .map(({ version, accepted, gaps }) => ({ version, accepted, complete: gaps.length === 0 })),
    handshakes,
  };
}

/** Why nothing may pass on this endpoint; undefined when all was seen, or when only the list of suites had to be cut. */
function worstGap(ledgers: readonly Ledger[]): Gap | undefined {
  const gaps = ledgers.flatMap((ledger) =>
    ledger.gaps.filter(({ reason }) => reason !== null || stateOf(ledger) === 'unanswered'),
  );
  if (gaps[0] !== undefined) return gaps.find(({ reason }) => reason !== null) ?? gaps[0];
  // Refusals count only next to something that works: an endpoint that takes no version at all tells nothing about its TLS.
  if (ledgers.some((ledger) => stateOf(ledger) !== 'refused')) return undefined;
  return ledgers.some(({ alerted }) => alerted)
    ? { reason: 'refused', detail: 'every ClientHello of every version was refused' }
    : { reason: 'reset', detail: 'every ClientHello of every version was answered by a closed connection' };
}

const MERIT = { recommended: 0, legacy: 1, weak: 2 } as const;
const MERITS: ReadonlyMap<number, number> = new Map(TLS_SUITES.map(({ code }) => [code, MERIT[classOfTlsSuite(code)]]));
const meritOf = (code: number) => MERITS.get(code) ?? MERIT.legacy;

/** Worst first: should the handshakes run out, what is dangerous has been asked. */
const urgencyOf = ([first]: readonly number[]) => (first === undefined ? 0 : -meritOf(first));

/** CCM is for small devices (RFC 6655, section 1); a browser does not list it. */
const isCcm = (code: number) => Number(tlsSuiteName(code).includes('CCM'));

interface ToAsk {
  readonly common: readonly number[];
  readonly rare: readonly number[];
}

/** Per version, what it may be asked for; best first, as a browser lists it. */
const TO_ASK: Readonly<Record<TlsVersion, ToAsk>> = {
  SSLv3: toAsk('SSLv3'),
  'TLSv1.0': toAsk('TLSv1.0'),
  'TLSv1.1': toAsk('TLSv1.1'),
  'TLSv1.2': toAsk('TLSv1.2'),
  'TLSv1.3': toAsk('TLSv1.3'),
};

function toAsk(version: TlsVersion): ToAsk {
  const fitting = TLS_SUITES.filter((suite) => tlsSuiteFits(suite, version));
  const codes = (common: boolean) =>
    fitting
      .filter((suite) => isCommonTlsSuite(suite) === common)
      .map(({ code }) => code)
      .sort((a, b) => meritOf(a) - meritOf(b) || isCcm(a) - isCcm(b));
  return { common: codes(true), rare: codes(false) };
}

/** The suites of TLS 1.3 that nearly every server has (RFC 8446, section 9.1): asked one by one, at once, they cost no handshake more. */
const USUAL_TLS13 = new Set([0x1301, 0x1302, 0x1303]);

/** What can be asked at the same time: weak suites apart, so that no better one stands before them, the others dealt out evenly. */
function lanesOf(codes: readonly number[]): readonly (readonly number[])[] {
  const [usual, ...alone] = codes.filter((code) => USUAL_TLS13.has(code));
  const weak = codes.filter((code) => meritOf(code) === MERIT.weak);
  const others = codes.filter((code) => meritOf(code) !== MERIT.weak && !USUAL_TLS13.has(code));
  if (usual !== undefined) return [[usual, ...weak, ...others], ...alone.map((code) => [code])];
  return [...dealt(weak, SUITES_PER_HELLO_MAX), ...dealt(others, SUITES_PER_LANE_MAX)];
}

function dealt(codes: readonly number[], sizeMax: number): readonly (readonly number[])[] {
  const count = Math.ceil(codes.length / sizeMax);
  return Array.from({ length: count }, (_, lane) => codes.filter((_code, index) => index % count === lane));
}

/** TLS 1.3 goes out without a key share: the suite is then named in a HelloRetryRequest, which costs the server no signature. */
function helloFor(
  version: TlsVersion,
  suites: readonly number[],
  withShare: boolean,
  serverName: string | null,
  seed: string,
): Uint8Array {
  const bytes = (name: string) => createHash('sha256').update(`${seed} ${name}`).digest();
  const isTls13 = version === 'TLSv1.3';
  return clientHello({
    version,
    suites,
    serverName,
    groups: isTls13 ? TLS13_GROUPS : TLS12_GROUPS,
    random: bytes('random'),
    sessionId: isTls13 ? bytes('session') : new Uint8Array(0),
    keyShares: withShare ? [{ group: X25519, key: bytes('key share') }] : [],
  });
}
