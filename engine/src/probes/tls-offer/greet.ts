import type { Socket } from 'node:net';
import { readServerFlight, type ServerFlight } from '../../parsers/tls-hello.ts';

export type Greeting =
  | Exclude<ServerFlight, { is: 'incomplete' }>
  /** Closed or reset, without a word that would have told why. */
  | { readonly is: 'closed' }
  /** Still open, and nothing to read from it came in time. */
  | { readonly is: 'silent' };

/** Sends one hello and hears the answer out, but no further than the ServerHello. The connection is given up in any case. */
export function greet(socket: Socket, hello: Uint8Array, answerMs: number, signal: AbortSignal): Promise<Greeting> {
  return new Promise((resolve) => {
    let heard: Uint8Array = new Uint8Array(0);
    const end = (greeting: Greeting) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.off('data', onData).off('end', onEnd).off('close', onEnd);
      socket.destroy();
      resolve(greeting);
    };
    const onData = (chunk: Uint8Array) => {
      heard = heard.length === 0 ? chunk : Buffer.concat([heard, chunk]);
      const flight = readServerFlight(heard);
      if (flight.is !== 'incomplete') end(flight);
    };
    const onEnd = () => end({ is: 'closed' });
    const onAbort = () => end({ is: 'silent' });
    const timer = setTimeout(onAbort, answerMs);
    signal.addEventListener('abort', onAbort, { once: true });
    // An error is followed by a close, which is all we need to know.
    socket.on('error', () => undefined);
    socket.on('data', onData).on('end', onEnd).on('close', onEnd);
    if (signal.aborted) onAbort();
    else if (socket.destroyed) onEnd();
    else socket.write(hello);
  });
}
