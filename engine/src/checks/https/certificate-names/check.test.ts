import { tlsSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { certificate, given, obstacle, tlsChain } from '../../../testing/sightings.ts';
import check from './check.ts';

const named = (...names: string[]) => [tlsChain({ sent: [certificate({ names })] })];

testCheck(
  check,
  { ...given, hosts: [{ host: 'portal.test', role: 'app' }] },
  {
    passes: {
      'the host among others': named('other.test', 'portal.test'),
      'any letter case': named('Portal.TEST'),
      'a wildcard one level up': [
        tlsChain(),
        tlsChain({ id: 'second', host: 'a.portal.test', sent: [certificate({ names: ['*.portal.test'] })] }),
      ],
    },
    fails: {
      'another host': [named('other.test'), ['certificate-name-mismatch']],
      'a wildcard for the bare domain': [named('*.portal.test'), ['certificate-name-mismatch']],
      'a wildcard two levels up': [
        [tlsChain({ host: 'a.b.portal.test', sent: [certificate({ names: ['*.portal.test'] })] })],
        ['certificate-name-mismatch'],
      ],
      'a common name alone': [named(), ['certificate-name-mismatch']],
      'a name that only ends so': [named('evilportal.test', 'portal.test.evil.test'), ['certificate-name-mismatch']],
      'one of two addresses': [
        [tlsChain(), tlsChain({ id: 'second', sent: [certificate({ names: ['other.test'] })] })],
        ['certificate-name-mismatch'],
      ],
    },
    notVerified: {
      'no certificate came': [tlsChain({ sent: [] })],
      'the handshake was reset': [obstacle(tlsSubject('portal.test', 443), 'reset')],
    },
  },
);
