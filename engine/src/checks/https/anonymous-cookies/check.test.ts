import { entrySubject, pageSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { entry, exchange, given, obstacle, page } from '../../../testing/sightings.ts';
import check from './check.ts';

const HOME = 'https://portal.test/';
const sets = (...cookies: string[]) => ({
  responseHeaders: cookies.map((cookie): [string, string] => ['Set-Cookie', cookie]),
});
const visit = exchange(pageSubject(HOME), HOME, { purpose: 'page' });
const at = (...cookies: string[]) => [...entry(HOME, [HOME, sets(...cookies)]), visit];

testCheck(check, given, {
  passes: {
    'no cookie at all': at(),
    'a link over plain HTTP, which has a check of its own': [
      ...at(),
      page(HOME, { links: ['http://portal.test/old'] }),
    ],
    'a sound one': at('__Host-id=1; Secure; HttpOnly; SameSite=Lax; Path=/'),
    'a theme that scripts may read': at('theme=dark; secure; SameSite=Lax; Path=/'),
    'a cookie that is only removed': at('old=; Max-Age=0'),
    'removed by a date': at('old=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT'),
    'cookies of the edge': at('__cf_bm=x; HttpOnly; Domain=.portal.test', 'AWSALB=x; Path=/'),
    'visitors counted on all subdomains': at('_ga=GA1.1.1.1; Secure; Domain=.portal.test'),
    '4096 bytes': at(`a=${'x'.repeat(4095)}; Secure`),
    'a value that names attributes': at('a=Domain; Secure'),
    'SameSite=None with Secure': at('a=1; Secure; SameSite=None'),
    'another host in the chain is judged by its own entry': [
      ...entry(HOME, [HOME], ['https://www.portal.test/', sets('sid=1')]),
      visit,
    ],
  },
  fails: {
    'without Secure': [at('id=1; HttpOnly; SameSite=Lax'), ['cookie-without-secure']],
    'Secure only in the value': [at('id=secure; HttpOnly'), ['cookie-without-secure']],
    'on a page': [[...entry(HOME, [HOME]), { ...visit, ...sets('id=1') }], ['cookie-without-secure']],
    'SameSite=None without Secure': [at('id=1; SameSite=None'), ['cookie-samesite-none-insecure']],
    '__Host- with a domain': [at('__Host-id=1; Secure; Path=/; Domain=portal.test'), ['cookie-prefix-broken']],
    '__Host- without a path': [at('__Host-id=1; Secure'), ['cookie-prefix-broken']],
    '__Secure- without Secure': [at('__secure-id=1'), ['cookie-prefix-broken']],
    'too large': [at(`a=${'x'.repeat(4096)}; Secure`), ['cookie-too-large']],
    'a session for all subdomains': [at('sid=1; Secure; HttpOnly; Domain=portal.test'), ['cookie-for-all-subdomains']],
    'a token against forgery for all subdomains': [
      at('XSRF-TOKEN=1; Secure; Domain=.portal.test'),
      ['cookie-for-all-subdomains'],
    ],
    'two cookies': [at('a=1', 'b=1'), ['cookie-without-secure', 'cookie-without-secure']],
    'one cookie on two hops of one entry is one finding': [
      [...entry(HOME, [HOME, sets('a=1')], [`${HOME}login`, sets('a=1')]), visit],
      ['cookie-without-secure'],
    ],
  },
  notVerified: {
    'the entry timed out': [obstacle(entrySubject(HOME)), visit],
    'a linked page was not opened': [...at(), page(HOME, { links: [`${HOME}login`] })],
    'the edge took us for a robot': [
      ...entry(HOME, [HOME, { status: 403, responseHeaders: [['cf-mitigated', 'challenge']] }]),
      visit,
    ],
  },
});
