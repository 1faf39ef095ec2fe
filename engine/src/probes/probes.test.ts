import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { describe, it } from 'node:test';
import zlib from 'node:zlib';
import { ofKind } from '../model/observation.ts';
import { noOpenssl } from '../testing/certificates.ts';
import api from './api/probe.ts';
import asset from './asset/probe.ts';
import cors from './cors/probe.ts';
import dns from './dns/probe.ts';
import echo from './echo/probe.ts';
import entry from './entry/probe.ts';
import error from './error/probe.ts';
import exposure from './exposure/probe.ts';
import openRedirect from './open-redirect/probe.ts';
import page from './page/probe.ts';
import type { AnyProbe } from './probe.ts';
import { bench } from './probe-bench/bench.ts';
import { look } from './probe-bench/sample-portal.ts';
import release from './release/probe.ts';

const all: readonly AnyProbe[] = [release, dns, entry, page, asset, exposure, api, error, echo, cors, openRedirect];

describe('all probes against one portal', { skip: noOpenssl }, () => {
  it('gives every sighting its own name, sends nothing beyond its templates, and keeps no body', async (test) => {
    const { seen, sent, context } = await look(test, all);
    assert.equal(new Set(seen.map(({ id }) => id)).size, seen.length);
    const templates = all.flatMap((probe) => probe.templates(context.given));
    for (const { id, ceiling } of templates) assert.ok((sent().get(id) ?? 0) <= ceiling, id);
    assert.ok(!JSON.stringify(seen).includes('hunter2'));
    assert.ok(!JSON.stringify(seen).includes('lrt_'));
    const left = ofKind('obstacle', seen).map(({ subject, reason }) => `${subject}: ${reason}`);
    assert.deepEqual(left, [
      'page https://portal.test/logout: not-allowed',
      'api GET https://portal.test/api/logout: not-allowed',
    ]);
  });

  it('never touches what acts, and writes nothing but one broken text', async (test) => {
    const { asked } = await look(test, all);
    assert.deepEqual(
      asked.filter((line) => /logout/.test(line)),
      [],
    );
    const other = asked.filter((line) => !line.startsWith('GET '));
    assert.deepEqual(other, ['POST https://portal.test/api/records']);
  });
});

describe('hostile portals cost little, and break nothing', { skip: noOpenssl }, () => {
  const bomb = zlib.gzipSync(Buffer.alloc(50_000_000, 'a'));
  const HOSTILE: Readonly<Record<string, RequestListener>> = {
    'no answer': () => undefined,
    drip: (_, response) => {
      const timer = setInterval(() => response.write('<p>'), 10);
      response.on('close', () => clearInterval(timer));
    },
    '200 MB': (_, response) => {
      response.setHeader('content-type', 'text/html');
      const piece = Buffer.alloc(1_000_000, '<a href="/x">');
      const more = () => {
        while (!response.destroyed) if (!response.write(piece)) return;
      };
      response.on('drain', more);
      more();
    },
    'gzip bomb': (_, response) =>
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end(bomb),
    'redirect loop': ({ url }, response) => response.writeHead(302, { location: url }).end(),
    'endless redirects': (_, response) => response.writeHead(302, { location: `/${Math.random()}` }).end(),
    'bad chunking': (_, response) =>
      response.socket?.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'),
    '10,000 cookies': (_, response) =>
      response.socket?.end(`HTTP/1.1 200 OK\r\n${'Set-Cookie: a=1\r\n'.repeat(10_000)}Content-Length: 0\r\n\r\n`),
    '1,000 cookies': (_, response) =>
      response.writeHead(200, Array.from({ length: 1_000 }, (__, n) => ['Set-Cookie', `a${n}=1`]).flat()).end('ok'),
    'giant header': (_, response) => response.socket?.end(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(500_000)}\r\n\r\n`),
    reset: (_, response) => response.socket?.destroy(),
    'invalid UTF-8': (_, response) =>
      response
        .setHeader('content-type', 'text/html')
        .end(Buffer.from([60, 112, 62, 0xff, 0xfe, 0xc3, 0x28, 0, 27, 91])),
    'deep nesting': (_, response) => response.setHeader('content-type', 'text/html').end('<div>'.repeat(200_000)),
    'deep JSON': (_, response) => response.setHeader('content-type', 'application/json').end('['.repeat(200_000)),
    'a new page behind every link': (_, response) =>
      response
        .setHeader('content-type', 'text/html')
        .end(Array.from({ length: 50 }, () => `<a href="/${Math.random()}">x</a>`).join('')),
    'a new script behind every script': ({ url }, response) =>
      response
        .setHeader('content-type', url === '/' ? 'text/html' : 'text/javascript')
        .end(
          url === '/'
            ? '<script src="/a.js"></script>'
            : Array.from({ length: 50 }, () => `import("/${Math.random()}.js");`).join(''),
        ),
    'odd addresses': (_, response) =>
      response
        .setHeader('content-type', 'text/html')
        .end(
          '<a href="http://[::1"></a><a href="https://portal.test:99999/"></a><script src="https://10.0.0.1/x.js"></script><script src="http://169.254.169.254/latest"></script><a href="//"></a><script src="file:///etc/passwd"></script>',
        ),
    'odd redirects': (_, response) =>
      response.socket?.end('HTTP/1.1 302 Found\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n'),
  };
  /** Megabytes each time: what reads most is enough. */
  const HEAVY = new Set(['200 MB', 'gzip bomb', 'deep nesting', 'deep JSON']);
  for (const [name, serve] of Object.entries(HOSTILE)) {
    const probes = HEAVY.has(name) ? [release, dns, page, asset] : all;
    it(name, { timeout: 60_000 }, async (test) => {
      const { collect } = await bench(test, probes, { serve, pacing: { timeoutMs: 150, connectTimeoutMs: 1_000 } });
      const startedMs = performance.now();
      const seen = await collect(probes);
      assert.ok(seen.length > 5);
      assert.ok(performance.now() - startedMs < 30_000);
      assert.ok(Buffer.byteLength(JSON.stringify(seen)) < 8_000_000);
    });
  }
});
