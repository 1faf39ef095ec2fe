import assert from 'node:assert/strict';
import { it } from 'node:test';
import { noOpenssl } from '../../testing/certificates.ts';
import asset from '../asset/probe.ts';
import page from '../page/probe.ts';
import { about, exchanges, look, portal } from '../probe-bench/sample-portal.ts';
import openRedirect from './probe.ts';

it('lets itself be lured, and does not go', { skip: noOpenssl }, async (test) => {
  const { seen, asked } = await look(test, [page, asset, openRedirect], { serve: portal });
  const [lured] = exchanges(about(seen, 'entry https://portal.test//lr-canary.invalid/%2f..'), 'redirect-target');
  assert.deepEqual([lured?.redirectTo, lured?.chainEnd], ['https://lr-canary.invalid/%2f..', 'left-scope']);
  assert.ok(asked.includes('GET https://portal.test/\\lr-canary.invalid'));
  assert.ok(asked.some((line) => line.startsWith('GET https://portal.test/login?next=')));
});
