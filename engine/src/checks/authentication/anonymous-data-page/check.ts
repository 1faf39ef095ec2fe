import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import type { Given } from '../../../model/given.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import type { Sighting } from '../../../model/observation.ts';
import { parseUrl } from '../../../parsers/url.ts';
import { type Answer, isHtml, isOnTarget, isSignedPublic, withoutQuery } from '../../answers.ts';
import { canonicalOrigin, entriesOf, pageSubjects } from '../../subjects.ts';
import { tellData, tellingFields } from '../people-in-data.ts';

type ProblemId = 'page-shows-records';

/** So many addresses of people on one page are a list of people; fewer may be a contact. */
const SHOWN_ADDRESSES_MAX = 2;

/** On these pages a list of people is what one expects. */
const PAGE_OF_CONTACTS =
  /^\/(?:[a-z]{2}(?:-[a-z]{2})?\/)?(?:about|agb|contacts?|imprint|impressum|kontakt|legal|people|press|privacy|security|support|team|terms)(?:[/.-]|$)/i;

/** Names of people stand on many public pages: testimonials, authors, the team. */
const NAMES = /name$/i;

export default defineCheck({
  id: 'anonymous-data-page',
  criterion: 'authentication',
  title: 'No page that a stranger is sent holds records or people',
  why: 'A portal may lead strangers to the sign-in page and yet send the record along, in the text that the browser does not show.',
  harms: ['data-exposure', 'broken-access-control'],
  requirements: ['LR-004', 'LR-010', 'LR-029', 'LR-033', 'LR-034'],
  sources: [
    'OWASP ASVS 5.0, 8.3.1',
    'OWASP ASVS 5.0, 14.2.6',
    'CWE-425 (direct request)',
    'CWE-698 (execution after redirect)',
  ],
  standards: { asvs: ['8.3.1', '8.2.2', '14.2.6'], top10: ['A01', 'A07'], cwe: [306, 425, 698, 359], mvsp: ['3.3'] },
  cannotSee: [
    'Pages that no page leads to: the address of a single record, for example.',
    'What scripts add while the page runs; the calls they make are judged by themselves.',
    'Names and texts without an address, a number or a field name beside them.',
    'Addresses that stand in a mail link or at the foot of a page: they count as contacts.',
  ],
  needs: ['http-exchange'],
  evidenceLivesDays: 7,
  problems: {
    'page-shows-records': {
      severity: 'critical',
      says: 'sends records or people to a stranger',
      breaks:
        'Anybody who knows or guesses the address reads client data, whatever the page then shows or wherever it leads.',
      fix: [
        'Check the session on the server before anything is read, and end the answer there: a redirect with an empty body, or 401.',
        'Guard in the layout or in middleware so that new pages are guarded too, and once more where the data is read.',
        'If people’s real data was open, look into the log for who has fetched it: it may be a breach that must be reported.',
      ],
      fixIn: {
        next: [
          'In app/(portal)/layout.tsx and again where the data is read:',
          "const session = await auth(); if (!session) redirect('/login');",
          'and never rely on middleware alone.',
        ],
        express: [
          "if (!req.session.user) return res.redirect('/login');",
          'with `return`: without it the page is rendered all the same.',
        ],
        fastify: ["if (!request.user) return reply.redirect('/login');"],
        vite: [
          'A guard in the router only hides the page. Put no data into index.html, and guard the calls on the server.',
        ],
        supabase: [
          'Read on the server with `supabase.auth.getUser()`, not `getSession()`, and stop when there is none.',
        ],
        django: ['LoginRequiredMixin', 'as the first base class of the view.'],
        rails: ['before_action :authenticate_user!', 'and `return` after a `redirect_to` of your own.'],
        laravel: ["Route::middleware('auth')->group(…);", 'and `exit` after a header() redirect.'],
      },
    },
  },
  unlock: 'Let us open the start page.',
  subjects: (given, seen) => [...pageSubjects(given, seen), ...otherHosts(given, seen)],
  judge({ 'http-exchange': answers }, given) {
    const own = answers.filter((answer) => isOnTarget(answer.url, given) && !isCanonicalEntry(answer, given));
    const judged = own.map((answer) => ({ answer, is: whatIsShown(answer, given) }));
    const findings = judged.filter(({ is }) => is === 'people').map(({ answer }) => found(answer));
    if (isNonEmpty(findings)) return fail(findings);
    const broken = own.find(({ status }) => status >= 500 || status === 429);
    if (broken !== undefined) return notVerified(`the page failed with ${broken.status}`);
    if (own.some(({ bodyCut }) => bodyCut)) return notVerified('the page was not read to its end');
    const open = judged.find(({ is }) => is === 'perhaps');
    if (open !== undefined) return notVerified(`shows ${tellData(open.answer.data)}: sign it as public, or guard it`);
    return pass(answers);
  },
});

/** The ways in at hosts other than the canonical one: an admin host is linked to from nowhere. */
function otherHosts(given: Given, seen: readonly Sighting[]): string[] {
  const canonical = parseUrl(canonicalOrigin(given))?.hostname;
  return entriesOf(
    'https',
    given.hosts.filter(({ host }) => host !== canonical),
    given,
    seen,
  );
}

/** Where a way in leads to the canonical host, the page there is judged as a page. */
const isCanonicalEntry = ({ purpose, url }: Answer, given: Given) =>
  purpose === 'entry' && parseUrl(url)?.origin === canonicalOrigin(given);

/**
 * `people`: records with addresses of people or a field that leaves no doubt, or a list of addresses. `perhaps`: too
 * little to tell from a contact, a testimonial or an author; the owner can sign it as public.
 */
function whatIsShown(answer: Answer, given: Given): 'people' | 'perhaps' | 'nothing' {
  const { data } = answer;
  const isSigned = isSignedPublic(answer.url, given);
  const fields = tellingFields(data).filter((field) => !NAMES.test(field));
  if (data.records > 0 && (data.emails > 0 || fields.length > 0)) return 'people';
  if (isSigned) return 'nothing';
  const { path = '/' } = parseUrl(answer.url) ?? {};
  const isForContacts = isHtml(answer) && PAGE_OF_CONTACTS.test(path);
  if (data.emails > SHOWN_ADDRESSES_MAX && !isForContacts) return 'people';
  const isAboutSomebody = data.personFields.length + data.tenantFields.length > 0;
  return data.emails > 0 || (data.records > 0 && isAboutSomebody) ? 'perhaps' : 'nothing';
}

const found = (answer: Answer): Finding<ProblemId> => ({
  problem: 'page-shows-records',
  subject: withoutQuery(answer.subject),
  detail: `status ${answer.status}, ${tellData(answer.data)}`,
  evidence: [
    { observation: answer.id, pointer: '/data' },
    { observation: answer.id, pointer: '/status' },
  ],
});
