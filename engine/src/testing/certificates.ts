import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A certificate and its key, as PEM. */
export interface Issued {
  readonly key: string;
  readonly cert: string;
}

export interface Request {
  /** One line, `/C=FI/CN=portal.example`. */
  readonly subject: string;
  /** Whose key signs; its own when left out. */
  readonly by?: Issued;
  /** Arguments of `openssl req` that make the key; P-256 when left out. */
  readonly key?: readonly string[];
  readonly digest?: string;
  /** Lines of `openssl`'s extension form, `subjectAltName=DNS:portal.example`. */
  readonly extensions?: readonly string[];
}

export const RSA_2048: readonly string[] = ['-newkey', 'rsa:2048'];
export const P_256: readonly string[] = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
export const CA_EXTENSION = 'basicConstraints=critical,CA:TRUE';

/** Why no certificate can be made here, for `it(…, { skip })`; false when one can. */
export const noOpenssl: string | false = (() => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return false;
  } catch {
    return 'openssl is not installed';
  }
})();

/** Makes a certificate with the `openssl` command, so that none of our own code has a hand in it. */
export function issue({ subject, by, key = P_256, digest = 'sha256', extensions = [] }: Request): Issued {
  const folder = mkdtempSync(path.join(tmpdir(), 'certificate-'));
  const at = (name: string) => path.join(folder, name);
  try {
    if (by !== undefined) {
      writeFileSync(at('ca.pem'), by.cert);
      writeFileSync(at('ca.key'), by.key);
    }
    writeFileSync(at('empty.cnf'), '[req]\ndistinguished_name=dn\n[dn]\n');
    const signer = by === undefined ? [] : ['-CA', at('ca.pem'), '-CAkey', at('ca.key')];
    const added = extensions.flatMap((extension) => ['-addext', extension]);
    const out = ['-keyout', at('key.pem'), '-out', at('cert.pem'), '-days', '30', '-subj', subject];
    const args = ['req', '-x509', '-new', '-nodes', '-utf8', '-config', at('empty.cnf'), ...key, `-${digest}`];
    execFileSync('openssl', [...args, ...out, ...signer, ...added], { stdio: 'ignore' });
    return { key: readFileSync(at('key.pem'), 'utf8'), cert: readFileSync(at('cert.pem'), 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const derOf = ({ cert }: Pick<Issued, 'cert'>): Uint8Array => new X509Certificate(cert).raw;
