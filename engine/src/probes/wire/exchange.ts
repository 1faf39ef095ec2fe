import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { Agents } from './agents.ts';
import { patience } from './patience.ts';
import { readBody } from './read-body.ts';
import type { RequestLine } from './request-line.ts';
import { noConnection, stepOver, troubleOf } from './trouble-of.ts';
import { type Header, type RawAnswer, WireTrouble } from './wire.ts';

/** Header section of an answer, together. Browsers stop at 256 KiB, most servers at 8 to 64. */
export const HEADER_BYTES_MAX = 65_536;

/**
 * Bytes on the wire for one byte of the body, at most, beyond what may be on its way. What is packed takes one, and chunks
 * of a usual size take hardly more; hints, trailers, and chunks of a few bytes without end take more.
 */
const WIRE_BYTES_PER_BODY_BYTE_MAX = 2;
const ON_ITS_WAY_BYTES_MAX = 262_144;

export interface Exchange {
  readonly line: RequestLine;
  readonly method: string;
  readonly headers: readonly Header[];
  readonly body: string | null;
  readonly maxBytes: number;
  readonly secret: boolean;
  /** Where to connect: already looked up and checked. */
  readonly peer: { readonly ip: string; readonly port: number };
}

export interface Limits {
  /** Until the connection stands, with its TLS handshake, ms. */
  readonly connectTimeoutMs: number;
  /** For the whole exchange, from the connection to the last byte, ms. */
  readonly timeoutMs: number;
}

export interface Meter {
  readonly received: (bytes: number) => void;
  readonly waited: (ms: number) => void;
  readonly from: (address: string) => void;
  /** Monotonic, ms. */
  readonly ticks: () => number;
}

/** One request and its answer, over one connection. A kept connection that was closed under us is reported as such. */
export async function exchange(
  { line, method, headers, body, maxBytes, secret, peer }: Exchange,
  { connectTimeoutMs, timeoutMs }: Limits,
  agents: Agents,
  meter: Meter,
  signal: AbortSignal,
): Promise<Omit<RawAnswer, 'address'> | 'stale-connection'> {
  const secure = line.scheme === 'https';
  const fields: Header[] = [['Host', line.authority], ...headers];
  if (body !== null) fields.push(['Content-Length', String(Buffer.byteLength(body))]);
  const request = (secure ? https : http).request({
    ...agents.optionsFor(line, peer, secret),
    method,
    path: line.path,
    // Flat, so that nothing is added, merged or put in another order.
    headers: fields.flat(),
    setDefaultHeaders: false,
    maxHeaderSize: HEADER_BYTES_MAX,
    insecureHTTPParser: false,
  });
  request.maxHeadersCount = 0; // all of them: HEADER_BYTES_MAX is the limit

  const startedMs = meter.ticks();
  let sentMs = startedMs;
  let firstByteMs: number | null = null;
  let connected = false;
  let answered = false;
  let ended: WireTrouble | null = null;
  const end = (trouble: WireTrouble) => {
    ended ??= trouble;
    request.destroy(ended);
  };
  const late = (detail: string) => new WireTrouble('timed-out', detail);
  const stopConnecting = patience(connectTimeoutMs, () => end(noConnection(connectTimeoutMs)));
  const stopWaiting = patience(timeoutMs, () =>
    end(late(answered ? `the answer had not ended after ${timeoutMs} ms` : `no answer within ${timeoutMs} ms`)),
  );
  const onAbort = () => end(stepOver());
  signal.addEventListener('abort', onAbort, { once: true });

  let bodyBytes = 0;
  let onData: ((chunk: Buffer) => void) | null = null;
  let socket: Socket | null = null;
  request.once('socket', (given) => {
    socket = given;
    const ready = () => {
      connected = true;
      stopConnecting();
      if (given.localAddress !== undefined) meter.from(given.localAddress);
    };
    if (request.reusedSocket || isReady(given)) ready();
    else given.once(secure ? 'secureConnect' : 'connect', ready);
    let wireBytes = 0;
    onData = (chunk) => {
      firstByteMs ??= meter.ticks();
      meter.received(chunk.length);
      wireBytes += chunk.length;
      if (wireBytes > HEADER_BYTES_MAX + ON_ITS_WAY_BYTES_MAX + WIRE_BYTES_PER_BODY_BYTE_MAX * bodyBytes)
        end(new WireTrouble('too-large', `${wireBytes} bytes came that hold ${bodyBytes} bytes of a body`));
    };
    given.on('data', onData);
  });
  request.once('finish', () => {
    sentMs = meter.ticks();
  });

  let broken: Error | null = null;
  request.on('error', (cause) => {
    broken ??= cause;
  });

  try {
    if (signal.aborted) onAbort();
    const answer = await answerTo(request, body);
    answered = true;
    const encoding = answer.headersDistinct['content-encoding']?.join(',') ?? '';
    const counted = async function* () {
      // The cast holds: no encoding is set, so pieces are bytes.
      for await (const piece of answer as AsyncIterable<Buffer>) {
        bodyBytes += piece.length;
        yield piece;
      }
    };
    const { bytes, cut } = await readBody(counted(), encoding, maxBytes);
    if (cut) request.destroy();
    return {
      status: answer.statusCode ?? 0,
      headers: pairs(answer.rawHeaders),
      bytes,
      cut,
      waitMs: Math.max(0, (firstByteMs ?? meter.ticks()) - sentMs),
    };
  } catch (cause) {
    request.destroy();
    if (ended !== null) throw ended;
    if (!answered && request.reusedSocket && firstByteMs === null && isReset(cause)) return 'stale-connection';
    const phase = answered ? 'reading the body' : connected ? 'waiting for the answer' : 'connecting';
    // What the parser choked on says more than the reset that it made of the body.
    throw troubleOf(broken ?? cause, phase);
  } finally {
    stopConnecting();
    stopWaiting();
    signal.removeEventListener('abort', onAbort);
    if (onData !== null) (socket as Socket | null)?.off('data', onData);
    meter.waited(meter.ticks() - startedMs);
  }
}

function answerTo(request: ClientRequest, body: string | null): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', (answer) => {
      answer.on('error', () => undefined); // told to whoever reads it; a second one after that means nothing
      resolve(answer);
    });
    // Switched protocols and tunnels are never asked for.
    request.once('upgrade', () => reject(new WireTrouble('malformed', 'the server switched protocols unasked')));
    request.on('error', reject);
    request.once('close', () => reject(new WireTrouble('reset', 'the connection was closed without an answer')));
    request.end(body ?? undefined);
  });
}

/** A connection that was looked at before it was handed over. */
const isReady = (socket: Socket) =>
  !socket.connecting && !('secureConnecting' in socket && socket.secureConnecting === true);

const isReset = (cause: unknown) =>
  cause instanceof Error && 'code' in cause && (cause.code === 'ECONNRESET' || cause.code === 'EPIPE');

function pairs(flat: readonly string[]): Header[] {
  return Array.from({ length: flat.length / 2 }, (_, n) => [flat[2 * n] ?? '', flat[2 * n + 1] ?? '']);
}
