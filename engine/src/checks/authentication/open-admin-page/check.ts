import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import type { Given } from '../../../model/given.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import type { ObservationOf, Sighting } from '../../../model/observation.ts';
import { entrySubject, pageSubject } from '../../../model/subject.ts';
import { parseUrl } from '../../../parsers/url.ts';
import { withoutQuery } from '../../answers.ts';
import { htmlPageSubjects, isAnswerWithoutPage } from '../../subjects.ts';

type ProblemId = 'admin-page-open';
type Page = ObservationOf<'page'>;

/** Where administration lives on a host that is also for others. Deeper in a path the word may be a topic of the help. */
const ADMIN_PATH =
  /^(?:\/(?:app|portal|dashboard|my|[a-z]{2}))?\/(?:admin|administration|administrator|backoffice|back-office|superadmin|staff)(?:\/|$)/i;
/** Rows that make a table a list of something. */
const ROWS_MIN = 2;

export default defineCheck({
  id: 'open-admin-page',
  criterion: 'authentication',
  title: 'Administration pages ask for a sign-in',
  why: 'An administration page that opens for a stranger is the shortest way into the portal, and its address is the first that is tried.',
  harms: ['broken-access-control', 'data-exposure', 'account-takeover'],
  requirements: ['LR-010', 'LR-029', 'LR-033', 'LR-066'],
  sources: ['OWASP ASVS 5.0, 8.2.1', 'OWASP ASVS 5.0, 8.4.2', 'CWE-425 (direct request)'],
  standards: { asvs: ['8.2.1', '8.3.1', '8.4.2'], top10: ['A01', 'A07'], cwe: [306, 425], mvsp: ['3.3'] },
  cannotSee: [
    'Administration at an address that says nothing of it.',
    'What scripts add while the page runs; the calls they make are judged by themselves.',
  ],
  needs: ['page'],
  evidenceLivesDays: 7,
  problems: {
    'admin-page-open': {
      severity: 'critical',
      says: 'opens for a stranger',
      breaks: 'Whoever finds the address sees, and perhaps does, what only administrators may.',
      fix: [
        'Check on the server that the session is an administrator’s before the page is made, and lead everybody else to the sign-in page.',
        'Do the same in every call that the page makes: hiding the page protects none of them.',
      ],
      fixIn: {
        next: [
          'In app/admin/layout.tsx:',
          "const session = await auth(); if (session?.user.role !== 'admin') redirect('/login');",
        ],
        express: ["app.use('/admin', requireRole('admin'));"],
        nginx: ['As a second lock in front of it:', 'location /admin { allow 203.0.113.7; deny all; }'],
        cloudflare: ['As a second lock in front of it: Zero Trust → Access → an application for the admin host.'],
        supabase: [
          'Keep the role in a table that only the server writes, and check it in the policies, not in the page.',
        ],
        django: ['@user_passes_test(lambda user: user.is_staff)'],
      },
    },
  },
  unlock: 'Let us open the start page, and name the admin host in the target file (role `admin`).',
  subjects: subjectsOf,
  judge({ page: pages }, given) {
    const open = pages.filter(({ status, url }) => status >= 200 && status < 300 && isForAdministration(url, given));
    const findings = open.filter(showsAdministration).map(found);
    if (isNonEmpty(findings)) return fail(findings);
    const unclear = open.find(({ hasPasswordField }) => !hasPasswordField);
    return unclear === undefined
      ? pass(pages)
      : notVerified('it opens without a sign-in form; what it then shows is not known');
  },
});

function isForAdministration(url: string, { hosts }: Given): boolean {
  const parsed = parseUrl(url);
  if (parsed === undefined) return false;
  return ADMIN_PATH.test(parsed.path) || hosts.some(({ host, role }) => role === 'admin' && host === parsed.hostname);
}

/**
 * All pages, since any may turn out to be one, and the start of each admin host, unless its way in was seen to answer
 * without a page: with a refusal or by leading elsewhere.
 */
function subjectsOf(given: Given, seen: readonly Sighting[]): string[] {
  const bySubject = Map.groupBy(seen, ({ subject }) => subject);
  const starts = given.hosts
    .filter(({ role }) => role === 'admin')
    .map(({ host }) => `https://${host}/`)
    .filter((url) => {
      const [first] = bySubject.get(entrySubject(url)) ?? [];
      return first === undefined || !isAnswerWithoutPage(first);
    });
  return [...new Set([...starts.map(pageSubject), ...htmlPageSubjects(given, seen)])];
}

/** A sign-in form may stand on a page with anything; without one, a list or people are not for strangers. */
const showsAdministration = ({ hasPasswordField, tableRows, data }: Page) =>
  !hasPasswordField && (tableRows >= ROWS_MIN || data.emails > 0 || data.personFields.length > 0);

const found = (page: Page): Finding<ProblemId> => ({
  problem: 'admin-page-open',
  subject: withoutQuery(page.subject),
  detail: `status ${page.status}, no password field, ${page.tableRows} rows, ${page.data.emails} addresses of people`,
  evidence: [
    { observation: page.id, pointer: page.tableRows >= ROWS_MIN ? '/tableRows' : '/data' },
    { observation: page.id, pointer: '/hasPasswordField' },
  ],
});
