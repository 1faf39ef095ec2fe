import { testCheck } from '../../../testing/check-tester.ts';
import { given, page } from '../../../testing/sightings.ts';
import check from './check.ts';

const url = 'https://portal.test/';
const library = 'https://cdn.jsdelivr.net/npm/chart.js@4.4.1/dist/chart.umd.js';
const script = (address: string, integrity = false) => ({ url: address, integrity });

testCheck(check, given, {
  passes: {
    'scripts of its own': [page(url, { scripts: [script(`${url}app.js`)] })],
    'a host below its own': [page(url, { scripts: [script('https://static.portal.test/app.js')] })],
    'a pinned one': [page(url, { scripts: [script(library, true)] })],
    'one that its maker changes all the time': [page(url, { scripts: [script('https://js.stripe.com/v3/')] })],
    'a linked page without scripts': [page(url, { links: [`${url}help`] }), page(`${url}help`)],
  },
  fails: {
    'a library from elsewhere': [[page(url, { scripts: [script(library)] })], ['third-party-script-unpinned']],
    'a host that only ends like ours': [
      [page(url, { scripts: [script('https://evilportal.test/app.js')] })],
      ['third-party-script-unpinned'],
    ],
    'each of two on a linked page': [
      [
        page(url, { links: [`${url}help`] }),
        page(`${url}help`, { scripts: [script(library), script(`${library}?2`), script(library, true)] }),
      ],
      ['third-party-script-unpinned', 'third-party-script-unpinned'],
    ],
  },
  notVerified: {
    'a linked page was never opened': [page(url, { links: [`${url}help`] })],
  },
});
