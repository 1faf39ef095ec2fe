import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { type IssuedCertificate, rootPem } from '../world/certificate-authority.ts';
import { type ClientHello, readClientHello } from '../world/client-hello.ts';
import { WORLD_CLOCK } from '../world/clock.ts';
import { CLOSED_ADDRESS, LOOPBACK, listen } from '../world/listen.ts';
import { soundTls, startTlsEdge } from '../world/tls-edge.ts';
import type { TargetNetwork } from '../world/world.ts';
import type { AskedHttp, Case, Script } from './broken.ts';
import { refusal } from './broken-certificates.ts';
import { questionOf, soundReply } from './broken-names.ts';
import { lengthOf, message, soundAnswer } from './sound-answer.ts';

/** Pause between two bytes that drip, ms. */
const DRIP_MS = 50;
/** An endless answer ends after so many bytes: whoever is still reading then has no limit. */
const ENDLESS_BYTES_MAX = 400_000_000;
/** Longest request that is read, bytes. */
const REQUEST_BYTES_MAX = 65_536;

export interface HostileNet {
  readonly network: TargetNetwork;
  /** By host, how often its broken answer was really given. */
  readonly given: ReadonlyMap<string, number>;
  readonly close: () => Promise<void>;
}

/** Writes what is to be written, and then does what is to be done. */
function play(socket: Socket, { pieces, then }: Script): void {
  socket.on('error', () => socket.destroy());
  const rest = then === 'repeat' || then === 'drip' ? pieces.slice(0, -1) : pieces;
  const last = pieces.at(-1) ?? Buffer.alloc(0);
  for (const piece of rest) socket.write(piece);
  if (then === 'close') socket.end();
  else if (then === 'reset') setImmediate(() => reset(socket));
  else if (then === 'repeat') pour(socket, last);
  else if (then === 'drip') {
    let sent = 0;
    const timer = setInterval(
      () => socket.write(last.subarray(sent % last.length, (sent++ % last.length) + 1)),
      DRIP_MS,
    );
    socket.once('close', () => clearInterval(timer));
  }
}

/** A TLS socket has no reset of its own. */
const reset = (socket: Socket) => ('encrypted' in socket ? socket.destroy() : socket.resetAndDestroy());

function pour(socket: Socket, piece: Buffer): void {
  let sent = 0;
  const more = (): void => {
    while (!socket.destroyed && sent < ENDLESS_BYTES_MAX) {
      sent += piece.length;
      if (!socket.write(piece)) {
        socket.once('drain', more);
        return;
      }
    }
    socket.end();
  };
  more();
}

const soundHttp = (asked: AskedHttp): Script => {
  const { statusLine, headers, body } = soundAnswer(asked, 'http');
  return { pieces: [message(statusLine, [...headers, lengthOf(body), 'Connection: close'], body)], then: 'close' };
};

/** Reads one request, by hand: what is to be written no HTTP server would write. */
function servePlain(socket: Socket, answer: (asked: AskedHttp) => Script): void {
  let read = '';
  socket.on('data', (chunk: Buffer) => {
    if (read.length > REQUEST_BYTES_MAX || read.includes('\r\n\r\n')) return;
    read += chunk.toString('latin1');
    if (!read.includes('\r\n\r\n')) return;
    const target = /^\S+ (\S+)/.exec(read)?.[1] ?? '/';
    const host = /\r\nhost: *([^\r:]+)/i.exec(read)?.[1]?.toLowerCase() ?? '';
    play(socket, answer({ host, target }));
  });
}

function serveTls(socket: Socket, answer: (hello: ClientHello) => Script): void {
  let read = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    if (read.length > REQUEST_BYTES_MAX) return;
    read = Buffer.concat([read, chunk]);
    const hello = readClientHello(read);
    if (hello === 'more') return;
    read = Buffer.alloc(REQUEST_BYTES_MAX + 1);
    if (hello === 'other') socket.destroy();
    else play(socket, answer(hello.hello));
  });
}

type AnswerName = (query: Buffer) => Buffer | undefined;

async function startNames(datagram: AnswerName, stream: (query: Buffer) => Script) {
  const tcp = await listen(
    createServer((socket) => {
      let read = Buffer.alloc(0);
      socket.on('data', (chunk: Buffer) => {
        read = Buffer.concat([read, chunk]);
        if (read.length < 2 || read.length < 2 + read.readUInt16BE(0)) return;
        const query = read.subarray(2, 2 + read.readUInt16BE(0));
        read = Buffer.alloc(0);
        play(socket, stream(query));
      });
    }),
  );
  const udp = createSocket('udp4');
  udp.on('message', (query, from) => {
    const answer = datagram(query);
    if (answer !== undefined) udp.send(answer, from.port, from.address);
  });
  udp.bind(tcp.port, LOOPBACK);
  await once(udp, 'listening');
  udp.on('error', () => undefined); // a client that went away
  return {
    port: tcp.port,
    close: async () => {
      const closed = once(udp, 'close');
      udp.close();
      await Promise.all([closed, tcp.close()]);
    },
  };
}

/** Brings up a net in which every case has its host; hosts without one are sound. */
export async function startHostileNet(
  cases: readonly Case[],
  soundHosts: readonly string[],
  certificate: IssuedCertificate,
): Promise<HostileNet> {
  const byHost = new Map(cases.map((one) => [one.host, one.broken]));
  const given = new Map<string, number>();
  const count = (host: string) => given.set(host, (given.get(host) ?? 0) + 1);

  const plain = await listen(
    createServer((socket) =>
      servePlain(socket, (asked) => {
        const broken = byHost.get(asked.host);
        if (broken === undefined || !('at' in broken) || broken.at !== 'http') return soundHttp(asked);
        count(asked.host);
        return broken.answer(asked);
      }),
    ),
  );
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    const asked = { host: (request.headers.host ?? '').toLowerCase(), target: request.url ?? '/' };
    const broken = byHost.get(asked.host);
    response.on('error', () => undefined);
    if (broken !== undefined && 'at' in broken && broken.at === 'https' && response.socket !== null) {
      count(asked.host);
      play(response.socket, broken.answer(asked));
      return;
    }
    const { headers, body } = soundAnswer(asked, 'https');
    const found = asked.target === '/' || asked.target.startsWith('/?');
    response.writeHead(
      found ? 200 : 404,
      headers.flatMap((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    );
    response.end(body);
  };
  const edge = await startTlsEdge({ hosts: [{ ...soundTls, host: '*', certificate }], serve });
  const raw = await listen(
    createServer((socket) =>
      serveTls(socket, (hello) => {
        const host = hello.serverName?.toLowerCase() ?? '';
        const broken = byHost.get(host);
        if (broken?.family !== 'certificate') return refusal(hello);
        count(host);
        return broken.answer(hello) ?? refusal(hello);
      }),
    ),
  );
  const brokenAt = (query: Buffer) => {
    const question = questionOf(query);
    const broken = byHost.get(question?.name ?? '');
    return { question, broken: broken?.family === 'dns' && broken.type === question?.type ? broken : undefined };
  };
  const names = await startNames(
    (query) => {
      const { question, broken } = brokenAt(query);
      if (question === undefined) return undefined;
      if (broken === undefined) return soundReply(query, question.type);
      count(question.name);
      return broken.datagram(query);
    },
    (query) => brokenAt(query).broken?.stream?.(query) ?? { pieces: [], then: 'close' },
  );
  const connect = Object.fromEntries(
    [...soundHosts.map((host) => ({ host, broken: undefined })), ...cases].flatMap(({ host, broken }) => [
      [`${host}:80`, broken?.family === 'dns' ? CLOSED_ADDRESS : `${LOOPBACK}:${plain.port}`],
      [
        `${host}:443`,
        broken?.family === 'dns'
          ? CLOSED_ADDRESS
          : `${LOOPBACK}:${broken?.family === 'certificate' ? raw.port : edge.port}`,
      ],
    ]),
  );
  return {
    network: { resolver: `${LOOPBACK}:${names.port}`, ca: await rootPem(), connect, clock: WORLD_CLOCK },
    given,
    close: async () => {
      await Promise.all([plain.close(), edge.close(), raw.close(), names.close()]);
    },
  };
}
