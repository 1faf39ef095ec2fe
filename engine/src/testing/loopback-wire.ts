import { once } from 'node:events';
import net, { type AddressInfo, type Server, type Socket } from 'node:net';
import type { Context } from '../probes/probe.ts';
import { createSessions } from '../probes/sessions.ts';
import { type Wire, WireTrouble } from '../probes/wire/wire.ts';
import { given } from './sightings.ts';

/** A wire that leads every connection to one port of this machine, and nothing else anywhere. */
export function loopbackWire(port: number): Wire {
  return {
    connect: async (_, signal) => {
      const socket = net.connect({ host: '127.0.0.1', port });
      try {
        await once(socket, 'connect', { signal });
      } catch (cause) {
        throw new WireTrouble(signal.aborted ? 'timed-out' : 'refused', 'connecting', { cause });
      }
      return socket.on('error', () => undefined);
    },
    ask: () => Promise.reject(new Error('this wire has no HTTP')),
    resolve: () => Promise.reject(new Error('this wire has no DNS')),
    mayReach: () => true,
    leadsToLoopback: () => true,
  };
}

export function loopbackContext(port: number, trust: readonly string[] = []): Context {
  return {
    given,
    wire: loopbackWire(port),
    now: () => new Date('2026-03-02T08:00:00.000Z'),
    release: () => 'r42',
    vantage: 'test',
    seed: 'seed',
    digest: String,
    sessions: createSessions(new Map()),
    trust,
    operatorKey: 'operator',
  };
}

/** Serves on a free port of 127.0.0.1 while `use` runs. */
export async function serving<T>(server: Server, use: (port: number) => Promise<T>): Promise<T> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.once('close', () => sockets.delete(socket));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    // The cast holds: a TCP server that listens has an address with a port.
    return await use((server.address() as AddressInfo).port);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  }
}
