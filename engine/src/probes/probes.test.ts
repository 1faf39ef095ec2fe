import assert from 'node:assert/strict';
import type { RequestListener, ServerResponse } from 'node:http';
import { describe, it, type TestContext } from 'node:test';
import zlib from 'node:zlib';
import { ofKind, type Purpose, type Sighting } from '../model/observation.ts';
import { noOpenssl } from '../testing/certificates.ts';
import { given } from '../testing/sightings.ts';
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
import { bench, type Setting } from './probe-bench.ts';
import release from './release/probe.ts';

const all: readonly AnyProbe[] = [release, dns, entry, page, asset, exposure, api, error, echo, cors, openRedirect];

const START = `<!doctype html><html><head><title>Portal</title><script src="/assets/app.js"></script><link rel="stylesheet" href="/assets/app.css"></head>
<body><a href="/login">Sign in</a><a href="/logout">Sign out</a><a href="/help?topic=1">Help</a><a href="https://elsewhere.example/">Elsewhere</a></body></html>`;
const SIGN_IN =
  '<!doctype html><html><title>Sign in</title><form method="post" action="/login"><input name="email"><input type="password" name="password"></form></html>';
const SCRIPT = 'fetch("/api/records");fetch("/api/status");fetch("/api/logout");\n//# sourceMappingURL=app.js.map';
const MAP = JSON.stringify({
  version: 3,
  sources: ['src/app.ts'],
  sourcesContent: ['export const a = 1;'],
  mappings: '',
});

const FILES: Readonly<Record<string, readonly [type: string, body: string]>> = {
  '/': ['text/html; charset=utf-8', START],
  '/login': ['text/html; charset=utf-8', SIGN_IN],
  '/help': ['text/html; charset=utf-8', '<!doctype html><title>Help</title><p>Help</p>'],
  '/assets/app.js': ['text/javascript', SCRIPT],
  '/assets/app.js.map': ['application/json', MAP],
  '/assets/app.css': ['text/css', 'body{color:red}'],
  '/api/status': ['application/json', '{"ok":true}'],
  '/.env': ['text/plain', 'DATABASE_PASSWORD=hunter2hunter2\n'],
};
const answer = (response: ServerResponse, status: number, type: string, body: string) =>
  response.writeHead(status, { 'content-type': type, 'x-release': 'r1' }).end(body);

const portal: RequestListener = ({ url = '/', headers }, response) => {
  const [path = '/'] = url.split('?');
  const file = FILES[path];
  if (headers.origin !== undefined) response.setHeader('access-control-allow-origin', headers.origin);
  if (url.startsWith('//')) response.writeHead(302, { location: url }).end();
  else if (path === '/api/records')
    answer(response, 401, 'application/json', `{"error":"who is ${headers.authorization}?"}`);
  else if (file !== undefined) answer(response, 200, ...file);
  else if (url === '/%zz')
    answer(
      response,
      500,
      'text/plain',
      'URIError: URI malformed\n    at decodeURI (<anonymous>)\n    at handle (/srv/app/router.js:12:7)',
    );
  else answer(response, 404, 'text/plain', 'not here');
};
const toHttps: RequestListener = ({ url, headers }, response) =>
  response.writeHead(301, { location: `https://${headers.host}${url}` }).end();

const sound: Setting = { serve: portal, servePlain: toHttps };
const exchanges = (seen: readonly Sighting[], purpose: Purpose) =>
  ofKind('http-exchange', seen).filter((one) => one.purpose === purpose);
const about = (seen: readonly Sighting[], subject: string) => seen.filter((one) => one.subject === subject);

describe('all probes against one portal', { skip: noOpenssl }, () => {
  const look = async (test: TestContext, setting: Setting = sound, probes = all) => {
    const made = await bench(test, probes, setting);
    return { ...made, seen: await made.collect(probes) };
  };

  it('gives every sighting its own name, sends nothing beyond its templates, and keeps no body', async (test) => {
    const { seen, sent, context } = await look(test);
    assert.equal(new Set(seen.map(({ id }) => id)).size, seen.length);
    const templates = all.flatMap((probe) => probe.templates(context.given));
    for (const { id, ceiling } of templates) assert.ok((sent().get(id) ?? 0) <= ceiling, id);
    assert.ok(!JSON.stringify(seen).includes('hunter2'));
    assert.ok(!JSON.stringify(seen).includes('lrt_'));
    assert.deepEqual(ofKind('obstacle', seen), []);
  });

  it('never touches what acts, and writes nothing but one broken text', async (test) => {
    const { asked } = await look(test);
    assert.deepEqual(
      asked.filter((line) => /logout/.test(line)),
      [],
    );
    const other = asked.filter((line) => !line.startsWith('GET '));
    assert.deepEqual(other, ['POST https://portal.test/api/records']);
  });

  it('follows every entry to its end', async (test) => {
    const setting = {
      ...sound,
      given: { paths: ['/', '/login'] },
      names: { 'portal.test': ['192.0.2.1', '192.0.2.2'] },
    };
    const { seen } = await look(test, setting, [dns, entry]);
    const hops = about(seen, 'entry http://portal.test/login').flatMap((one) =>
      one.kind === 'http-exchange' ? [one] : [],
    );
    assert.deepEqual(
      hops.map(({ hop, status, chainEnd, redirectTo }) => [hop, status, chainEnd, redirectTo]),
      Array.from({ length: 2 }, () => [
        [0, 301, null, 'https://portal.test/login'],
        [1, 200, 'landed', null],
      ]).flat(),
    );
    const kept = about(seen, 'entry http://portal.test/login?lr=kept');
    assert.deepEqual(
      kept.map((one) => one.kind === 'http-exchange' && one.url),
      ['http://portal.test/login?lr=kept', 'https://portal.test/login?lr=kept'],
    );
  });

  it('knows a loop, a chain without end, and a way out of the target', async (test) => {
    let laps = 0;
    const serve: RequestListener = ({ url }, response) => {
      laps += 1;
      const to = { '/loop': '/loop', '/long': `/long?${laps}`, '/out': 'https://elsewhere.example/' }[
        url?.split('?')[0] ?? ''
      ];
      if (to === undefined) response.end();
      else response.writeHead(302, { location: to }).end();
    };
    const { seen } = await look(test, { serve, given: { paths: ['/', '/loop', '/long', '/out'] } }, [dns, entry]);
    const ends = (path: string) =>
      exchanges(about(seen, `entry https://portal.test${path}`), 'entry').map(({ chainEnd }) => chainEnd);
    assert.deepEqual(ends('/loop'), ['loop']);
    assert.deepEqual(ends('/long'), [null, null, null, null, null, 'too-long']);
    assert.deepEqual(ends('/out'), ['left-scope']);
    assert.deepEqual(ends('/'), ['landed']);
  });

  it('knocks at no name that does not exist', async (test) => {
    const hosts = [...given.hosts, { host: 'gone.test', role: 'admin' as const }];
    const { asked } = await look(test, { ...sound, given: { hosts } }, [dns, entry]);
    assert.deepEqual(
      asked.filter((line) => line.includes('gone.test')),
      [],
    );
  });

  it('reads pages, and the files they and their files name', async (test) => {
    const { seen } = await look(test, sound, [page, asset]);
    assert.deepEqual(
      ofKind('page', seen)
        .map(({ url }) => url)
        .sort(),
      ['/', '/help?topic=1', '/login'].map((path) => `https://portal.test${path}`),
    );
    assert.ok(ofKind('page', seen).some(({ hasPasswordField }) => hasPasswordField));
    assert.deepEqual(
      ofKind('asset', seen)
        .filter(({ form }) => form !== 'document')
        .map(({ url, form, status }) => `${form} ${url} ${status}`)
        .sort(),
      [
        'script https://portal.test/assets/app.js 200',
        'source-map https://portal.test/assets/app.js.map 200',
        'style https://portal.test/assets/app.css 200',
      ],
    );
    const [map] = ofKind('asset', seen).filter(({ form }) => form === 'source-map');
    assert.deepEqual([map?.mapSources, map?.mapSourcesWithText], [1, 1]);
    assert.ok(
      ofKind('asset', seen).some(({ form, subject }) => form === 'document' && subject === 'page https://portal.test/'),
    );
  });

  it('tells an exposed file from a path that is not there', async (test) => {
    const { seen } = await look(test, sound, [exposure]);
    const [env] = exchanges(about(seen, 'path https://portal.test/.env'), 'exposure');
    assert.deepEqual([env?.status, env?.content], [200, 'env-file']);
    assert.deepEqual(
      exchanges(seen, 'not-found').map(({ status }) => status),
      [404, 404],
    );
    assert.equal(exchanges(seen, 'exposure').length, 20);
  });

  it('provokes an error, and marks what it tells', async (test) => {
    const { seen } = await look(test, sound, [page, asset, error]);
    const [broken] = exchanges(about(seen, 'error from a malformed escape at https://portal.test/%zz'), 'error');
    assert.equal(broken?.status, 500);
    assert.ok((broken?.leaks.length ?? 0) > 0);
    assert.ok(exchanges(seen, 'error').length <= 12);
  });

  it('sees a token come back, and where', async (test) => {
    const { seen } = await look(test, sound, [page, asset, echo]);
    const hits = (carrier: string) =>
      exchanges(about(seen, `echo of a ${carrier} token at https://portal.test/api/records`), 'echo').flatMap((one) =>
        one.hits.map(({ of, field }) => `${of} in ${field}`),
      );
    assert.ok(hits('header').includes('token in body'));
    assert.deepEqual([...hits('query'), ...hits('cookie')], []);
  });

  it('keeps what an answer allows to other origins', async (test) => {
    const { seen } = await look(test, sound, [page, asset, cors]);
    const [foreign] = exchanges(
      about(seen, 'cross-origin call from https://lr-foreign.invalid at https://portal.test/api/records'),
      'cors',
    );
    assert.deepEqual(
      foreign?.responseHeaders.find(([name]) => name.toLowerCase() === 'access-control-allow-origin'),
      ['access-control-allow-origin', 'https://lr-foreign.invalid'],
    );
  });

  it('asks for what scripts call, without credentials', async (test) => {
    const { seen } = await look(test, sound, [page, asset, api]);
    assert.deepEqual(
      exchanges(seen, 'api')
        .map(({ url, status }) => `${status} ${url}`)
        .sort(),
      ['200 https://portal.test/api/status', '401 https://portal.test/api/records'],
    );
  });

  it('lets itself be lured, and does not go', async (test) => {
    const { seen, asked } = await look(test, { serve: portal }, [page, asset, openRedirect]);
    const [lured] = exchanges(about(seen, 'entry https://portal.test//lr-canary.invalid/%2f..'), 'redirect-target');
    assert.deepEqual([lured?.redirectTo, lured?.chainEnd], ['https://lr-canary.invalid/%2f..', 'left-scope']);
    assert.ok(asked.includes('GET https://portal.test/\\lr-canary.invalid'));
    assert.ok(asked.some((line) => line.startsWith('GET https://portal.test/login?next=')));
  });

  it('goes on past a wall, and says what stood there', async (test) => {
    const walls: Readonly<Record<string, number>> = { '/': 429, '/login': 503 };
    const serve: RequestListener = (request, response) => {
      const wall = walls[request.url ?? ''];
      if (wall === undefined) portal(request, response);
      else response.writeHead(wall, { 'content-type': 'text/html' }).end('no');
    };
    const { seen } = await look(test, { serve, given: { paths: ['/', '/login', '/help'] } }, [page]);
    assert.deepEqual(
      ofKind('obstacle', seen).map(({ subject, reason }) => `${reason}: ${subject}`),
      ['rate-limited: page https://portal.test/', 'server-error: page https://portal.test/login'],
    );
    assert.equal(exchanges(seen, 'page').length, 3);
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
  for (const [name, serve] of Object.entries(HOSTILE)) {
    it(name, { timeout: 60_000 }, async (test) => {
      const { collect } = await bench(test, all, { serve, pacing: { timeoutMs: 150, connectTimeoutMs: 1_000 } });
      const startedMs = performance.now();
      const seen = await collect(all);
      assert.ok(seen.length > 20);
      assert.ok(performance.now() - startedMs < 30_000);
      assert.ok(Buffer.byteLength(JSON.stringify(seen)) < 8_000_000);
    });
  }
});
