import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { after, test } from 'node:test';
import { connect as connectTls, type SecureVersion } from 'node:tls';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { type CertificateOptions, issueCertificate, rootPem, soundCertificate } from './certificate-authority.ts';
import type { DnsMisbehaviour } from './dns-server.ts';
import type { HostileBehaviour } from './hostile.ts';
import { type PlainHttp, soundPlainHttp } from './redirector.ts';
import { soundTls, type TlsSettings } from './tls-edge.ts';
import { startWorld, type World, type WorldConfig, type WorldHost } from './world.ts';

const worlds: World[] = [];
after(async () => {
  await Promise.all(worlds.map((world) => world.close()));
});

type HostChange = {
  readonly tls?: Partial<TlsSettings>;
  readonly certificate?: Partial<WorldHost['tls']['certificate']>;
  readonly plain?: Partial<PlainHttp>;
};

const hostWith = (host: string, { tls, certificate, plain }: HostChange = {}): WorldHost => ({
  host,
  tls: { ...soundTls, certificate: { ...soundCertificate([host]), ...certificate }, ...tls },
  plain: { ...soundPlainHttp, ...plain },
});

const worldWith = async (config: Partial<WorldConfig> = {}): Promise<World> => {
  const world = await startWorld({
    dns: { zones: [], misbehaviours: {} },
    hosts: [hostWith('a.example')],
    hostile: [],
    serve: (request, response) => response.end(`hello from ${request.headers.host}`),
    ...config,
  });
  worlds.push(world);
  return world;
};

const portOf = (world: World, address: string): number => Number(world.connect[address]?.split(':')[1]);

const handshake = async (
  world: World,
  host: string,
  options: {
    readonly version?: SecureVersion;
    readonly ciphers?: string;
    readonly timeoutMs?: number;
    /** Whose address is dialled; the host's own when left out. */
    readonly at?: string;
  } = {},
) => {
  const socket = connectTls({
    host: '127.0.0.1',
    port: portOf(world, `${options.at ?? host}:443`),
    servername: host,
    rejectUnauthorized: false, // the clock of the world is not the machine's; trust is tested on the chains
    ...(options.version === undefined ? {} : { minVersion: options.version, maxVersion: options.version }),
    ciphers: `${options.ciphers ?? 'ALL'}:@SECLEVEL=0`,
  });
  socket.on('error', () => undefined);
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(options.timeoutMs ?? 5_000) });
    const leaf = new X509Certificate(socket.getPeerCertificate(true).raw);
    return { protocol: socket.getProtocol(), cipher: socket.getCipher().name, leaf, authorized: socket.authorized };
  } finally {
    socket.destroy();
  }
};

interface Got {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

const fetchFrom = async (world: World, url: string, bytesMax = 1_000_000): Promise<Got> => {
  const { protocol, hostname, pathname, search } = new URL(url);
  const secure = protocol === 'https:';
  const options = {
    host: '127.0.0.1',
    port: portOf(world, `${hostname}:${secure ? 443 : 80}`),
    path: url.slice(url.indexOf(hostname) + hostname.length) || `${pathname}${search}`,
    headers: { host: hostname },
    agent: false as const,
    signal: AbortSignal.timeout(5_000),
  };
  const request = secure
    ? httpsRequest({ ...options, servername: hostname, rejectUnauthorized: false })
    : httpRequest(options);
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage]; // the event's one argument, by Node's contract
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > bytesMax) break;
  }
  request.destroy();
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
};

test('a world stands up quickly, and twenty of them stand side by side', async () => {
  await worldWith(); // the first one makes the keys
  const before = performance.now();
  const many = await Promise.all(Array.from({ length: 20 }, () => worldWith()));
  assert.ok((performance.now() - before) / many.length < 100);
  assert.equal(new Set(many.map((world) => world.dns)).size, 20);
  for (const world of many)
    assert.equal((await fetchFrom(world, 'https://a.example/')).body.toString(), 'hello from a.example');
});

test('DNS answers every record type, follows aliases, and denies with an SOA', async () => {
  const long = 'k'.repeat(400);
  const world = await worldWith({
    dns: {
      misbehaviours: {},
      zones: [
        {
          name: 'a.example',
          records: [
            { name: 'a.example', type: 'A', address: '203.0.113.10' },
            { name: 'a.example', type: 'AAAA', address: '2001:db8::10' },
            { name: 'a.example', type: 'NS', target: 'ns1.a.example' },
            { name: 'a.example', type: 'MX', priority: 10, exchange: 'mail.a.example' },
            { name: 'a.example', type: 'TXT', text: 'v=spf1 -all' },
            { name: 'key.a.example', type: 'TXT', text: long },
            { name: 'a.example', type: 'CAA', flags: 0, tag: 'issue', value: 'range.example' },
            { name: 'www.a.example', type: 'CNAME', target: 'a.example' },
            { name: '*.wild.a.example', type: 'A', address: '203.0.113.11' },
          ],
        },
      ],
    },
  });
  const resolver = new Resolver({ timeout: 2_000, tries: 1 });
  resolver.setServers([world.dns]);
  assert.deepEqual(await resolver.resolve4('a.example'), ['203.0.113.10']);
  assert.deepEqual(await resolver.resolve4('www.a.example'), ['203.0.113.10']);
  assert.deepEqual(await resolver.resolve4('any.wild.a.example'), ['203.0.113.11']);
  assert.deepEqual(await resolver.resolve6('a.example'), ['2001:db8::10']);
  assert.deepEqual(await resolver.resolveNs('a.example'), ['ns1.a.example']);
  assert.deepEqual(await resolver.resolveMx('a.example'), [{ priority: 10, exchange: 'mail.a.example', type: 'MX' }]);
  assert.deepEqual(await resolver.resolveTxt('a.example'), [['v=spf1 -all']]);
  assert.deepEqual(
    (await resolver.resolveTxt('key.a.example')).map((parts) => parts.map((part) => part.length)),
    [[255, 145]],
  );
  assert.equal((await resolver.resolveCaa('a.example'))[0]?.issue, 'range.example');
  assert.equal((await resolver.resolveSoa('a.example')).nsname, 'ns1.a.example');
  await assert.rejects(resolver.resolve4('missing.a.example'), { code: 'ENOTFOUND' });
  await assert.rejects(resolver.resolveMx('any.wild.a.example'), { code: 'ENODATA' });
  await assert.rejects(resolver.resolve4('elsewhere.test'), { code: 'EREFUSED' });
});

test('DNS misbehaves by name', async () => {
  const trouble: readonly (readonly [DnsMisbehaviour, string | undefined])[] = [
    ['servfail', 'ESERVFAIL'],
    ['refused', 'EREFUSED'],
    ['no-answer', 'ETIMEOUT'],
    ['garbage', 'EBADRESP'],
    ['nxdomain', 'ENOTFOUND'],
    ['truncate', undefined], // and asks again over TCP
  ];
  const world = await worldWith({
    dns: {
      zones: [
        {
          name: 'a.example',
          records: trouble.map(([kind]) => ({ name: `${kind}.a.example`, type: 'A', address: '203.0.113.1' })),
        },
      ],
      misbehaviours: Object.fromEntries(trouble.map(([kind]) => [`${kind}.a.example`, kind])),
    },
  });
  for (const [kind, code] of trouble) {
    const resolver = new Resolver({ timeout: 200, tries: 1 });
    resolver.setServers([world.dns]);
    if (code === undefined) assert.deepEqual(await resolver.resolve4(`${kind}.a.example`), ['203.0.113.1']);
    else await assert.rejects(resolver.resolve4(`${kind}.a.example`), { code }, kind);
  }
});

test('TLS is set per host: versions, suites, keys and chains', async () => {
  const world = await worldWith({
    hosts: [
      hostWith('a.example'),
      hostWith('old.example', { tls: { minVersion: 'TLSv1', ciphers: 'ALL' } }),
      hostWith('rsa.example', { certificate: { key: 'rsa-2048' } }),
      hostWith('short.example', { certificate: { key: 'rsa-1024', hash: 'sha1' } }),
      hostWith('self.example', { certificate: { issuer: 'self' } }),
      hostWith('unknown.example', { certificate: { issuer: 'unknown-root' } }),
      hostWith('leaf-only.example', { certificate: { chain: 'leaf-only' } }),
      hostWith('expired.example', { certificate: { validFromDays: -100, validToDays: -10 } }),
      hostWith('named-wrongly.example', { certificate: { names: ['other.example'] } }),
    ],
  });
  const sound = await handshake(world, 'a.example');
  assert.equal(sound.protocol, 'TLSv1.3');
  assert.equal(sound.leaf.subjectAltName, 'DNS:a.example');
  assert.equal((await handshake(world, 'a.example', { version: 'TLSv1.2' })).cipher, 'ECDHE-ECDSA-AES128-GCM-SHA256');
  await assert.rejects(handshake(world, 'a.example', { version: 'TLSv1.1' }));
  assert.equal((await handshake(world, 'old.example', { version: 'TLSv1' })).protocol, 'TLSv1');
  assert.equal((await handshake(world, 'old.example', { version: 'TLSv1.1' })).protocol, 'TLSv1.1');
  assert.equal((await handshake(world, 'rsa.example')).leaf.publicKey.asymmetricKeyDetails?.modulusLength, 2048);
  assert.equal((await handshake(world, 'short.example')).leaf.publicKey.asymmetricKeyDetails?.modulusLength, 1024);
  assert.equal((await handshake(world, 'expired.example')).leaf.validTo, 'Nov 13 08:00:00 2026 GMT');
  assert.equal((await handshake(world, 'named-wrongly.example')).leaf.checkHost('named-wrongly.example'), undefined);
  assert.equal(
    (await handshake(world, 'unheard-of.example', { at: 'a.example' })).leaf.subjectAltName,
    'DNS:a.example',
  );
});

test('chains are sent as asked, and only the trusted ones lead to the root', async () => {
  const root = new X509Certificate(await rootPem());
  const chainOf = async (change: Partial<CertificateOptions>): Promise<readonly X509Certificate[]> =>
    (await issueCertificate({ ...soundCertificate(['a.example']), ...change })).chainPem.map(
      (pem) => new X509Certificate(pem),
    );
  const isSigned = (certificate: X509Certificate | undefined, by: X509Certificate | undefined): boolean =>
    certificate !== undefined && by !== undefined && certificate.checkIssued(by) && certificate.verify(by.publicKey);
  const [leaf, intermediate] = await chainOf({});
  assert.ok(isSigned(leaf, intermediate) && isSigned(intermediate, root) && isSigned(root, root));
  assert.deepEqual([leaf?.ca, intermediate?.ca, root.ca], [false, true, true]);
  const subjects = async (change: Partial<CertificateOptions>) =>
    (await chainOf(change)).map(({ subject }) => subject.split('CN=')[1]);
  assert.deepEqual(await subjects({ chain: 'leaf-only' }), ['a.example']);
  assert.deepEqual(await subjects({ chain: 'with-root' }), ['a.example', 'Range Root R1', 'Range Root']);
  assert.deepEqual(await subjects({ chain: 'reversed' }), ['a.example', 'Range Root', 'Range Root R1']);
  assert.deepEqual(await subjects({ chain: 'duplicated' }), ['a.example', 'a.example', 'Range Root R1']);
  const [own] = await chainOf({ issuer: 'self' });
  assert.ok(own?.verify(own.publicKey)); // it may sign no certificates, so checkIssued would say no
  const [, stranger] = await chainOf({ issuer: 'unknown-root' });
  assert.ok(!isSigned(stranger, root));
  assert.equal((await chainOf({ hash: 'sha1' }))[0]?.signatureAlgorithm, 'ecdsa-with-SHA1');
  assert.equal((await chainOf({ intermediateHash: 'sha1' }))[1]?.signatureAlgorithm, 'ecdsa-with-SHA1');
});

test('a TLS host can hang, reset, send garbage or not be there', async () => {
  const world = await worldWith({
    hosts: (['hang', 'reset', 'garbage', 'refuse'] as const).map((behaviour) =>
      hostWith(`${behaviour}.example`, { tls: { behaviour } }),
    ),
  });
  await assert.rejects(handshake(world, 'hang.example', { timeoutMs: 200 }), { name: 'AbortError' });
  await assert.rejects(handshake(world, 'reset.example'), { code: 'ECONNRESET' });
  await assert.rejects(handshake(world, 'garbage.example'), { code: /^ERR_SSL_/ });
  await assert.rejects(handshake(world, 'refuse.example'), { code: 'ECONNREFUSED' });
});

/** A ClientHello made by hand, as the engine's prober makes it; versions up to TLS 1.2 only. */
const clientHello = (host: string, version: number, suites: readonly number[]): Buffer => {
  const uint16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
  const sized = (bytes: Buffer): Buffer => Buffer.concat([uint16(bytes.length), bytes]);
  const name = Buffer.concat([Buffer.from([0]), sized(Buffer.from(host))]);
  const extension = Buffer.concat([uint16(0), sized(sized(name))]);
  const body = Buffer.concat([
    uint16(version),
    Buffer.alloc(32, 7),
    Buffer.from([0]),
    sized(Buffer.concat(suites.map(uint16))),
    Buffer.from([1, 0]),
    sized(extension),
  ]);
  const message = Buffer.concat([Buffer.from([1, 0]), uint16(body.length), body]);
  return Buffer.concat([Buffer.from([22]), uint16(version), sized(message)]);
};

const firstBytes = async (world: World, host: string, hello: Buffer): Promise<Buffer> => {
  const socket = connectTcp(portOf(world, `${host}:443`), '127.0.0.1');
  socket.write(hello);
  const [bytes] = (await once(socket, 'data', { signal: AbortSignal.timeout(2_000) })) as [Buffer]; // the event's one argument, by Node's contract
  socket.destroy();
  return bytes;
};

test('canned TLS accepts what OpenSSL no longer speaks and leaves the rest to the real server', async () => {
  const world = await worldWith({
    hosts: [
      hostWith('a.example'),
      hostWith('canned.example', {
        tls: {
          canned: [
            { version: 0x0300, suites: [0x0005, 0x000a] },
            { version: 0x0303, suites: [0x0005] },
          ],
        },
      }),
    ],
  });
  const ssl3 = await firstBytes(world, 'canned.example', clientHello('canned.example', 0x0300, [0x000a]));
  assert.deepEqual([ssl3[0], ssl3.readUInt16BE(1), ssl3[5], ssl3.readUInt16BE(9)], [22, 0x0300, 2, 0x0300]);
  const rc4 = await firstBytes(world, 'canned.example', clientHello('canned.example', 0x0303, [0x0005, 0x00ff]));
  assert.deepEqual([rc4[0], rc4[5], rc4.readUInt16BE(44 + 32)], [22, 2, 0x0005]);
  const refused = await firstBytes(world, 'canned.example', clientHello('canned.example', 0x0303, [0x000a]));
  assert.equal(refused[0], 21); // an alert
  assert.equal((await firstBytes(world, 'a.example', clientHello('a.example', 0x0303, [0x0005])))[0], 21);
  assert.equal((await handshake(world, 'canned.example')).protocol, 'TLSv1.3');
  assert.equal((await fetchFrom(world, 'https://canned.example/')).status, 200);
});

test('port 80 does what it is told', async () => {
  const plain: Readonly<Record<string, Partial<PlainHttp>>> = {
    'sound.example': {},
    'serves.example': { answer: 'serve', cookies: ['a=1'] },
    'lossy.example': { status: 302, keepsPath: false, keepsQuery: false },
    'elsewhere.example': { origin: 'https://other.example' },
    'loops.example': { answer: 'loop' },
    'open.example': { answer: 'path-as-location' },
    'closed.example': { port: 'closed' },
  };
  const world = await worldWith({
    hosts: Object.entries(plain).map(([host, change]) => hostWith(host, { plain: change })),
  });
  const seen = async (host: string, path = '/deep/path?q=1') => {
    const { status, headers } = await fetchFrom(world, `http://${host}${path}`);
    return [status, headers.location];
  };
  assert.deepEqual(await seen('sound.example'), [301, 'https://sound.example/deep/path?q=1']);
  assert.deepEqual(await seen('lossy.example'), [302, 'https://lossy.example/']);
  assert.deepEqual(await seen('elsewhere.example'), [301, 'https://other.example/deep/path?q=1']);
  assert.deepEqual(await seen('loops.example'), [301, 'http://loops.example/deep/path?q=1']);
  assert.deepEqual(await seen('open.example', '//evil.example/x'), [301, '//evil.example/x']);
  const served = await fetchFrom(world, 'http://serves.example/');
  assert.deepEqual(
    [served.status, served.headers['set-cookie'], served.body.toString()],
    [200, ['a=1'], 'hello from serves.example'],
  );
  await assert.rejects(fetchFrom(world, 'http://closed.example/'), { code: 'ECONNREFUSED' });
});

const unpacked = async (
  packed: Buffer,
  tool: ReturnType<typeof createGunzip | typeof createBrotliDecompress>,
): Promise<number> => {
  let bytes = 0;
  tool.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  tool.on('error', () => undefined); // cut off on purpose
  tool.end(packed);
  await Promise.race([once(tool, 'close'), once(tool, 'end')]).catch(() => undefined);
  return bytes;
};

test('hostile answers are as hostile as they say', async () => {
  const world = await worldWith({
    hostile: (
      [
        'redirect-loop',
        'huge-body',
        'gzip-bomb',
        'brotli-bomb',
        'bad-utf8',
        'many-cookies',
        'giant-header',
        'bad-chunking',
        'length-too-long',
        'reset-mid-body',
        'reset',
        'binary-noise',
        'bad-status-line',
        'bad-header-characters',
        'rate-limited',
        'challenge',
        'server-error',
        'unavailable',
        'empty',
      ] satisfies HostileBehaviour[]
    ).map((behaviour) => ({ path: `/${behaviour}`, behaviour })),
  });
  const from = (behaviour: HostileBehaviour, bytesMax?: number) =>
    fetchFrom(world, `https://a.example/${behaviour}`, bytesMax);
  for (const behaviour of [
    'many-cookies',
    'giant-header',
    'bad-chunking',
    'length-too-long',
    'reset-mid-body',
    'reset',
    'binary-noise',
    'bad-status-line',
    'bad-header-characters',
    'empty',
  ] as const) {
    await assert.rejects(from(behaviour), behaviour);
  }
  assert.equal((await from('redirect-loop')).status, 302);
  assert.ok((await from('huge-body', 5_000_000)).body.length > 5_000_000);
  const gzip = await from('gzip-bomb', 60_000);
  assert.ok((await unpacked(gzip.body.subarray(0, 60_000), createGunzip())) > 20_000_000);
  const brotli = await from('brotli-bomb', 300);
  assert.ok((await unpacked(brotli.body.subarray(0, 100), createBrotliDecompress())) > 30_000_000);
  assert.throws(() => new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from('c328', 'hex')));
  assert.equal((await from('rate-limited')).headers['retry-after'], '2');
  assert.equal((await from('challenge')).headers['cf-mitigated'], 'challenge');
  assert.equal((await from('server-error')).status, 500);
  assert.equal((await from('unavailable')).status, 503);
});

test('a world that is hung on closes all the same', async () => {
  const world = await startWorld({
    dns: { zones: [], misbehaviours: {} },
    hosts: [hostWith('a.example')],
    hostile: [
      { path: '/hang', behaviour: 'hang' },
      { path: '/drip', behaviour: 'drip' },
    ],
    serve: (_, response) => response.end(),
  });
  const hung = assert.rejects(fetchFrom(world, 'https://a.example/hang'));
  const dripping = assert.rejects(fetchFrom(world, 'http://a.example/drip'));
  await new Promise((resolve) => setTimeout(resolve, 100));
  await world.close();
  await Promise.all([hung, dripping]);
});
