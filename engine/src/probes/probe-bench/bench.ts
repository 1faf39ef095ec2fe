import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import http, { type RequestListener } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { TestContext } from 'node:test';
import type { Given } from '../../model/given.ts';
import { Sighting } from '../../model/observation.ts';
import { issue } from '../../testing/certificates.ts';
import { given as testGiven } from '../../testing/sightings.ts';
import { type AnyProbe, type Context, mark } from '../probe.ts';
import { createSessions } from '../sessions.ts';
import { createWire, type WireSettings } from '../wire/create-wire.ts';
import { WireTrouble } from '../wire/wire.ts';

/** A portal on this machine, a name server for it, and a run that has not begun. */
export interface Bench {
  readonly context: Context;
  /** Request lines as the portal met them: `GET https://portal.test/ `. */
  readonly asked: readonly string[];
  readonly sent: () => ReadonlyMap<string, number>;
  /** Carries out what these probes plan, round after round, without retries. Every sighting is checked against the model. */
  readonly collect: (probes: readonly AnyProbe[]) => Promise<Sighting[]>;
}

export interface Setting {
  readonly serve: RequestListener;
  /** On port 80; the same as on 443 when left out. */
  readonly servePlain?: RequestListener;
  readonly given?: Partial<Given>;
  /** Addresses by host; `portal.test` has one when left out. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
  readonly pacing?: Partial<WireSettings['pacing']>;
}

const ROUNDS_MAX = 60;
const certificate = () => issue({ subject: '/CN=portal.test', extensions: ['subjectAltName=DNS:portal.test'] });
let issued: ReturnType<typeof certificate> | undefined;

export async function bench(test: TestContext, probes: readonly AnyProbe[], setting: Setting): Promise<Bench> {
  const given: Given = { ...testGiven, accounts: [], objects: [], identityPath: null, ...setting.given };
  const asked: string[] = [];
  const noting =
    (scheme: string, serve: RequestListener): RequestListener =>
    (request, response) => {
      asked.push(`${request.method} ${scheme}://${request.headers.host}${request.url}`);
      response.on('error', () => undefined);
      serve(request, response);
    };
  issued ??= certificate();
  const [plain, secure, resolver] = await Promise.all([
    listen(test, http.createServer(noting('http', setting.servePlain ?? setting.serve))),
    listen(test, https.createServer(issued, noting('https', setting.serve))),
    nameServer(test, setting.names ?? { 'portal.test': ['192.0.2.1'] }),
  ]);
  const connect = Object.fromEntries(
    given.hosts.flatMap(({ host }) => [
      [`${host}:80`, `127.0.0.1:${plain}`],
      [`${host}:443`, `127.0.0.1:${secure}`],
    ]),
  );
  const wire = createWire({
    network: { resolver, trust: [], connect },
    hosts: given.hosts.map(({ host }) => host),
    templates: probes.flatMap(({ templates }) => templates(given)),
    pacing: {
      requestsPerSecond: 5_000,
      concurrentPerHost: 8,
      connectTimeoutMs: 1_000,
      timeoutMs: 1_000,
      ...setting.pacing,
    },
    version: '0.0.0',
    runHeader: ['X-Launch-Ready-Run', 'bench'],
    now: () => new Date(),
    ticks: () => performance.now(),
  });
  test.after(wire.close);
  const context: Context = {
    given,
    wire,
    now: () => new Date('2026-03-02T08:00:00.000Z'),
    release: () => 'r42',
    vantage: 'test',
    seed: 'seed',
    digest: (bytes) => `${bytes.length}`,
    sessions: createSessions(new Map()),
    trust: [],
    operatorKey: 'operator',
  };
  return { context, asked, sent: wire.sent, collect: (some) => collect(some, context) };
}

async function collect(probes: readonly AnyProbe[], context: Context): Promise<Sighting[]> {
  const seen: Sighting[] = [];
  const done = new Set<string>();
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const planned = probes.flatMap((probe) =>
      probe
        .plan({ given: context.given, seen, seed: context.seed })
        .filter(({ id }) => !done.has(id))
        .map((action) => ({ probe, action })),
    );
    if (planned.length === 0) return seen;
    const results = await Promise.all(
      planned.map(async ({ probe, action }): Promise<Sighting[]> => {
        done.add(action.id);
        const own: Sighting[] = [];
        try {
          // The cast holds: the action came from this probe's own plan.
          for await (const one of probe.run(action as never, context, AbortSignal.timeout(probe.budgetMs)))
            own.push(one);
        } catch (cause) {
          if (!(cause instanceof WireTrouble)) throw cause;
          const { reason, message: detail } = cause;
          const stopped = action.subjects.map((subject) => mark(context, subject, `obstacle to ${action.id}`));
          own.push(...stopped.map((one): Sighting => ({ kind: 'obstacle', ...one, reason, detail })));
        }
        return own;
      }),
    );
    seen.push(...results.flat().map((one) => Sighting.parse(one)));
  }
  throw new Error(`still planning after ${ROUNDS_MAX} rounds`);
}

/** Serves on a free port of 127.0.0.1 until the test is over. */
export async function listen(test: TestContext, server: Server): Promise<number> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => open.add(socket.on('error', () => undefined)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  // The cast holds: a TCP server that listens has an address with a port.
  return (server.address() as AddressInfo).port;
}

/** Knows A records and denies all else: NXDOMAIN for a name it does not know (RFC 1035, section 4). */
async function nameServer(test: TestContext, names: Readonly<Record<string, readonly string[]>>): Promise<string> {
  const server = createSocket('udp4');
  server.on('message', (query, from) => {
    const labels: string[] = [];
    let at = 12;
    for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
      labels.push(query.toString('latin1', at + 1, at + 1 + length));
      at += 1 + length;
    }
    const known = names[labels.join('.').toLowerCase()];
    const addresses = query.readUInt16BE(at + 1) === 1 ? (known ?? []) : [];
    const head = Buffer.from(query.subarray(0, 12));
    head.writeUInt16BE(known === undefined ? 0x8183 : 0x8180, 2);
    head.writeUInt16BE(addresses.length, 6);
    head.writeUInt32BE(0, 8);
    const records = addresses.map((address) =>
      Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)]),
    );
    server.send(Buffer.concat([head, query.subarray(12, at + 5), ...records]), from.port, from.address);
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => server.close());
  return `127.0.0.1:${server.address().port}`;
}
