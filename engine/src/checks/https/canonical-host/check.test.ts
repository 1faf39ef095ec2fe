import type { Given } from '../../../model/given.ts';
import { entrySubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { given as base, entry, obstacle } from '../../../testing/sightings.ts';
import check from './check.ts';

const given: Given = {
  ...base,
  hosts: [
    { host: 'portal.test', role: 'app' },
    { host: 'www.portal.test', role: 'app' },
    { host: 'api.portal.test', role: 'api' },
    { host: 'about.portal.test', role: 'marketing' },
  ],
};
const APP = 'https://portal.test/';
const WWW = 'https://www.portal.test/';
const API = 'https://api.portal.test/';
const ABOUT = 'https://about.portal.test/';
const http = (url: string) => url.replace('https', 'http');

const apart = [
  ...entry(API, [API, { status: 404 }]),
  ...entry(http(API), [http(API), { status: 403 }]),
  ...entry(ABOUT, [ABOUT]),
  ...entry(http(ABOUT), [http(ABOUT)], [ABOUT]),
];
const app = [...entry(APP, [APP]), ...entry(http(APP), [http(APP)], [APP])];
const plainWww = entry(http(WWW), [http(WWW)], [WWW], [APP]);
const www = [...entry(WWW, [WWW], [APP]), ...plainWww];
const at = (...hops: Parameters<typeof entry>[1][]) => [...apart, ...app, ...plainWww, ...entry(WWW, ...hops)];
const deep = `${WWW}invite?token=1`;

testCheck(check, given, {
  passes: {
    'www and the API': [...apart, ...app, ...www],
    'an API and a marketing site of their own': [
      ...apart,
      ...app,
      ...plainWww,
      ...entry(WWW, [WWW, { status: 308 }], [APP]),
    ],
    'on to the sign-in page': at([WWW], [APP, { status: 302 }], [`${APP}app`, { status: 302 }], [`${APP}login`]),
    'on to the sign-in of somebody else': at(
      [WWW],
      [APP, { status: 302, redirectTo: 'https://login.vendor.test/', chainEnd: 'left-scope' }],
    ),
    'port 80 is closed': [
      ...apart,
      ...entry(APP, [APP]),
      ...entry(WWW, [WWW], [APP]),
      obstacle(entrySubject(http(APP)), 'refused'),
      obstacle(entrySubject(http(WWW)), 'refused'),
    ],
  },
  fails: {
    'www serves as well': [at([WWW]), ['hosts-split']],
    'www asks for sign-in itself': [at([WWW, { status: 401 }]), ['hosts-split']],
    'the canonical host leads to www': [
      [...apart, ...www, ...entry(http(APP), [http(APP)], [APP]), ...entry(APP, [APP], [WWW])],
      ['hosts-split'],
    ],
    'a circle': [at([WWW, { status: 301, redirectTo: WWW, chainEnd: 'loop' }]), ['redirect-loop']],
    'never there': [
      at([WWW], [`${WWW}1`], [`${WWW}2`, { status: 301, redirectTo: `${WWW}3`, chainEnd: 'too-long' }]),
      ['redirect-chain-long'],
    ],
    'three redirects': [
      [...apart, ...app, ...entry(WWW, [WWW], [APP]), ...entry(http(WWW), [http(WWW)], [WWW], [`${WWW}home`], [APP])],
      ['redirect-chain-long'],
    ],
    'for now only': [at([WWW, { status: 302 }], [APP]), ['redirect-temporary-to-canonical']],
    'the path is lost': [[...apart, ...app, ...www, ...entry(deep, [deep], [APP])], ['redirect-loses-path']],
    'the query is lost': [
      [...apart, ...app, ...www, ...entry(deep, [deep], [`${APP}invite`])],
      ['redirect-loses-path'],
    ],
    'another host of the application, when the owner has named one': [
      [
        ...apart,
        ...app,
        ...www.filter(({ subject }) => subject !== entrySubject(http(WWW))),
        ...entry(http(WWW), [http(WWW)], [WWW]),
      ],
      ['hosts-split'],
    ],
  },
  notVerified: {
    'www timed out': [...apart, ...app, ...plainWww, obstacle(entrySubject(WWW))],
    'www is a dead end': at([WWW, { status: 404 }]),
    'www leads to somebody else': at([
      WWW,
      { redirectTo: 'https://vendor.test/', status: 301, chainEnd: 'left-scope' },
    ]),
    'the end was not seen': at([WWW, { status: 301, redirectTo: APP, chainEnd: null }]),
    'www refuses everything': [
      ...apart,
      ...app,
      obstacle(entrySubject(WWW), 'refused'),
      obstacle(entrySubject(http(WWW)), 'refused'),
    ],
  },
});

/** The owner has not said which host is the canonical one. */
const unsaid: Given = {
  ...given,
  canonicalHost: null,
  hosts: [...given.hosts.slice(0, 2), { host: 'acme.portal.test', role: 'app' }],
};
const ACME = 'https://acme.portal.test/';
const acme = [...entry(ACME, [ACME], [APP]), ...entry(http(ACME), [http(ACME)], [ACME], [APP])];
testCheck({ ...check, id: 'canonical-host, not named' }, unsaid, {
  passes: { 'all lead to the given address': [...app, ...www, ...acme] },
  fails: {
    'www serves as well': [[...app, ...plainWww, ...acme, ...entry(WWW, [WWW])], ['hosts-split']],
    'a circle': [
      [...app, ...plainWww, ...acme, ...entry(WWW, [WWW, { status: 301, redirectTo: WWW, chainEnd: 'loop' }])],
      ['redirect-loop'],
    ],
    'three redirects': [
      [...app, ...entry(WWW, [WWW], [APP]), ...acme, ...entry(http(WWW), [http(WWW)], [WWW], [`${WWW}home`], [APP])],
      ['redirect-chain-long'],
    ],
    'for now only': [
      [...app, ...plainWww, ...acme, ...entry(WWW, [WWW, { status: 302 }], [APP])],
      ['redirect-temporary-to-canonical'],
    ],
    'the path is lost': [[...app, ...www, ...acme, ...entry(deep, [deep], [APP])], ['redirect-loses-path']],
  },
  notVerified: {
    'the given address leads to www, which is where the portal is': [
      ...entry(APP, [APP], [WWW]),
      ...entry(http(APP), [http(APP)], [APP], [WWW]),
      ...entry(WWW, [WWW]),
      ...entry(http(WWW), [http(WWW)], [WWW]),
      ...acme,
    ],
    'a host that may be that of one tenant': [
      ...app,
      ...www,
      ...entry(ACME, [ACME]),
      ...entry(http(ACME), [http(ACME)], [ACME]),
    ],
    'the given address timed out': [obstacle(entrySubject(APP)), ...www, ...acme],
  },
});
