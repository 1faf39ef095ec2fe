import { apiSubject, entrySubject, errorSubject, pageSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { asset, entry, exchange, given, obstacle, page } from '../../../testing/sightings.ts';
import { unknownRouteSubject } from '../../subjects.ts';
import check from './check.ts';

const HOME = 'https://portal.test/';
const SOUND = 'max-age=63072000; includeSubDomains';
const sent = (...values: string[]) => ({
  responseHeaders: values.map((value): [string, string] => ['Strict-Transport-Security', value]),
});
const visit = (url: string, ...values: string[]) =>
  exchange(pageSubject(url), url, { purpose: 'page', ...sent(...values) });
const rest = [
  exchange(apiSubject('GET', `${HOME}api/me`), `${HOME}api/me`, { purpose: 'api', status: 401, ...sent(SOUND) }),
  exchange(unknownRouteSubject(given), `${HOME}launch-ready/no-such-page`, {
    purpose: 'error',
    status: 404,
    ...sent(SOUND),
  }),
];
const home = [visit(HOME, SOUND), ...rest];
const at = (...values: string[]) => [...entry(HOME, [HOME, sent(...values)]), ...home];
const sound = at(SOUND);

testCheck(check, given, {
  passes: {
    'two years': sound,
    'exactly one year, in any letter case, quoted': at('MAX-AGE="31536000" ; INCLUDESUBDOMAINS'),
    'fit for the preload list': at('max-age=31536000; includeSubDomains; preload'),
    'a redirect and its target': [...entry(HOME, [HOME, sent(SOUND)], [`${HOME}login`, sent(SOUND)]), ...home],
    'a host of somebody else in the chain is not ours to judge': [
      ...entry(HOME, [HOME, sent(SOUND)], ['https://www.portal.test/']),
      ...home,
    ],
    'a linked page': [...sound, page(HOME, { links: [`${HOME}login`] }), visit(`${HOME}login`, SOUND)],
  },
  fails: {
    'not at all': [at(), ['hsts-missing']],
    'on the page and not on the redirect to it': [
      [...entry(HOME, [HOME], [`${HOME}login`, sent(SOUND)]), ...home],
      ['hsts-missing'],
    ],
    'not on a page': [[...entry(HOME, [HOME, sent(SOUND)]), visit(HOME), ...rest], ['hsts-missing']],
    'not on an error': [
      [...sound, exchange(errorSubject('an unknown page', HOME), `${HOME}x`, { purpose: 'error', status: 404 })],
      ['hsts-missing'],
    ],
    'not on an API answer': [
      [...sound, exchange(apiSubject('GET', `${HOME}api/x`), `${HOME}api/x`, { purpose: 'api', status: 401 })],
      ['hsts-missing'],
    ],
    'no number': [at('max-age=abc; includeSubDomains'), ['hsts-invalid']],
    'a number with a tail': [at('max-age=31536000abc; includeSubDomains'), ['hsts-invalid']],
    'half a year': [at('max-age=15552000; includeSubDomains'), ['hsts-short']],
    'taken away': [at('max-age=0; includeSubDomains'), ['hsts-short']],
    twice: [at(SOUND, SOUND), ['hsts-repeated']],
    'twice, the first is short': [at('max-age=1; includeSubDomains', SOUND), ['hsts-short', 'hsts-repeated']],
    'without subdomains': [at('max-age=63072000'), ['hsts-without-subdomains']],
    'preload without subdomains': [at('max-age=63072000; preload'), ['hsts-without-subdomains', 'hsts-preload-unfit']],
    'a redirect and the page it leads to have each their own cause': [
      [...entry(HOME, [HOME], [`${HOME}login`]), ...home],
      ['hsts-missing', 'hsts-missing'],
    ],
    'two redirects of one subject are one finding': [
      [...entry(HOME, [HOME], [`${HOME}a`], [`${HOME}login`, sent(SOUND)]), ...home],
      ['hsts-missing'],
    ],
  },
  notVerified: {
    'the entry timed out': [obstacle(entrySubject(HOME)), ...home],
    'a page that is linked was not opened': [...sound, page(HOME, { links: [`${HOME}login`] })],
    'an API call that was found was not made': [...sound, asset(`${HOME}a.js`, { calls: [`${HOME}api/x`] })],
    'the edge took us for a robot': [
      ...entry(HOME, [HOME, { status: 403, responseHeaders: [['cf-mitigated', 'challenge']] }]),
      ...home,
    ],
    'the server fails, and something in front of it may be answering': [
      ...entry(HOME, [HOME, { status: 500 }]),
      ...home,
    ],
    'the server answers that it was asked too often': [...entry(HOME, [HOME, { status: 429 }]), ...home],
    'the server behind the edge is down': [...entry(HOME, [HOME, { status: 502 }]), ...home],
  },
});
