import type { SecretHit } from '../../../model/observation.ts';
import { assetSubject, pageSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { asset, exchange, given, obstacle, page } from '../../../testing/sightings.ts';
import check from './check.ts';

const url = 'https://portal.test/';
const entry = `${url}assets/index-B4nT9xQz.js`;
const chunk = `${url}assets/records-C8kd02aa.js`;
const vendor = 'https://js.vendor.test/v3';

const hit = (rule: string, kind: SecretHit['class'], fingerprint = 'f1'): SecretHit => ({
  rule,
  issuer: 'Test issuer',
  class: kind,
  fingerprint,
  hint: `${rule.slice(0, 3)}… (32 characters)`,
  offset: 120,
  source: null,
});

const document = (secrets: SecretHit[] = []) =>
  asset(url, { ...exchangeless(pageSubject(url)), form: 'document', secrets });
const exchangeless = (subject: string) => ({ subject, id: `${subject} read` });
const start = [page(url, { scripts: [{ url: entry, integrity: false }] }), document()];
const index = (...secrets: SecretHit[]) => asset(entry, { loads: [chunk], secrets });
const sound = [...start, index(), asset(chunk)];

testCheck(check, given, {
  passes: {
    'no key at all': sound,
    'keys that are meant for browsers': [
      ...start,
      index(hit('stripe-publishable-key', 'public'), hit('supabase-anon-key', 'public')),
      asset(chunk),
    ],
    'a page that redirects has no document': [
      ...sound.slice(1),
      page(url, { scripts: [{ url: entry, integrity: false }], links: [`${url}app`] }),
      exchange(pageSubject(`${url}app`), `${url}app`, {
        purpose: 'page',
        status: 302,
        redirectTo: url,
        content: 'empty',
      }),
    ],
    'a file that is not there': [...start, index(), asset(chunk, { status: 404 })],
  },
  fails: {
    'a secret in a script': [[...start, index(hit('stripe-secret-key', 'secret')), asset(chunk)], ['secret-in-bundle']],
    'a secret in a script that only a script loads': [
      [...start, index(), asset(chunk, { secrets: [hit('openai-key', 'secret')] })],
      ['secret-in-bundle'],
    ],
    'a secret in the inline state of the page': [
      [page(url), document([hit('supabase-service-role-key', 'secret')])],
      ['secret-in-bundle'],
    ],
    'a secret in a source map': [
      [
        ...start,
        asset(entry, { loads: [chunk], sourceMap: `${entry}.map` }),
        asset(chunk),
        asset(`${entry}.map`, {
          form: 'source-map',
          secrets: [{ ...hit('github-token', 'secret'), source: 'api.ts' }],
        }),
      ],
      ['secret-in-bundle'],
    ],
    'two keys of one kind are one finding': [
      [...start, index(hit('stripe-secret-key', 'secret'), hit('stripe-secret-key', 'secret', 'f2')), asset(chunk)],
      ['secret-in-bundle'],
    ],
    'two kinds are two': [
      [...start, index(hit('stripe-secret-key', 'secret'), hit('openai-key', 'secret')), asset(chunk)],
      ['secret-in-bundle', 'secret-in-bundle'],
    ],
    'one found in a file that was read in part': [
      [
        ...start,
        asset(entry, { loads: [chunk], bytesSkipped: 9, secrets: [hit('openai-key', 'secret')] }),
        asset(chunk),
      ],
      ['secret-in-bundle'],
    ],
    'a test key': [[...start, index(hit('stripe-test-key', 'test')), asset(chunk)], ['test-secret-in-bundle']],
  },
  notVerified: {
    'a file was read in part': [...start, asset(entry, { loads: [chunk], bytesSkipped: 1 }), asset(chunk)],
    'a file that a script loads was never read': [...start, index()],
    'a source map that a script names was never read': [
      ...start,
      asset(entry, { loads: [chunk], sourceMap: `${entry}.map` }),
      asset(chunk),
    ],
    "somebody else's script was never read": [
      page(url, {
        scripts: [
          { url: entry, integrity: false },
          { url: vendor, integrity: false },
        ],
      }),
      ...sound.slice(1),
    ],
    'a file is kept from us': [...start, index(), obstacle(assetSubject(chunk), 'blocked')],
    'a page that failed is no page without a document': [
      ...sound,
      exchange(pageSubject(url), url, { purpose: 'page', content: 'html' }),
      page(url, { links: [`${url}app`], scripts: [{ url: entry, integrity: false }] }),
      exchange(pageSubject(`${url}app`), `${url}app`, { purpose: 'page', status: 503, content: 'text' }),
    ],
    'a page that is kept from us': [
      ...sound,
      page(url, { links: [`${url}app`], scripts: [{ url: entry, integrity: false }] }),
      exchange(pageSubject(`${url}app`), `${url}app`, { purpose: 'page', status: 403, content: 'text' }),
      obstacle(pageSubject(`${url}app`), 'blocked'),
    ],
    'a key whose limits cannot be seen': [...start, index(hit('google-api-key', 'restrictable')), asset(chunk)],
  },
});

testCheck(
  check,
  { ...given, public: [{ url: `${url}assets/*`, signedBy: 'Owner', signedAt: '2026-02-01T00:00:00.000Z' }] },
  {
    passes: {
      'a key with limits in files that the owner signed': [
        ...start,
        index(hit('google-api-key', 'restrictable')),
        asset(chunk),
      ],
    },
    fails: {
      'a signature does not make a secret public': [
        [...start, index(hit('stripe-secret-key', 'secret')), asset(chunk)],
        ['secret-in-bundle'],
      ],
      'nor a test key': [[...start, index(hit('stripe-test-key', 'test')), asset(chunk)], ['test-secret-in-bundle']],
    },
    notVerified: {
      'a key with limits elsewhere': [page(url), document([hit('google-api-key', 'restrictable')])],
    },
  },
);
