import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { it } from 'node:test';
import { ofKind } from '../../model/observation.ts';
import { noOpenssl } from '../../testing/certificates.ts';
import { exchanges, look, portal } from '../probe-bench/sample-portal.ts';
import page from './probe.ts';

it('goes on past a wall, and says what stood there', { skip: noOpenssl }, async (test) => {
  const walls: Readonly<Record<string, number>> = { '/': 429, '/login': 503 };
  const serve: RequestListener = (request, response) => {
    const wall = walls[request.url ?? ''];
    if (wall === undefined) portal(request, response);
    else response.writeHead(wall, { 'content-type': 'text/html' }).end('no');
  };
  const { seen } = await look(test, [page], { serve, given: { paths: ['/', '/login', '/help'] } });
  assert.deepEqual(
    ofKind('obstacle', seen).map(({ subject, reason }) => `${reason}: ${subject}`),
    ['rate-limited: page https://portal.test/', 'server-error: page https://portal.test/login'],
  );
  assert.equal(exchanges(seen, 'page').length, 3);
});

it('takes the body of a redirect for a file, and no page', { skip: noOpenssl }, async (test) => {
  const { seen } = await look(test, [page], {
    serve: ({ url }, response) => {
      response.setHeader('content-type', 'text/html');
      if (url === '/') response.writeHead(302, { location: '/login' }).end('<p>Moved</p>');
      else response.end('<title>Sign in</title>');
    },
  });
  assert.deepEqual(
    ofKind('page', seen).map(({ url }) => url),
    ['https://portal.test/login'],
  );
  assert.equal(ofKind('asset', seen).length, 2);
});
