import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { BrokenHttp, Script } from './broken.ts';
import type { Dice } from './dice.ts';
import { lengthOf, message, type SoundAnswer, soundAnswer } from './sound-answer.ts';

type Breakage = (dice: Dice) => readonly [says: string, (sound: SoundAnswer) => Script];

/** What is packed: long and uneven, so that a stream has a middle that can be broken. */
const TEXT = Buffer.from(Array.from({ length: 4_000 }, (_, n) => `<p>${(n * 2_654_435_761) % 1_000_003}</p>`).join(''));

const PACKERS = {
  gzip: (bytes: Buffer) => gzipSync(bytes),
  deflate: (bytes: Buffer) => deflateSync(bytes),
  br: (bytes: Buffer) => brotliCompressSync(bytes),
  zstd: (bytes: Buffer) => zstdCompressSync(bytes),
} as const;
const ENCODINGS = ['gzip', 'deflate', 'br', 'zstd'] as const;
type Encoding = (typeof ENCODINGS)[number];

const encoded = ({ statusLine, headers }: SoundAnswer, encoding: string, body: Buffer): Script => ({
  pieces: [message(statusLine, [...headers, `Content-Encoding: ${encoding}`, lengthOf(body)], body)],
  then: 'close',
});

/** A packed body that cannot be unpacked any more. */
const badStream =
  (says: string, spoil: (packed: Buffer, dice: Dice, encoding: Encoding) => Buffer): Breakage =>
  (dice) => {
    const encoding = dice.pick(ENCODINGS);
    const body = spoil(Buffer.from(PACKERS[encoding](TEXT)), dice, encoding);
    return [`${encoding}: ${says}, ${body.length} bytes`, (sound) => encoded(sound, encoding, body)];
  };

/** Unpacked length of one bomb, bytes: far beyond what any page needs, and cheap to make. */
const BOMB_BYTES = 64_000_000;
const bombs = new Map<Encoding, Buffer>();
function bomb(encoding: Encoding): Buffer {
  const made = bombs.get(encoding) ?? Buffer.from(PACKERS[encoding](Buffer.alloc(BOMB_BYTES)));
  bombs.set(encoding, made);
  return made;
}

/** Length of the first part of a body that never comes to its end, bytes. */
const START_BYTES = 40;

const BREAKAGES: readonly [Breakage, ...Breakage[]] = [
  badStream('cut short', (packed, dice) => packed.subarray(0, 1 + dice.int(packed.length - 20))),
  badStream('wrong from the first byte', (packed, dice) =>
    Buffer.concat([Buffer.from([0xfe, dice.int(256)]), packed.subarray(2)]),
  ),
  badStream('no packed data at all', (_, dice) => Buffer.concat([Buffer.from([0xff]), dice.bytes(300)])),
  badStream('another encoding than it says', (_, dice, encoding) =>
    Buffer.from(PACKERS[encoding === 'gzip' ? dice.pick(['br', 'zstd']) : 'gzip'](TEXT)),
  ),
  (dice) => {
    const encoding = dice.pick(['gzip', 'deflate'] as const);
    const body = Buffer.from(PACKERS[encoding](TEXT));
    const at = body.length - 1 - dice.int(4);
    body[at] = (body[at] ?? 0) ^ 0x5a;
    return [`${encoding}: wrong checksum`, (sound) => encoded(sound, encoding, body)];
  },
  (dice) => {
    const body = gzipSync(TEXT);
    body[2] = 9 + dice.int(200);
    return ['gzip: an unknown method', (sound) => encoded(sound, 'gzip', body)];
  },
  (dice) => {
    const encoding = dice.pick(['x-unknown', 'compress', 'gzip; q=1', 'snappy', 'gzip/br', 'exi', 'pack200-gzip']);
    return [`an encoding called ${encoding}`, (sound) => encoded(sound, encoding, TEXT)];
  },
  (dice) => {
    const layers = 4 + dice.int(300);
    return [
      `packed ${layers} times, as it says`,
      (sound) => encoded(sound, Array.from({ length: layers }, () => 'gzip').join(', '), gzipSync(sound.body)),
    ];
  },
  (dice) => {
    const missing = 1 + dice.int(100_000);
    return [
      `Content-Length promises ${missing} bytes more`,
      ({ statusLine, headers, body }) => ({
        pieces: [message(statusLine, [...headers, `Content-Length: ${body.length + missing}`], body)],
        then: 'close',
      }),
    ];
  },
  (dice) => {
    const missing = 1 + dice.int(100_000);
    return [
      `Content-Length promises ${missing} bytes more, and the connection stays open`,
      ({ statusLine, headers, body }) => ({
        pieces: [message(statusLine, [...headers, `Content-Length: ${body.length + missing}`], body)],
        then: 'hang',
      }),
    ];
  },
  (dice) => {
    const sent = dice.int(START_BYTES);
    return [
      `reset after ${sent} bytes of the body`,
      ({ statusLine, headers, body }) => ({
        pieces: [message(statusLine, [...headers, lengthOf(body)], body.subarray(0, sent))],
        then: 'reset',
      }),
    ];
  },
  (dice) => {
    const encoding = dice.pick(ENCODINGS);
    const packed = Buffer.from(PACKERS[encoding](TEXT));
    const sent = 1 + dice.int(packed.length - 1);
    return [
      `${encoding}: reset after ${sent} bytes`,
      ({ statusLine, headers }) => ({
        pieces: [
          message(
            statusLine,
            [...headers, `Content-Encoding: ${encoding}`, lengthOf(packed)],
            packed.subarray(0, sent),
          ),
        ],
        then: 'reset',
      }),
    ];
  },
  (dice) => {
    const length = 1_000_000 + dice.int(1_000_000_000);
    return [
      `drips ${length} bytes`,
      ({ statusLine, headers, body }) => ({
        pieces: [message(statusLine, [...headers, `Content-Length: ${length}`], Buffer.alloc(0)), body],
        then: 'drip',
      }),
    ];
  },
];

/** Sound, but for having no end, or none that anybody could wait for. */
const LONG: readonly [Breakage, ...Breakage[]] = [
  (dice) => {
    const encoding = dice.pick(ENCODINGS);
    return [`${encoding}: a bomb of ${BOMB_BYTES} bytes`, (sound) => encoded(sound, encoding, bomb(encoding))];
  },
  (dice) => {
    const inner = dice.pick(['gzip', 'deflate', 'br'] as const);
    return [`${inner} in gzip: a bomb in a bomb`, (sound) => encoded(sound, `${inner}, gzip`, gzipSync(bomb(inner)))];
  },
  () => [
    'a body without length that never ends',
    ({ statusLine, headers }) => ({
      pieces: [message(statusLine, headers, Buffer.alloc(0)), Buffer.alloc(65_536, 'a')],
      then: 'repeat',
    }),
  ],
  (dice) => {
    const length = 200_000_000 + dice.int(1_000_000_000);
    return [
      `a body of ${length} bytes`,
      ({ statusLine, headers }) => ({
        pieces: [
          message(statusLine, [...headers, `Content-Length: ${length}`], Buffer.alloc(0)),
          Buffer.alloc(65_536, 'a'),
        ],
        then: 'repeat',
      }),
    ];
  },
];

/** One in so many is only long. */
const LONG_EVERY = 6;

export function brokenBody(dice: Dice, index: number): BrokenHttp {
  const isOnlyLong = index % LONG_EVERY === 0;
  const from = isOnlyLong ? LONG : BREAKAGES;
  const turn = isOnlyLong ? index / LONG_EVERY : index - Math.ceil(index / LONG_EVERY);
  const [says, script] = (from[turn % from.length] ?? from[0])(dice);
  const at = dice.int(3) === 0 ? 'https' : 'http';
  return { family: 'body', says, at, isOnlyLong, answer: (asked) => script(soundAnswer(asked, at)) };
}
