import { entrySubject, pageSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { entry, exchange, given, obstacle, page } from '../../../testing/sightings.ts';
import check from './check.ts';

const LURE = 'https://portal.test/login?next=https://lr-canary.invalid';
const AWAY = 'https://lr-canary.invalid/';
const lure = (said: Parameters<typeof exchange>[2] = {}, url = LURE) =>
  exchange(entrySubject(url), url, { purpose: 'redirect-target', chainEnd: 'landed', ...said });

testCheck(check, given, {
  passes: {
    'the page is shown': [lure()],
    'the sign-in page was asked, whatever else timed out': [
      lure(),
      page('https://portal.test/login', { hasPasswordField: true }),
      obstacle(pageSubject('https://portal.test/welcome')),
    ],
    'it is refused': [lure({ status: 400 })],
    'it leads to the own start page': [lure({ status: 302, redirectTo: 'https://portal.test/' })],
    'the lure rides along to the own sign-in page': [
      lure({ status: 302, redirectTo: `https://portal.test/signin?next=${AWAY}` }),
    ],
    'a sign-in service that the link did not choose': [
      lure({ status: 302, redirectTo: `https://login.vendor.test/?state=${AWAY}`, chainEnd: 'left-scope' }),
    ],
  },
  fails: {
    'by a parameter': [[lure({ status: 302, redirectTo: AWAY, chainEnd: 'left-scope' })], ['redirects-anywhere']],
    'by the path': [
      [
        lure(
          { status: 301, redirectTo: 'http://lr-canary.invalid/%2f..' },
          'http://portal.test//lr-canary.invalid/%2f..',
        ),
      ],
      ['redirects-anywhere'],
    ],
    'by a Refresh field': [[lure({ responseHeaders: [['Refresh', `0; url=${AWAY}`]] })], ['redirects-anywhere']],
    'one lure of two': [
      [lure({}, 'https://portal.test//lr-canary.invalid'), lure({ status: 302, redirectTo: AWAY })],
      ['redirects-anywhere'],
    ],
  },
  notVerified: {
    'the server failed': [lure({ status: 500 })],
    'the edge took us for a robot': [lure({ status: 403, responseHeaders: [['cf-mitigated', 'challenge']] })],
    'a lure timed out': [lure(), obstacle(entrySubject('https://portal.test//lr-canary.invalid'))],
    'a page timed out that may be the sign-in page': [lure(), obstacle(pageSubject('https://portal.test/welcome'))],
    'the sign-in page was found and not asked': [
      lure({}, 'https://portal.test/?next=https://lr-canary.invalid'),
      page('https://portal.test/login', { hasPasswordField: true }),
    ],
    'only ordinary entries were tried': entry('https://portal.test/', ['https://portal.test/']),
  },
});
