import { pageSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { asset, given, page } from '../../../testing/sightings.ts';
import check from './check.ts';

const url = 'https://portal.test/';
const script = `${url}assets/index.js`;
const vendor = 'https://js.vendor.test/v3';
const start = page(url, { scripts: [{ url: script, integrity: false }] });
const marked = (is: string, excerpt = '…') => ({ leaks: [{ is, at: 'body, character 9', excerpt }] });
const document = (said: Parameters<typeof asset>[1] = {}) =>
  asset(url, { subject: pageSubject(url), id: 'document', form: 'document', ...said });

testCheck(check, given, {
  passes: {
    'a build for production': [start, document(), asset(script)],
    'a library that asks which mode it is': [
      start,
      document(),
      asset(script, marked('node-env-development', 'process.env.NODE_ENV==="development"')),
    ],
    "somebody else's library": [
      page(url, { scripts: [script, vendor].map((one) => ({ url: one, integrity: true })) }),
      document(),
      asset(script),
      asset(vendor, marked('react-development-build')),
    ],
    'a library that is not there': [start, document(), asset(script, { status: 404, ...marked('vite-dev-client') })],
  },
  fails: {
    'a page of a development server': [
      [start, document(marked('vite-dev-client')), asset(script)],
      ['development-server-served'],
    ],
    'a script of a development server': [
      [start, document(), asset(script, marked('webpack-dev-build'))],
      ['development-server-served'],
    ],
    'a library with its warnings in': [
      [start, document(), asset(script, marked('react-development-build'))],
      ['development-build-served'],
    ],
    'the mode is set to development': [
      [start, document(marked('node-env-development', 'window.env={NODE_ENV:"development"}')), asset(script)],
      ['development-build-served'],
    ],
  },
  notVerified: {
    'a script was never read': [start, document()],
    'a script was read in part': [start, document(), asset(script, { bytesSkipped: 5 })],
  },
});
