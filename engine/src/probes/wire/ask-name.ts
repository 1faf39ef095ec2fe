import { Resolver } from 'node:dns/promises';
import { type DnsReply, type DnsType, WireTrouble } from './wire.ts';

/** One try at a name server, ms, and the tries. Together they stay below the time of the shortest step of a plan. */
const DNS_TIMEOUT_MS = 2_000;
const DNS_TRIES = 2;

/** What is kept of one answer: a hostile zone may hold any number of records of any length. */
const RECORDS_MAX = 100;
/** Longest record kept, characters. A DKIM key of 4096 bits has about 800. */
const RECORD_CHARS_MAX = 4_096;

/** Special-use names that no resolver is asked for (RFC 6761, section 6.3). */
const LOCALHOST: Readonly<Partial<Record<DnsType, string>>> = { A: '127.0.0.1', AAAA: '::1' };

export type AskName = (host: string, type: DnsType) => Promise<DnsReply>;

/** @param server `address:port` of the resolver to ask; null for the machine's own. */
export function createAskName(server: string | null): { readonly askName: AskName; readonly close: () => void } {
  const resolver = new Resolver({ timeout: DNS_TIMEOUT_MS, tries: DNS_TRIES });
  if (server !== null) resolver.setServers([server]);
  const askName: AskName = async (host, type) => {
    if (host === 'localhost' || host.endsWith('.localhost')) {
      const address = LOCALHOST[type];
      return address === undefined ? { is: 'none', records: [] } : { is: 'found', records: [address] };
    }
    try {
      const records = await ASK[type](resolver, host);
      const kept = records.slice(0, RECORDS_MAX).map((record) => record.slice(0, RECORD_CHARS_MAX));
      return { is: kept.length > 0 ? 'found' : 'none', records: kept.sort() };
    } catch (cause) {
      return replyTo(cause, `${type} of ${host}`);
    }
  };
  return { askName, close: () => resolver.cancel() };
}

const ASK: Readonly<Record<DnsType, (resolver: Resolver, host: string) => Promise<string[]>>> = {
  A: (resolver, host) => resolver.resolve4(host),
  AAAA: (resolver, host) => resolver.resolve6(host),
  CNAME: (resolver, host) => resolver.resolveCname(host),
  NS: (resolver, host) => resolver.resolveNs(host),
  MX: async (resolver, host) =>
    (await resolver.resolveMx(host)).map(({ priority, exchange }) => `${priority} ${exchange}`),
  TXT: async (resolver, host) => (await resolver.resolveTxt(host)).map((parts) => parts.join('')),
  CAA: async (resolver, host) =>
    (await resolver.resolveCaa(host)).flatMap(({ critical, ...rest }) =>
      Object.entries(rest)
        .filter(([, value]) => typeof value === 'string')
        .map(([tag, value]) => `${critical} ${tag} "${value}"`),
    ),
};

/** Codes of c-ares that say "we could not find out". Source: Node's documentation of dns, "Error codes". */
const NOT_RESOLVED = new Set([
  'ESERVFAIL',
  'EREFUSED',
  'ENOTIMP',
  'EFORMERR',
  'EBADRESP',
  'EBADNAME',
  'EBADQUERY',
  'EBADFAMILY',
  'ETIMEOUT',
  'ECONNREFUSED',
  'ECANCELLED',
  'EOF',
  'EDESTRUCTION',
]);

function replyTo(cause: unknown, question: string): DnsReply {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ENOTFOUND') return { is: 'no-such-name', records: [] };
  if (code === 'ENODATA') return { is: 'none', records: [] };
  if (NOT_RESOLVED.has(code)) throw new WireTrouble('not-resolved', `${question}: ${code}`, { cause });
  throw cause;
}
