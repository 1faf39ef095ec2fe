import { once } from 'node:events';
import type { Server, Socket } from 'node:net';

/** Every server of a world lives here and nowhere else. */
export const LOOPBACK = '127.0.0.1';

/**
 * Nothing listens here: a port below the ephemeral range, so no other world can be given it.
 * Source: IANA registry, 1/tcp tcpmux.
 */
export const CLOSED_ADDRESS = `${LOOPBACK}:1`;

/** A TCP server that is listening and can be closed without leaving a socket behind. */
export interface Listening {
  readonly port: number;
  readonly close: () => Promise<void>;
}

export const listen = async (server: Server, port = 0): Promise<Listening> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(port, LOOPBACK);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  return {
    port: address.port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};
