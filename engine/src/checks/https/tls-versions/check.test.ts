import type { TlsVersion } from '../../../model/observation.ts';
import { tlsSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { given, obstacle, tlsOffer } from '../../../testing/sightings.ts';
import check from './check.ts';

type Is = 'accepted' | 'refused' | 'unanswered';
const SOUND: Readonly<Record<TlsVersion, Is>> = {
  SSLv3: 'refused',
  'TLSv1.0': 'refused',
  'TLSv1.1': 'refused',
  'TLSv1.2': 'accepted',
  'TLSv1.3': 'accepted',
};
const offer = (differs: Partial<Record<TlsVersion, Is>>, id = 'offer') => {
  // The cast holds: the keys are those of SOUND.
  const versions = Object.entries({ ...SOUND, ...differs }) as [TlsVersion, Is][];
  return tlsOffer({ id, versions: versions.map(([version, is]) => ({ version, is })) });
};

testCheck(check, given, {
  passes: {
    'TLS 1.2 and 1.3': [offer({})],
    'TLS 1.3 alone': [offer({ 'TLSv1.2': 'refused' })],
    'two addresses': [offer({}), offer({}, 'second')],
  },
  fails: {
    'SSL 3.0': [[offer({ SSLv3: 'accepted' })], ['ssl3-accepted']],
    'TLS 1.0': [[offer({ 'TLSv1.0': 'accepted' })], ['old-tls-accepted']],
    'TLS 1.1': [[offer({ 'TLSv1.1': 'accepted' })], ['old-tls-accepted']],
    'all of the old ones': [
      [offer({ SSLv3: 'accepted', 'TLSv1.0': 'accepted', 'TLSv1.1': 'accepted' })],
      ['ssl3-accepted', 'old-tls-accepted'],
    ],
    'no TLS 1.3': [[offer({ 'TLSv1.3': 'refused' })], ['tls13-missing']],
    'one of two addresses': [[offer({}), offer({ 'TLSv1.0': 'accepted' }, 'second')], ['old-tls-accepted']],
    'an old version, though another did not answer': [
      [offer({ 'TLSv1.0': 'accepted', 'TLSv1.1': 'unanswered' })],
      ['old-tls-accepted'],
    ],
  },
  notVerified: {
    'an old version did not answer': [offer({ 'TLSv1.0': 'unanswered' })],
    'TLS 1.3 did not answer': [offer({ 'TLSv1.3': 'unanswered' })],
    'everything is refused': [offer({ 'TLSv1.2': 'refused', 'TLSv1.3': 'refused' })],
    'only TLS 1.2 was tried': [tlsOffer({ versions: [{ version: 'TLSv1.2', is: 'accepted' }] })],
    'port 443 is closed': [obstacle(tlsSubject('portal.test', 443), 'refused')],
  },
});
