import { pageSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { exchange, given, page } from '../../../testing/sightings.ts';
import check from './check.ts';

const url = 'https://portal.test/';
const at = (path: string, ...fields: [string, string][]) =>
  exchange(pageSubject(`${url}${path}`), `${url}${path}`, {
    purpose: 'page',
    bodyBytes: 900,
    responseHeaders: [['Content-Type', 'text/html'], ...fields],
  });
const csp = (policy: string): [string, string] => ['content-security-policy', policy];
const xfo = (value: string): [string, string] => ['x-frame-options', value];

testCheck(check, given, {
  passes: {
    'frame-ancestors none': [at('', csp("frame-ancestors 'none'"))],
    'on a linked page as well': [
      at('', csp("frame-ancestors 'none'")),
      page(url, { links: [`${url}help`] }),
      at('help', xfo('DENY')),
    ],
    'partners by name': [at('', csp("frame-ancestors 'self' https://*.partner.test"))],
    'an empty list is none': [at('', csp('frame-ancestors'))],
    'the old header alone, in small letters': [at('', xfo('sameorigin'))],
    'the old header twice': [at('', xfo('DENY'), xfo('SAMEORIGIN'))],
    'one policy of two forbids': [at('', csp('frame-ancestors *'), csp("frame-ancestors 'self'"))],
    'a file that is no page': [
      { ...at(''), responseHeaders: [['content-type', 'application/pdf']], content: 'binary' },
    ],
  },
  fails: {
    'no header at all': [[at('')], ['page-can-be-framed']],
    'a policy that does not speak of framing': [[at('', csp("default-src 'none'"))], ['page-can-be-framed']],
    'frame-ancestors for everybody': [[at('', csp('frame-ancestors *'))], ['page-can-be-framed']],
    'frame-ancestors for everybody by https': [[at('', csp("frame-ancestors 'self' https:"))], ['page-can-be-framed']],
    'the policy wins over the old header': [[at('', csp('frame-ancestors *'), xfo('DENY'))], ['page-can-be-framed']],
    'a word that browsers ignore': [[at('', xfo('ALLOW-FROM https://partner.test'))], ['page-can-be-framed']],
    'a policy that only reports': [
      [at('', ['content-security-policy-report-only', "frame-ancestors 'none'"])],
      ['page-can-be-framed'],
    ],
  },
  notVerified: {
    'an edge answers in place of the portal': [
      { ...at(''), status: 403, responseHeaders: [...at('').responseHeaders, ['cf-mitigated', 'challenge']] },
    ],
    'the page was refused: too many requests': [{ ...at(''), status: 429 }],
    'the server fails': [{ ...at(''), status: 500 }],
    'a linked page was never opened': [at('', xfo('DENY')), page(url, { links: [`${url}help`] })],
  },
});
