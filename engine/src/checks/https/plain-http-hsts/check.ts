import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import type { ObservationOf } from '../../../model/observation.ts';
import { parseUrl } from '../../../parsers/url.ts';
import { allEntries, publishedHosts } from '../../subjects.ts';

type Answer = ObservationOf<'http-exchange'>;

const fieldAt = ({ responseHeaders }: Answer) =>
  responseHeaders.findIndex(([name]) => name.toLowerCase() === 'strict-transport-security');

const found = (answer: Answer): Finding<'hsts-over-plain-http'> => ({
  problem: 'hsts-over-plain-http',
  subject: `http://${parseUrl(answer.url)?.hostname ?? ''}`,
  detail: `answered ${answer.status}`,
  evidence: [{ observation: answer.id, pointer: `/responseHeaders/${fieldAt(answer)}` }],
});

export default defineCheck({
  id: 'plain-http-hsts',
  criterion: 'https',
  title: 'Strict-Transport-Security is promised over https only',
  why: 'Browsers drop this header when it comes over plain HTTP, so whoever relies on it there is not protected.',
  harms: ['account-takeover'],
  requirements: ['LR-014'],
  sources: ['RFC 6797, section 7.2', 'RFC 6797, section 8.1'],
  standards: { asvs: ['3.4.1'], top10: ['A02'], cwe: [319], mvsp: ['2.2'] },
  cannotSee: ['What port 80 answers to other paths than those that were tried.'],
  needs: ['http-exchange'],
  evidenceLivesDays: 7,
  problems: {
    'hsts-over-plain-http': {
      severity: 'low',
      says: 'sends Strict-Transport-Security over plain HTTP, where it counts for nothing',
      breaks: 'A check that looks for the header on port 80 is content, and browsers are not bound by it.',
      fix: ['Send the header from the server of port 443 only, and let port 80 do nothing but redirect.'],
      fixIn: {
        nginx: ['Move `add_header Strict-Transport-Security` from the `listen 80` server into the `listen 443` one.'],
      },
    },
  },
  unlock: 'Let us reach port 80 of the hosts.',
  subjects: (given, seen) =>
    allEntries(publishedHosts(given, seen), given, seen).filter((subject) => subject.startsWith('entry http://')),
  judge({ 'http-exchange': answers }) {
    const plain = answers.filter(({ url }) => url.startsWith('http://'));
    if (!isNonEmpty(plain)) return notVerified('nothing was answered over plain HTTP');
    const findings = plain.filter((answer) => fieldAt(answer) >= 0).map(found);
    return isNonEmpty(findings) ? fail(findings) : pass(plain);
  },
});
