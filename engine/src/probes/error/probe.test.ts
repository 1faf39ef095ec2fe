import assert from 'node:assert/strict';
import { it } from 'node:test';
import { noOpenssl } from '../../testing/certificates.ts';
import asset from '../asset/probe.ts';
import page from '../page/probe.ts';
import { about, exchanges, look } from '../probe-bench/sample-portal.ts';
import error from './probe.ts';

it('provokes an error, and marks what it tells', { skip: noOpenssl }, async (test) => {
  const { seen } = await look(test, [page, asset, error]);
  const [broken] = exchanges(about(seen, 'error from a malformed escape at https://portal.test/%zz'), 'error');
  assert.equal(broken?.status, 500);
  assert.ok((broken?.leaks.length ?? 0) > 0);
  assert.ok(exchanges(seen, 'error').length <= 12);
});
