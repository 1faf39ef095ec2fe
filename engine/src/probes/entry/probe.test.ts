import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { it } from 'node:test';
import { noOpenssl } from '../../testing/certificates.ts';
import { given } from '../../testing/sightings.ts';
import dns from '../dns/probe.ts';
import { about, exchanges, look, sound } from '../probe-bench/sample-portal.ts';
import entry from './probe.ts';

it('follows every entry to its end', { skip: noOpenssl }, async (test) => {
  const setting = {
    ...sound,
    given: { paths: ['/', '/login'] },
    names: { 'portal.test': ['192.0.2.1', '192.0.2.2'] },
  };
  const { seen } = await look(test, [dns, entry], setting);
  const hops = about(seen, 'entry http://portal.test/login').flatMap((one) =>
    one.kind === 'http-exchange' ? [one] : [],
  );
  assert.deepEqual(
    hops.map(({ hop, status, chainEnd, redirectTo }) => [hop, status, chainEnd, redirectTo]),
    Array.from({ length: 2 }, () => [
      [0, 301, null, 'https://portal.test/login'],
      [1, 200, 'landed', null],
    ]).flat(),
  );
  const kept = about(seen, 'entry http://portal.test/login?lr=kept');
  assert.deepEqual(
    kept.map((one) => one.kind === 'http-exchange' && one.url),
    ['http://portal.test/login?lr=kept', 'https://portal.test/login?lr=kept'],
  );
});

it('knows a loop, a chain without end, and a way out of the target', { skip: noOpenssl }, async (test) => {
  let laps = 0;
  const serve: RequestListener = ({ url }, response) => {
    laps += 1;
    const to = { '/loop': '/loop', '/long': `/long?${laps}`, '/out': 'https://elsewhere.example/' }[
      url?.split('?')[0] ?? ''
    ];
    if (to === undefined) response.end();
    else response.writeHead(302, { location: to }).end();
  };
  const { seen } = await look(test, [dns, entry], { serve, given: { paths: ['/', '/loop', '/long', '/out'] } });
  const ends = (path: string) =>
    exchanges(about(seen, `entry https://portal.test${path}`), 'entry').map(({ chainEnd }) => chainEnd);
  assert.deepEqual(ends('/loop'), ['loop']);
  assert.deepEqual(ends('/long'), [null, null, null, null, null, 'too-long']);
  assert.deepEqual(ends('/out'), ['left-scope']);
  assert.deepEqual(ends('/'), ['landed']);
});

it('knocks at no name that does not exist', { skip: noOpenssl }, async (test) => {
  const hosts = [...given.hosts, { host: 'gone.test', role: 'admin' as const }];
  const { asked } = await look(test, [dns, entry], { ...sound, given: { hosts } });
  assert.deepEqual(
    asked.filter((line) => line.includes('gone.test')),
    [],
  );
});
