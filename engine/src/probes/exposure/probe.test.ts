import assert from 'node:assert/strict';
import { it } from 'node:test';
import { noOpenssl } from '../../testing/certificates.ts';
import { about, exchanges, look } from '../probe-bench/sample-portal.ts';
import exposure from './probe.ts';

it('tells an exposed file from a path that is not there', { skip: noOpenssl }, async (test) => {
  const { seen } = await look(test, [exposure]);
  const [env] = exchanges(about(seen, 'path https://portal.test/.env'), 'exposure');
  assert.deepEqual([env?.status, env?.content], [200, 'env-file']);
  assert.deepEqual(
    exchanges(seen, 'not-found').map(({ status }) => status),
    [404, 404],
  );
  assert.equal(exchanges(seen, 'exposure').length, 20);
});
