import { testCheck } from '../../../testing/check-tester.ts';
import { entry, given } from '../../../testing/sightings.ts';
import check from './check.ts';

const plain = 'http://portal.test/';
const secure = 'https://portal.test/';
const HSTS: [string, string][] = [['Strict-Transport-Security', 'max-age=63072000']];

testCheck(check, given, {
  passes: {
    'the header comes with the https answer only': entry(plain, [plain], [secure, { responseHeaders: HSTS }]),
  },
  fails: {
    'the redirect of port 80 has it': [
      entry(plain, [plain, { responseHeaders: HSTS }], [secure]),
      ['hsts-over-plain-http'],
    ],
  },
  notVerified: {
    'what was answered came over https': entry(plain, [secure]),
  },
});
