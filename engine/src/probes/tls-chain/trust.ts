import { X509Certificate } from 'node:crypto';
import type { ObservationOf } from '../../model/observation.ts';

type Chain = Pick<ObservationOf<'tls-chain'>, 'trust' | 'misplaced'>;

/** Reading the usual 150 roots takes longer than a handshake, so each store is read once. */
const READ = new WeakMap<readonly string[], Roots>();

type Roots = ReadonlyMap<string, readonly X509Certificate[]>;

/** How far the certificates, as sent, lead to a root. Dates are left to the checks: a chain that is too old is still a chain. */
export function chainOf(sent: readonly X509Certificate[], trust: readonly string[]): Chain {
  const [leaf, ...rest] = sent;
  if (leaf === undefined) return { trust: 'untrusted', misplaced: 0 };
  const roots = rootsOf(trust);
  return { trust: reaches(leaf, rest, roots) ? 'sent' : whyNot(leaf, rest, roots), misplaced: misplacedIn(sent) };
}

function reaches(from: X509Certificate, others: readonly X509Certificate[], roots: Roots): boolean {
  const anchors = [...(roots.get(from.issuer) ?? []), ...(roots.get(from.subject) ?? [])];
  if (anchors.some((root) => root.fingerprint256 === from.fingerprint256 || issued(root, from))) return true;
  return others.some((next) => {
    if (!next.ca || !issued(next, from)) return false;
    return reaches(
      next,
      others.filter((other) => other !== next),
      roots,
    );
  });
}

/** An issuer that neither was sent nor is a root has to be looked for elsewhere; we look nowhere else, and say no more than that. */
function whyNot(leaf: X509Certificate, others: readonly X509Certificate[], roots: Roots): Chain['trust'] {
  if (leaf.subject === leaf.issuer || roots.has(leaf.issuer)) return 'untrusted';
  return others.some(({ subject }) => subject === leaf.issuer) ? 'untrusted' : 'incomplete';
}

/** "Each following certificate SHOULD directly certify the one immediately preceding it" (RFC 8446, section 4.4.2); roots that certify each other may both follow. */
function misplacedIn([leaf, ...rest]: readonly X509Certificate[]): number {
  const inPlace = leaf === undefined ? [] : [leaf];
  let misplaced = 0;
  for (const next of rest) {
    const fresh = inPlace.every((before) => before.fingerprint256 !== next.fingerprint256);
    if (fresh && inPlace.some((before) => issued(next, before))) inPlace.push(next);
    else misplaced += 1;
  }
  return misplaced;
}

function issued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    // A key or a signature that OpenSSL cannot work with proves nothing.
    return false;
  }
}

function rootsOf(trust: readonly string[]): Roots {
  const known = READ.get(trust);
  if (known !== undefined) return known;
  const roots = new Map<string, X509Certificate[]>();
  for (const pem of trust) {
    const root = new X509Certificate(pem);
    roots.set(root.subject, [...(roots.get(root.subject) ?? []), root]);
  }
  READ.set(trust, roots);
  return roots;
}
