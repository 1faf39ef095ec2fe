// Puts any web application behind a real nginx with TLS, under a name of the world's DNS, and lets the CLI review it.
//   node --conditions=source range/behind-nginx.ts --upstream http://127.0.0.1:4873 --host packages.example --out run
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { launched } from './review-portal.ts';
import { issueCertificate, rootPem, soundCertificate } from './world/certificate-authority.ts';
import { WORLD_CLOCK } from './world/clock.ts';
import { startDnsServer } from './world/dns-server.ts';
import { LOOPBACK } from './world/listen.ts';

/** nginx needs a moment to open its ports, ms. */
const NGINX_MS_MAX = 5_000;

const { values } = parseArgs({
  options: {
    upstream: { type: 'string' },
    host: { type: 'string' },
    out: { type: 'string' },
    /** As the first tutorial has it, or with redirect, HSTS and headers. */
    config: { type: 'string', default: 'first-tutorial' },
    quiet: { type: 'boolean', default: false },
    /** Stay up after the review, to look at the same things by hand; Ctrl-C ends it. */
    stay: { type: 'boolean', default: false },
  },
});
const { upstream, host, out } = values;
if (upstream === undefined || host === undefined || out === undefined)
  throw new Error(
    'usage: behind-nginx.ts --upstream http://127.0.0.1:<port> --host <name>.example --out <folder> [--config hardened]',
  );

const www = `www.${host}`;
const folder = mkdtempSync(path.join(os.tmpdir(), 'launch-ready-nginx-'));
const [plainPort, tlsPort] = [await freePort(), await freePort()];
const certificate = await issueCertificate(soundCertificate([host, www]));
writeFileSync(path.join(folder, 'chain.pem'), certificate.chainPem.join('\n'));
writeFileSync(path.join(folder, 'key.pem'), certificate.keyPem, { mode: 0o600 });
writeFileSync(path.join(folder, 'nginx.conf'), nginxConfig());
const nginx: ChildProcess = spawn('nginx', ['-c', path.join(folder, 'nginx.conf'), '-p', folder, '-g', 'daemon off;'], {
  stdio: ['ignore', 'inherit', 'inherit'],
});
const dns = await startDnsServer({
  zones: [{ name: host, records: [host, www].map((name) => ({ name, type: 'A' as const, address: '192.0.2.10' })) }],
  misbehaviours: {},
});
try {
  await answering(plainPort);
  const target = {
    version: 1,
    target: {
      name: host,
      url: `https://${host}/`,
      environment: 'staging',
      canonicalHost: host,
      hosts: [
        { host, role: 'app' },
        { host: www, role: 'app' },
      ],
    },
    pacing: {
      requestsPerSecond: 200,
      concurrentPerHost: 8,
      timeoutSeconds: 5,
      retryPauseSeconds: 0.1,
      budgetMinutes: 3,
    },
    network: {
      resolver: `${LOOPBACK}:${dns.port}`,
      ca: await rootPem(),
      clock: WORLD_CLOCK,
      connect: Object.fromEntries(
        [host, www].flatMap((name) => [
          [`${name}:80`, `${LOOPBACK}:${plainPort}`],
          [`${name}:443`, `${LOOPBACK}:${tlsPort}`],
        ]),
      ),
    },
  };
  mkdirSync(path.dirname(path.resolve(out)), { recursive: true });
  writeFileSync(path.join(folder, 'launch-ready.yaml'), stringify(target));
  const { exitCode, stdout, stderr } = await launched(
    [
      'check',
      '--target',
      path.join(folder, 'launch-ready.yaml'),
      '--out',
      path.resolve(out),
      ...(values.quiet ? ['--quiet'] : []),
    ],
    folder,
    {},
  );
  console.log(stdout);
  if (stderr !== '') console.error(stderr);
  if (values.stay) {
    console.log(`${host}: http at ${LOOPBACK}:${plainPort}, https at ${LOOPBACK}:${tlsPort}. Ctrl-C ends it.`);
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  }
  process.exitCode = exitCode === 2 || exitCode === 4 ? exitCode : 0;
} finally {
  nginx.kill('SIGTERM');
  await once(nginx, 'exit');
  await dns.close();
  rmSync(folder, { recursive: true, force: true });
}

function nginxConfig(): string {
  const hardened = values.config === 'hardened';
  const headers = hardened
    ? `add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;
       add_header X-Content-Type-Options nosniff always;
       add_header Referrer-Policy strict-origin-when-cross-origin always;
       add_header X-Frame-Options DENY always;
       server_tokens off;`
    : '';
  const proxy = `proxy_pass ${upstream}; proxy_http_version 1.1; proxy_set_header Host $host; proxy_set_header X-Forwarded-Proto https; proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header Upgrade $http_upgrade;`;
  return `
worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events { worker_connections 256; }
http {
  access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi; uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  server { listen ${LOOPBACK}:${plainPort}; server_name ${host} ${www}; ${headers} ${hardened ? `return 301 https://$host$request_uri;` : `location / { return 302 https://${host}$request_uri; }`} }
  ${hardened ? `server { listen ${LOOPBACK}:${tlsPort} ssl; server_name ${www}; ssl_certificate ${folder}/chain.pem; ssl_certificate_key ${folder}/key.pem; ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20; ${headers} return 301 https://${host}$request_uri; }` : ''}
  server {
    listen ${LOOPBACK}:${tlsPort} ssl; server_name ${host} ${hardened ? '' : www};
    ssl_certificate ${folder}/chain.pem; ssl_certificate_key ${folder}/key.pem;
    ${hardened ? 'ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;' : ''}
    ${headers}
    location / { ${proxy} }
  }
}
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, LOOPBACK);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port was given');
  return address.port;
}

async function answering(port: number): Promise<void> {
  const until = performance.now() + NGINX_MS_MAX;
  for (;;) {
    const up = await fetch(`http://${LOOPBACK}:${port}/`, { redirect: 'manual' }).then(
      () => true,
      () => false,
    );
    if (up) return;
    if (performance.now() > until) throw new Error('nginx did not come up');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
