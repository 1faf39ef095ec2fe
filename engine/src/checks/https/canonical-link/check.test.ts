import { pageSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { exchange, given, obstacle, page } from '../../../testing/sightings.ts';
import check from './check.ts';

const HOME = 'https://portal.test/';
const home = (canonical: string | null) => [page(HOME, { canonical })];
const moved = exchange(pageSubject(`${HOME}app`), `${HOME}app`, {
  purpose: 'page',
  status: 302,
  content: 'empty',
  redirectTo: HOME,
});

testCheck(check, given, {
  passes: {
    'its own address': home(HOME),
    'none at all': home(null),
    'a path only': home('/home'),
    'another site with an address of its own': [page(HOME, { canonical: HOME, links: ['https://about.test/'] })],
  },
  fails: {
    'a preview host': [home('https://portal-git-main.vercel.app/'), ['canonical-link-elsewhere']],
    'a host that only begins so': [home('https://portal.test.evil.test/'), ['canonical-link-elsewhere']],
    'www, though the owner named the bare domain': [home('https://www.portal.test/'), ['canonical-link-elsewhere']],
    'one of two pages': [
      [...home(HOME), page(`${HOME}login`, { canonical: 'https://old.test/login' })],
      ['canonical-link-elsewhere'],
    ],
    'beside an address that holds no page': [[...home('https://old.test/'), moved], ['canonical-link-elsewhere']],
  },
  notVerified: {
    'the page timed out': [obstacle(pageSubject(HOME))],
    'a linked page was never opened': [page(HOME, { links: [`${HOME}login`] })],
    'nothing but a redirect was met': [
      exchange(pageSubject(HOME), HOME, { purpose: 'page', status: 302, content: 'empty' }),
    ],
  },
});

const unsaid = {
  ...given,
  canonicalHost: null,
  hosts: [...given.hosts, { host: 'www.portal.test', role: 'app' as const }],
};
testCheck({ ...check, id: 'canonical-link, host not named' }, unsaid, {
  passes: { 'its own address': home(HOME) },
  fails: { 'a host nobody has given': [home('https://old.test/'), ['canonical-link-elsewhere']] },
  notVerified: { 'the other of the given hosts': home('https://www.portal.test/') },
});
