import { tlsSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { certificate, given, obstacle, tlsChain } from '../../../testing/sightings.ts';
import check from './check.ts';

const OWN = certificate({ issuer: 'CN=portal.test', selfSigned: true });

testCheck(check, given, {
  passes: {
    'leaf and intermediate': [tlsChain()],
    'a root of the operator’s own world that signed itself': [tlsChain({ sent: [OWN] })],
    'two addresses': [tlsChain(), tlsChain({ id: 'second' })],
    'out of date, which has a check of its own': [
      tlsChain({ sent: [certificate({ notAfter: '2020-01-01T00:00:00.000Z' })] }),
    ],
  },
  fails: {
    'an unknown authority': [[tlsChain({ trust: 'untrusted' })], ['certificate-untrusted']],
    'signed by itself': [[tlsChain({ sent: [OWN], trust: 'untrusted' })], ['certificate-self-signed']],
    'the leaf alone': [[tlsChain({ sent: [certificate({})], trust: 'incomplete' })], ['chain-incomplete']],
    'the leaf twice': [[tlsChain({ misplaced: 1 })], ['chain-disordered']],
    'an unknown authority in disorder is one problem': [
      [tlsChain({ trust: 'untrusted', misplaced: 1 })],
      ['certificate-untrusted'],
    ],
    'one of two addresses': [[tlsChain(), tlsChain({ id: 'second', trust: 'untrusted' })], ['certificate-untrusted']],
  },
  notVerified: {
    'no certificate came': [tlsChain({ sent: [] })],
    'the handshake timed out': [obstacle(tlsSubject('portal.test', 443))],
  },
});
