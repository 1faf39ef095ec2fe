import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { describe, it } from 'node:test';
import { ofKind } from '../../model/observation.ts';
import { noOpenssl } from '../../testing/certificates.ts';
import { bench } from '../probe-bench/bench.ts';
import probe from './probe.ts';

const page = (head: string) => `<!doctype html><html><head>${head}</head><body>hello</body></html>`;
const scripts = page(
  '<script src="/assets/index-1a2b3c4d.js"></script><script src="https://cdn.other.example/x.js"></script>',
);
const html =
  (body: string, headers: Readonly<Record<string, string>> = {}, script = 'let a;'): RequestListener =>
  ({ url }, response) => {
    if (url?.endsWith('.js')) response.end(script);
    else response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(body);
  };

describe('release', { skip: noOpenssl }, () => {
  const look = async (test: Parameters<typeof bench>[0], serve: RequestListener) => {
    const { collect, asked } = await bench(test, [probe], { serve });
    return { seen: await collect([probe]), asked };
  };
  const signOf = async (test: Parameters<typeof bench>[0], serve: RequestListener) =>
    ofKind('release-sign', (await look(test, serve)).seen)[0];

  it('takes the deployment at its word', async (test) => {
    const sign = await signOf(test, html(page('<meta name="version" content="9">'), { 'X-Release': ' 2026.11.1 ' }));
    assert.deepEqual(
      [sign?.value, sign?.from, sign?.subject],
      ['2026.11.1', 'header x-release', 'release of portal.test'],
    );
    const named = await signOf(test, html(page('<meta name="version" content="9">')));
    assert.deepEqual([named?.value, named?.from], ['9', 'meta version']);
  });

  it('else names it by its own bundle, alike in every run', async (test) => {
    const [first, again, other] = [
      await signOf(test, html(scripts)),
      await signOf(test, html(scripts)),
      await signOf(test, html(scripts, {}, 'let b;')),
    ];
    assert.match(first?.value ?? '', /^[0-9a-f]{16}$/);
    assert.equal(first?.from, 'digest of 1 assets');
    assert.equal(first?.value, again?.value);
    assert.notEqual(first?.value, other?.value);
  });

  it('follows to the page that names the scripts', async (test) => {
    const { seen, asked } = await look(test, (request, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/login' }).end();
      else html(scripts)(request, response);
    });
    assert.equal(ofKind('release-sign', seen).length, 1);
    assert.deepEqual(
      asked,
      ['/', '/login', '/assets/index-1a2b3c4d.js'].map((path) => `GET https://portal.test${path}`),
    );
  });

  it('says nothing where there is nothing, and names no error page', async (test) => {
    assert.equal(await signOf(test, html(page(''))), undefined);
    const { seen } = await look(test, (_, response) => response.writeHead(500, { 'x-release': '1' }).end());
    assert.deepEqual(
      seen.map((one) => (one.kind === 'obstacle' ? one.reason : one.kind)),
      ['server-error'],
    );
  });

  it('tells the stack by what it shows', async (test) => {
    const serve = html(scripts, { server: 'nginx/1.27', 'set-cookie': 'connect.sid=s%3Asecret', 'cf-ray': '1-AMS' });
    const signs = ofKind('stack-sign', (await look(test, serve)).seen);
    assert.deepEqual(signs.map(({ stack, from }) => `${stack}: ${from}`).sort(), [
      'cloudflare: header cf-ray',
      'express: name of a cookie',
      'nginx: header server',
      'vite: path of an asset',
    ]);
    assert.ok(!JSON.stringify(signs).includes('secret'));
  });
});
