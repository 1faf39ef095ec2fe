import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import type { Certificate, ObservationOf } from '../../../model/observation.ts';
import { tlsEndpoints } from '../../subjects.ts';
import { oneFindingEach } from '../one-finding-each.ts';
import { RENEW_CERTIFICATE_IN } from '../renew-certificate-in.ts';

type ProblemId = 'certificate-key-weak' | 'certificate-signature-weak';
type Chain = ObservationOf<'tls-chain'>;
type Strength = 'sound' | 'weak' | 'unknown';

/** Shortest keys that public authorities may sign. Source: CA/Browser Forum Baseline Requirements, 6.1.5. */
const RSA_BITS_MIN = 2048;
const EC_BITS_MIN = 256;

export default defineCheck({
  id: 'certificate-strength',
  criterion: 'https',
  title: 'The certificate has a strong key and a strong signature',
  why: 'A short key can be computed, and a signature with an old hash can be forged: then somebody else holds your certificate.',
  harms: ['account-takeover', 'data-exposure'],
  requirements: ['LR-014'],
  sources: [
    'OWASP ASVS 5.0, 12.2.2',
    'CA/Browser Forum Baseline Requirements, 6.1.5 and 7.1.3.2',
    'RFC 9325, section 4.5',
    'RFC 9155',
  ],
  standards: { asvs: ['12.2.2'], top10: ['A04'], cwe: [326, 328], mvsp: ['2.8'] },
  cannotSee: [
    'Keys that are long and known all the same (made with a bad source of randomness, or leaked).',
    'Certificates that the server does not send.',
  ],
  needs: ['tls-chain'],
  evidenceLivesDays: 7,
  problems: {
    'certificate-key-weak': {
      severity: 'high',
      says: 'shows a certificate with a key that is too short',
      breaks: 'Somebody with enough computers finds the key and answers in the name of the portal.',
      fix: ['Make a new key (EC P-256, or RSA with at least 2048 bits) and have a new certificate issued for it.'],
      fixIn: RENEW_CERTIFICATE_IN,
    },
    'certificate-signature-weak': {
      severity: 'high',
      says: 'shows a certificate that is signed with SHA-1 or MD5',
      breaks: 'Somebody makes a second certificate that the same signature fits.',
      fix: ['Have the certificate issued again by a public authority; all of them sign with SHA-256 or better.'],
      fixIn: RENEW_CERTIFICATE_IN,
    },
  },
  unlock: 'Name a host that answers on port 443.',
  subjects: tlsEndpoints,
  judge({ 'tls-chain': chains }) {
    if (chains.some(({ sent }) => sent.length === 0)) return notVerified('no certificate was sent');
    const findings = oneFindingEach(chains.flatMap(weakParts));
    if (isNonEmpty(findings)) return fail(findings);
    const unknown = chains.flatMap(pathOf).find(isUnknown);
    return unknown === undefined
      ? pass(chains)
      : notVerified(`a key or signature that we do not know: ${unknown.key.type}, ${unknown.signature}`.slice(0, 200));
  },
});

/** The certificates from leaf to root, by the names of their issuers. Others that were sent prove nothing to anybody. */
function pathOf({ sent }: Pick<Chain, 'sent'>): readonly Certificate[] {
  const [leaf] = sent;
  const path = leaf === undefined ? [] : [leaf];
  for (let last = leaf; last !== undefined && !last.selfSigned; ) {
    const { issuer } = last;
    const next = sent.find((one) => one.subject === issuer && !path.includes(one));
    if (next !== undefined) path.push(next);
    last = next;
  }
  return path;
}

function weakParts(chain: Chain): Finding<ProblemId>[] {
  const found = (problem: ProblemId, certificate: Certificate, part: string, detail: string): Finding<ProblemId> => ({
    problem,
    subject: chain.subject,
    detail: `${detail} in ${certificate.subject}`.slice(0, 200),
    evidence: [{ observation: chain.id, pointer: `/sent/${chain.sent.indexOf(certificate)}/${part}` }],
  });
  return pathOf(chain).flatMap((one) => [
    ...(keyStrength(one) === 'weak'
      ? [found('certificate-key-weak', one, 'key', `${one.key.type}, ${one.key.bits} bits`)]
      : []),
    ...(signatureStrength(one) === 'weak'
      ? [found('certificate-signature-weak', one, 'signature', one.signature)]
      : []),
  ]);
}

const isUnknown = (one: Certificate) => keyStrength(one) === 'unknown' || signatureStrength(one) === 'unknown';

function keyStrength({ key: { type, bits } }: Certificate): Strength {
  if (/^rsa/i.test(type)) return bits >= RSA_BITS_MIN ? 'sound' : 'weak';
  if (/^ec\b/i.test(type)) return bits >= EC_BITS_MIN ? 'sound' : 'weak';
  if (/^ed(?:25519|448)$|^ml-dsa/i.test(type)) return 'sound';
  return /^dsa/i.test(type) ? 'weak' : 'unknown';
}

/** Nobody relies on what a certificate says of itself: a root is trusted because it is in the store. */
function signatureStrength({ signature, selfSigned }: Certificate): Strength {
  if (selfSigned) return 'sound';
  if (/sha-?1(?!\d)|md[245]/i.test(signature)) return 'weak';
  return /sha-?(?:224|256|384|512)|^ed(?:25519|448)$|^ml-dsa/i.test(signature) ? 'sound' : 'unknown';
}
