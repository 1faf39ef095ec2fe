import { createHash, X509Certificate } from 'node:crypto';
import type { ClientHello } from './client-hello.ts';

/**
 * What today's OpenSSL no longer offers, answered by hand up to ServerHelloDone:
 * enough for a client that wants to know whether it would be accepted.
 */
export interface CannedTlsRule {
  /** The only version this rule answers: 0x0300 SSLv3, 0x0301 TLS 1.0, 0x0302 TLS 1.1, 0x0303 TLS 1.2. */
  readonly version: number;
  /** Cipher suites taken, by IANA number: 0x0005 RC4-SHA, 0x000a 3DES, 0x0000 NULL … The client's order decides. */
  readonly suites: readonly number[];
  /** Compression taken: 0 none, 1 DEFLATE (RFC 3749). */
  readonly compression?: number;
}

/** Source: RFC 5746, 3.3 and RFC 7507, 2: these say something, they are no cipher suites. */
const SIGNALS = new Set([0x00ff, 0x5600]);

/** Suites of the real server: AEAD with ephemeral keys. A hello that offers one of them is left to it. */
const isStrong = (suite: number): boolean =>
  (suite >= 0x1301 && suite <= 0x1303) || (suite >= 0xc02b && suite <= 0xc030) || (suite >= 0xcca8 && suite <= 0xccaa);

/** The suite a rule would take, or undefined when the real server is to answer. */
export const cannedSuite = ({ version, suites }: ClientHello, rule: CannedTlsRule): number | undefined => {
  if (version !== rule.version) return undefined;
  const offered = suites.filter((suite) => !SIGNALS.has(suite));
  if (version >= 0x0303 && offered.some(isStrong)) return undefined;
  return offered.find((suite) => rule.suites.includes(suite));
};

const uint16 = (value: number): Buffer => Buffer.from([(value >> 8) & 0xff, value & 0xff]);
const uint24 = (value: number): Buffer => Buffer.from([(value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff]);

const handshake = (type: number, body: Buffer, version: number): Buffer => {
  const message = Buffer.concat([Buffer.from([type]), uint24(body.length), body]);
  return Buffer.concat([Buffer.from([22]), uint16(version), uint16(message.length), message]);
};

/** ServerHello, Certificate, ServerHelloDone. Source: RFC 5246, 7.4; the same layout since SSLv3 (RFC 6101, 5.6). */
export const cannedServerFlight = (rule: CannedTlsRule, suite: number, chainPem: readonly string[]): Buffer => {
  const random = createHash('sha256').update(`canned ${rule.version} ${suite}`).digest();
  const sessionId = Buffer.concat([Buffer.from([32]), createHash('sha256').update(random).digest()]);
  const hello = Buffer.concat([
    uint16(rule.version),
    random,
    sessionId,
    uint16(suite),
    Buffer.from([rule.compression ?? 0]),
  ]);
  const certificates = Buffer.concat(
    chainPem.map((pem) => {
      const { raw } = new X509Certificate(pem);
      return Buffer.concat([uint24(raw.length), raw]);
    }),
  );
  return Buffer.concat([
    handshake(2, hello, rule.version),
    handshake(11, Buffer.concat([uint24(certificates.length), certificates]), rule.version),
    handshake(14, Buffer.alloc(0), rule.version),
  ]);
};
