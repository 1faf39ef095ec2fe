import { createServer as createHttpServer, type IncomingMessage, type RequestListener } from 'node:http';
import { type CertificateOptions, issueCertificate, rootPem } from './certificate-authority.ts';
import { WORLD_CLOCK } from './clock.ts';
import { type DnsConfig, startDnsServer } from './dns-server.ts';
import { behave, type HostileRule, hostileChooser } from './hostile.ts';
import { CLOSED_ADDRESS, LOOPBACK, listen } from './listen.ts';
import { answerPlainHttp, type PlainHttp } from './redirector.ts';
import { HEADER_BYTES_MAX, startTlsEdge, type TlsSettings } from './tls-edge.ts';

export interface WorldHost {
  readonly host: string;
  readonly tls: TlsSettings & { readonly certificate: CertificateOptions };
  readonly plain: PlainHttp;
}

export interface WorldConfig {
  readonly dns: DnsConfig;
  /** The first one answers TLS clients that name no host or an unknown one. */
  readonly hosts: readonly WorldHost[];
  readonly hostile: readonly HostileRule[];
  /** Further ports of hosts that are answered by the same edge, for example `portal.example:8443`; others are closed. */
  readonly alsoOpen?: readonly string[];
  readonly serve: RequestListener;
  /** Told of every HTTP request that reached the world, before anything answers it. */
  readonly onRequest?: (scheme: 'http' | 'https', request: IncomingMessage) => void;
}

/** What the CLI under test is told through its target file. */
export interface TargetNetwork {
  readonly resolver: string;
  /** The root certificate as PEM. */
  readonly ca: string;
  readonly connect: Readonly<Record<string, string>>;
  readonly clock: string;
}

export interface World {
  /** `127.0.0.1:port`, UDP and TCP. */
  readonly dns: string;
  readonly caPem: string;
  readonly clock: string;
  readonly connect: Readonly<Record<string, string>>;
  readonly targetNetwork: TargetNetwork;
  readonly close: () => Promise<void>;
}

const hostOf = (request: IncomingMessage): string => (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();

/** Which loopback address stands for which host and port; a closed port stands for one where nothing listens. */
const connectMap = (config: WorldConfig, tlsPort: number, plainPort: number): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ...config.hosts.flatMap(({ host, tls, plain }) => [
      [`${host}:443`, tls.behaviour === 'refuse' ? CLOSED_ADDRESS : `${LOOPBACK}:${tlsPort}`],
      [`${host}:80`, plain.port === 'closed' ? CLOSED_ADDRESS : `${LOOPBACK}:${plainPort}`],
    ]),
    ...(config.alsoOpen ?? []).map((address) => [address, `${LOOPBACK}:${tlsPort}`]),
  ]);

/** Brings up a small internet on high loopback ports. Any number of worlds can stand side by side in one process. */
export const startWorld = async (config: WorldConfig): Promise<World> => {
  const chooseHostile = hostileChooser(config.hostile);
  const serve =
    (scheme: 'http' | 'https'): RequestListener =>
    (request, response) => {
      config.onRequest?.(scheme, request);
      response.on('error', () => undefined); // the client went away: nothing to tell it
      response.setHeader('date', new Date(WORLD_CLOCK).toUTCString()); // time stands still for servers too
      const hostile = chooseHostile(scheme, request);
      if (hostile !== undefined) {
        behave(hostile, request, response);
        return;
      }
      if (scheme === 'https') {
        config.serve(request, response);
        return;
      }
      const known = config.hosts.find(({ host }) => host === hostOf(request)) ?? config.hosts[0];
      if (known === undefined) response.writeHead(421).end();
      else answerPlainHttp(known.plain, known.host, config.serve, request, response);
    };
  const hosts = await Promise.all(
    config.hosts.map(async ({ host, tls }) => ({ ...tls, host, certificate: await issueCertificate(tls.certificate) })),
  );
  const [caPem, dns, tls, plain] = await Promise.all([
    rootPem(),
    startDnsServer(config.dns),
    startTlsEdge({ hosts, serve: serve('https') }),
    listen(createHttpServer({ maxHeaderSize: HEADER_BYTES_MAX }, serve('http'))),
  ]);
  const resolver = `${LOOPBACK}:${dns.port}`;
  const connect = connectMap(config, tls.port, plain.port);
  return {
    dns: resolver,
    caPem,
    clock: WORLD_CLOCK,
    connect,
    targetNetwork: { resolver, ca: caPem, connect, clock: WORLD_CLOCK },
    close: async () => {
      await Promise.all([dns.close(), tls.close(), plain.close()]);
    },
  };
};
