import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ofKind } from '../../model/observation.ts';
import { noOpenssl } from '../../testing/certificates.ts';
import page from '../page/probe.ts';
import { look } from '../probe-bench/sample-portal.ts';
import asset from './probe.ts';

it('reads pages, and the files they and their files name', { skip: noOpenssl }, async (test) => {
  const { seen } = await look(test, [page, asset]);
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

it('asks for the address itself where the record shows less', { skip: noOpenssl }, async (test) => {
  const signed = '/a.js?X-Amz-Signature=0a1b2c3d4e5f60718293a4b5c6d7e8f9';
  const { seen, asked } = await look(test, [page, asset], {
    serve: ({ url }, response) => {
      const isPage = url === '/';
      response.setHeader('content-type', isPage ? 'text/html' : 'text/javascript');
      response.end(isPage ? `<title>Portal</title><script src="${signed}"></script>` : 'let a;');
    },
  });
  assert.ok(asked.includes(`GET https://portal.test${signed}`));
  assert.ok(ofKind('asset', seen).some(({ form, status }) => form === 'script' && status === 200));
  assert.ok(!JSON.stringify(seen).includes('0a1b2c3d4e5f'));
});

it('says how much of a file it left out', { skip: noOpenssl }, async (test) => {
  const script = Buffer.alloc(12_000_000, ';');
  const { seen } = await look(test, [page, asset], {
    serve: ({ url }, response) => {
      const isPage = url === '/';
      response.setHeader('content-type', isPage ? 'text/html' : 'text/javascript');
      response.end(isPage ? '<title>Portal</title><script src="/a.js"></script>' : script);
    },
    pacing: { timeoutMs: 10_000 },
  });
  const [file] = ofKind('asset', seen).filter(({ form }) => form === 'script');
  assert.deepEqual([file?.bytes, file?.bytesSkipped], [10_485_760, 12_000_000 - 10_485_760]);
});
