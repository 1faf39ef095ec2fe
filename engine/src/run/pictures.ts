import type { Given } from '../model/given.ts';
import { type ObservationOf, ofKind } from '../model/observation.ts';
import type { RunRecord } from '../model/run-record.ts';
import { entrySubject, nameSubject, tlsSubject } from '../model/subject.ts';
import { parseHsts } from '../parsers/hsts.ts';
import { REASON_WORDS, type SeenBySubject } from './judge.ts';
import { DAY_MS } from './roll-up.ts';

type Pictures = RunRecord['pictures'];
type Exchange = ObservationOf<'http-exchange'>;

/** What the graph of redirects and the grid of hosts are drawn from. */
export function picturesOf(given: Given, seen: SeenBySubject): Pictures {
  return { redirects: redirectsOf(given, seen), hosts: given.hosts.map((host) => hostRow(host, given, seen)) };
}

/** Every way in that was tried: the picture needs no trial of the query, and none of foreign redirect targets. */
const entriesOf = ({ hosts, paths }: Given, seen: SeenBySubject): string[] =>
  hosts
    .flatMap(({ host }) => paths.flatMap((path) => [`http://${host}${path}`, `https://${host}${path}`]))
    .flatMap((url) => [entrySubject(url), entrySubject(url, 'IPv6')])
    .filter((subject) => seen.of(subject).length > 0);

function redirectsOf(given: Given, seen: SeenBySubject): Pictures['redirects'] {
  return entriesOf(given, seen).flatMap((subject) => {
    const entry = subject.slice('entry '.length);
    const chains = [...Map.groupBy(ofKind('http-exchange', seen.of(subject)), chainKey).values()];
    const obstacle = ofKind('obstacle', seen.of(subject))[0];
    const why = obstacle === undefined ? null : REASON_WORDS[obstacle.reason];
    if (chains.length === 0) return [{ entry, hops: [], end: 'unseen' as const, because: why }];
    return [...new Map(chains.map((chain) => [pathOf(chain), chain])).values()].map((chain) => ({
      entry,
      hops: chain.map(({ url, status, address }) => ({ url, status, address })),
      end: chain.at(-1)?.chainEnd ?? ('unseen' as const),
      because: why,
    }));
  });
}

/** A chain began at one address; its hops share the first hop's id up to the hop's number. */
const chainKey = ({ id, hop }: Exchange) => id.replace(`#${hop}`, '#');
const pathOf = (chain: readonly Exchange[]) => chain.map(({ url, status }) => `${status} ${url}`).join(' ');

function hostRow({ host, role }: Given['hosts'][number], given: Given, seen: SeenBySubject): Pictures['hosts'][number] {
  const answers = ofKind('dns-answer', seen.of(nameSubject(host)));
  const addresses = answers.flatMap(({ type, records }) => (type === 'A' || type === 'AAAA' ? records : []));
  const first = (scheme: string) => {
    const own = (['IPv4', 'IPv6'] as const).flatMap((family) => seen.of(entrySubject(`${scheme}://${host}/`, family)));
    const exchange = ofKind('http-exchange', own).find(({ hop }) => hop === 0);
    const obstacle = ofKind('obstacle', own)[0];
    return { exchange, obstacle };
  };
  const words = ({ exchange, obstacle }: ReturnType<typeof first>) => {
    if (exchange) return exchange.redirectTo ? `${exchange.status} to ${exchange.redirectTo}` : String(exchange.status);
    return obstacle ? REASON_WORDS[obstacle.reason] : null;
  };
  const secure = first('https');
  const hsts = secure.exchange?.responseHeaders.filter(([name]) => name.toLowerCase() === 'strict-transport-security');
  const offers = ofKind('tls-offer', seen.of(tlsSubject(host, 443)));
  const chain = ofKind('tls-chain', seen.of(tlsSubject(host, 443)))[0];
  const certificate = chain?.sent[0] ?? null;
  return {
    host,
    role,
    addresses: [...new Set(addresses)],
    published: answers.length === 0 ? null : answers.some(({ is }) => is === 'found'),
    port80: words(first('http')),
    port443: words(secure),
    hsts: hsts === undefined ? null : hstsWords(hsts.map(([, value]) => value)),
    protocols:
      offers.length === 0
        ? null
        : [
            ...new Set(
              offers.flatMap(({ versions }) => versions.flatMap((one) => (one.is === 'accepted' ? [one.version] : []))),
            ),
          ],
    chain: chain === undefined ? null : CHAIN_WORDS[chain.trust],
    certificate,
    daysLeft:
      certificate === null
        ? null
        : Math.floor((Date.parse(certificate.notAfter) - Date.parse(given.judgedAt)) / DAY_MS),
  };
}

const CHAIN_WORDS = { sent: 'complete', incomplete: 'an intermediate is missing', untrusted: 'not trusted' } as const;

function hstsWords(values: readonly string[]): string {
  const [value, ...more] = values;
  if (value === undefined) return 'none';
  const parsed = parseHsts(value);
  if ('invalid' in parsed) return `invalid: ${parsed.invalid}`;
  const days = Math.floor(parsed.maxAgeSeconds / 86_400);
  return [
    `${days} days`,
    ...(parsed.includeSubDomains ? ['subdomains'] : []),
    ...(more.length > 0 ? ['sent twice'] : []),
  ].join(', ');
}
