import { isIP } from 'node:net';
import type { ObservationOf } from '../../model/observation.ts';
import { nameSubject } from '../../model/subject.ts';
import { type Action, defineProbe, mark } from '../probe.ts';
import { TRIES } from '../tries.ts';
import type { DnsType } from '../wire/wire.ts';

interface Question extends Action {
  readonly host: string;
  readonly type: DnsType;
}

const TYPES: readonly DnsType[] = ['A', 'AAAA', 'CNAME', 'NS', 'MX', 'TXT', 'CAA'];

/** Asks the resolver for all that is known of each host of the target. */
export default defineProbe<Question>({
  id: 'dns',
  stage: 'outside',
  effect: 'looks',
  budgetMs: 10_000,
  templates: ({ hosts }) => [
    {
      id: 'dns/ask',
      says: `${TYPES.join(', ')} of each host of the target`,
      unit: 'queries',
      ceiling: hosts.length * TYPES.length * TRIES,
    },
  ],
  plan: ({ given }) =>
    given.hosts
      .filter(({ host }) => isIP(host) === 0)
      .flatMap(({ host }) =>
        TYPES.map((type) => ({
          id: `dns ${type} ${host}`,
          template: 'dns/ask',
          subjects: [nameSubject(host)],
          endpoint: null,
          says: `${type} ${host}`,
          host,
          type,
        })),
      ),
  async *run({ host, type }, context, signal) {
    const { is, records } = await context.wire.resolve('dns/ask', host, type, signal);
    const subject = nameSubject(host);
    yield {
      kind: 'dns-answer',
      ...mark(context, subject, `${subject} ${type}`),
      host,
      type,
      is,
      records: [...records],
    } satisfies ObservationOf<'dns-answer'>;
  },
});
