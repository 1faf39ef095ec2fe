import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { createServer, type Socket } from 'node:net';
import type { SecureVersion } from 'node:tls';
import { type CannedTlsRule, cannedServerFlight, cannedSuite } from './canned-tls.ts';
import type { IssuedCertificate } from './certificate-authority.ts';
import { type ClientHello, readClientHello } from './client-hello.ts';
import { type Listening, listen } from './listen.ts';

/** ECDHE with AEAD only. Source: Mozilla server side TLS 6.0, intermediate; the names are OpenSSL's. */
export const SOUND_CIPHERS = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
].join(':');

/** `hang` takes the hello and stays silent; `refuse` means that nothing listens. */
export type TlsBehaviour = 'answers' | 'hang' | 'reset' | 'garbage' | 'refuse';

/** How one host speaks TLS. */
export interface TlsSettings {
  readonly minVersion: SecureVersion;
  readonly maxVersion: SecureVersion;
  /** OpenSSL's list of suites up to TLS 1.2; security level 0 is added, so weak ones really are offered. */
  readonly ciphers: string;
  readonly behaviour: TlsBehaviour;
  readonly canned: readonly CannedTlsRule[];
}

export const soundTls: TlsSettings = {
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.3',
  ciphers: SOUND_CIPHERS,
  behaviour: 'answers',
  canned: [],
};

export interface TlsHost extends TlsSettings {
  readonly host: string;
  readonly certificate: IssuedCertificate;
}

export interface TlsEdgeConfig {
  /** The first one answers clients that name no host or an unknown one. */
  readonly hosts: readonly TlsHost[];
  readonly serve: RequestListener;
}

/** Largest header block taken, in bytes; above Node's default, so that a probe's long path reaches the handler. */
export const HEADER_BYTES_MAX = 65_536;

const httpsServer = ({ certificate, ciphers, minVersion, maxVersion }: TlsHost, serve: RequestListener): HttpsServer =>
  createHttpsServer(
    {
      key: certificate.keyPem,
      cert: certificate.chainPem.join(''),
      ciphers: `${ciphers}:TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:@SECLEVEL=0`,
      minVersion,
      maxVersion,
      honorCipherOrder: true,
      ALPNProtocols: ['http/1.1'],
      maxHeaderSize: HEADER_BYTES_MAX,
    },
    serve,
  );

const misbehave = (socket: Socket, behaviour: Exclude<TlsBehaviour, 'answers' | 'refuse'>): void => {
  if (behaviour === 'hang') socket.resume();
  else if (behaviour === 'reset') socket.resetAndDestroy();
  else socket.end(createHash('sha512').update('not a ServerHello').digest());
};

const answerCanned = (socket: Socket, hello: ClientHello, { canned, certificate }: TlsHost): boolean => {
  for (const rule of canned) {
    const suite = cannedSuite(hello, rule);
    if (suite === undefined) continue;
    socket.write(cannedServerFlight(rule, suite, certificate.chainPem));
    socket.resume();
    return true;
  }
  return false;
};

/**
 * Ends TLS for several hosts on one port. It looks at the ClientHello first, then either answers it by hand or
 * gives the socket, with what was read put back, to the host's own server: versions and suites are per host.
 */
export const startTlsEdge = async ({ hosts, serve }: TlsEdgeConfig): Promise<Listening> => {
  const servers = new Map<TlsHost, HttpsServer>();
  const serverOf = (host: TlsHost): HttpsServer => {
    const server = servers.get(host) ?? httpsServer(host, serve);
    servers.set(host, server);
    return server;
  };
  const choose = (hello: ClientHello | undefined): TlsHost | undefined =>
    hosts.find(({ host }) => host === hello?.serverName?.toLowerCase()) ?? hosts[0];
  const handOver = (socket: Socket, read: Buffer, hello: ClientHello | undefined): void => {
    const host = choose(hello);
    if (host === undefined || host.behaviour === 'refuse') {
      socket.resetAndDestroy();
      return;
    }
    if (host.behaviour !== 'answers') {
      misbehave(socket, host.behaviour);
      return;
    }
    if (hello !== undefined && answerCanned(socket, hello, host)) return;
    socket.unshift(read);
    serverOf(host).emit('connection', socket);
  };
  const peek = (socket: Socket): void => {
    let read = Buffer.alloc(0);
    const onReadable = (): void => {
      for (let chunk: Buffer | null = socket.read(); chunk !== null; chunk = socket.read())
        read = Buffer.concat([read, chunk]);
      if (read.length === 0) return;
      const result = readClientHello(read);
      if (result === 'more') return;
      socket.off('readable', onReadable);
      handOver(socket, read, result === 'other' ? undefined : result.hello);
    };
    socket.on('readable', onReadable);
    socket.on('end', () => socket.end());
  };
  return await listen(createServer({ allowHalfOpen: false }, peek));
};
