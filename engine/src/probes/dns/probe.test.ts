import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ofKind } from '../../model/observation.ts';
import { noOpenssl } from '../../testing/certificates.ts';
import { bench } from '../probe-bench/bench.ts';
import probe from './probe.ts';

it('tells what a name has from what it has not, and from no name at all', { skip: noOpenssl }, async (test) => {
  const { collect, sent } = await bench(test, [probe], {
    serve: () => undefined,
    given: {
      hosts: [
        { host: 'portal.test', role: 'app' },
        { host: 'gone.test', role: 'admin' },
        { host: '192.0.2.7', role: 'api' },
      ],
    },
    names: { 'portal.test': ['192.0.2.2', '192.0.2.1'] },
  });
  const answers = ofKind('dns-answer', await collect([probe]));
  const about = (host: string, type: string) => answers.find((one) => one.host === host && one.type === type);
  assert.deepEqual(about('portal.test', 'A')?.records, ['192.0.2.1', '192.0.2.2']);
  assert.equal(about('portal.test', 'AAAA')?.is, 'none');
  assert.equal(about('gone.test', 'MX')?.is, 'no-such-name');
  assert.deepEqual([answers.length, sent().get('dns/ask'), new Set(answers.map(({ id }) => id)).size], [14, 14, 14]);
});
