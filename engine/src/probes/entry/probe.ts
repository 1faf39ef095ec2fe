import { isIP } from 'node:net';
import type { Given } from '../../model/given.ts';
import { type ObservationOf, ofKind, type Sighting } from '../../model/observation.ts';
import { entrySubject, nameSubject } from '../../model/subject.ts';
import { AS_BROWSER, get, redirectOf } from '../ask.ts';
import { exchangeSeen } from '../exchange-seen.ts';
import { obstaclesOf } from '../obstacle.ts';
import { type Action, defineProbe } from '../probe.ts';
import { endpointOf, isOnTarget, siblingOf } from '../target-urls.ts';

interface Entry extends Action {
  readonly url: string;
  readonly address: string | null;
}

/** Redirects followed. A sound portal needs two; browsers give up at 20. */
const HOPS_MAX = 5;
/** Addresses of one host that are tried. Large networks give more, all alike. */
const ADDRESSES_MAX = 4;
/** Requests in one run at most, whatever the number of hosts and paths. */
const REQUESTS_MAX = 600;
const BYTES_MAX = 1_048_576;

/** Whether path and query survive the redirects is asked with this query. */
const KEPT_QUERY = '?lr=kept';

/** Goes in by every scheme, host, path and address, and follows where it leads. */
export default defineProbe<Entry>({
  id: 'entry',
  stage: 'outside',
  effect: 'looks',
  budgetMs: 60_000,
  templates: (given) => [
    {
      id: 'entry/follow',
      says: `GET {http, https}://{host of the target}{${given.paths.join(', ')}} at each of its addresses, and up to ${HOPS_MAX} redirects on hosts of the target`,
      unit: 'requests',
      ceiling: Math.min(
        REQUESTS_MAX,
        2 * given.hosts.length * (given.paths.length + 1) * ADDRESSES_MAX * (HOPS_MAX + 1),
      ),
    },
  ],
  plan: ({ given, seen }) =>
    given.hosts.flatMap(({ host }) => {
      const addresses = addressesOf(host, seen);
      return (['http', 'https'] as const).flatMap((scheme) =>
        pathsOf(given).flatMap((path) =>
          // One address will do for the question whether the query is kept.
          (path.endsWith(KEPT_QUERY) ? addresses.slice(0, 1) : addresses).map((address) =>
            entryAt(`${scheme}://${host}${path}`, address),
          ),
        ),
      );
    }),
  async *run({ url: start, address: first }, context, signal) {
    const subject = entrySubject(start, familyOf(first));
    const host = new URL(start).hostname;
    const visited = new Set<string>();
    let url = start;
    for (let hop = 0; ; hop += 1) {
      visited.add(url);
      const address = new URL(url).hostname === host ? first : null;
      const answer = await context.wire.ask(
        get('entry/follow', url, { address, headers: AS_BROWSER, maxBytes: BYTES_MAX }),
        signal,
      );
      const next = redirectOf(answer, url);
      const chainEnd = chainEndAt(next, hop, visited, context.given);
      const id = `${subject} #${hop} ${first ?? 'any address'}`;
      const seen = exchangeSeen(context, { subject, id, purpose: 'entry', url, hop, chainEnd }, answer);
      yield seen;
      yield* obstaclesOf(seen, answer);
      if (next === null || chainEnd !== null) return;
      url = next;
    }
  },
});

function pathsOf({ paths }: Given): string[] {
  const deep = paths.find((path) => path !== '/') ?? '/';
  return [...paths, ...(deep.includes('?') ? [] : [`${deep}${KEPT_QUERY}`])];
}

function entryAt(url: string, address: string | null): Entry {
  const at = address === null ? '' : ` at ${address}`;
  return {
    id: `entry ${url}${at}`,
    template: 'entry/follow',
    subjects: [entrySubject(url, familyOf(address))],
    endpoint: endpointOf(url),
    says: `GET ${url}${at}`,
    url,
    address,
  };
}

const familyOf = (address: string | null) => (address?.includes(':') ? 'IPv6' : 'IPv4');

/** Null stands for whichever address the resolver gives. Nothing before the name server has answered, nothing for a name without an address. */
function addressesOf(host: string, seen: readonly Sighting[]): (string | null)[] {
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0 || /(^|\.)localhost$/.test(host)) return [null];
  const answers = ofKind('dns-answer', seen).filter(
    (one) => one.host === host && (one.type === 'A' || one.type === 'AAAA'),
  );
  const unclear = ofKind('obstacle', seen).some(({ subject }) => subject === nameSubject(host));
  const found = answers.flatMap(({ records }) => records).slice(0, ADDRESSES_MAX);
  if (answers.length < 2) return unclear ? [...found, ...(found.length === 0 ? [null] : [])] : [];
  return found;
}

function chainEndAt(
  next: string | null,
  hop: number,
  visited: ReadonlySet<string>,
  given: Given,
): ObservationOf<'http-exchange'>['chainEnd'] {
  if (next === null) return 'landed';
  if (visited.has(next)) return 'loop';
  if (!mayFollow(given, next)) return 'left-scope';
  return hop === HOPS_MAX ? 'too-long' : null;
}

/** Redirects are followed on the hosts that were given and on their siblings with or without `www.`. */
function mayFollow(given: Given, url: string): boolean {
  if (isOnTarget(given, url)) return true;
  const { hostname, protocol } = new URL(url);
  return protocol.startsWith('http') && given.hosts.some(({ host }) => siblingOf(host) === hostname);
}
