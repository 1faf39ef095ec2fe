import assert from 'node:assert/strict';
import { it } from 'node:test';
import { noOpenssl } from '../../testing/certificates.ts';
import asset from '../asset/probe.ts';
import page from '../page/probe.ts';
import { about, exchanges, look } from '../probe-bench/sample-portal.ts';
import cors from './probe.ts';

it('keeps what an answer allows to other origins', { skip: noOpenssl }, async (test) => {
  const { seen } = await look(test, [page, asset, cors]);
  const [foreign] = exchanges(
    about(seen, 'cross-origin call from https://lr-foreign.invalid at https://portal.test/api/records'),
    'cors',
  );
  assert.deepEqual(
    foreign?.responseHeaders.find(([name]) => name.toLowerCase() === 'access-control-allow-origin'),
    ['access-control-allow-origin', 'https://lr-foreign.invalid'],
  );
});
