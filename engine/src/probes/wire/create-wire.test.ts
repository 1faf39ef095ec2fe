import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http, { type RequestListener } from 'node:http';
import https from 'node:https';
import net, { type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it, type TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import zlib from 'node:zlib';
import type { ObstacleReason } from '../../model/observation.ts';
import { createWire, type RunWire, type WireSettings } from './create-wire.ts';
import { type HttpRequest, WireTrouble } from './wire.ts';

const HOST = 'portal.example';
const LIMITS = { requestsPerSecond: 500, concurrentPerHost: 8, connectTimeoutMs: 400, timeoutMs: 400 };
const template = { id: 't', says: 'GET anything', unit: 'requests', ceiling: 100 } as const;

interface Given extends Partial<Omit<WireSettings, 'network'>> {
  readonly network?: Partial<WireSettings['network']>;
}

function wireTo(context: TestContext, ports: Readonly<Record<string, number>>, given: Given = {}): RunWire {
  const connect = Object.fromEntries(Object.entries(ports).map(([end, port]) => [end, `127.0.0.1:${port}`]));
  const wire = createWire({
    hosts: [HOST],
    templates: [template],
    pacing: LIMITS,
    version: '0.0.0',
    runHeader: ['X-Launch-Ready-Run', 'run-1'],
    now: () => new Date(),
    ticks: () => performance.now(),
    ...given,
    network: { resolver: null, trust: [], connect, ...given.network },
  });
  context.after(wire.close);
  return wire;
}

async function listen(context: TestContext, server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const open = new Set<net.Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
  });
  context.after(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  // The cast holds: a TCP server that listens has an address with a port.
  return (server.address() as AddressInfo).port;
}

const serve = (context: TestContext, listener: RequestListener) => listen(context, http.createServer(listener));
/** A server that answers any request with these bytes, and ends. */
const sayRaw = (context: TestContext, bytes: string | Buffer) =>
  listen(
    context,
    net.createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(bytes));
    }),
  );

const request = (url = `http://${HOST}/`, more: Partial<HttpRequest> = {}): HttpRequest => ({
  template: 't',
  method: 'GET',
  url,
  address: null,
  headers: [],
  body: null,
  maxBytes: 1_000_000,
  secret: false,
  ...more,
});
const never = () => new AbortController().signal;
const ask = (wire: RunWire, url?: string, more?: Partial<HttpRequest>) => wire.ask(request(url, more), never());
const trouble =
  (reason: ObstacleReason, detail = /./) =>
  (cause: unknown) => {
    assert.ok(cause instanceof WireTrouble, String(cause));
    assert.equal(cause.reason, reason, cause.message);
    assert.match(cause.message, detail);
    return true;
  };

it('keeps header fields as they came, and says who asks', async (context) => {
  let told: readonly string[] = [];
  let asked = '';
  const port = await serve(context, (incoming, response) => {
    told = incoming.rawHeaders;
    asked = incoming.url ?? '';
    response.writeHead(200, ['X-B', '1', 'x-a', '2', 'Set-Cookie', 'a=1', 'Set-Cookie', 'b=2']).end('hello');
  });
  const wire = wireTo(context, { [`${HOST}:80`]: port });
  const answer = await ask(wire, `http://${HOST}/\\lr-canary.invalid/../%zz?a=%2f&ä`, {
    headers: [['Origin', 'null']],
  });
  assert.equal(asked, '/\\lr-canary.invalid/../%zz?a=%2f&%C3%A4');
  assert.equal(answer.bytes.toString(), 'hello');
  assert.deepEqual(answer.headers.slice(0, 4), [
    ['X-B', '1'],
    ['x-a', '2'],
    ['Set-Cookie', 'a=1'],
    ['Set-Cookie', 'b=2'],
  ]);
  assert.deepEqual(told.slice(0, 4), ['Host', HOST, 'User-Agent', 'launch-ready/0.0.0 (+portal review; run run-1)']);
  assert.ok(told.join('\n').includes('X-Launch-Ready-Run\nrun-1\nOrigin\nnull'));
  assert.deepEqual([answer.address, answer.cut, wire.sent().get('t')], [null, false, 1]);
  assert.ok(wire.bytesReceived() > 100 && wire.waitedMs() > 0 && answer.waitMs >= 0);
  assert.equal(wire.localAddress(), '127.0.0.1');
});

describe('reads every encoding that a browser reads', () => {
  const text = Buffer.from('körper '.repeat(1000));
  const encodings: Record<string, Buffer> = {
    gzip: zlib.gzipSync(text),
    deflate: zlib.deflateSync(text),
    ' Deflate': zlib.deflateRawSync(text),
    br: zlib.brotliCompressSync(text),
    zstd: zlib.zstdCompressSync(text),
    'gzip, br': zlib.brotliCompressSync(zlib.gzipSync(text)),
    identity: text,
  };
  for (const [encoding, bytes] of Object.entries(encodings)) {
    it(encoding, async (context) => {
      const port = await serve(context, (_, response) => response.setHeader('content-encoding', encoding).end(bytes));
      assert.deepEqual((await ask(wireTo(context, { [`${HOST}:80`]: port }))).bytes, text);
    });
  }
});

describe('ends what a hostile server sends, in bounded time and memory', () => {
  const CASES: Readonly<Record<string, [(context: TestContext) => Promise<number>, ObstacleReason]>> = {
    'nothing at all': [
      (context) =>
        listen(
          context,
          net.createServer(() => undefined),
        ),
      'timed-out',
    ],
    'a header, one byte at a time': [
      (context) =>
        listen(
          context,
          net.createServer((socket) => {
            const timer = setInterval(() => socket.write('H'), 20);
            socket.on('close', () => clearInterval(timer));
          }),
        ),
      'malformed',
    ],
    'a body, one byte at a time': [
      (context) =>
        serve(context, (_, response) => {
          const timer = setInterval(() => response.write('x'), 20);
          response.on('close', () => clearInterval(timer));
        }),
      'timed-out',
    ],
    'a reset': [
      (context) =>
        listen(
          context,
          net.createServer((socket) => void socket.on('data', () => socket.resetAndDestroy())),
        ),
      'reset',
    ],
    'a close without an answer': [(context) => sayRaw(context, ''), 'reset'],
    'a reset in the middle of the body': [
      (context) =>
        serve(context, (_, response) => {
          response.writeHead(200, { 'content-length': '1000' }).write('x');
          setTimeout(() => response.socket?.resetAndDestroy(), 20);
        }),
      'reset',
    ],
    'a body shorter than it said': [
      (context) => sayRaw(context, 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort'),
      'reset',
    ],
    'bad chunking': [
      (context) => sayRaw(context, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc'),
      'malformed',
    ],
    'two lengths': [
      (context) => sayRaw(context, 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde'),
      'malformed',
    ],
    'a bad status line': [(context) => sayRaw(context, 'HTTP/1.1 OK fine\r\n\r\n'), 'malformed'],
    noise: [(context) => sayRaw(context, Buffer.from([0, 1, 2, 255, 254, 10, 13])), 'malformed'],
    'another protocol': [(context) => sayRaw(context, 'SSH-2.0-OpenSSH_9.9\r\n'), 'malformed'],
    'one giant field': [
      (context) => sayRaw(context, `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(1_000_000)}\r\n\r\n`),
      'too-large',
    ],
    '10,000 cookies': [
      (context) => sayRaw(context, `HTTP/1.1 200 OK\r\n${'Set-Cookie: a=1; Path=/\r\n'.repeat(10_000)}\r\n`),
      'too-large',
    ],
    'endless interim answers': [
      (context) =>
        listen(
          context,
          net.createServer((socket) => {
            const timer = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'), 5);
            socket.on('close', () => clearInterval(timer));
          }),
        ),
      'timed-out',
    ],
    'gzip that is none': [
      (context) => serve(context, (_, response) => response.setHeader('content-encoding', 'gzip').end('plain')),
      'malformed',
    ],
    'gzip that breaks off': [
      (context) =>
        serve(context, (_, response) =>
          response.setHeader('content-encoding', 'gzip').end(zlib.gzipSync('x'.repeat(1000)).subarray(0, 20)),
        ),
      'malformed',
    ],
    'brotli that is none': [
      (context) => serve(context, (_, response) => response.setHeader('content-encoding', 'br').end('plain text')),
      'malformed',
    ],
    'zstd that is none': [
      (context) => serve(context, (_, response) => response.setHeader('content-encoding', 'zstd').end('plain text')),
      'malformed',
    ],
    'an encoding nobody knows': [
      (context) => serve(context, (_, response) => response.setHeader('content-encoding', 'rot13').end('plain')),
      'malformed',
    ],
    'a hundred encodings': [
      (context) =>
        serve(context, (_, response) => response.setHeader('content-encoding', 'gzip,'.repeat(100)).end('plain')),
      'malformed',
    ],
    'another protocol, unasked': [
      (context) => sayRaw(context, 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: ws\r\nConnection: Upgrade\r\n\r\n'),
      'malformed',
    ],
  };
  for (const [name, [start, reason]] of Object.entries(CASES)) {
    it(name, async (context) => {
      const wire = wireTo(context, { [`${HOST}:80`]: await start(context) });
      const startedMs = performance.now();
      await assert.rejects(ask(wire), trouble(reason));
      assert.ok(performance.now() - startedMs < 2_000);
    });
  }

  const zeros = zlib.gzipSync(Buffer.alloc(100_000_000));
  const bodies: Readonly<Record<string, RequestListener>> = {
    '200 MB': (_, response) => {
      const piece = Buffer.alloc(1_000_000);
      let left = 200;
      const more = () => {
        while (left > 0 && !response.destroyed) {
          left -= 1;
          if (!response.write(piece)) return;
        }
        response.end();
      };
      response.on('drain', more);
      more();
    },
    'a gzip bomb': (_, response) => response.setHeader('content-encoding', 'gzip').end(zeros),
    'a bomb in a bomb': (_, response) => response.setHeader('content-encoding', 'gzip, gzip').end(zlib.gzipSync(zeros)),
    'a brotli bomb': (_, response) =>
      response
        .setHeader('content-encoding', 'br')
        .end(
          zlib.brotliCompressSync(Buffer.alloc(50_000_000), { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } }),
        ),
  };
  for (const [name, listener] of Object.entries(bodies)) {
    it(`${name}: cut at the cap`, async (context) => {
      const wire = wireTo(
        context,
        { [`${HOST}:80`]: await serve(context, listener) },
        { pacing: { ...LIMITS, timeoutMs: 5_000 } },
      );
      const answer = await ask(wire, undefined, { maxBytes: 300_000 });
      assert.deepEqual([answer.status, answer.cut, answer.bytes.length], [200, true, 300_000]);
      assert.ok(wire.bytesReceived() < 8_000_000, `${wire.bytesReceived()} bytes`);
    });
  }

  it('a body of exactly the cap is whole', async (context) => {
    const wire = wireTo(context, { [`${HOST}:80`]: await serve(context, (_, response) => response.end('12345')) });
    assert.equal((await ask(wire, undefined, { maxBytes: 5 })).cut, false);
    assert.equal((await ask(wire, undefined, { maxBytes: 4 })).cut, true);
    assert.equal((await ask(wire, undefined, { maxBytes: 5 })).cut, false);
  });

  it('a closed port', async (context) => {
    const server = http.createServer();
    const port = await listen(context, server);
    server.close();
    await once(server, 'close');
    await assert.rejects(ask(wireTo(context, { [`${HOST}:80`]: port })), trouble('refused', /ECONNREFUSED/));
  });
});

describe('refuses to be led into a private network', () => {
  const names: readonly string[] = [
    '127.0.0.1',
    '10.1.2.3',
    '169.254.169.254',
    '172.31.0.1',
    '192.168.0.1',
    '100.100.100.200',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '2130706433',
    '0x7f.1',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:a9fe:a9fe]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[fd00:ec2::254]',
    '[fe80::1]',
    '[ff02::1]',
    'localhost',
    'db.internal',
    'printer.local',
    'intranet',
  ];
  for (const name of names) {
    it(name, async (context) => {
      const wire = wireTo(context, {});
      assert.equal(wire.mayReach(name.replace(/^(2130706433|0x7f\.1)$/, '127.0.0.1')), false);
      await assert.rejects(ask(wire, `http://${name}/`), trouble('not-allowed'));
      assert.equal(wire.sent().get('t'), undefined);
    });
  }

  it('a name that leads there, though asked once more it would not', async (context) => {
    const answers = ['10.0.0.1', '93.184.215.14'];
    const resolver = await nameServer(context, () => answers.shift() ?? '93.184.215.14');
    const wire = wireTo(context, {}, { network: { resolver } });
    await assert.rejects(ask(wire, 'http://rebind.example.net/'), trouble('not-allowed', /10\.0\.0\.1/));
    await assert.rejects(ask(wire, 'http://rebind.example.net/'), trouble('not-allowed', /10\.0\.0\.1/));
  });

  it('credentials, over plain HTTP', async (context) => {
    const wire = wireTo(context, {}, { network: { connect: { [`${HOST}:80`]: '192.0.2.1:80' } } });
    await assert.rejects(ask(wire, undefined, { secret: true }), trouble('not-allowed', /plain HTTP/));
  });

  it('but goes there for a host that the operator named', async (context) => {
    const port = await serve(context, (_, response) => response.end('here'));
    const resolver = await nameServer(context, () => '127.0.0.1');
    const wire = wireTo(context, {}, { network: { resolver } });
    const answer = await ask(wire, `http://${HOST}:${port}/`);
    assert.deepEqual([answer.bytes.toString(), answer.address], ['here', '127.0.0.1']);
  });
});

describe('keeps to the plan', () => {
  it('stops at the ceiling of a template', async (context) => {
    const port = await serve(context, (_, response) => response.end());
    const wire = wireTo(context, { [`${HOST}:80`]: port }, { templates: [{ ...template, ceiling: 2 }] });
    await ask(wire);
    await ask(wire);
    await assert.rejects(ask(wire), trouble('budget-spent'));
    assert.equal(wire.sent().get('t'), 2);
  });

  it('calls a request without a template our own error', async (context) => {
    const wire = wireTo(context, {});
    await assert.rejects(ask(wire, undefined, { template: 'other' }), /no template allows this: other/);
  });

  it('keeps the pace', async (context) => {
    let most = 0;
    let now = 0;
    const port = await serve(context, async (_, response) => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((done) => setTimeout(done, 5));
      now -= 1;
      response.end();
    });
    const pacing = { ...LIMITS, requestsPerSecond: 50, concurrentPerHost: 2 };
    const wire = wireTo(context, { [`${HOST}:80`]: port }, { pacing });
    const startedMs = performance.now();
    await Promise.all(Array.from({ length: 12 }, () => ask(wire)));
    const tookMs = performance.now() - startedMs;
    // Two at once from the bucket, then one every 20 ms.
    assert.ok(tookMs >= 190, `${tookMs} ms`);
    assert.ok(most <= 2, `${most} at once`);
  });

  it('waits once when it is told to, and hands the answer on', async (context) => {
    let asked = 0;
    const port = await serve(context, (_, response) => {
      asked += 1;
      if (asked === 2) response.end();
      else response.writeHead(429, { 'retry-after': '1' }).end();
    });
    const wire = wireTo(context, { [`${HOST}:80`]: port });
    assert.equal((await ask(wire)).status, 429);
    const startedMs = performance.now();
    assert.equal((await ask(wire)).status, 200);
    assert.ok(performance.now() - startedMs > 900);
    await ask(wire);
    const thenMs = performance.now();
    await ask(wire);
    assert.ok(performance.now() - thenMs < 500);
  });

  it('leaves an endpoint alone after three failures in a row, and says so', async (context) => {
    const port = await listen(
      context,
      net.createServer(() => undefined),
    );
    const wire = wireTo(context, { [`${HOST}:80`]: port }, { pacing: { ...LIMITS, timeoutMs: 60 } });
    for (const path of ['/a', '/a', '/a', '/b', '/c'])
      await assert.rejects(ask(wire, `http://${HOST}${path}`), trouble('timed-out'));
    const sent = wire.sent().get('t');
    await assert.rejects(ask(wire, `http://${HOST}/d`), trouble('timed-out', /not asked: .* 3 times in a row/));
    assert.equal(wire.sent().get('t'), sent);
  });

  it('gives up when its step is over', async (context) => {
    const port = await listen(
      context,
      net.createServer(() => undefined),
    );
    const wire = wireTo(context, { [`${HOST}:80`]: port });
    await assert.rejects(wire.ask(request(), AbortSignal.timeout(50)), trouble('timed-out', /step of the plan/));
    await assert.rejects(wire.ask(request(), AbortSignal.abort()), trouble('timed-out', /step of the plan/));
  });

  it('tries again when a kept connection was closed under it', async (context) => {
    let requests = 0;
    const connections = new Set<net.Socket>();
    const server = http.createServer((incoming, response) => {
      requests += 1;
      connections.add(incoming.socket);
      if (requests === 2) incoming.socket.resetAndDestroy();
      else response.end('ok');
    });
    const wire = wireTo(context, { [`${HOST}:80`]: await listen(context, server) });
    await ask(wire);
    await setImmediate();
    assert.equal((await ask(wire)).bytes.toString(), 'ok');
    assert.deepEqual([wire.sent().get('t'), connections.size], [3, 2]);
  });

  it('knows which hosts lead to this machine', (context) => {
    const connect = { 'a.example:443': '127.0.0.1:1', 'b.example:443': '127.0.0.1:1', 'b.example:80': '192.0.2.1:80' };
    const { leadsToLoopback } = wireTo(context, {}, { network: { connect } });
    const hosts = [
      'a.example',
      'localhost:3000',
      '127.0.0.1',
      '[::1]:80',
      'b.example',
      'c.example',
      '127.0.0.1.example',
    ];
    assert.deepEqual(hosts.map(leadsToLoopback), [true, true, true, true, false, false, false]);
  });

  it('opens a bare connection, and counts it', async (context) => {
    const port = await listen(
      context,
      net.createServer((socket) => socket.write('hi')),
    );
    const wire = wireTo(context, { [`${HOST}:443`]: port });
    const socket = await wire.connect({ template: 't', host: HOST, port: 443, address: null }, never());
    const [chunk] = await once(socket, 'data');
    assert.equal(String(chunk), 'hi');
    socket.destroy();
    await once(socket, 'close');
    assert.deepEqual([wire.sent().get('t'), wire.bytesReceived()], [1, 2]);
  });
});

describe('over TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'launch-ready-'));
  after(() => rmSync(folder, { recursive: true }));
  const certificate = (name: string) => {
    const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
    const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-days',
        '2',
        '-keyout',
        key,
        '-out',
        cert,
        ...subject,
      ],
      { stdio: 'ignore' },
    );
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  };
  const good = certificate(HOST);
  const other = certificate('other.example');

  it('looks past a certificate that nobody trusts, and sends credentials over none', async (context) => {
    const port = await listen(
      context,
      https.createServer(good, (_, response) => response.end('ok')),
    );
    const wire = wireTo(context, { [`${HOST}:443`]: port });
    assert.equal((await ask(wire, `https://${HOST}/`)).status, 200);
    await assert.rejects(ask(wire, `https://${HOST}/`, { secret: true }), trouble('untrusted-certificate'));
  });

  it('trusts the given roots, for the right name', async (context) => {
    const port = await listen(
      context,
      https.createServer(good, (_, response) => response.end('ok')),
    );
    const wrong = await listen(
      context,
      https.createServer(other, (_, response) => response.end('ok')),
    );
    const network = { trust: [good.cert, other.cert] };
    const wire = wireTo(
      context,
      { [`${HOST}:443`]: port },
      {
        network: {
          ...network,
          connect: { [`${HOST}:443`]: `127.0.0.1:${port}`, [`${HOST}:8443`]: `127.0.0.1:${wrong}` },
        },
      },
    );
    assert.equal((await ask(wire, `https://${HOST}/`, { secret: true })).status, 200);
    await assert.rejects(
      ask(wire, `https://${HOST}:8443/`, { secret: true }),
      trouble('untrusted-certificate', /ALTNAME/),
    );
  });

  it('judges trust by the clock of the run', async (context) => {
    let asked = 0;
    const port = await listen(
      context,
      https.createServer(good, (_, response) => {
        asked += 1;
        response.end('ok');
      }),
    );
    const connect = { [`${HOST}:443`]: `127.0.0.1:${port}` };
    const daysOn = (days: number) => ({ now: () => new Date(Date.now() + days * 86_400_000) });
    for (const days of [-30, 30]) {
      const wire = wireTo(context, {}, { ...daysOn(days), network: { trust: [good.cert], connect } });
      await assert.rejects(ask(wire, `https://${HOST}/`, { secret: true }), trouble('untrusted-certificate', /CERT_/));
    }
    assert.equal(asked, 0);
    const wire = wireTo(context, {}, { ...daysOn(1), network: { trust: [good.cert], connect } });
    assert.equal((await ask(wire, `https://${HOST}/`, { secret: true })).status, 200);
    assert.equal((await ask(wire, `https://${HOST}/`, { secret: true })).status, 200);
    const stranger = wireTo(context, {}, { ...daysOn(1), network: { trust: [other.cert], connect } });
    await assert.rejects(ask(stranger, `https://${HOST}/`, { secret: true }), trouble('untrusted-certificate'));
  });

  it('sees a portal that only offers TLS 1.0', async (context) => {
    const old = { ...good, minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const port = await listen(
      context,
      https.createServer(old, (_, response) => response.end('old')),
    );
    assert.equal((await ask(wireTo(context, { [`${HOST}:443`]: port }), `https://${HOST}/`)).bytes.toString(), 'old');
  });

  it('calls plain HTTP on a TLS port malformed, and a refused handshake refused', async (context) => {
    const plain = await serve(context, (_, response) => response.end('plain'));
    const picky = await listen(
      context,
      https.createServer({ ...good, SNICallback: (_, done) => done(new Error('unknown')) }),
    );
    const connect = { [`${HOST}:443`]: `127.0.0.1:${plain}`, [`${HOST}:8443`]: `127.0.0.1:${picky}` };
    const wire = wireTo(context, {}, { network: { connect } });
    await assert.rejects(ask(wire, `https://${HOST}/`), trouble('malformed'));
    await assert.rejects(ask(wire, `https://${HOST}:8443/`), (cause) => cause instanceof WireTrouble);
  });
});

describe('asks names', () => {
  const cases: Readonly<Record<string, [rcode: number | 'silence' | 'garbage', expected: string]>> = {
    'an answer': [0, 'found'],
    'no such name': [3, 'no-such-name'],
    'a server that fails': [2, 'not-resolved'],
    'a server that refuses': [5, 'not-resolved'],
    garbage: ['garbage', 'not-resolved'],
  };
  for (const [name, [rcode, expected]] of Object.entries(cases)) {
    it(name, async (context) => {
      const resolver = await nameServer(context, () => '192.0.2.1', rcode);
      const wire = wireTo(context, {}, { network: { resolver } });
      const reply = wire.resolve('t', HOST, 'A', never()).then(
        ({ is }) => is,
        (cause) => (cause instanceof WireTrouble ? cause.reason : cause),
      );
      assert.equal(await reply, expected);
      assert.equal(wire.sent().get('t'), 1);
    });
  }

  it('silence, no longer than its step', async (context) => {
    const resolver = await nameServer(context, () => '192.0.2.1', 'silence');
    const wire = wireTo(context, {}, { network: { resolver } });
    await assert.rejects(wire.resolve('t', HOST, 'A', AbortSignal.timeout(50)), trouble('timed-out'));
  });
});

/** A name server that answers every A question alike (RFC 1035, section 4). */
async function nameServer(context: TestContext, address: () => string, rcode: number | 'silence' | 'garbage' = 0) {
  const server = createSocket('udp4');
  server.on('message', (query, from) => {
    if (rcode === 'silence') return;
    const head = Buffer.from(query.subarray(0, 12));
    const endOfName = query.indexOf(0, 12) + 1;
    const question = query.subarray(12, endOfName + 4);
    const isA = query.readUInt16BE(endOfName) === 1;
    head.writeUInt16BE(0x8180 | (rcode === 'garbage' ? 0 : rcode), 2);
    head.writeUInt16BE(rcode === 0 && isA ? 1 : 0, 6);
    head.writeUInt32BE(0, 8);
    const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address().split('.').map(Number)]);
    const parts =
      rcode === 'garbage' ? [head.subarray(0, 7)] : [head, question, ...(rcode === 0 && isA ? [record] : [])];
    server.send(Buffer.concat(parts), from.port, from.address);
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => server.close());
  return `127.0.0.1:${server.address().port}`;
}
