import { defineCheck, type Finding, fail, pass } from '../../../model/check.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import { parseUrl } from '../../../parsers/url.ts';
import { type Answer, isOnTarget } from '../../answers.ts';
import { answeredApiSubjects, pageSubjects, unknownRouteSubject } from '../../subjects.ts';

type ProblemId = 'version-shown';

/** Kinds of marks (extractors/leak-marks.ts) that name a product with its version. A name alone is no finding. */
const VERSIONS: readonly string[] = ['server-version', 'powered-by-version', 'framework-version', 'via-version'];

export default defineCheck({
  id: 'version-banners',
  criterion: 'logging',
  title: 'Answers do not say which version of which software made them',
  why: 'A version number lets programs pick out exactly those servers for which an attack was published this morning.',
  harms: ['broken-access-control', 'downtime'],
  requirements: ['LR-024', 'LR-071', 'LR-079'],
  sources: ['OWASP ASVS 5.0, 13.4.6', 'RFC 9110, sections 10.2.4 and 17.12'],
  standards: { asvs: ['13.4.6'], top10: ['A02'], cwe: [200, 497], mvsp: ['3.3'] },
  cannotSee: [
    'Versions that a practised eye reads off the way the software behaves.',
    'Versions in a generator element of a page, which `generator-version` looks at.',
    'Whether the version is a weak one.',
  ],
  needs: ['http-exchange'],
  evidenceLivesDays: 7,
  problems: {
    'version-shown': {
      severity: 'low',
      says: 'names its software with the version',
      breaks: 'When a weakness of that version is published, the portal is on the list of those to try.',
      fix: ['Switch the version off in the header. Keeping the software up to date matters more.'],
      fixIn: {
        nginx: ['server_tokens off;', 'proxy_hide_header X-Powered-By;', 'proxy_hide_header X-AspNet-Version;'],
        apache: ['ServerTokens Prod', 'Header always unset X-Powered-By'],
        caddy: ['header -Server', 'header -X-Powered-By'],
        express: ["app.disable('x-powered-by');"],
        next: ['poweredByHeader: false'],
        vite: ['A Vite build sends no headers of its own: set it where the files are served.'],
        cloudflare: ['Transform Rules → Modify Response Header: Remove  X-Powered-By  and  X-AspNet-Version'],
        laravel: ['In php.ini: expose_php = Off'],
        rails: ["config.action_dispatch.default_headers.delete('X-Runtime')"],
      },
    },
  },
  unlock: 'Let us open the start page.',
  subjects: (given, seen) => [
    ...pageSubjects(given, seen),
    ...answeredApiSubjects(given, seen),
    unknownRouteSubject(given),
  ],
  judge({ 'http-exchange': answers }, given) {
    const findings = answers.filter(({ url }) => isOnTarget(url, given)).flatMap(problemsOf);
    return isNonEmpty(findings) ? fail(findings) : pass(answers);
  },
});

/** One for each header of a host: that many answers carry it is one cause. */
function problemsOf(answer: Answer): Finding<ProblemId>[] {
  return answer.leaks.flatMap(({ is, at, excerpt }, index) =>
    VERSIONS.includes(is) || (is === 'generator' && at.startsWith('header ') && /\d/.test(excerpt))
      ? [
          {
            problem: 'version-shown',
            subject: `${at} of ${parseUrl(answer.url)?.hostname}`,
            detail: excerpt.slice(0, 200),
            evidence: [{ observation: answer.id, pointer: `/leaks/${index}` }],
          },
        ]
      : [],
  );
}
