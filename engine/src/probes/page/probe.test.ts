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
