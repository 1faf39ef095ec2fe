import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { TLS_VERSIONS, type TlsVersion } from '../model/observation.ts';
import { type ClientHello, clientHello, readServerFlight, TLS12_GROUPS, TLS13_GROUPS } from './tls-hello.ts';

const RANDOM = Uint8Array.from({ length: 32 }, (_, index) => index);

function helloOf(version: TlsVersion, more: Partial<ClientHello> = {}): Uint8Array {
  return clientHello({
    version,
    suites: [0xc02f, 0x002f],
    serverName: 'portal.example',
    groups: version === 'TLSv1.3' ? TLS13_GROUPS : TLS12_GROUPS,
    random: RANDOM,
    sessionId: new Uint8Array(0),
    keyShares: [],
    ...more,
  });
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const record = (type: number, body: readonly number[]) => [type, 3, 3, body.length >> 8, body.length & 0xff, ...body];

interface Answer {
  readonly wireVersion?: number;
  readonly suite?: number;
  readonly random?: readonly number[];
  readonly extensions?: readonly number[];
}

function serverHello({
  wireVersion = 0x0303,
  suite = 0xc02f,
  random = [...RANDOM],
  extensions = [],
}: Answer): number[] {
  const body = [wireVersion >> 8, wireVersion & 0xff, ...random, 0, suite >> 8, suite & 0xff, 0];
  if (extensions.length > 0) body.push(extensions.length >> 8, extensions.length & 0xff, ...extensions);
  return [2, 0, body.length >> 8, body.length & 0xff, ...body];
}

const TLS13_EXTENSION = [0, 43, 0, 2, 3, 4];
const RETRY = [...Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex')];
const read = (bytes: readonly number[]) => readServerFlight(Uint8Array.from(bytes));

describe('clientHello', () => {
  it('says what RFC 6101 wants for SSLv3: nothing after the compression methods', () => {
    assert.equal(hex(helloOf('SSLv3', { suites: [0x000a] })), `160300002f0100002b0300${hex(RANDOM)}000004000a00ff0100`);
  });

  it('calls its record TLS 1.0 and puts the version offered into the hello', () => {
    const heads = TLS_VERSIONS.map((version) => helloOf(version)).map((bytes) => [
      hex(bytes.slice(1, 3)),
      hex(bytes.slice(9, 11)),
    ]);
    assert.deepEqual(heads, [
      ['0300', '0300'],
      ['0301', '0301'],
      ['0301', '0302'],
      ['0301', '0303'],
      ['0301', '0303'],
    ]);
  });

  it('names the host, unless it is an address', () => {
    const name = hex(Buffer.from('portal.example'));
    assert.ok(hex(helloOf('TLSv1.2')).includes(`00000013001100000e${name}`));
    assert.ok(!hex(helloOf('TLSv1.2', { serverName: null })).includes(name));
  });

  it('offers TLS 1.3 alone, without a key share or with the one that is handed in', () => {
    assert.ok(hex(helloOf('TLSv1.3')).includes('002b0003020304'));
    assert.ok(hex(helloOf('TLSv1.3')).includes('003300020000'));
    const keyShares = [{ group: 0x001d, key: RANDOM }];
    assert.ok(hex(helloOf('TLSv1.3', { keyShares })).includes(`003300260024001d0020${hex(RANDOM)}`));
  });

  it('never has a length that hangs some load balancers', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TLS_VERSIONS.slice(1)), fc.integer({ min: 1, max: 250 }), (version, count) => {
        const bytes = helloOf(version, { suites: Array.from({ length: count }, (_, index) => index) }).length - 5;
        assert.ok(bytes < 256 || bytes > 511, `${bytes}`);
      }),
    );
  });

  it('states every length right', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TLS_VERSIONS),
        fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1, maxLength: 400 }),
        (version, suites) => {
          const bytes = Buffer.from(helloOf(version, { suites }));
          assert.equal(bytes.readUInt16BE(3), bytes.length - 5);
          assert.equal(bytes.readUIntBE(6, 3), bytes.length - 9);
        },
      ),
    );
  });
});

describe('readServerFlight', () => {
  const cases: Readonly<Record<string, readonly [readonly number[], ReturnType<typeof readServerFlight>]>> = {
    'TLS 1.2': [record(22, serverHello({})), { is: 'hello', version: 'TLSv1.2', suite: 0xc02f, retryRequest: false }],
    'SSLv3 with RC4': [
      record(22, serverHello({ wireVersion: 0x0300, suite: 0x0005 })),
      { is: 'hello', version: 'SSLv3', suite: 0x0005, retryRequest: false },
    ],
    'TLS 1.3': [
      record(22, serverHello({ suite: 0x1301, extensions: TLS13_EXTENSION })),
      { is: 'hello', version: 'TLSv1.3', suite: 0x1301, retryRequest: false },
    ],
    'a HelloRetryRequest': [
      record(22, serverHello({ suite: 0x1302, random: RETRY, extensions: TLS13_EXTENSION })),
      { is: 'hello', version: 'TLSv1.3', suite: 0x1302, retryRequest: true },
    ],
    'an alert': [record(21, [2, 70]), { is: 'alert', level: 2, description: 70 }],
    'a warning about the name, then a hello': [
      [...record(21, [1, 112]), ...record(22, serverHello({}))],
      { is: 'hello', version: 'TLSv1.2', suite: 0xc02f, retryRequest: false },
    ],
    'a warning about the name, and no more yet': [record(21, [1, 112]), { is: 'incomplete' }],
    nothing: [[], { is: 'incomplete' }],
    'an HTTP answer': [[...Buffer.from('HTTP/1.1 400 Bad Request\r\n')], { is: 'not-tls' }],
    'an SMTP greeting': [[...Buffer.from('220 mail.example ESMTP\r\n')], { is: 'not-tls' }],
    'an empty record': [record(22, []), { is: 'not-tls' }],
    'an alert of the wrong length': [record(21, [2, 70, 0]), { is: 'not-tls' }],
    'a ClientHello sent back': [[...helloOf('TLSv1.2')], { is: 'not-tls' }],
    'TLS 1.3 without its extension': [record(22, serverHello({ wireVersion: 0x0304 })), { is: 'not-tls' }],
    'an unknown version': [record(22, serverHello({ wireVersion: 0x0505 })), { is: 'not-tls' }],
    'extensions that overrun': [record(22, serverHello({ extensions: [0, 43, 0, 9, 3, 4] })), { is: 'not-tls' }],
    'the same extension twice': [
      record(22, serverHello({ extensions: [...TLS13_EXTENSION, ...TLS13_EXTENSION] })),
      { is: 'not-tls' },
    ],
    'application data': [[23, 3, 3, 0, 1, 0], { is: 'not-tls' }],
  };
  for (const [name, [bytes, want]] of Object.entries(cases))
    it(`reads ${name}`, () => assert.deepEqual(read(bytes), want));

  it('reads a hello alike, however it is cut into records, and waits for the rest of any part of it', () => {
    const message = serverHello({ suite: 0x1301, extensions: TLS13_EXTENSION });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: message.length - 1 }), { maxLength: 8 }), (cuts) => {
        const edges = [...new Set([0, ...cuts, message.length])].sort((a, b) => a - b);
        const flight = edges.slice(1).flatMap((edge, index) => record(22, message.slice(edges[index], edge)));
        for (let length = 0; length < flight.length; length++) {
          assert.deepEqual(read(flight.slice(0, length)), { is: 'incomplete' });
        }
        const want = { is: 'hello', version: 'TLSv1.3', suite: 0x1301, retryRequest: false };
        assert.deepEqual(read(flight), want);
        assert.deepEqual(read([...flight, 23, 3, 3, 0, 99, 1]), want);
      }),
    );
  });

  it('throws at nothing, and accepts no garbage', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const flight = readServerFlight(bytes);
        assert.ok(flight.is !== 'hello', hex(bytes));
      }),
      { numRuns: 5_000 },
    );
    // A well-formed head before the garbage brings the fuzz past the first checks.
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 60 }), fc.boolean(), (bytes, handshake) => {
        const body = handshake ? [2, 0, 0, bytes.length, ...bytes] : [...bytes];
        const flight = read(record(handshake ? 22 : 21, body));
        if (flight.is === 'hello') assert.ok(bytes.length >= 38 && bytes[0] === 3, hex(bytes));
        else assert.ok(flight.is === 'not-tls' || flight.is === 'incomplete', flight.is);
      }),
      { numRuns: 5_000 },
    );
  });

  it('survives one changed byte anywhere', () => {
    const flight = record(22, serverHello({ suite: 0x1301, extensions: TLS13_EXTENSION }));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: flight.length - 1 }), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        read(flight.with(at, byte));
      }),
      { numRuns: 2_000 },
    );
  });
});
