import { defineCheck, evidenceOf, fail, notVerified, pass } from '../../../model/check.ts';
import { decide, trialOf } from '../../../oracle/decide.ts';
import { crossingSubjects } from '../../../oracle/plan.ts';

export default defineCheck({
  id: 'other-tenant-object',
  criterion: 'authorization',
  title: "One tenant can neither read nor change another tenant's objects",
  why: 'A portal looks fine until somebody tests another account: an id in an address is easily changed.',
  harms: ['data-exposure', 'broken-access-control'],
  requirements: ['LR-039', 'LR-042', 'LR-048'],
  sources: ['OWASP ASVS 5.0, 8.2.2', 'OWASP ASVS 5.0, 8.4.1', 'OWASP API1:2023'],
  standards: { asvs: ['8.2.2', '8.4.1'], top10: ['A01'], cwe: [639], mvsp: ['3.3'] },
  cannotSee: ['Objects that the target file names no route for.', 'Lists, search, exports and files.'],
  needs: ['crossing-step'],
  evidenceLivesDays: 30,
  unlock:
    'Give two test accounts of two tenants and one kind of object (`accounts:`, `objects:`), and prove ownership.',
  problems: {
    'object-crosses-tenants': {
      severity: 'critical',
      says: 'reaches an object of another tenant',
      breaks: "Any client who changes an id in an address reads or changes another client's data.",
      fix: [
        'Look the object up by its id and by the tenant of the session, in one query; answer 404 when nothing is found.',
        'Do the same for every verb of the route: read, change and delete.',
        'Add a test that signs in as another tenant and asks for the same id.',
      ],
      fixIn: {
        next: [
          'In the route handler or server action: `db.record.findFirst({ where: { id, tenantId: session.tenantId } })`, and `notFound()` when it is null. `findUnique({ where: { id } })` is the mistake.',
          'Do the same in PUT, PATCH and DELETE: `updateMany`/`deleteMany` with `{ id, tenantId: session.tenantId }`, and check that `count` is 1.',
        ],
        supabase: [
          'Turn row-level security on: `alter table records enable row level security; alter table records force row level security;`',
          "Add a policy for every verb: `create policy tenant on records using (tenant_id = (auth.jwt() ->> 'tenant_id')::uuid) with check (tenant_id = (auth.jwt() ->> 'tenant_id')::uuid);`",
        ],
        express: [
          'In the handler: `const record = await records.findOne({ id: req.params.id, tenantId: req.session.tenantId }); if (!record) return res.sendStatus(404);`',
        ],
        django: ['`get_object_or_404(Record, pk=pk, tenant=request.user.tenant)` in every view of the object.'],
        rails: ['`current_tenant.records.find(params[:id])` instead of `Record.find(params[:id])`.'],
        laravel: ['`$request->user()->tenant->records()->findOrFail($id)` instead of `Record::findOrFail($id)`.'],
      },
    },
  },
  subjects: (given) => crossingSubjects(given),
  judge({ 'crossing-step': answers }) {
    const decision = decide(trialOf(answers));
    switch (decision.is) {
      case 'leaked':
        return fail([
          { problem: 'object-crosses-tenants', subject: answers[0].subject, evidence: evidenceOf(decision.witnesses) },
        ]);
      case 'held': {
        const { control, attempt, notFound, readBack, aliveBefore, aliveAfter } = decision.round;
        return pass([attempt, control, notFound, readBack, aliveBefore, aliveAfter]);
      }
      case 'undecided':
        return notVerified(decision.because);
    }
  },
});
