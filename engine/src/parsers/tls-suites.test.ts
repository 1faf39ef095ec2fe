import assert from 'node:assert/strict';
import { it } from 'node:test';
import tls from 'node:tls';
import { TLS_VERSIONS } from '../model/observation.ts';
import { classOfTlsSuite, isCommonTlsSuite, TLS_SUITES, tlsSuite, tlsSuiteFits, tlsSuiteName } from './tls-suites.ts';

const codeOf = (name: string) => TLS_SUITES.find((suite) => suite.name === name)?.code ?? assert.fail(name);

it('lists each code point once, in order', () => {
  const codes = TLS_SUITES.map(({ code }) => code);
  assert.deepEqual(
    codes,
    [...new Set(codes)].sort((a, b) => a - b),
  );
});

it('finds key exchange, authentication and cipher in the name', () => {
  const { code, ...suite } = tlsSuite(0xc02f) ?? assert.fail();
  assert.deepEqual(
    [code, suite],
    [
      0xc02f,
      {
        name: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
        keyExchange: 'ECDHE',
        authentication: 'RSA',
        encryption: 'AES_128_GCM',
        exportGrade: false,
      },
    ],
  );
  assert.equal(tlsSuite(0x0014)?.exportGrade, true);
  assert.equal(tlsSuite(0xc0aa)?.keyExchange, 'DHE_PSK');
  assert.equal(tlsSuite(0x1301)?.keyExchange, 'any');
  assert.equal(tlsSuiteName(0x0a0a), '0x0a0a');
});

const classes = {
  weak: [
    'TLS_RSA_WITH_NULL_SHA256',
    'TLS_DH_anon_WITH_AES_256_GCM_SHA384',
    'TLS_ECDH_anon_WITH_AES_128_CBC_SHA',
    'TLS_RSA_EXPORT_WITH_RC4_40_MD5',
    'TLS_ECDHE_RSA_WITH_RC4_128_SHA',
    'TLS_RSA_WITH_DES_CBC_SHA',
    'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA',
    'TLS_RSA_WITH_IDEA_CBC_SHA',
    'TLS_SHA256_SHA256',
  ],
  legacy: [
    'TLS_RSA_WITH_AES_256_GCM_SHA384',
    'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
    'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
    'TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256',
    'TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8',
    'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256_OLD',
    'TLS_AES_128_CCM_8_SHA256',
  ],
  recommended: [
    'TLS_AES_256_GCM_SHA384',
    'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
    'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
    'TLS_ECDHE_ECDSA_WITH_AES_256_CCM',
  ],
} as const;
for (const [is, names] of Object.entries(classes)) {
  for (const name of names) it(`calls ${name} ${is}`, () => assert.equal(classOfTlsSuite(codeOf(name)), is));
}

it('never calls good what it does not know', () => assert.notEqual(classOfTlsSuite(0xeeee), 'recommended'));

it('keeps authenticated encryption and newer hashes out of old versions', () => {
  const fitting = (name: string) =>
    TLS_VERSIONS.filter((version) => tlsSuiteFits(tlsSuite(codeOf(name)) ?? assert.fail(), version));
  assert.deepEqual(fitting('TLS_RSA_WITH_AES_128_CBC_SHA'), ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2']);
  assert.deepEqual(fitting('TLS_RSA_WITH_AES_128_CBC_SHA256'), ['TLSv1.2']);
  assert.deepEqual(fitting('TLS_PSK_WITH_AES_128_CBC_SHA256'), ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2']);
  assert.deepEqual(fitting('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'), ['TLSv1.2']);
  assert.deepEqual(fitting('TLS_AES_128_GCM_SHA256'), ['TLSv1.3']);
});

it('knows the TLS 1.3 suites of Node, and calls common what browsers use or used', () => {
  const named = new Set(TLS_SUITES.map(({ name }) => name));
  const inTls13 = tls.getCiphers().filter((name) => name.startsWith('tls_'));
  assert.deepEqual(
    inTls13.filter((name) => !named.has(name.toUpperCase())),
    [],
  );
  for (const code of [0xc02f, 0xc013, 0x002f, 0x000a, 0x0005, 0xcca8]) {
    assert.ok(isCommonTlsSuite(tlsSuite(code) ?? assert.fail()), tlsSuiteName(code));
  }
});
