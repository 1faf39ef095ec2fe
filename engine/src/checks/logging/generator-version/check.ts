import { defineCheck, fail, pass } from '../../../model/check.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import { hostOf } from '../../answers.ts';
import { htmlPageSubjects } from '../../subjects.ts';

export default defineCheck({
  id: 'generator-version',
  criterion: 'logging',
  title: 'Pages do not say which version of which software made them',
  why: 'A version number lets programs pick out exactly those portals for which an attack was published this morning.',
  harms: ['broken-access-control'],
  requirements: ['LR-024', 'LR-071', 'LR-079'],
  sources: ['OWASP ASVS 5.0, 13.4.6', 'WHATWG HTML, section 4.2.5.1 (meta name=generator)'],
  standards: { asvs: ['13.4.6'], top10: ['A02'], cwe: [200, 497], mvsp: ['3.3'] },
  cannotSee: ['Pages behind sign-in.', 'Whether the version is a weak one.'],
  needs: ['page'],
  evidenceLivesDays: 7,
  problems: {
    'generator-version-shown': {
      severity: 'low',
      says: 'name the software that made them, with its version',
      breaks: 'When a weakness of that version is published, the portal is on the list of those to try.',
      fix: ['Take the `<meta name="generator">` element out of the template, or the version out of it.'],
      fixIn: {
        next: ['Leave `generator` out of the exported `metadata`.'],
        vite: ['Take the element out of index.html.'],
        nginx: ['sub_filter can cut it, but the template is the place to mend it.'],
      },
    },
  },
  unlock: 'Let us open the start page.',
  subjects: (given, seen) => htmlPageSubjects(given, seen),
  judge({ page: pages }) {
    const findings = pages.flatMap(({ generator, id, url }) =>
      generator !== null && /\d+(?:\.\d+)+|\s\d+\b/.test(generator)
        ? [
            {
              problem: 'generator-version-shown' as const,
              subject: `pages of ${hostOf(url)}`,
              detail: `${generator.slice(0, 200)} at ${url.slice(0, 200)}`,
              evidence: [{ observation: id, pointer: '/generator' }] as const,
            },
          ]
        : [],
    );
    return isNonEmpty(findings) ? fail(findings) : pass(pages);
  },
});
