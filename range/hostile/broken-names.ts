import type { BrokenDns, Script } from './broken.ts';
import type { Dice } from './dice.ts';

/** Codes of the record types that a review asks for (IANA). */
const TYPE = { A: 1, NS: 2, CNAME: 5, MX: 15, TXT: 16, AAAA: 28, CAA: 257 } as const;
type TypeName = keyof typeof TYPE;
const TYPES = ['A', 'AAAA', 'CNAME', 'NS', 'MX', 'TXT', 'CAA'] as const;

/** Header fields that are counted (RFC 1035, section 4.1.1), by their offset. */
const COUNT = { question: 4, answer: 6, authority: 8, additional: 10 } as const;
const HEADER_BYTES = 12;

const uint16 = (value: number): Buffer => Buffer.from([(value >> 8) & 0xff, value & 0xff]);

export interface Question {
  /** Lower case, without the last dot. */
  readonly name: string;
  readonly type: number;
  /** Where the question ends in the query. */
  readonly end: number;
}

/** The first question of a query; undefined when there is none to be read. */
export function questionOf(query: Buffer): Question | undefined {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query[at]; length !== undefined; length = query[at]) {
    if (length === 0) {
      if (query.length < at + 5) return undefined;
      return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
    }
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return undefined;
}

interface Reply {
  readonly flags?: number;
  readonly answers?: readonly Buffer[];
  readonly answerCount?: number;
}

/** A reply that repeats the question, as it should. */
export function reply(query: Buffer, { flags = 0x8180, answers = [], answerCount = answers.length }: Reply): Buffer {
  const head = Buffer.from(query.subarray(0, HEADER_BYTES));
  head.writeUInt16BE(flags, 2);
  head.writeUInt16BE(1, COUNT.question);
  head.writeUInt16BE(answerCount, COUNT.answer);
  head.writeUInt32BE(0, COUNT.authority);
  return Buffer.concat([head, query.subarray(HEADER_BYTES, questionOf(query)?.end ?? HEADER_BYTES), ...answers]);
}

/** The name of the question, as a pointer to it. */
const SAME_NAME = Buffer.from([0xc0, HEADER_BYTES]);
export const recordOf = (type: number, data: Buffer, owner: Buffer = SAME_NAME, length = data.length): Buffer =>
  Buffer.concat([owner, uint16(type), uint16(1), Buffer.from([0, 0, 0, 60]), uint16(length), data]);

/** Data of each type, as it should be. */
const DATA: Readonly<Record<TypeName, Buffer>> = {
  A: Buffer.from([203, 0, 113, 10]),
  AAAA: Buffer.from('20010db8001000000000000000000010', 'hex'),
  CNAME: SAME_NAME,
  NS: SAME_NAME,
  MX: Buffer.concat([uint16(10), SAME_NAME]),
  TXT: Buffer.from('\u0005v=xyz'),
  CAA: Buffer.from('\u0000\u0005issuerange.example'),
};

interface Breakage {
  readonly says: string;
  readonly datagram: BrokenDns['datagram'];
  readonly stream?: NonNullable<BrokenDns['stream']>;
}
type Make = (dice: Dice, type: TypeName) => Breakage;

const good = (query: Buffer, type: TypeName) => reply(query, { answers: [recordOf(TYPE[type], DATA[type])] });
/** A sound reply that is spoiled afterwards. */
const spoiled =
  (says: string, spoil: (packet: Buffer, dice: Dice) => Buffer): Make =>
  (dice, type) => {
    const thrown = dice.int(100_000);
    return { says, datagram: (query) => spoil(good(query, type), { ...dice, int: (below) => thrown % below }) };
  };
const badOwner =
  (says: string, owner: (query: Buffer) => Buffer): Make =>
  (_, type) => ({
    says,
    datagram: (query) => reply(query, { answers: [recordOf(TYPE[type], DATA[type], owner(query))] }),
  });
const setCount = (field: keyof typeof COUNT, says: string) =>
  spoiled(`${field} count ${says}`, (packet, dice) => {
    packet.writeUInt16BE(says === 'huge' ? 65_535 - dice.int(1_000) : 2 + dice.int(50), COUNT[field]);
    return packet;
  });

/** Data that a record of this type cannot have. */
const BAD_DATA: Readonly<Record<TypeName, readonly [Buffer, ...Buffer[]]>> = {
  A: [Buffer.from([1, 2, 3]), Buffer.alloc(0)],
  AAAA: [Buffer.alloc(15), Buffer.alloc(0)],
  CNAME: [Buffer.alloc(0), Buffer.from([63, 97]), Buffer.from([0xff, 0xff])],
  NS: [Buffer.alloc(0), Buffer.from([63, 97]), Buffer.from([0xff, 0xff])],
  MX: [Buffer.from([0]), Buffer.from([0, 10]), Buffer.from([0, 10, 63, 97])],
  TXT: [Buffer.from([200, 97, 98]), Buffer.from([5, 97])],
  CAA: [Buffer.from([0]), Buffer.from([0, 200, 97]), Buffer.from([0, 0])],
};

/** The datagram says that there is more, and over TCP it goes wrong. RFC 7766. */
const overTcp =
  (says: string, stream: (query: Buffer, type: TypeName, more: number) => Script): Make =>
  (dice, type) => {
    const more = 1 + dice.int(1_000);
    return {
      says: `cut, and over TCP ${says}`,
      datagram: (query) => reply(query, { flags: 0x8380 }),
      stream: (query) => stream(query, type, more),
    };
  };
const framed = (packet: Buffer, length = packet.length) => Buffer.concat([uint16(length), packet]);

/** Each of these is taken for no answer at all and costs as many seconds as the resolver waits, so they are few. */
const SILENT: readonly [Make, ...Make[]] = [
  spoiled('wrong id', (packet) => {
    packet.writeUInt16BE((packet.readUInt16BE(0) + 1) & 0xffff, 0);
    return packet;
  }),
  spoiled('wrong question', (packet) => {
    packet[HEADER_BYTES + 1] = 0x7a;
    return packet;
  }),
  spoiled('wrong type in the question', (packet) => {
    const { end } = questionOf(packet) ?? { end: packet.length };
    packet.writeUInt16BE(99, end - 4);
    return packet;
  }),
  () => ({ says: 'nothing', datagram: () => undefined }),
  () => ({ says: 'an empty datagram', datagram: () => Buffer.alloc(0) }),
  spoiled('less than a header', (packet, dice) => packet.subarray(0, 1 + dice.int(HEADER_BYTES - 1))),
  (dice) => {
    const noise = dice.bytes(30 + dice.int(400));
    return { says: 'noise', datagram: (query) => Buffer.concat([query.subarray(0, 2), noise]) };
  },
];

/**
 * Not among them: response codes 6 to 11, and the query sent back as it came. Node's resolver (c-ares) reads both as
 * "no such record" and lets nobody see that they were not.
 */
const TOLD: readonly [Make, ...Make[]] = [
  spoiled('cut short', (packet, dice) => packet.subarray(0, packet.length - 1 - dice.int(14))),
  spoiled('cut after the question', (packet) => packet.subarray(0, questionOf(packet)?.end ?? HEADER_BYTES)),
  setCount('answer', 'huge'),
  setCount('answer', 'too high'),
  setCount('authority', 'huge'),
  setCount('additional', 'huge'),
  badOwner('a name that points at itself', (query) => {
    const at = questionOf(query)?.end ?? HEADER_BYTES;
    return Buffer.from([0xc0 | (at >> 8), at & 0xff]);
  }),
  badOwner('two names that point at each other', (query) => {
    const at = questionOf(query)?.end ?? HEADER_BYTES;
    return Buffer.from([1, 97, 0xc0 | (at >> 8), at & 0xff]);
  }),
  badOwner('a name that points behind the packet', () => Buffer.from([0xff, 0xff])),
  badOwner('a name that points forward', (query) => uint16(0xc000 | ((questionOf(query)?.end ?? HEADER_BYTES) + 8))),
  badOwner('a label of a kind that does not exist', () => Buffer.from([0x80, 97, 0])),
  badOwner('a name of 1,000 characters', () =>
    Buffer.concat([...Array.from({ length: 16 }, () => Buffer.from(`\u003f${'a'.repeat(63)}`)), Buffer.from([0])]),
  ),
  (dice, type) => {
    const data = dice.pick(BAD_DATA[type]);
    return {
      says: `${type} data of ${data.length} bytes that do not fit`,
      datagram: (query) => reply(query, { answers: [recordOf(TYPE[type], data)] }),
    };
  },
  (dice, type) => {
    const more = 1 + dice.int(60_000);
    return {
      says: `data that says ${more} bytes more than there are`,
      datagram: (query) =>
        reply(query, { answers: [recordOf(TYPE[type], DATA[type], SAME_NAME, DATA[type].length + more)] }),
    };
  },
  (dice) => {
    const code = dice.pick([1, 2, 4, 5, 12, 13, 14, 15]);
    return { says: `response code ${code}`, datagram: (query) => reply(query, { flags: 0x8180 | code }) };
  },
  overTcp('the length lies', (query, type, more) => {
    const packet = good(query, type);
    return { pieces: [framed(packet, packet.length + more)], then: 'close' };
  }),
  overTcp('it is closed at once', () => ({ pieces: [], then: 'close' })),
  overTcp('it is reset', () => ({ pieces: [], then: 'reset' })),
  overTcp('it is cut again', (query) => ({
    pieces: [framed(reply(query, { flags: 0x8380 }).subarray(0, 9))],
    then: 'close',
  })),
];

/** One in so many is taken for silence. */
const SILENT_EVERY = 10;

export function brokenName(dice: Dice, index: number): BrokenDns {
  const typeName = TYPES[index % TYPES.length] ?? 'A';
  const turn = Math.floor(index / SILENT_EVERY);
  const make =
    index % SILENT_EVERY === 0
      ? (SILENT[turn % SILENT.length] ?? SILENT[0])
      : (TOLD[(index - turn - 1) % TOLD.length] ?? TOLD[0]);
  const { says, ...rest } = make(dice, typeName);
  return { family: 'dns', says: `${typeName}: ${says}`, type: TYPE[typeName], ...rest };
}

/** What a sound resolver says of a host of ours: one address, and nothing else. */
export const soundReply = (query: Buffer, type: number): Buffer =>
  reply(query, { answers: type === TYPE.A ? [recordOf(TYPE.A, DATA.A)] : [] });
