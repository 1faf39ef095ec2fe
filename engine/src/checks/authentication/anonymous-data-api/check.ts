import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import { type Answer, isHtml, isRedirect, isSignedPublic, tellsOnlyState, withoutQuery } from '../../answers.ts';
import { apiSubjects } from '../../subjects.ts';
import { tellData, tellingFields } from '../people-in-data.ts';

type ProblemId = 'api-shows-records';

export default defineCheck({
  id: 'anonymous-data-api',
  criterion: 'authentication',
  title: 'The API tells a stranger nothing about people and tenants',
  why: 'The pages may ask for a sign-in while the calls behind them do not; whoever opens the browser’s tools sees those calls and can make them alone.',
  harms: ['data-exposure', 'broken-access-control'],
  requirements: ['LR-004', 'LR-010', 'LR-029', 'LR-033', 'LR-035'],
  sources: [
    'OWASP ASVS 5.0, 8.3.1',
    'OWASP ASVS 5.0, 8.2.2',
    'OWASP API2:2023',
    'CVE-2025-48757 (tables open to everybody)',
  ],
  standards: { asvs: ['8.3.1', '8.2.1', '8.2.2', '6.3.4'], top10: ['A01', 'A07'], cwe: [306, 862, 359], mvsp: ['3.3'] },
  cannotSee: [
    'Calls whose address is put together while the page runs, and calls that only signed-in pages make.',
    'Calls other than GET, and calls to hosts that the target file does not name, such as a database service.',
    'Whether data without any field of a person or a tenant is meant for everybody: you say so, address by address.',
  ],
  needs: ['http-exchange'],
  evidenceLivesDays: 7,
  problems: {
    'api-shows-records': {
      severity: 'critical',
      says: 'gives records of people or tenants to a stranger',
      breaks: 'Anybody who knows the address reads the data of all clients, without an account and without a trace.',
      fix: [
        'Check the session on the server in this handler, before anything is read, and answer 401 without it.',
        'Filter by the tenant of that session in the query itself.',
        'If people’s real data was open, look into the log for who has called it: it may be a breach that must be reported.',
      ],
      fixIn: {
        next: [
          'First lines of the route handler:',
          'const session = await auth();',
          "if (!session) return Response.json({ error: 'Please sign in' }, { status: 401 });",
        ],
        express: [
          "app.use('/api', requireSession);",
          'before the routes, with the public ones in front of it by name.',
        ],
        fastify: ["app.addHook('onRequest', requireSession);"],
        supabase: [
          'alter table records enable row level security;',
          "create policy own_tenant on records for select to authenticated using (tenant_id = (select auth.jwt() ->> 'tenant_id'));",
        ],
        firebase: ['allow read: if request.auth != null && resource.data.tenantId == request.auth.token.tenantId;'],
        nginx: ['Not in the proxy: only the application knows whose session it is.'],
        cloudflare: [
          'In the Worker, before the data is read: if (!session) return new Response(null, { status: 401 });',
        ],
        django: ['@login_required', 'on the view, and a queryset that is filtered by the tenant of request.user.'],
        rails: ['before_action :authenticate_user!'],
        laravel: ["Route::middleware('auth')->group(…);"],
      },
    },
  },
  unlock: 'Let us read the scripts of the portal, so that its calls are known.',
  subjects: apiSubjects,
  judge({ 'http-exchange': answers }, given) {
    const findings = answers.filter(showsPeople).map(found);
    if (isNonEmpty(findings)) return fail(findings);
    const broken = answers.find(({ status }) => status >= 500 || status === 429);
    if (broken !== undefined) return notVerified(`the call failed with ${broken.status}`);
    const open = answers.find((answer) => mayTell(answer) && !isSignedPublic(answer.url, given));
    if (open !== undefined)
      return notVerified(
        open.bodyCut ? 'the answer was not read to its end' : 'answers anybody: sign it as public, or guard it',
      );
    return pass(answers);
  },
});

/**
 * Whatever the status and wherever it stands: records with a telling field or with addresses of people, one object with
 * both, or a download with several addresses. A form that names the field it misses has none of them.
 */
function showsPeople(answer: Answer): boolean {
  const { emails, records } = answer.data;
  const isTelling = tellingFields(answer.data).length > 0;
  if (records > 0) return isTelling || emails > 0;
  return (isTelling && emails > 0) || (emails > 1 && !isHtml(answer));
}

const found = (answer: Answer): Finding<ProblemId> => ({
  problem: 'api-shows-records',
  subject: withoutQuery(answer.subject),
  detail: `status ${answer.status}, ${tellData(answer.data)}`,
  evidence: [
    { observation: answer.id, pointer: '/data' },
    { observation: answer.id, pointer: '/status' },
  ],
});

/** It answered a stranger with something, and nobody but the owner can say whether it was meant for strangers. */
function mayTell(answer: Answer): boolean {
  const { status, content, bodyShape, data } = answer;
  if (status >= 300 || isRedirect(answer)) return false;
  if (content === 'empty' || answer.bodyBytes === 0) return false;
  if (answer.bodyCut) return true;
  // The sign-in page or the shell of the portal, in place of an answer.
  if (isHtml(answer)) return data.records > 0;
  return data.records > 0 || !tellsOnlyState(bodyShape);
}
