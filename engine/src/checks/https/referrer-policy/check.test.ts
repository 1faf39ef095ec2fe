import { pageSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { exchange, given, page } from '../../../testing/sightings.ts';
import check from './check.ts';

const url = 'https://portal.test/';
const at = (path: string, ...values: string[]) =>
  exchange(pageSubject(`${url}${path}`), `${url}${path}`, {
    purpose: 'page',
    bodyBytes: 900,
    responseHeaders: [
      ['content-type', 'text/html'],
      ...values.map((value): [string, string] => ['Referrer-Policy', value]),
    ],
  });

testCheck(check, given, {
  passes: {
    'the usual one': [at('', 'strict-origin-when-cross-origin')],
    'a linked page has one as well': [
      at('', 'no-referrer'),
      page(url, { links: [`${url}help`] }),
      at('help', 'same-origin'),
    ],
    'a leaking word for old browsers, and a sound one after it': [at('', 'unsafe-url, strict-origin')],
    'the host only': [at('', 'origin')],
    'a word of the future is passed over': [at('', 'no-referrer, no-referrer-ever')],
  },
  fails: {
    'no header': [[at('')], ['referrer-policy-missing']],
    'a word that no browser knows': [[at('', 'none')], ['referrer-policy-missing']],
    'the whole address to everybody': [[at('', 'Unsafe-URL')], ['referrer-leaks']],
    'the whole address unless it gets less safe': [[at('', 'no-referrer-when-downgrade')], ['referrer-leaks']],
    'the last word counts': [[at('', 'no-referrer', 'unsafe-url')], ['referrer-leaks']],
  },
  notVerified: {
    'an edge answers in place of the portal': [
      { ...at(''), status: 403, responseHeaders: [...at('').responseHeaders, ['cf-mitigated', 'challenge']] },
    ],
    'the page was refused: too many requests': [{ ...at(''), status: 429 }],
    'the server fails': [{ ...at(''), status: 500 }],
    'a linked page was never opened': [at('', 'no-referrer'), page(url, { links: [`${url}help`] })],
  },
});
