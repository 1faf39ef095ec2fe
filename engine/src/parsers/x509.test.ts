import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { describe, it } from 'node:test';
import tls from 'node:tls';
import fc from 'fast-check';
import { Certificate } from '../model/observation.ts';
import { CA_EXTENSION, derOf, issue, noOpenssl, P_256, RSA_2048 } from '../testing/certificates.ts';
import { type CertificateFacts, matchesHost, parseCertificate } from './x509.ts';

function factsOf(request: Parameters<typeof issue>[0]): CertificateFacts {
  return parseCertificate(derOf(issue(request))) ?? assert.fail('not parsed');
}

/** One DER element; enough for tests: up to 65,535 bytes. */
function der(tag: number, ...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const body = parts.flatMap((part) => [...part]);
  const length = body.length < 0x80 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Uint8Array.from([tag, ...length, ...body]);
}
const ascii = (text: string) => [...Buffer.from(text, 'latin1')];

/** A certificate of the smallest sound form, with its parts to be swapped. */
function handMade(
  swap: { from?: Uint8Array; to?: Uint8Array; name?: Uint8Array; extensions?: Uint8Array } = {},
): Uint8Array {
  const algorithm = der(0x30, der(0x06, [0x2b, 0x65, 0x70]));
  const cn = der(0x30, der(0x31, der(0x30, der(0x06, [0x55, 0x04, 0x03]), swap.name ?? der(0x0c, ascii('x')))));
  const { from = der(0x17, ascii('260101000000Z')), to = der(0x18, ascii('20500101000000Z')) } = swap;
  const key = der(0x30, algorithm, der(0x03, [0], new Uint8Array(32)));
  const extensions = swap.extensions === undefined ? [] : [der(0xa3, der(0x30, swap.extensions))];
  const tbs = der(0x30, der(0x02, [7]), algorithm, cn, der(0x30, from, to), cn, key, ...extensions);
  return der(0x30, tbs, algorithm, der(0x03, [0], new Uint8Array(64)));
}
const sanOf = (...names: readonly Uint8Array[]) =>
  der(0x30, der(0x06, [0x55, 0x1d, 0x11]), der(0x04, der(0x30, ...names)));

describe('parseCertificate', () => {
  it('agrees with Node on every root certificate that Node trusts', () => {
    assert.ok(tls.rootCertificates.length > 100);
    for (const pem of tls.rootCertificates) {
      const node = new X509Certificate(pem);
      const ours = parseCertificate(node.raw) ?? assert.fail(node.subject);
      Certificate.parse({ ...ours, fingerprint: node.fingerprint256 });
      assert.equal(BigInt(`0x${ours.serial}`), BigInt(`0x${node.serialNumber}`));
      assert.deepEqual([ours.notBefore, ours.notAfter].map(Date.parse), [node.validFrom, node.validTo].map(Date.parse));
      assert.equal(ours.selfSigned, node.subject === node.issuer);
      // Node also takes old roots without basicConstraints for authorities.
      assert.ok(node.ca || !ours.isCa);
      const { modulusLength } = node.publicKey.asymmetricKeyDetails ?? {};
      assert.equal(ours.key.type.toLowerCase(), node.publicKey.asymmetricKeyType);
      if (modulusLength !== undefined) assert.equal(ours.key.bits, modulusLength);
      assert.match(ours.signature, /^(?:sha\d+WithRSAEncryption|ecdsa-with-SHA\d+)$/);
    }
  });

  it('reads names, addresses and identity', { skip: noOpenssl }, () => {
    const ca = issue({ subject: '/C=FI/O=Käpy, Ltd/CN=Root', extensions: [CA_EXTENSION] });
    const facts = factsOf({
      subject: '/CN=portal.example',
      by: ca,
      extensions: ['subjectAltName=DNS:portal.example,DNS:*.portal.example,IP:10.0.0.1,IP:2001:db8:0:0:1:0:0:1'],
    });
    assert.equal(facts.issuer, 'C=FI, O=Käpy\\, Ltd, CN=Root');
    assert.equal(facts.subject, 'CN=portal.example');
    assert.deepEqual(facts.names, ['portal.example', '*.portal.example', '10.0.0.1', '2001:db8::1:0:0:1']);
    assert.deepEqual([facts.isCa, facts.selfSigned], [false, false]);
    const root = parseCertificate(derOf(ca));
    assert.deepEqual([root?.isCa, root?.selfSigned], [true, true]);
  });

  const keys: Readonly<Record<string, readonly [readonly string[], string, CertificateFacts['key'], string]>> = {
    'RSA 2048': [RSA_2048, 'sha256', { type: 'RSA', bits: 2048 }, 'sha256WithRSAEncryption'],
    'RSA 1024 with SHA-1': [['-newkey', 'rsa:1024'], 'sha1', { type: 'RSA', bits: 1024 }, 'sha1WithRSAEncryption'],
    'RSA 1024 with MD5': [['-newkey', 'rsa:1024'], 'md5', { type: 'RSA', bits: 1024 }, 'md5WithRSAEncryption'],
    'RSA-PSS signature': [
      [...RSA_2048, '-sigopt', 'rsa_padding_mode:pss'],
      'sha384',
      { type: 'RSA', bits: 2048 },
      'rsassaPss-SHA384',
    ],
    'P-256': [P_256, 'sha256', { type: 'EC', bits: 256 }, 'ecdsa-with-SHA256'],
    'P-521': [
      ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-521'],
      'sha512',
      { type: 'EC', bits: 521 },
      'ecdsa-with-SHA512',
    ],
    Ed25519: [['-newkey', 'ed25519'], 'sha256', { type: 'Ed25519', bits: 256 }, 'Ed25519'],
  };
  for (const [name, [key, digest, wanted, signature]] of Object.entries(keys)) {
    it(`reads the key and signature of ${name}`, { skip: noOpenssl }, () => {
      const facts = factsOf({ subject: '/CN=x', key, digest });
      assert.deepEqual([facts.key, facts.signature], [wanted, signature]);
    });
  }

  it('reads both forms of time, and the two centuries of the short one', () => {
    const times = parseCertificate(handMade({ from: der(0x17, ascii('500229000000Z').with(1, 0x32)) }));
    assert.deepEqual([times?.notBefore, times?.notAfter], ['1952-02-29T00:00:00Z', '2050-01-01T00:00:00Z']);
    assert.equal(
      parseCertificate(handMade({ from: der(0x17, ascii('491231235959Z')) }))?.notBefore,
      '2049-12-31T23:59:59Z',
    );
  });

  const broken: Readonly<Record<string, Uint8Array>> = {
    'a day that never was': handMade({ from: der(0x17, ascii('230229000000Z')) }),
    'a time zone': handMade({ from: der(0x17, ascii('260101000000+0100')) }),
    'four digits in the short form': handMade({ from: der(0x17, ascii('20260101000000Z')) }),
    'a byte behind its end': Uint8Array.from([...handMade(), 0]),
    'an extension that overruns': handMade({ extensions: Uint8Array.from([0x30, 0x20, 0x06, 0x01]) }),
    nothing: new Uint8Array(0),
    'indefinite length': Uint8Array.from([0x30, 0x80, 0, 0]),
    'a length of four gigabytes': Uint8Array.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff]),
  };
  for (const [name, bytes] of Object.entries(broken)) {
    it(`gives nothing for ${name}`, () => assert.equal(parseCertificate(bytes), undefined));
  }

  it('escapes what a name may carry to mislead', () => {
    const name = der(0x0c, [...Buffer.from('a, CN=b\u0000\u001b[2J\u202e')]);
    assert.equal(parseCertificate(handMade({ name }))?.subject, 'CN=a\\, CN\\=b\\00\\1b[2J\\202e');
  });

  it('lets no name pass for an address', () => {
    const extensions = sanOf(der(0x82, ascii('10.0.0.1')), der(0x82, ascii('good.example\u0000.evil.example')));
    const facts = parseCertificate(handMade({ extensions })) ?? assert.fail();
    assert.ok(!matchesHost(facts.names, '10.0.0.1') && !matchesHost(facts.names, 'good.example'));
  });

  it('throws at nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        assert.equal(parseCertificate(bytes), undefined);
        assert.equal(parseCertificate(der(0x30, bytes)), undefined);
      }),
      { numRuns: 3_000 },
    );
    const sound = handMade({ extensions: sanOf(der(0x82, ascii('portal.example'))) });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(sound.length),
        (changes, cut) => {
          const bytes = Uint8Array.from(sound);
          for (const [at, byte] of changes) bytes[at] = byte;
          const facts = parseCertificate(bytes);
          if (facts !== undefined) Certificate.parse({ ...facts, fingerprint: '' });
          if (cut < sound.length) assert.equal(parseCertificate(sound.slice(0, cut)), undefined);
        },
      ),
      { numRuns: 5_000 },
    );
  });
});

describe('matchesHost', () => {
  const cases: readonly (readonly [name: string, host: string, matches: boolean])[] = [
    ['portal.example', 'portal.example', true],
    ['Portal.Example', 'PORTAL.example', true],
    ['portal.example', 'portal.example.', true],
    ['portal.example', 'www.portal.example', false],
    ['*.portal.example', 'www.portal.example', true],
    ['*.portal.example', 'portal.example', false],
    ['*.portal.example', 'a.b.portal.example', false],
    ['w*.portal.example', 'www.portal.example', false],
    ['www.*.example', 'www.portal.example', false],
    ['*', 'localhost', false],
    ['*.portal.example', '*.portal.example', false],
    ['*.portal.example', 'xn--mller-kva.portal.example', true],
    ['XN--MLLER-KVA.example', 'xn--mller-kva.example', true],
    ['portal.example', '', false],
    ['', '', false],
    ['127.0.0.1', '127.0.0.1', true],
    ['*.0.0.1', '127.0.0.1', false],
    ['127.0.0.1', '127.0.0.2', false],
    ['2001:db8::1', '2001:DB8:0:0:0:0:0:1', true],
    ['2001:db8::1', '[2001:db8::1]', true],
    ['::', '::', true],
    ['portal.example', '::', false],
    ['portal.example', '0.0.0.0', false],
  ];
  for (const [name, host, matches] of cases) {
    it(`${matches ? 'covers' : 'does not cover'} '${host}' with '${name}'`, () =>
      assert.equal(matchesHost([name], host), matches));
  }

  it('reads any IPv6 address that Node reads', () => {
    fc.assert(
      fc.property(fc.ipV6(), (host) => {
        // Node writes the canonical form into the URL.
        assert.ok(matchesHost([new URL(`http://[${host}]`).hostname.slice(1, -1)], host), host);
      }),
    );
  });
});
