import { createHash, X509Certificate } from 'node:crypto';
import type { ClientHello } from '../world/client-hello.ts';
import type { BrokenTls, Script } from './broken.ts';
import type { Dice } from './dice.ts';

/** The DER that is broken: leaf and intermediate, as a sound server sends them. */
export type Chain = readonly [leaf: Buffer, intermediate: Buffer];

type Breakage = (dice: Dice, chain: Chain) => readonly [says: string, flight: (suite: number) => Script];

/** Suites with ephemeral keys and AEAD, as a sound server of TLS 1.2 takes them (IANA). */
const SUITES: readonly number[] = [0xc02f, 0xc030, 0xc02b, 0xc02c, 0xcca8, 0xcca9];
const TLS_1_2 = 0x0303;

/** Content types and handshake types (RFC 5246, sections 6.2.1 and 7.4), alerts (section 7.2). */
const RECORD = { alert: 21, handshake: 22, data: 23 } as const;
const MESSAGE = { serverHello: 2, certificate: 11, done: 14 } as const;
const ALERT = { handshakeFailure: 40, protocolVersion: 70 } as const;

const uint16 = (value: number): Buffer => Buffer.from([(value >> 8) & 0xff, value & 0xff]);
const uint24 = (value: number): Buffer => Buffer.from([(value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff]);

/** Fragments of at most 2^14 bytes (RFC 5246, section 6.2.1). */
const RECORD_BYTES_MAX = 16_384;

const record = (type: number, body: Buffer, version = TLS_1_2, length = body.length): Buffer =>
  Buffer.concat([Buffer.from([type]), uint16(version), uint16(length), body]);
const records = (type: number, body: Buffer, most = RECORD_BYTES_MAX): Buffer =>
  Buffer.concat(
    Array.from({ length: Math.ceil(body.length / most) }, (_, n) =>
      record(type, body.subarray(n * most, (n + 1) * most)),
    ),
  );
const message = (type: number, body: Buffer, length = body.length): Buffer =>
  Buffer.concat([Buffer.from([type]), uint24(length), body]);
const alert = (description: number): Buffer => record(RECORD.alert, Buffer.from([2, description]));

const serverHello = (suite: number, { session = 32, extensions = Buffer.alloc(0) } = {}): Buffer => {
  const random = createHash('sha256').update(`hostile ${suite}`).digest();
  return Buffer.concat([
    uint16(TLS_1_2),
    random,
    Buffer.from([session]),
    createHash('sha256').update(random).digest(),
    uint16(suite),
    Buffer.from([0]),
    extensions,
  ]);
};
const listed = (certificates: readonly Buffer[]): Buffer =>
  Buffer.concat(certificates.map((der) => Buffer.concat([uint24(der.length), der])));
const certificateBody = (list: Buffer, length = list.length): Buffer => Buffer.concat([uint24(length), list]);

const HELLO = (suite: number) => message(MESSAGE.serverHello, serverHello(suite));
const DONE = message(MESSAGE.done, Buffer.alloc(0));

/** A sound hello, then a Certificate message with this body, then the end of the flight. */
const withCertificate =
  (body: Buffer, then: Script['then'] = 'hang') =>
  (suite: number): Script => ({
    pieces: [
      records(RECORD.handshake, HELLO(suite)),
      records(RECORD.handshake, message(MESSAGE.certificate, body)),
      records(RECORD.handshake, DONE),
    ],
    then,
  });
const flight = (says: string, pieces: (suite: number) => readonly Buffer[], then: Script['then'] = 'close') =>
  [says, (suite: number): Script => ({ pieces: pieces(suite), then })] as const;

function isReadable(der: Buffer): boolean {
  try {
    return new X509Certificate(der).raw.length === der.length;
  } catch {
    return false;
  }
}

/** Changes a few bytes until OpenSSL cannot read it any more: only then is it broken and not merely odd. */
function mutated(der: Buffer, dice: Dice): Buffer {
  for (;;) {
    const copy = Buffer.from(der);
    for (let change = 0; change <= dice.int(4); change += 1) {
      const at = dice.int(copy.length);
      copy[at] = dice.pick([0x00, 0xff, 0x80, 0x84, 0x30, (copy[at] ?? 0) ^ (1 << dice.int(8)), dice.int(256)]);
    }
    if (!isReadable(copy)) return copy;
  }
}

const BREAKAGES: readonly [Breakage, ...Breakage[]] = [
  (dice, [leaf, intermediate]) => [
    'a mutated leaf',
    withCertificate(certificateBody(listed([mutated(leaf, dice), intermediate]))),
  ],
  (dice, [leaf, intermediate]) => [
    'a mutated intermediate',
    withCertificate(certificateBody(listed([leaf, mutated(intermediate, dice)]))),
  ],
  (dice, [leaf]) => ['a mutated leaf alone', withCertificate(certificateBody(listed([mutated(leaf, dice)])))],
  (dice, [leaf]) => {
    const kept = dice.int(leaf.length);
    return [
      `a leaf of ${kept} of ${leaf.length} bytes`,
      withCertificate(certificateBody(listed([leaf.subarray(0, kept)]))),
    ];
  },
  (dice) => [
    'noise for a certificate',
    withCertificate(certificateBody(listed([Buffer.concat([Buffer.from([0x31]), dice.bytes(400)])]))),
  ],
  (dice) => {
    const depth = 500 + dice.int(5_000);
    const nested = Buffer.concat(Array.from({ length: depth }, () => Buffer.from([0x30, 0x80])));
    return [`${depth} sequences within one another`, withCertificate(certificateBody(listed([nested])))];
  },
  () => ['no certificate', withCertificate(certificateBody(Buffer.alloc(0)))],
  () => ['a certificate of no bytes', withCertificate(certificateBody(listed([Buffer.alloc(0)])))],
  () => ['an empty Certificate message', withCertificate(Buffer.alloc(0))],
  (dice, chain) => {
    const list = listed(chain);
    const more = 1 + dice.int(60_000);
    return [
      `a list that says ${more} bytes more than it has`,
      withCertificate(certificateBody(list, list.length + more)),
    ];
  },
  (dice, chain) => {
    const list = listed(chain);
    const less = 1 + dice.int(list.length - 4);
    return [
      `a list that says ${less} bytes less than it has`,
      withCertificate(certificateBody(list, list.length - less)),
    ];
  },
  (dice, [leaf]) => {
    const list = Buffer.concat([uint24(leaf.length + 1 + dice.int(100_000)), leaf]);
    return ['a certificate that reaches over the end of its list', withCertificate(certificateBody(list))];
  },
  (dice, [leaf]) => {
    const count = 200 + dice.int(2_000);
    return [
      `${count} certificates`,
      withCertificate(certificateBody(listed(Array.from({ length: count }, () => leaf)))),
    ];
  },
  (dice) => {
    const length = 200_000 + dice.int(2_000_000);
    return [`a certificate of ${length} bytes`, withCertificate(certificateBody(listed([Buffer.alloc(length, 0x30)])))];
  },
  () => [
    'the longest Certificate message there can be, never finished',
    (suite) => ({
      pieces: [
        records(RECORD.handshake, HELLO(suite)),
        record(
          RECORD.handshake,
          Buffer.concat([Buffer.from([MESSAGE.certificate]), uint24(0xffffff), Buffer.alloc(8_000)]),
        ),
        record(RECORD.handshake, Buffer.alloc(RECORD_BYTES_MAX)),
      ],
      then: 'repeat',
    }),
  ],
  (dice, chain) => {
    const all = message(MESSAGE.certificate, certificateBody(listed(chain)));
    const kept = dice.int(all.length - 1) + 1;
    return flight(`closed after ${kept} bytes of the certificates`, (suite) => [
      records(RECORD.handshake, HELLO(suite)),
      records(RECORD.handshake, all).subarray(0, kept),
    ]);
  },
  (dice, chain) => {
    const all = message(MESSAGE.certificate, certificateBody(listed(chain)));
    const kept = dice.int(all.length - 1) + 1;
    return flight(
      `reset after ${kept} bytes of the certificates`,
      (suite) => [records(RECORD.handshake, HELLO(suite)), records(RECORD.handshake, all).subarray(0, kept)],
      'reset',
    );
  },
  (_, chain) =>
    flight('certificates before the hello', (suite) => [
      records(RECORD.handshake, message(MESSAGE.certificate, certificateBody(listed(chain)))),
      records(RECORD.handshake, HELLO(suite)),
    ]),
  () =>
    flight('a flight without certificates', (suite) => [
      records(RECORD.handshake, Buffer.concat([HELLO(suite), DONE])),
    ]),
  (dice) =>
    flight('two hellos', (suite) => [
      records(RECORD.handshake, Buffer.concat([HELLO(suite), HELLO(suite)]), 1 + dice.int(50)),
    ]),
  (dice, chain) => {
    const wrong = dice.pick([0, 1, 99, 255]);
    return flight(`a message of type ${wrong} with the certificates`, (suite) => [
      records(RECORD.handshake, Buffer.concat([HELLO(suite), message(wrong, certificateBody(listed(chain)))])),
    ]);
  },
  (dice) => {
    const kept = 1 + dice.int(70);
    return flight(`a hello that ends after ${kept} bytes`, (suite) => [
      records(RECORD.handshake, HELLO(suite)).subarray(0, kept),
    ]);
  },
  (dice) => {
    const session = 33 + dice.int(223);
    return flight(`a session id that says ${session} bytes`, (suite) => [
      records(RECORD.handshake, message(MESSAGE.serverHello, serverHello(suite, { session }))),
    ]);
  },
  (dice) => {
    const extensions = Buffer.concat([
      uint16(8),
      uint16(dice.int(65_536)),
      uint16(9 + dice.int(60_000)),
      Buffer.alloc(4),
    ]);
    return flight('an extension that reaches over its end', (suite) => [
      records(RECORD.handshake, message(MESSAGE.serverHello, serverHello(suite, { extensions }))),
    ]);
  },
  (dice) => {
    const suite = 0xfe00 + dice.int(256);
    return flight('a suite that was not offered', () => [records(RECORD.handshake, HELLO(suite))]);
  },
  (dice) => {
    const version = dice.pick([0x0000, 0x0200, 0x7f12, 0xffff, 0x0305]);
    return flight(`records of version 0x${version.toString(16)}`, (suite) => [
      record(RECORD.handshake, HELLO(suite), version),
    ]);
  },
  (dice) => {
    const length = 20_000 + dice.int(45_000);
    return flight(`a record of ${length} bytes`, (suite) => [
      record(RECORD.handshake, Buffer.concat([HELLO(suite), Buffer.alloc(length)]).subarray(0, length)),
    ]);
  },
  (dice) => {
    const more = 1 + dice.int(16_000);
    return flight(`a record that says ${more} bytes more than come`, (suite) => {
      const body = HELLO(suite);
      return [record(RECORD.handshake, body, TLS_1_2, body.length + more)];
    });
  },
  () =>
    flight(
      'records of no bytes that never end',
      () => [Buffer.concat(Array.from({ length: 500 }, () => record(RECORD.handshake, Buffer.alloc(0))))],
      'repeat',
    ),
  (dice) => {
    const body = dice.bytes(dice.pick([1, 3, 50]));
    return flight(`an alert of ${body.length} bytes`, () => [record(RECORD.alert, body)]);
  },
  () =>
    flight(
      'warnings that never end',
      () => [Buffer.concat(Array.from({ length: 500 }, () => record(RECORD.alert, Buffer.from([1, 90]))))],
      'repeat',
    ),
  (dice) => {
    const body = dice.bytes(100);
    return flight('data before any key', () => [record(RECORD.data, body)]);
  },
  (dice) => {
    const noise = dice.bytes(1 + dice.int(900));
    noise[0] = 0xf0;
    return flight(`${noise.length} bytes of noise`, () => [noise]);
  },
  (dice) => {
    const says = dice.pick([
      'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n',
      'SSH-2.0-OpenSSH_9.7\r\n',
      '220 mail.portal.example ESMTP\r\n',
      '-ERR unknown command\r\n',
      '<html>plain</html>',
      '\r\n',
    ]);
    return flight(`no TLS: ${JSON.stringify(says.slice(0, 20))}`, () => [Buffer.from(says)]);
  },
  () => flight('not a word', () => []),
  () => flight('a reset', () => [], 'reset'),
];

/** A hello that only an older or a newer version fits, or no suite of ours, is refused as a sound server would. */
const suiteFor = ({ suites }: ClientHello): number | undefined => suites.find((suite) => SUITES.includes(suite));

export function brokenCertificate(dice: Dice, index: number, chain: Chain): BrokenTls {
  const [says, script] = (BREAKAGES[index % BREAKAGES.length] ?? BREAKAGES[0])(dice, chain);
  return {
    family: 'certificate',
    says,
    answer: (hello) => {
      const suite = suiteFor(hello);
      return suite === undefined ? undefined : script(suite);
    },
  };
}

/** What a sound server says to a hello that it has nothing for. */
export const refusal = ({ version }: ClientHello): Script => ({
  pieces: [alert(version < TLS_1_2 ? ALERT.protocolVersion : ALERT.handshakeFailure)],
  then: 'close',
});
