import { tlsSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { certificate, given, obstacle, tlsChain } from '../../../testing/sightings.ts';
import check from './check.ts';

type Facts = Parameters<typeof certificate>[0];
const leaf = (said: Facts) => certificate(said);
const middle = (said: Facts = {}) =>
  certificate({ subject: 'CN=Test Intermediate', issuer: 'CN=Test Root', isCa: true, ...said });
const root = (said: Facts = {}) =>
  certificate({ subject: 'CN=Test Root', issuer: 'CN=Test Root', isCa: true, selfSigned: true, ...said });
const chain = (...sent: ReturnType<typeof certificate>[]) => [tlsChain({ sent })];
const SHA1 = { signature: 'sha1WithRSAEncryption' };

testCheck(check, given, {
  passes: {
    'P-256 and SHA-256': [tlsChain()],
    'RSA with 2048 bits': chain(leaf({ key: { type: 'RSA', bits: 2048 }, signature: 'sha256WithRSAEncryption' })),
    'P-384, as the parser names it': chain(leaf({ key: { type: 'EC', bits: 384 }, signature: 'ecdsa-with-SHA384' })),
    Ed25519: chain(leaf({ key: { type: 'Ed25519', bits: 256 }, signature: 'Ed25519' })),
    'PSS with SHA-256': chain(leaf({ signature: 'rsassaPss-SHA256' })),
    'a root that signed itself with SHA-1': chain(leaf({}), middle(), root(SHA1)),
    'a stranger in the chain, which nobody follows': chain(
      leaf({}),
      middle(),
      certificate({ subject: 'CN=X', ...SHA1 }),
    ),
  },
  fails: {
    'RSA with 1024 bits': [chain(leaf({ key: { type: 'RSA', bits: 1024 } }), middle()), ['certificate-key-weak']],
    'P-192': [chain(leaf({ key: { type: 'EC', bits: 192 } }), middle()), ['certificate-key-weak']],
    DSA: [chain(leaf({ key: { type: 'DSA', bits: 2048 } }), middle()), ['certificate-key-weak']],
    'an intermediate with a short key': [
      chain(leaf({}), middle({ key: { type: 'RSA', bits: 1024 } })),
      ['certificate-key-weak'],
    ],
    'SHA-1': [chain(leaf(SHA1), middle()), ['certificate-signature-weak']],
    'ECDSA with SHA-1': [chain(leaf({ signature: 'ecdsa-with-SHA1' })), ['certificate-signature-weak']],
    'PSS with its default': [chain(leaf({ signature: 'rsassaPss-SHA1' })), ['certificate-signature-weak']],
    'an intermediate with MD5': [
      chain(leaf({}), middle({ signature: 'md5WithRSAEncryption' })),
      ['certificate-signature-weak'],
    ],
    'an intermediate in the wrong place': [chain(leaf({}), root(), middle(SHA1)), ['certificate-signature-weak']],
  },
  notVerified: {
    'a key of a kind we do not know': chain(leaf({ key: { type: '1.2.3.4', bits: 4096 } })),
    'a signature we do not know': chain(leaf({ signature: '1.2.3.4' })),
    'no certificate came': chain(),
    'the handshake timed out': [obstacle(tlsSubject('portal.test', 443))],
  },
});
