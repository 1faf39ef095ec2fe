import type { ObservationOf } from '../../../model/observation.ts';
import { tlsSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { given, obstacle, tlsOffer } from '../../../testing/sightings.ts';
import check from './check.ts';

type Suites = ObservationOf<'tls-offer'>['suites'];
const TLS13: Suites[number] = { version: 'TLSv1.3', accepted: [0x1301, 0x1302, 0x1303], complete: true };
const tls12 = (...accepted: number[]): Suites[number] => ({ version: 'TLSv1.2', accepted, complete: true });
const SOUND = [0xc02b, 0xc02c, 0xc02f, 0xc030, 0xcca8, 0xcca9];
const [RC4, DES3, NULL, RSA_GCM, ECDHE_CBC] = [0x0005, 0x000a, 0x0002, 0x009c, 0xc013] as const;
const offer = (suites: Suites, id = 'offer') => tlsOffer({ id, suites });
const versions = (is: 'refused' | 'unanswered') => [
  { version: 'TLSv1.2' as const, is },
  { version: 'TLSv1.3' as const, is: 'accepted' as const },
];

testCheck(check, given, {
  passes: {
    'ECDHE with AEAD only': [offer([tls12(...SOUND), TLS13])],
    'TLS 1.3 alone': [tlsOffer({ versions: versions('refused'), suites: [TLS13] })],
    'what TLS 1.0 accepts is the business of tls-versions': [
      tlsOffer({
        versions: [{ version: 'TLSv1.0', is: 'accepted' }, ...versions('refused')],
        suites: [{ version: 'TLSv1.0', accepted: [ECDHE_CBC], complete: true }, TLS13],
      }),
    ],
  },
  fails: {
    RC4: [[offer([tls12(...SOUND, RC4), TLS13])], ['weak-suite-accepted']],
    '3DES in TLS 1.0': [
      [offer([{ version: 'TLSv1.0', accepted: [DES3], complete: true }, tls12(...SOUND), TLS13])],
      ['weak-suite-accepted'],
    ],
    'no encryption, in a list that was cut': [
      [offer([{ ...tls12(...SOUND, NULL), complete: false }])],
      ['weak-suite-accepted'],
    ],
    'no forward secrecy': [[offer([tls12(...SOUND, RSA_GCM), TLS13])], ['legacy-suite-accepted']],
    CBC: [[offer([tls12(...SOUND, ECDHE_CBC), TLS13])], ['legacy-suite-accepted']],
    'a suite nobody has registered': [[offer([tls12(...SOUND, 0xfafa), TLS13])], ['legacy-suite-accepted']],
    both: [[offer([tls12(RC4, RSA_GCM), TLS13])], ['weak-suite-accepted', 'legacy-suite-accepted']],
    'one of two addresses': [
      [offer([tls12(...SOUND), TLS13]), offer([tls12(...SOUND, RC4), TLS13], 'second')],
      ['weak-suite-accepted'],
    ],
  },
  notVerified: {
    'a list that was cut': [offer([{ ...tls12(...SOUND), complete: false }, TLS13])],
    'a version without a list': [offer([TLS13])],
    'a list without a suite': [offer([tls12(), TLS13])],
    'a version that did not answer': [tlsOffer({ versions: versions('unanswered'), suites: [TLS13] })],
    'nothing is accepted': [tlsOffer({ versions: [{ version: 'TLSv1.3', is: 'refused' }], suites: [] })],
    'port 443 is closed': [obstacle(tlsSubject('portal.test', 443), 'refused')],
  },
});
