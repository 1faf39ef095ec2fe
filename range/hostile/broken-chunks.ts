import type { BrokenHttp, Script } from './broken.ts';
import type { Dice } from './dice.ts';
import { message, type SoundAnswer, soundAnswer } from './sound-answer.ts';

/** What follows a sound head with `Transfer-Encoding: chunked`. RFC 9112, section 7.1. */
interface Chunks {
  readonly says: string;
  readonly pieces: (body: Buffer) => readonly Buffer[];
  readonly then?: Script['then'];
  readonly isOnlyLong?: boolean;
}

const hex = (length: number) => length.toString(16);
const whole = (body: Buffer) => Buffer.from(`${hex(body.length)}\r\n${body}\r\n0\r\n\r\n`);
const one = (text: string) => [Buffer.from(text, 'latin1')];

/** A first chunk whose size line is wrong, and everything else right. */
const size =
  (wrong: (dice: Dice, length: number) => string) =>
  (dice: Dice): Chunks => {
    // Thrown once: the same line is written whenever it is asked for.
    const thrown = dice.int(1_000);
    const line = (length: number) => wrong({ ...dice, int: (below) => thrown % below }, length);
    return {
      says: `chunk size ${JSON.stringify(line(5).slice(0, 40))}`,
      pieces: (body) => one(`${line(body.length)}\r\n${body}\r\n0\r\n\r\n`),
    };
  };

const WRONG_SIZES = [
  'zz',
  '-5',
  '+5',
  '',
  ' ',
  'g',
  '0x5',
  '5 5',
  '5,',
  '\u00b5',
  '\u0000',
  'five',
  '5.0',
  '#5',
  '"5"',
] as const;
const CONTROLS = [0, 1, 7, 8, 11, 12, 27, 127] as const;

const BREAKAGES: readonly [(dice: Dice) => Chunks, ...((dice: Dice) => Chunks)[]] = [
  size((dice) => WRONG_SIZES[dice.int(WRONG_SIZES.length)] ?? 'zz'),
  size((dice, length) =>
    `${WRONG_SIZES[dice.int(WRONG_SIZES.length)] ?? 'zz'}${hex(length)}`.replace(/^ *([0-9a-f]+)$/i, 'x$1'),
  ),
  size((dice) => 'f'.repeat(16 + dice.int(20))),
  size((dice, length) => `1${'0'.repeat(16 + dice.int(40))}${hex(length)}`),
  size((dice, length) => `${hex(length)};a=${String.fromCharCode(CONTROLS[dice.int(CONTROLS.length)] ?? 0)}`),
  size((dice, length) => `${hex(length)}${String.fromCharCode(CONTROLS[dice.int(CONTROLS.length)] ?? 0)}`),
  size((dice, length) => hex(length + 1 + dice.int(9))),
  size((dice, length) => hex(Math.max(1, length - 1 - dice.int(5)))),
  size((dice, length) => `${hex(length)};${'e'.repeat(20_000 + dice.int(500) * 1_000)}`),
  size((dice, length) => `${hex(length)};x="${'y'.repeat(20_000 + dice.int(500) * 1_000)}"`),
  (dice) => {
    const kept = 1 + dice.int(4);
    return { says: `no terminator, ${kept} bytes short`, pieces: (body) => [whole(body).subarray(0, -kept)] };
  },
  (dice) => {
    const kept = 2 + dice.int(30);
    return { says: `cut after ${kept} bytes`, pieces: (body) => [whole(body).subarray(0, kept)] };
  },
  (dice) => {
    const kept = 2 + dice.int(30);
    return { says: `silent after ${kept} bytes`, pieces: (body) => [whole(body).subarray(0, kept)], then: 'hang' };
  },
  (dice) => {
    const kept = 2 + dice.int(30);
    return { says: `reset after ${kept} bytes`, pieces: (body) => [whole(body).subarray(0, kept)], then: 'reset' };
  },
  (dice) => {
    const glue = dice.pick(['', 'x', '\r', 'xx', '\u0000\u0000', '\r\r\n', '  ']);
    return {
      says: `${JSON.stringify(glue)} where a chunk ends`,
      pieces: (body) => one(`${hex(body.length)}\r\n${body}${glue}0\r\n\r\n`),
    };
  },
  (dice) => {
    const at = dice.pick(['size', 'data'] as const);
    return {
      says: `a carriage return without a line feed after the ${at}`,
      pieces: (body) =>
        one(at === 'size' ? `${hex(body.length)}\r${body}\r\n0\r\n\r\n` : `${hex(body.length)}\r\n${body}\r0\r\n\r\n`),
    };
  },
  (dice) => {
    const name = dice.pick(['X\u0000Y', 'X Y', '(X)', '', 'X\u001b']);
    return {
      says: `a trailer called ${JSON.stringify(name)}`,
      pieces: (body) => one(`${hex(body.length)}\r\n${body}\r\n0\r\n${name}: 1\r\n\r\n`),
    };
  },
  (dice) => {
    const count = 5_000 + dice.int(20_000);
    return {
      says: `${count} trailers`,
      pieces: (body) => one(`${hex(body.length)}\r\n${body}\r\n0\r\n${'X-T: aaaaaaaaaaaaaaaa\r\n'.repeat(count)}\r\n`),
    };
  },
  () => ({
    says: 'trailers that never end',
    pieces: (body) => [
      Buffer.from(`${hex(body.length)}\r\n${body}\r\n0\r\n`),
      Buffer.from('X-T: aaaaaaaaaaaaaaaa\r\n'.repeat(700)),
    ],
    then: 'repeat',
  }),
  () => ({
    says: 'an extension that never ends',
    pieces: () => [Buffer.from('5;x='), Buffer.alloc(16_384, 'y')],
    then: 'repeat',
  }),
  () => ({
    says: 'a size that never ends',
    pieces: () => [Buffer.alloc(16_384, '0')],
    then: 'repeat',
  }),
  () => ({
    says: 'chunks of one byte that never end',
    pieces: () => [Buffer.from('1\r\na\r\n'.repeat(3_000))],
    then: 'repeat',
    isOnlyLong: true,
  }),
  () => ({ says: 'chunks that drip', pieces: () => [Buffer.from('1\r\na\r\n'.repeat(100))], then: 'drip' }),
  (dice) => {
    const noise = dice.bytes(20 + dice.int(200));
    noise[0] = 0x80;
    return { says: `${noise.length} bytes of noise for chunks`, pieces: () => [noise] };
  },
  () => ({ says: 'a body that is not in chunks at all', pieces: (body) => [body] }),
];

const scripted = ({ statusLine, headers, body }: SoundAnswer, { pieces, then = 'close' }: Chunks): Script => ({
  pieces: [message(statusLine, [...headers, 'Transfer-Encoding: chunked'], Buffer.alloc(0)), ...pieces(body)],
  then,
});

export function brokenChunks(dice: Dice, index: number): BrokenHttp {
  const chunks = (BREAKAGES[index % BREAKAGES.length] ?? BREAKAGES[0])(dice);
  const at = dice.int(3) === 0 ? 'https' : 'http';
  return {
    family: 'chunking',
    says: chunks.says,
    at,
    isOnlyLong: chunks.isOnlyLong ?? false,
    answer: (asked) => scripted(soundAnswer(asked, at), chunks),
  };
}
