import { apiSubject, assetSubject, errorSubject, pageSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { asset, exchange, given, page } from '../../../testing/sightings.ts';
import check from './check.ts';

const url = 'https://portal.test/';
const script = `${url}assets/app.js`;
const records = `${url}api/records`;
const nosniff = (value = 'nosniff', status = 200) => ({
  status,
  bodyBytes: 100,
  responseHeaders: [['X-Content-Type-Options', value]] as [string, string][],
});
const bare = (status = 200) => ({ status, bodyBytes: 100 });

const start = exchange(pageSubject(url), url, { purpose: 'page', ...nosniff() });
const links = page(url, { scripts: [{ url: script, integrity: false }] });
const loaded = exchange(assetSubject(script), script, { purpose: 'asset', ...nosniff() });
const calls = asset(script, { calls: [records] });
const refused = exchange(apiSubject('GET', records), records, { purpose: 'api', ...nosniff('NoSniff', 401) });
const error = exchange(
  errorSubject('an unknown route', `${url}launch-ready/no-such-page`),
  `${url}launch-ready/no-such-page`,
  {
    purpose: 'error',
    ...nosniff('nosniff', 404),
  },
);
const sound = [start, links, loaded, calls, refused, error];
const without = (one: { readonly id: string }) => sound.filter(({ id }) => id !== one.id);

testCheck(
  check,
  { ...given, identityPath: null },
  {
    passes: {
      'on every answer, in any letter case': sound,
      'an answer without a body has nothing to guess': [
        ...without(refused),
        { ...refused, ...bare(401), bodyBytes: 0, responseHeaders: [] },
      ],
      'a redirect on the way': [
        ...sound,
        { ...start, id: 'first hop', ...bare(301), responseHeaders: [], redirectTo: url },
      ],
      "somebody else's file": [
        ...sound.filter(({ id }) => id !== links.id),
        page(url, {
          scripts: [
            { url: script, integrity: false },
            { url: 'https://js.vendor.test/v3', integrity: true },
          ],
        }),
      ],
    },
    fails: {
      'a page': [[...without(start), { ...start, responseHeaders: [] }], ['nosniff-missing']],
      'a file': [[...without(loaded), { ...loaded, responseHeaders: [] }], ['nosniff-missing']],
      'an error': [[...without(error), { ...error, responseHeaders: [] }], ['nosniff-missing']],
      'another word': [[...without(start), { ...start, ...nosniff('sniff') }], ['nosniff-missing']],
      'not the first word': [[...without(start), { ...start, ...nosniff('none, nosniff') }], ['nosniff-missing']],
    },
    notVerified: {
      'an edge answers in place of the portal': [
        ...without(start),
        { ...start, ...bare(403), responseHeaders: [['cf-mitigated', 'challenge']] },
      ],
      'the page was refused: too many requests': [...without(start), { ...start, ...bare(429), responseHeaders: [] }],
      'the server fails': [...without(error), { ...error, ...bare(500), responseHeaders: [] }],
      'a file was never fetched': without(loaded),
      'a call was never made': without(refused),
    },
  },
);
