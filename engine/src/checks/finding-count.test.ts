import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Finding } from '../model/check.ts';
import type { Sighting } from '../model/observation.ts';
import { apiSubject, assetSubject, entrySubject, pageSubject } from '../model/subject.ts';
import { bySubject, judge } from '../run/judge.ts';
import { rollUp } from '../run/roll-up.ts';
import { asset, given as base, entry, exchange, page } from '../testing/sightings.ts';
import { checks } from './index.ts';
import { unknownRouteSubject } from './subjects.ts';

/** One cause is one line of a report. Ours: what fits on a screen; a missing header is one line for each kind of answer. */
const FINDINGS_MAX = 12;
const PAGES = 40;
const FILES = 60;
/** As many as a target file may name. */
const PATHS = 10;

const HOME = 'https://portal.test/';
const WWW = 'https://www.portal.test/';
const PLAIN = 'http://portal.test/';
const PLAIN_WWW = 'http://www.portal.test/';
const given = {
  ...base,
  hosts: [
    { host: 'portal.test', role: 'app' as const },
    { host: 'www.portal.test', role: 'app' as const },
  ],
  paths: ['/', ...Array.from({ length: PATHS - 1 }, (_, n) => `/p${n}`)],
};
const pageUrls = Array.from({ length: PAGES }, (_, n) => `${HOME}${n === 0 ? '' : `p${n}`}`);
const fileUrls = Array.from({ length: FILES }, (_, n) => `${HOME}assets/f${n}.js`);

const SOUND: readonly (readonly [string, string])[] = [
  ['Content-Type', 'text/html'],
  ['Strict-Transport-Security', 'max-age=63072000; includeSubDomains'],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['X-Frame-Options', 'DENY'],
  ['Content-Security-Policy', "default-src 'self'; object-src 'none'; base-uri 'none'"],
];
const without = (...names: string[]) => ({
  bodyBytes: 500,
  responseHeaders: SOUND.filter(([name]) => !names.includes(name)).map(([name, value]): [string, string] => [
    name,
    value,
  ]),
});

/** A site of 40 pages and 60 files, each way in tried with each path and with its twin that carries a query. */
function site(said: ReturnType<typeof without>, plainStatus = 301): Sighting[] {
  const api = `${HOME}api/me`;
  const lost = unknownRouteSubject(given);
  return [
    ...given.paths
      .flatMap((path) => [path.slice(1), `${path.slice(1)}?lr=kept`])
      .flatMap((path) => [
        ...entry(`${HOME}${path}`, [`${HOME}${path}`, said]),
        ...entry(`${PLAIN}${path}`, [`${PLAIN}${path}`, { status: plainStatus }], [`${HOME}${path}`, said]),
        ...entry(
          `${PLAIN_WWW}${path}`,
          [`${PLAIN_WWW}${path}`, { status: plainStatus }],
          [`${WWW}${path}`, { ...said, status: 301 }],
          [`${HOME}${path}`, said],
        ),
        ...entry(`${WWW}${path}`, [`${WWW}${path}`, { ...said, status: 301 }], [`${HOME}${path}`, said]),
      ]),
    ...pageUrls.flatMap((url) => [
      exchange(pageSubject(url), url, { purpose: 'page', ...said }),
      page(url, { links: pageUrls, scripts: fileUrls.map((file) => ({ url: file, integrity: false })) }),
      { ...asset(url, { form: 'document' }), subject: pageSubject(url), id: `${url} document` },
    ]),
    ...fileUrls.flatMap((url) => [
      exchange(assetSubject(url), url, { purpose: 'asset', content: 'script', ...said }),
      asset(url),
    ]),
    exchange(apiSubject('GET', api), api, { purpose: 'api', content: 'json', status: 401, ...said }),
    exchange(lost, `${HOME}launch-ready/no-such-page`, { purpose: 'error', status: 404, ...said }),
  ];
}

/** As run/record.ts merges them: problem and subject make one finding. */
function findingsIn(sightings: readonly Sighting[]): string[] {
  const seen = bySubject(sightings);
  const findings = checks.flatMap((check): readonly Finding[] => {
    const outcome = rollUp(check, judge(check, seen, given), seen, given);
    return outcome.findings;
  });
  return [...new Set(findings.map(({ problem, subject }) => `${problem} at ${subject}`))].sort();
}

describe('one cause is one finding', () => {
  it('the site is sound but for what each case changes', () => assert.deepEqual(findingsIn(site(without())), []));

  it(`${PAGES} pages and ${FILES} files without HSTS and nosniff`, () => {
    const all = site(without('Strict-Transport-Security', 'X-Content-Type-Options'));
    assert.ok(all.some(({ subject }) => subject === entrySubject(`${HOME}?lr=kept`)));
    const findings = findingsIn(all);
    assert.ok(findings.length > 0 && findings.length <= FINDINGS_MAX, findings.join('\n'));
    assert.ok(findings.includes('hsts-missing at files of portal.test'), findings.join('\n'));
    assert.ok(findings.includes('nosniff-missing at pages of portal.test'), findings.join('\n'));
  });

  it(`${PAGES} pages without any header`, () => {
    const names = SOUND.map(([name]) => name).filter((name) => name !== 'Content-Type');
    const findings = findingsIn(site(without(...names)));
    assert.ok(findings.length <= 2 * FINDINGS_MAX, findings.join('\n'));
    for (const problem of ['csp-missing', 'page-can-be-framed', 'referrer-policy-missing'])
      assert.ok(findings.filter((one) => one.startsWith(problem)).length <= 2, findings.join('\n'));
  });

  it(`a temporary redirect at ${PATHS} paths and their twins is one finding for each host`, () =>
    assert.deepEqual(findingsIn(site(without(), 302)), [
      'plain-http-redirect-temporary at http://portal.test',
      'plain-http-redirect-temporary at http://www.portal.test',
    ]));
});
