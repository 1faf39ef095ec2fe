import type { Given } from '../model/given.ts';
import { ofKind } from '../model/observation.ts';
import type { RunRecord } from '../model/run-record.ts';
import type { SeenBySubject } from './judge.ts';

/** What kind of portal was reviewed: only a deployed and identified one can be ready. */
export function standingOf(given: Given, seen: SeenBySubject): RunRecord['standing'] {
  if (given.rehearsal)
    return {
      is: 'rehearsal',
      because: 'the run went through a resolver, certificate authority, clock or connect map of the operator',
    };
  const local = given.hosts.find(({ host }) => isLocalName(host));
  if (local) return { is: 'preview', because: `${local.host} is this machine, not a deployed portal` };
  const answers = ofKind('dns-answer', seen.all);
  const loopback = answers.find(({ type, records }) => (type === 'A' || type === 'AAAA') && records.some(isLoopback));
  if (loopback) return { is: 'preview', because: `${loopback.host} leads to this machine, not to a deployed portal` };
  if (ofKind('release-sign', seen.all).length === 0)
    return { is: 'preview', because: 'nothing identifies the release: send a release header or a version meta tag' };
  return { is: 'deployed', because: 'a public name answers with an identified release' };
}

const isLocalName = (host: string) =>
  host === 'localhost' || host.endsWith('.localhost') || isLoopback(host.replaceAll(/[[\]]/g, ''));
const isLoopback = (address: string) => /^127\.|^::1$|^::ffff:127\./i.test(address);
