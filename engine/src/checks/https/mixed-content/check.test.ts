import { assetSubject, pageSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { asset, exchange, given, obstacle, page } from '../../../testing/sightings.ts';
import check from './check.ts';

type Said = NonNullable<Parameters<typeof asset>[1]>;
type Use = NonNullable<Said['insecure']>[number]['use'];

const HOME = 'https://portal.test/';
const SCRIPT = 'https://portal.test/app.js';
const ref = (use: Use, url: string, by: string = use) => ({ use, url, by });
const answer = (url: string, said: Parameters<typeof exchange>[2] = {}) =>
  exchange(pageSubject(url), url, { purpose: 'page', ...said });
/** A page as the probe leaves it: the answer, what it is made of, and its document. */
const visited = (url: string, said: Said = {}, made: Parameters<typeof page>[1] = {}) => [
  answer(url),
  page(url, made),
  { ...asset(url, { form: 'document', ...said }), subject: pageSubject(url), id: `${pageSubject(url)} document` },
];
const file = (url: string, said: Said = {}) => [
  exchange(assetSubject(url), url, { purpose: 'asset', content: 'script' }),
  asset(url, said),
];
const home = visited(HOME);
const withScript = visited(HOME, {}, { scripts: [{ url: SCRIPT, integrity: false }] });

testCheck(check, given, {
  passes: {
    'nothing over plain HTTP': home,
    'a page and its script': [...withScript, ...file(SCRIPT)],
    'links to other sites over plain HTTP': visited(HOME, { insecure: [ref('link', 'http://example.org/', 'a href')] }),
    'a link that leads on is no page': [
      ...visited(HOME, {}, { links: [`${HOME}app`] }),
      answer(`${HOME}app`, { status: 302, content: 'empty', redirectTo: HOME }),
    ],
  },
  fails: {
    'a script': [visited(HOME, { insecure: [ref('active', 'http://cdn.test/a.js', 'script src')] }), ['mixed-active']],
    'a call in a script file': [
      [...withScript, ...file(SCRIPT, { insecure: [ref('active', 'http://api.portal.test/', 'fetch')] })],
      ['mixed-active'],
    ],
    'a form': [visited(HOME, { insecure: [ref('form', 'http://portal.test/login', 'form action')] }), ['mixed-form']],
    'a socket': [
      [...withScript, ...file(SCRIPT, { insecure: [ref('socket', 'ws://portal.test/live', 'WebSocket')] })],
      ['mixed-socket'],
    ],
    'a picture': [visited(HOME, { insecure: [ref('passive', 'http://cdn.test/a.png', 'img src')] }), ['mixed-passive']],
    'a link to the portal itself': [
      visited(HOME, { insecure: [ref('link', 'http://portal.test/help', 'a href')] }),
      ['insecure-link'],
    ],
    'five pictures are one finding': [
      visited(HOME, { insecure: [1, 2, 3, 4, 5].map((n) => ref('passive', `http://cdn.test/${n}.png`)) }),
      ['mixed-passive'],
    ],
    'pictures of two hosts are two findings': [
      visited(HOME, { insecure: [ref('passive', 'http://cdn.test/a.png'), ref('passive', 'http://old.test/a.png')] }),
      ['mixed-passive', 'mixed-passive'],
    ],
    'upgrade-insecure-requests changes nothing': [
      home.map((one) =>
        one.kind === 'http-exchange'
          ? { ...one, responseHeaders: [['Content-Security-Policy', 'upgrade-insecure-requests'] as [string, string]] }
          : one.kind === 'asset'
            ? { ...one, insecure: [ref('passive', 'http://cdn.test/a.png')] }
            : one,
      ),
      ['mixed-passive'],
    ],
    'a reference in a file that was cut': [
      [...withScript, ...file(SCRIPT, { bytesSkipped: 10, insecure: [ref('socket', 'ws://portal.test/')] })],
      ['mixed-socket'],
    ],
  },
  notVerified: {
    'the page timed out': [obstacle(pageSubject(HOME))],
    'a linked page was not opened': visited(HOME, {}, { links: [`${HOME}login`] }),
    'a script was not read': withScript,
    'a script was not read to its end': [...withScript, ...file(SCRIPT, { bytesSkipped: 10 })],
    'the page was not read to its end': visited(HOME, { bytesSkipped: 10 }),
  },
});
