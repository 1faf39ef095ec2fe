import net, { isIP, type Socket } from 'node:net';
import type { Template } from '../probe.ts';
import { isPublicAddress } from './address-class.ts';
import { createAgents } from './agents.ts';
import { createAskName } from './ask-name.ts';
import { ACCEPT_ENCODING } from './decode-body.ts';
import { createDistress } from './distress.ts';
import { exchange, type Limits, type Meter } from './exchange.ts';
import { createPace, PAUSE_MS_MAX, type Pacing } from './pace.ts';
import { patience } from './patience.ts';
import { bareHost, type RequestLine, requestLine } from './request-line.ts';
import { isUnconnected, noConnection, stepOver, troubleOf } from './trouble-of.ts';
import { type Header, type HttpRequest, type RawAnswer, type Wire, WireTrouble } from './wire.ts';

export interface WireSettings {
  readonly network: {
    /** `address:port` of the resolver; null for the machine's own. */
    readonly resolver: string | null;
    /** Root certificates as PEM, in place of Node's; none keeps Node's. */
    readonly trust: readonly string[];
    /** `host:port` or `address:port` → `address:port` to connect to in its place. */
    readonly connect: Readonly<Record<string, string>>;
  };
  /** The target's hosts. The operator named them, so they may lie anywhere. */
  readonly hosts: readonly string[];
  readonly templates: readonly Template[];
  readonly pacing: Pacing & Limits;
  readonly version: string;
  /** Sent with every request, so that the target's operators can tell ours apart: name and run id. */
  readonly runHeader: Header;
  readonly now: () => Date;
  /** Monotonic, ms. */
  readonly ticks: () => number;
}

export interface RunWire extends Wire {
  /** By template, what was sent so far. */
  readonly sent: () => ReadonlyMap<string, number>;
  readonly bytesReceived: () => number;
  /** Sum of all waits for the target, ms. */
  readonly waitedMs: () => number;
  /** The address we sent from, as this machine sees it. */
  readonly localAddress: () => string | null;
  readonly close: () => void;
}

/** What the wire sends by itself: the addresses of hosts that probes name. */
export const wireTemplates: readonly Template[] = [
  {
    id: 'wire/address',
    says: 'A, and AAAA when there is none, of each host that is asked',
    unit: 'queries',
    ceiling: 400,
  },
];

/** Addresses of one host that are tried, when a probe leaves the choice to us. */
const ADDRESSES_TRIED_MAX = 2;

interface Peer {
  readonly ip: string;
  readonly port: number;
  /** The address as the DNS knows it; null when a connect map of ours stood in between. */
  readonly address: string | null;
}

/** The only way out of a run. */
export function createWire(settings: WireSettings): RunWire {
  const { network, pacing, runHeader, ticks } = settings;
  const targets = new Set(settings.hosts.map(bareHost));
  const ceilings = new Map([...wireTemplates, ...settings.templates].map(({ id, ceiling }) => [id, ceiling]));
  const mapped = new Set(Object.keys(network.connect).map((end) => endOf(end).ip));
  const agents = createAgents(network.trust, settings.now);
  const pace = createPace(pacing, ticks);
  const distress = createDistress();
  const names = createAskName(network.resolver);
  const looked = new Map<string, Promise<readonly string[]>>();
  const sockets = new Set<Socket>();
  const sent = new Map<string, number>();
  let bytesReceived = 0;
  let waitedMs = 0;
  let localAddress: string | null = null;

  const meter: Meter = {
    received: (bytes) => {
      bytesReceived += bytes;
    },
    waited: (ms) => {
      waitedMs += ms;
    },
    from: (address) => {
      localAddress ??= address;
    },
    ticks,
  };
  const ownFields: readonly Header[] = [
    ['User-Agent', `launch-ready/${settings.version} (+portal review; run ${runHeader[1]})`],
    ['Accept', '*/*'],
    ['Accept-Encoding', ACCEPT_ENCODING],
    runHeader,
  ];

  const checkBudget = (template: string): number => {
    const ceiling = ceilings.get(template);
    if (ceiling === undefined) throw new Error(`no template allows this: ${template}`);
    const before = sent.get(template) ?? 0;
    if (before >= ceiling) throw new WireTrouble('budget-spent', `the plan allows ${ceiling} of ${template}`);
    return before;
  };
  const count = (template: string) => {
    sent.set(template, checkBudget(template) + 1);
  };

  const addressesOf = async (host: string): Promise<readonly string[]> => {
    if (isIP(host) !== 0) return [host];
    for (const type of ['A', 'AAAA'] as const) {
      count('wire/address');
      const { records } = await names.askName(host, type);
      if (records.length > 0) return records;
    }
    throw new WireTrouble('not-resolved', `${host} has no address`);
  };
  /** Asked once in a run. The address that was checked is the one that is connected to, so no second answer can lead elsewhere. */
  const lookUp = (host: string): Promise<readonly string[]> => {
    const known = looked.get(host);
    if (known !== undefined) return known;
    const asked = addressesOf(host);
    looked.set(host, asked);
    asked.catch(() => looked.delete(host));
    return asked;
  };

  const peersOf = async (host: string, port: number, address: string | null, signal: AbortSignal): Promise<Peer[]> => {
    const byAddress = address === null ? undefined : network.connect[`${address}:${port}`];
    if (byAddress !== undefined) return [{ ...endOf(byAddress), address }];
    const byHost = network.connect[`${host}:${port}`];
    if (byHost !== undefined) return [{ ...endOf(byHost), address: null }];
    if (!targets.has(host) && isIP(host) === 0 && !mayReach(host))
      throw new WireTrouble('not-allowed', `${host} is a name of a private network`);
    const addresses = address === null ? await orAborted(lookUp(host), signal) : [address];
    const allowed = addresses.filter((ip) => isIP(ip) !== 0 && (targets.has(host) || isPublicAddress(ip)));
    if (allowed.length === 0)
      throw new WireTrouble('not-allowed', `${host} leads to an address of a private network: ${addresses[0]}`);
    return allowed.slice(0, ADDRESSES_TRIED_MAX).map((ip) => ({ ip, port, address: ip }));
  };

  const mayReach = (host: string): boolean => {
    const bare = bareHost(host);
    if (targets.has(bare) || mapped.has(bare)) return true;
    if (isIP(bare) !== 0) return isPublicAddress(bare);
    return bare.includes('.') && !PRIVATE_NAME.test(bare);
  };

  const sendTo = async (
    peer: Peer,
    line: RequestLine,
    request: HttpRequest,
    signal: AbortSignal,
  ): Promise<RawAnswer> => {
    const endpoint = `${line.host}:${line.port} (${peer.ip}:${peer.port})`;
    if (request.secret && line.scheme === 'http' && !isLoopback(peer.ip))
      throw new WireTrouble('not-allowed', 'credentials are never sent over plain HTTP');
    distress.check(endpoint);
    checkBudget(request.template);
    const leave = await enter(line.host, signal);
    try {
      distress.check(endpoint);
    } catch (cause) {
      leave();
      throw cause;
    }
    try {
      for (;;) {
        count(request.template);
        const { template: _, url: __, address: ___, ...asked } = request;
        const headers = [
          ...ownFields.filter(([name]) => !fieldNames(asked.headers).has(name.toLowerCase())),
          ...asked.headers,
        ];
        const answer = await exchange({ ...asked, line, headers, peer }, pacing, agents, meter, signal);
        if (answer === 'stale-connection') continue;
        distress.answered(endpoint);
        if (answer.status === 429) pause(line.host, answer);
        return { ...answer, address: peer.address };
      }
    } catch (cause) {
      if (cause instanceof WireTrouble && !signal.aborted)
        distress.failed(endpoint, cause, isUnconnected(cause) ? null : `${request.method} ${request.url}`);
      throw cause;
    } finally {
      leave();
    }
  };

  const enter = async (host: string, signal: AbortSignal) => {
    try {
      return await pace.enter(host, signal);
    } catch (cause) {
      throw signal.aborted ? stepOver() : cause;
    }
  };

  const pause = (host: string, { headers }: Pick<RawAnswer, 'headers'>) => {
    const value = headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1].trim() ?? '';
    const ms = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - settings.now().getTime();
    if (ms > 0) pace.pause(host, Math.min(ms, PAUSE_MS_MAX));
  };

  /** The next address is only tried when the one before could not be connected to. */
  const eachPeer = async <T>(peers: readonly Peer[], attempt: (peer: Peer) => Promise<T>): Promise<T> => {
    let last: unknown;
    for (const peer of peers) {
      try {
        return await attempt(peer);
      } catch (cause) {
        if (!(cause instanceof WireTrouble) || !isUnconnected(cause)) throw cause;
        last = cause;
      }
    }
    throw last;
  };

  return {
    async ask(request, signal) {
      checkBudget(request.template);
      const line = requestLine(request.url);
      const peers = await peersOf(line.host, line.port, request.address, signal);
      return eachPeer(peers, (peer) => sendTo(peer, line, request, signal));
    },
    async connect({ template, host, port, address }, signal) {
      checkBudget(template);
      const peers = await peersOf(bareHost(host), port, address, signal);
      return eachPeer(peers, async (peer) => {
        const endpoint = `${bareHost(host)}:${port} (${peer.ip}:${peer.port})`;
        distress.check(endpoint);
        const leave = await enter(bareHost(host), signal);
        const startedMs = ticks();
        try {
          count(template);
          const socket = await opened(peer, pacing.connectTimeoutMs, signal);
          distress.answered(endpoint);
          if (socket.localAddress !== undefined) meter.from(socket.localAddress);
          sockets.add(socket);
          socket.once('close', () => {
            meter.received(socket.bytesRead);
            sockets.delete(socket);
            leave();
          });
          return socket;
        } catch (cause) {
          leave();
          const trouble = troubleOf(cause, 'connecting');
          if (!signal.aborted) distress.failed(endpoint, trouble, null);
          throw trouble;
        } finally {
          meter.waited(ticks() - startedMs);
        }
      });
    },
    async resolve(template, host, type, signal) {
      count(template);
      return orAborted(names.askName(bareHost(host), type), signal);
    },
    mayReach,
    leadsToLoopback(host) {
      const { hostname } = new URL(`http://${host}`);
      const ways = Object.entries(network.connect).filter(([from]) => endOf(from).ip === bareHost(hostname));
      return ways.length > 0 ? ways.every(([, to]) => isLoopback(endOf(to).ip)) : isLoopback(bareHost(hostname));
    },
    sent: () => sent,
    bytesReceived: () => bytesReceived,
    waitedMs: () => waitedMs,
    localAddress: () => localAddress,
    close: () => {
      agents.close();
      names.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Names that only mean something inside a network: RFC 6761, RFC 6762, RFC 8375, RFC 9476, ICANN's `internal`. */
const PRIVATE_NAME = /(^|\.)(localhost|local|internal|home\.arpa|lan|alt|test|invalid|example|onion)$/;

/** This machine, by a name or an address that cannot mean another (RFC 6761, section 6.3). */
const isLoopback = (host: string) =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '::1' ||
  (isIP(host) === 4 && host.startsWith('127.'));

const fieldNames = (headers: readonly Header[]) => new Set(headers.map(([name]) => name.toLowerCase()));

function endOf(end: string): { ip: string; port: number } {
  const at = end.lastIndexOf(':');
  return { ip: bareHost(end.slice(0, at)), port: Number(end.slice(at + 1)) };
}

async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(stepOver());
  if (signal.aborted) giveUp();
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([promise, work]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

function opened({ ip, port }: Peer, timeoutMs: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: ip, port });
    const giveUp = (trouble: Error) => {
      stopWaiting();
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      reject(trouble);
    };
    const stopWaiting = patience(timeoutMs, () => giveUp(noConnection(timeoutMs)));
    const onAbort = () => giveUp(stepOver());
    signal.addEventListener('abort', onAbort, { once: true });
    socket.on('error', giveUp);
    socket.once('connect', () => {
      stopWaiting();
      signal.removeEventListener('abort', onAbort);
      socket.off('error', giveUp);
      socket.on('error', () => undefined); // whoever reads hears of it as a close
      resolve(socket);
    });
    if (signal.aborted) onAbort();
  });
}
