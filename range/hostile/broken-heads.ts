import type { BrokenHttp, Script } from './broken.ts';
import type { Dice } from './dice.ts';
import { lengthOf, message, type SoundAnswer, soundAnswer } from './sound-answer.ts';

/** Says what is broken, and breaks one sound answer. */
type Breakage = (dice: Dice) => readonly [says: string, (sound: SoundAnswer) => Script];

const closing = (bytes: Buffer): Script => ({ pieces: [bytes], then: 'close' });

/** Another status line over an otherwise sound answer. RFC 9112, section 4. */
const statusLine =
  (wrong: (dice: Dice) => string): Breakage =>
  (dice) => {
    const text = wrong(dice);
    return [
      `status line ${JSON.stringify(text.slice(0, 40))}`,
      ({ headers, body }) => closing(message(text, [...headers, lengthOf(body)], body)),
    ];
  };

/** A field line that must not stand in a head, at a place thrown. RFC 9110, section 5. */
const extraField =
  (wrong: (dice: Dice) => string): Breakage =>
  (dice) => {
    const text = wrong(dice);
    const at = dice.int(4);
    return [
      `field ${JSON.stringify(text.slice(0, 40))}, ${text.length} characters, at place ${at}`,
      ({ statusLine: line, headers, body }) =>
        closing(message(line, [...headers.slice(0, at), text, ...headers.slice(at), lengthOf(body)], body)),
    ];
  };

/** Framing that two readers would read in two ways. RFC 9112, section 6.3. */
const framing =
  (wrong: (dice: Dice, body: Buffer) => readonly string[]): Breakage =>
  (dice) => {
    // Thrown once: the same lines are written whenever they are asked for.
    const thrown = dice.int(1_000);
    const redo = (body: Buffer) => wrong({ ...dice, int: (below) => thrown % below }, body);
    return [
      `framing ${JSON.stringify(redo(Buffer.from('x')))}`,
      ({ statusLine: line, headers, body }) => closing(message(line, [...headers, ...redo(body)], body)),
    ];
  };

const endless =
  (says: string, start: (sound: SoundAnswer) => string, piece: string): Breakage =>
  () => [
    says,
    (sound) => ({ pieces: [Buffer.from(start(sound), 'latin1'), Buffer.from(piece, 'latin1')], then: 'repeat' }),
  ];

/** What no field may hold: controls but for the tab (RFC 9110, section 5.5). */
const control = (dice: Dice) => String.fromCharCode(dice.pick([0, 1, 2, 7, 8, 11, 12, 14, 27, 31, 127]));
/** What no field name may hold (RFC 9110, section 5.1). */
const notInName = (dice: Dice) =>
  dice.pick([' ', '\t', '(', ')', '<', '@', ',', ';', '\\', '"', '/', '[', '?', '=', '{', '\u00e9']);

const BREAKAGES: readonly [Breakage, ...Breakage[]] = [
  statusLine((dice) => `HTTP/${dice.int(9) + 2}.${dice.int(9) + 1} 200 OK`),
  statusLine(
    (dice) => `HTTP/1.1 ${dice.pick(['2x0', '20', '2', '', '-200', '+200', '2000', '99999', '0x0c8', '2 00'])} OK`,
  ),
  statusLine((dice) =>
    dice.pick(['200 OK HTTP/1.1', 'ICY 200 OK', 'HTP/9.9 banana', 'GET / HTTP/1.1', 'HTTP 200 OK', 'HTTP/1.1']),
  ),
  statusLine((dice) => `${control(dice)}HTTP/1.1 200 OK`),
  statusLine((dice) => `HTTP/1.1${control(dice)}200 OK`),
  statusLine((dice) => `HTTP/1,${dice.int(9)} 200 OK`),
  statusLine((dice) => 'H'.repeat(70_000 + dice.int(100_000))),
  statusLine((dice) => `HTTP/1.1 200 ${'O'.repeat(70_000 + dice.int(100_000))}`),
  (dice) => {
    const noise = dice.bytes(64 + dice.int(2_000));
    noise[0] = 0x80 + dice.int(0x80);
    return [`${noise.length} bytes of noise`, () => closing(noise)];
  },
  (dice) => {
    const kept = dice.int(60) + 1;
    return [
      `a head that ends after ${kept} bytes`,
      ({ statusLine: line, headers, body }) => closing(message(line, headers, body).subarray(0, kept)),
    ];
  },
  extraField((dice) => `X-Bad: a${control(dice)}b`),
  extraField((dice) => `X${notInName(dice)}Bad: 1`),
  extraField((dice) => `X${control(dice)}Bad: 1`),
  extraField((dice) => dice.pick([': no name', 'no colon at all', '\u00ff\u00fe: 1', '=: 1', 'Set-Cookie'])),
  extraField((dice) => `X-Large: ${'a'.repeat(70_000 + dice.int(1_000_000))}`),
  extraField((dice) => `X-${'a'.repeat(70_000 + dice.int(200_000))}: 1`),
  extraField((dice) => Array.from({ length: 5_000 + dice.int(5_000) }, (_, n) => `X-${n}: aaaaaaaaaa`).join('\r\n')),
  extraField((dice) =>
    Array.from({ length: 3_000 + dice.int(7_000) }, (_, n) => `Set-Cookie: c${n}=1; Secure; HttpOnly`).join('\r\n'),
  ),
  // Folding was obsoleted by RFC 7230 and is here where no field is left to be folded, or with a control in the fold.
  extraField((dice) => `X-Folded: a\r\n${dice.pick([' ', '\t'])}b${control(dice)}c`),
  (dice) => {
    const fold = dice.pick([' ', '\t', '  ']);
    return [
      'a folded line right after the status line',
      ({ statusLine: line, headers, body }) =>
        closing(message(line, [`${fold}folded into nothing`, ...headers, lengthOf(body)], body)),
    ];
  },
  (dice) => {
    const at = dice.int(3) + 1;
    return [
      `a carriage return without a line feed after field ${at}`,
      ({ statusLine: line, headers, body }) => {
        const text = [line, ...headers.slice(0, at)].join('\r\n');
        return closing(
          Buffer.from(`${text}\r${headers.slice(at).join('\r\n')}\r\n${lengthOf(body)}\r\n\r\n${body}`, 'latin1'),
        );
      },
    ];
  },
  framing((dice, body) => [lengthOf(body), `Content-Length: ${body.length + 1 + dice.int(50)}`]),
  framing((dice, body) => [`Content-Length: ${body.length}, ${body.length + 1 + dice.int(50)}`]),
  framing((dice) => [
    `Content-Length: ${['-1', '+5', '0x10', '1e3', '5 5', 'five', '', '5;', '9'.repeat(23)][dice.int(9)]}`,
  ]),
  framing((dice, body) => [
    lengthOf(body),
    `Transfer-Encoding: ${['chunked', 'chunked, identity', 'gzip, chunked'][dice.int(3)]}`,
  ]),
  framing((dice, body) => [`Transfer-Encoding: ${['chunked', 'CHUNKED'][dice.int(2)]}`, lengthOf(body)]),
  framing((dice) => [
    `Transfer-Encoding: chunked, ${['gzip', 'x-unknown', 'chunked'][dice.int(3)]}`,
    'Content-Length: 5',
  ]),
  endless('a field that never ends', ({ statusLine: line }) => `${line}\r\nX-Endless: `, 'a'.repeat(16_384)),
  endless('fields that never end', ({ statusLine: line }) => `${line}\r\n`, 'X-Endless: aaaaaaaa\r\n'.repeat(800)),
  endless('a status line that never ends', () => 'HTTP/1.1 200 ', 'O'.repeat(16_384)),
  endless('early hints that never end', () => '', 'HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n'.repeat(300)),
  endless('empty lines that never end', () => '', '\r\n'.repeat(8_000)),
  (dice) => {
    const then = dice.pick(['hang', 'drip'] as const);
    return [
      `a head that stops in the middle (${then})`,
      ({ statusLine: line, headers }) => ({
        pieces: [Buffer.from(`${line}\r\n${headers[0] ?? ''}\r\nX-`), Buffer.from('slow'.repeat(100))],
        then,
      }),
    ];
  },
  (dice) => {
    const sent = 'HTTP/1.1 301 Moved'.slice(0, dice.int(18));
    return [
      `a connection that is reset after ${sent.length} bytes`,
      () => ({ pieces: [Buffer.from(sent)], then: 'reset' }),
    ];
  },
  () => [
    'a switch of protocols that nobody asked for',
    ({ headers }) =>
      closing(
        message(
          'HTTP/1.1 101 Switching Protocols',
          ['Upgrade: h2c', 'Connection: Upgrade', ...headers],
          Buffer.alloc(0),
        ),
      ),
  ],
];

export function brokenHead(dice: Dice, index: number): BrokenHttp {
  const breakage = BREAKAGES[index % BREAKAGES.length] ?? BREAKAGES[0];
  const [says, script] = breakage(dice);
  const at = dice.int(3) === 0 ? 'https' : 'http';
  return { family: 'head', says, at, isOnlyLong: false, answer: (asked) => script(soundAnswer(asked, at)) };
}
