import assert from 'node:assert/strict';
import { it } from 'node:test';
import { noOpenssl } from '../../testing/certificates.ts';
import asset from '../asset/probe.ts';
import page from '../page/probe.ts';
import { exchanges, look } from '../probe-bench/sample-portal.ts';
import api from './probe.ts';

it('asks for what scripts call, without credentials', { skip: noOpenssl }, async (test) => {
  const { seen } = await look(test, [page, asset, api]);
  assert.deepEqual(
    exchanges(seen, 'api')
      .map(({ url, status }) => `${status} ${url}`)
      .sort(),
    ['200 https://portal.test/api/status', '401 https://portal.test/api/records'],
  );
});
