import type { Given } from '../../../model/given.ts';
import { entrySubject, nameSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { given as base, entry, mark, obstacle } from '../../../testing/sightings.ts';
import check from './check.ts';

const given: Given = {
  ...base,
  hosts: [
    { host: 'portal.test', role: 'app' },
    { host: 'www.portal.test', role: 'app' },
    { host: 'api.portal.test', role: 'api' },
  ],
};
const HTTP = 'http://portal.test/';
const HTTPS = 'https://portal.test/';

const https = [
  ...entry(HTTPS, [HTTPS]),
  ...entry('https://www.portal.test/', ['https://www.portal.test/'], [HTTPS]),
  ...entry('https://api.portal.test/', ['https://api.portal.test/', { status: 404 }]),
];
const app = entry(HTTP, [HTTP], [HTTPS]);
const www = entry('http://www.portal.test/', ['http://www.portal.test/'], ['https://www.portal.test/'], [HTTPS]);
const api = entry('http://api.portal.test/', ['http://api.portal.test/'], ['https://api.portal.test/']);
const others = [...https, ...www, ...api];
const at = (url: string, ...hops: Parameters<typeof entry>[1][]) => [...others, ...entry(url, ...hops)];
const deep = 'http://portal.test/invite?token=1';
const dns = (host: string, type: 'A' | 'AAAA', is: 'found' | 'none' | 'no-such-name') => ({
  kind: 'dns-answer' as const,
  ...mark(nameSubject(host), `${host} ${type}`),
  host,
  type,
  is,
  records: [],
});

testCheck(check, given, {
  passes: {
    'every host redirects to itself over https': [...others, ...app],
    'with 308': [...others, ...entry(HTTP, [HTTP, { status: 308 }], [HTTPS])],
    'port 80 of one host is closed': [...others, obstacle(entrySubject(HTTP), 'refused')],
    'port 80 is closed everywhere': [
      ...https,
      ...given.hosts.map(({ host }) => obstacle(entrySubject(`http://${host}/`), 'refused')),
    ],
    'an API refuses plain HTTP, as it should': [
      ...https,
      ...www,
      ...app,
      ...entry('http://api.portal.test/', ['http://api.portal.test/', { status: 403, bodyBytes: 9 }]),
    ],
    'the application leads on to its sign-in page': at(HTTP, [HTTP], [HTTPS, { status: 302 }], [`${HTTPS}login`]),
    'an edge cookie on the redirect': at(
      HTTP,
      [HTTP, { responseHeaders: [['set-cookie', '__cf_bm=x; Secure; HttpOnly']] }],
      [HTTPS],
    ),
    'a host without any address': [
      ...https.filter(({ subject }) => !subject.includes('www')),
      ...app,
      ...api,
      dns('www.portal.test', 'A', 'no-such-name'),
      dns('www.portal.test', 'AAAA', 'no-such-name'),
    ],
  },
  fails: {
    'the portal itself': [at(HTTP, [HTTP, { bodyBytes: 900 }]), ['plain-http-serves']],
    'a password is asked for': [
      at(HTTP, [HTTP, { status: 401, responseHeaders: [['www-authenticate', 'Basic realm="x"']] }]),
      ['plain-http-serves'],
    ],
    'sign-in page over http': [
      at(HTTP, [HTTP, { status: 302 }], ['http://portal.test/login', { bodyBytes: 900 }]),
      ['plain-http-in-chain', 'plain-http-serves'],
    ],
    'back to http after https': [
      at(HTTP, [HTTP], [HTTPS], ['http://www.portal.test/'], ['https://www.portal.test/']),
      ['plain-http-in-chain'],
    ],
    'https itself leads to http': [
      [
        ...others.filter(({ subject }) => subject !== entrySubject(HTTPS)),
        ...app,
        ...entry(HTTPS, [HTTPS], [HTTP], [HTTPS]),
      ],
      ['plain-http-in-chain'],
    ],
    'to itself for ever': [
      at(HTTP, [HTTP, { redirectTo: HTTP, status: 301, chainEnd: 'loop' }]),
      ['plain-http-in-chain'],
    ],
    'an error': [at(HTTP, [HTTP, { status: 404, bodyBytes: 20 }]), ['plain-http-not-redirected']],
    'a redirect without a target': [at(HTTP, [HTTP, { status: 301 }]), ['plain-http-not-redirected']],
    'an API that serves': [
      [...https, ...www, ...app, ...entry('http://api.portal.test/', ['http://api.portal.test/', { bodyBytes: 20 }])],
      ['plain-http-serves'],
    ],
    'a temporary redirect': [at(HTTP, [HTTP, { status: 302 }], [HTTPS]), ['plain-http-redirect-temporary']],
    'straight to another host': [
      [...https, ...app, ...api, ...entry('http://www.portal.test/', ['http://www.portal.test/'], [HTTPS])],
      ['plain-http-redirect-elsewhere'],
    ],
    'the path is lost': [[...others, ...app, ...entry(deep, [deep], [HTTPS])], ['plain-http-path-lost']],
    'the query is lost': [
      [...others, ...app, ...entry(deep, [deep], ['https://portal.test/invite'])],
      ['plain-http-path-lost'],
    ],
    'a cookie on the redirect': [
      at(HTTP, [HTTP, { responseHeaders: [['Set-Cookie', 'sid=1']] }], [HTTPS]),
      ['plain-http-cookie'],
    ],
    'one of two addresses serves': [
      [...others, ...app, ...entry(HTTP, [HTTP, { bodyBytes: 900, id: 'second address' }])],
      ['plain-http-serves'],
    ],
    'two witnesses are one finding': [
      [
        ...others,
        ...entry(HTTP, [HTTP, { bodyBytes: 900 }]),
        ...entry(HTTP, [HTTP, { bodyBytes: 900, id: 'second address' }]),
      ],
      ['plain-http-serves'],
    ],
  },
  notVerified: {
    'port 80 timed out': [...others, obstacle(entrySubject(HTTP), 'timed-out')],
    'one address refused and one timed out': [
      ...others,
      obstacle(entrySubject(HTTP), 'refused'),
      { ...obstacle(entrySubject(HTTP), 'timed-out'), id: 'second' },
    ],
    'a host that refuses everything': [
      ...given.hosts.flatMap(({ host }) =>
        ['http', 'https'].map((scheme) => obstacle(entrySubject(`${scheme}://${host}/`), 'refused')),
      ),
    ],
    'the server failed': at(HTTP, [HTTP, { status: 503, bodyBytes: 100 }]),
    'the edge took us for a robot': at(HTTP, [
      HTTP,
      { status: 403, bodyBytes: 100, responseHeaders: [['CF-Mitigated', 'challenge']] },
    ]),
    'a host whose name server did not say': [
      ...https.filter(({ subject }) => !subject.includes('www')),
      ...app,
      ...api,
      dns('www.portal.test', 'A', 'none'),
    ],
    'a host of which a resolver only says that it has no such record, as it does of failures': [
      ...https.filter(({ subject }) => !subject.includes('www')),
      ...app,
      ...api,
      dns('www.portal.test', 'A', 'none'),
      dns('www.portal.test', 'AAAA', 'none'),
    ],
  },
});
