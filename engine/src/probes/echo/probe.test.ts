import assert from 'node:assert/strict';
import { it } from 'node:test';
import { noOpenssl } from '../../testing/certificates.ts';
import asset from '../asset/probe.ts';
import page from '../page/probe.ts';
import { about, exchanges, look } from '../probe-bench/sample-portal.ts';
import echo from './probe.ts';

it('sees a token come back, and where', { skip: noOpenssl }, async (test) => {
  const { seen } = await look(test, [page, asset, echo]);
  const hits = (carrier: string) =>
    exchanges(about(seen, `echo of a ${carrier} token at https://portal.test/api/records`), 'echo').flatMap((one) =>
      one.hits.map(({ of, field }) => `${of} in ${field}`),
    );
  assert.ok(hits('header').includes('token in body'));
  assert.deepEqual([...hits('query'), ...hits('cookie')], []);
});
