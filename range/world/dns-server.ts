import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import dns2 from 'dns2';
import { type Listening, LOOPBACK, listen } from './listen.ts';

const { Packet } = dns2;
type Message = InstanceType<typeof Packet>;
type Resource = Message['answers'][number];

/** One record; `name` is fully qualified without the last dot, `*.` in front makes it a wildcard (RFC 4592). */
export type DnsRecord =
  | { readonly name: string; readonly type: 'A' | 'AAAA'; readonly address: string }
  | { readonly name: string; readonly type: 'CNAME' | 'NS'; readonly target: string }
  | { readonly name: string; readonly type: 'MX'; readonly priority: number; readonly exchange: string }
  /** A text over 255 bytes is cut into several character-strings; an array gives the cuts by hand. */
  | { readonly name: string; readonly type: 'TXT'; readonly text: string | readonly string[] }
  | {
      readonly name: string;
      readonly type: 'CAA';
      readonly flags: number;
      readonly tag: string;
      readonly value: string;
    }
  /** Any other type, as bytes (RFC 3597): DS 43, TLSA 52, HTTPS 65. */
  | { readonly name: string; readonly type: 'RAW'; readonly typeCode: number; readonly dataHex: string };

export interface DnsZone {
  /** The apex, for example `portal.example`. */
  readonly name: string;
  readonly records: readonly DnsRecord[];
  /** Sets AD, as a validating resolver would for a signed zone. */
  readonly authenticData?: boolean;
}

/**
 * What one name does instead of answering.
 * `truncate`: TC over UDP, everything over TCP. `garbage`: bytes that are no DNS message. `nxdomain`: denied although it is there.
 */
export type DnsMisbehaviour = 'servfail' | 'refused' | 'no-answer' | 'garbage' | 'truncate' | 'nxdomain';

export interface DnsConfig {
  readonly zones: readonly DnsZone[];
  /** By name (`portal.example`) or by name and type (`portal.example TXT`). */
  readonly misbehaviours: Readonly<Record<string, DnsMisbehaviour>>;
}

/** Record lifetime in seconds; short, since nothing in a world is worth caching. */
const TTL_SECONDS = 300;

/** Source: RFC 1035, 4.2.1; larger only when the client says so in EDNS (RFC 6891, 6.2.3). */
const UDP_BYTES_MAX = 512;

/** Longest CNAME chain we follow. Source: the limit of common resolvers (unbound: 11, BIND: 16). */
const CNAME_HOPS_MAX = 12;

const codeOf = (record: DnsRecord): number => (record.type === 'RAW' ? record.typeCode : Packet.TYPE[record.type]);

const characterStrings = (text: string | readonly string[]): readonly Buffer[] => {
  if (typeof text !== 'string') return text.map((part) => Buffer.from(part));
  const bytes = Buffer.from(text);
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length || at === 0; at += 255) parts.push(bytes.subarray(at, at + 255));
  return parts;
};

const dataOf = (record: DnsRecord): Record<string, unknown> => {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return { address: record.address };
    case 'CNAME':
      return { domain: record.target };
    case 'NS':
      return { ns: record.target };
    case 'MX':
      return { exchange: record.exchange, priority: record.priority };
    case 'TXT':
      return { data: characterStrings(record.text) };
    case 'CAA':
      return { flags: record.flags, tag: record.tag, value: record.value };
    case 'RAW':
      return { data: Buffer.from(record.dataHex, 'hex') };
  }
};

const toResource = (record: DnsRecord, owner: string): Resource =>
  // dns2 declares Resource with every record's fields at once; its encoder reads only those of `type`
  ({
    name: owner,
    type: codeOf(record),
    class: Packet.CLASS.IN,
    ttl: TTL_SECONDS,
    ...dataOf(record),
  }) as unknown as Resource;

const soaOf = (zone: DnsZone): Resource =>
  // as above: only the fields of SOA are read
  ({
    name: zone.name,
    type: Packet.TYPE.SOA,
    class: Packet.CLASS.IN,
    ttl: TTL_SECONDS,
    primary: `ns1.${zone.name}`,
    admin: `hostmaster.${zone.name}`,
    serial: 2_026_112_301,
    refresh: 7_200,
    retry: 900,
    expiration: 1_209_600,
    minimum: 300,
  }) as unknown as Resource;

const isWithin = (name: string, apex: string): boolean => name === apex || name.endsWith(`.${apex}`);

const zoneOf = (name: string, zones: readonly DnsZone[]): DnsZone | undefined =>
  zones.filter((zone) => isWithin(name, zone.name)).sort((a, b) => b.name.length - a.name.length)[0];

const recordsAt = (
  name: string,
  zone: DnsZone,
): { readonly exists: boolean; readonly records: readonly DnsRecord[] } => {
  const exact = zone.records.filter((record) => record.name.toLowerCase() === name);
  const exists =
    exact.length > 0 || name === zone.name || zone.records.some((record) => isWithin(record.name.toLowerCase(), name));
  if (exists) return { exists, records: exact };
  const labels = name.split('.');
  for (let at = 1; at < labels.length; at += 1) {
    const wild = zone.records.filter((record) => record.name === `*.${labels.slice(at).join('.')}`);
    if (wild.length > 0) return { exists: true, records: wild };
  }
  return { exists: false, records: [] };
};

const resolve = (response: Message, asked: string, type: number, zones: readonly DnsZone[]): void => {
  let name = asked;
  for (let hop = 0; hop <= CNAME_HOPS_MAX; hop += 1) {
    const zone = zoneOf(name.toLowerCase(), zones);
    if (zone === undefined) {
      if (hop === 0) response.header.rcode = Packet.RCODE.REFUSED;
      return;
    }
    if (zone.authenticData === true) Object.assign(response.header, { ad: 1 }); // dns2 writes it, its types lack it
    if (type === Packet.TYPE.SOA && name.toLowerCase() === zone.name) {
      response.answers.push(soaOf(zone));
      return;
    }
    const { exists, records } = recordsAt(name.toLowerCase(), zone);
    const matching = records.filter((record) => codeOf(record) === type || type === Packet.TYPE.ANY);
    const alias = records.find((record) => record.type === 'CNAME');
    if (matching.length > 0) {
      for (const record of matching) response.answers.push(toResource(record, name));
      return;
    }
    if (alias?.type !== 'CNAME') {
      if (!exists) response.header.rcode = Packet.RCODE.NXDOMAIN;
      response.authorities.push(soaOf(zone));
      return;
    }
    response.answers.push(toResource(alias, name));
    name = alias.target;
  }
  response.header.rcode = Packet.RCODE.SERVFAIL;
};

const emptyResponse = (query: Message): Message => {
  const response = Packet.createResponseFromRequest(query);
  response.header.qr = 1;
  response.header.aa = 0;
  response.header.ra = 1;
  response.header.rd = query.header.rd;
  response.header.tc = 0;
  response.header.rcode = 0;
  response.additionals = [];
  return response;
};

const misbehaviourAt = (name: string, typeName: string, { misbehaviours }: DnsConfig): DnsMisbehaviour | undefined =>
  misbehaviours[`${name} ${typeName}`] ?? misbehaviours[name];

/** The bytes to send back, or undefined when nothing is to be sent. */
const answerTo = (bytes: Buffer, transport: 'udp' | 'tcp', config: DnsConfig): Buffer | undefined => {
  let query: Message;
  try {
    query = Packet.parse(bytes);
  } catch {
    return undefined; // not a DNS message: a real server is silent too
  }
  const question = query.questions[0];
  if (question === undefined || query.header.qr === 1) return undefined;
  const name = String(question.name);
  const type = Number(question.type);
  const response = emptyResponse(query);
  const trouble = misbehaviourAt(name.toLowerCase(), Packet.typeName(type), config);
  if (trouble === 'no-answer') return undefined;
  // not random: the same world must answer the same way twice
  if (trouble === 'garbage') return createHash('sha512').update(name).digest();
  if (trouble === 'servfail') response.header.rcode = Packet.RCODE.SERVFAIL;
  else if (trouble === 'refused') response.header.rcode = Packet.RCODE.REFUSED;
  else if (trouble === 'nxdomain') response.header.rcode = Packet.RCODE.NXDOMAIN;
  else resolve(response, name, type, config.zones);
  const opt = query.additionals.find((record) => record.type === Packet.TYPE.EDNS);
  const encoded = response.toBuffer();
  const bytesMax = Math.max(UDP_BYTES_MAX, Number(opt?.class ?? 0));
  if (transport === 'tcp' || (trouble !== 'truncate' && encoded.length <= bytesMax)) return encoded;
  const short = emptyResponse(query);
  short.header.tc = 1;
  return short.toBuffer();
};

const serveTcp = (socket: Socket, config: DnsConfig): void => {
  let pending = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
      const end = 2 + pending.readUInt16BE(0);
      const answer = answerTo(pending.subarray(2, end), 'tcp', config);
      pending = pending.subarray(end);
      if (answer === undefined) continue;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(answer.length);
      socket.write(Buffer.concat([length, answer]));
    }
  });
};

const bindUdp = async (port: number, config: DnsConfig): Promise<() => Promise<void>> => {
  const socket = createSocket('udp4');
  socket.on('message', (bytes, from) => {
    const answer = answerTo(bytes, 'udp', config);
    if (answer !== undefined) socket.send(answer, from.port, from.address);
  });
  try {
    socket.bind(port, LOOPBACK);
    await once(socket, 'listening');
  } catch (cause) {
    socket.close();
    throw cause;
  }
  socket.on('error', () => undefined); // a client that went away is not our trouble
  return async () => {
    const closed = once(socket, 'close');
    socket.close();
    await closed;
  };
};

/**
 * A resolver that knows only the given zones, over UDP and TCP on one high port.
 * Names outside every zone are refused (RFC 1035, 4.1.1, RCODE 5).
 */
export const startDnsServer = async (config: DnsConfig): Promise<Listening> => {
  for (let attempt = 0; ; attempt += 1) {
    const tcp = await listen(createServer((socket) => serveTcp(socket, config)));
    try {
      const closeUdp = await bindUdp(tcp.port, config);
      return {
        port: tcp.port,
        close: async () => {
          await Promise.all([tcp.close(), closeUdp()]);
        },
      };
    } catch (cause) {
      await tcp.close(); // the UDP port of that number was taken: try another
      if (attempt === 20) throw cause;
    }
  }
};
