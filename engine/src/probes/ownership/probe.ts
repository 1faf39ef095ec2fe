import type { ObservationOf } from '../../model/observation.ts';
import { ownershipSubject } from '../../model/subject.ts';
import { type OwnershipLine, parseOwnershipLine } from '../../parsers/ownership-proof.ts';
import { type Action, type Context, defineProbe, mark } from '../probe.ts';
import { WireTrouble } from '../wire/wire.ts';

const DNS_TEMPLATE = 'ownership-dns';
const FILE_TEMPLATE = 'ownership-file';
/** Longest proof file we read, bytes. */
const FILE_BYTES_MAX = 4_096;

interface OwnershipAction extends Action {
  readonly host: string;
}

/** Looks for the owner's consent where only the owner can put it: in the DNS, or in a file on the host. */
export default defineProbe<OwnershipAction>({
  id: 'ownership',
  stage: 'inside',
  effect: 'looks',
  budgetMs: 30_000,
  templates: ({ accounts }) =>
    accounts.length === 0
      ? []
      : [
          { id: DNS_TEMPLATE, says: 'TXT _launch-ready.{host}', unit: 'queries', ceiling: 3 },
          { id: FILE_TEMPLATE, says: 'GET https://{host}/.well-known/launch-ready.txt', unit: 'requests', ceiling: 3 },
        ],
  plan: ({ given }) => {
    const { host } = new URL(given.url);
    if (given.accounts.length === 0) return [];
    const action: OwnershipAction = {
      id: `ownership of ${host}`,
      template: DNS_TEMPLATE,
      subjects: [ownershipSubject(host)],
      endpoint: null,
      says: `TXT _launch-ready.${host}, then GET https://${host}/.well-known/launch-ready.txt`,
      host,
    };
    return [action];
  },
  async *run({ host }, context, signal) {
    yield* proofs(host, context, signal);
  },
});

async function* proofs(
  host: string,
  context: Context,
  signal: AbortSignal,
): AsyncIterable<ObservationOf<'ownership-proof'>> {
  const seen = (from: ObservationOf<'ownership-proof'>['from']) =>
    mark(context, ownershipSubject(host), `${ownershipSubject(host)} by ${from}`);
  if (context.wire.leadsToLoopback(host)) {
    const expires = new Date(context.now().getTime() + DAY_MS).toISOString();
    yield {
      kind: 'ownership-proof',
      ...seen('loopback'),
      host,
      from: 'loopback',
      effects: ['reads', 'writes', 'disrupts'],
      expires,
    };
    return;
  }
  const today = context.now().toISOString().slice(0, 10);
  const holds = (line: OwnershipLine | undefined): line is OwnershipLine =>
    line !== undefined && line.key === context.operatorKey && today < line.expires;
  const proofOf = (
    from: ObservationOf<'ownership-proof'>['from'],
    { effects, expires }: OwnershipLine,
  ): ObservationOf<'ownership-proof'> => ({
    kind: 'ownership-proof',
    ...seen(from),
    host,
    from,
    effects: [...effects],
    expires: `${expires}T00:00:00.000Z`,
  });

  const { records } = await context.wire.resolve(DNS_TEMPLATE, `_launch-ready.${host}`, 'TXT', signal);
  const inDns = records.map(parseOwnershipLine).find(holds);
  if (inDns) {
    yield proofOf('dns', inDns);
    return;
  }
  const answer = await context.wire.ask(
    {
      template: FILE_TEMPLATE,
      method: 'GET',
      url: `https://${host}/.well-known/launch-ready.txt`,
      address: null,
      headers: [],
      body: null,
      maxBytes: FILE_BYTES_MAX,
      secret: false,
    },
    signal,
  );
  const lines = answer.status === 200 ? answer.bytes.toString('latin1').split('\n') : [];
  const inFile = lines.map(parseOwnershipLine).find(holds);
  if (inFile === undefined) throw new WireTrouble('not-allowed', `no proof for this operator's key at ${host}`);
  yield proofOf('well-known', inFile);
}

const DAY_MS = 86_400_000;
