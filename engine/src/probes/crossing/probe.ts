import { exchangeFacts } from '../../extractors/exchange-facts.ts';
import { type CrossingRequest, plan } from '../../oracle/plan.ts';
import { type Action, defineProbe, mark } from '../probe.ts';
import { signIn } from '../sign-in/sign-in.ts';
import { askAs } from './ask-as.ts';

const TEMPLATE = 'crossing';
/** Two rounds of seven steps, each tried three times at most. */
const REQUESTS_MAX_PER_CROSSING = 42;

interface CrossingAction extends Action {
  readonly request: CrossingRequest;
}

/** Sends what the oracle plans, one request per crossing and round of planning, until it plans no more. */
export default defineProbe<CrossingAction>({
  id: 'crossing',
  stage: 'crossing',
  effect: 'writes',
  budgetMs: 30_000,
  templates: ({ accounts, objects }) =>
    accounts.length * objects.length === 0
      ? []
      : [
          {
            id: TEMPLATE,
            says: objects.map(({ path }) => `GET and PUT ${path} (objects of this run only) as {account}`).join(', '),
            unit: 'requests',
            ceiling: accounts.length * (accounts.length - 1) * objects.length * 2 * REQUESTS_MAX_PER_CROSSING,
          },
        ],
  plan: ({ given, seen, seed }) =>
    plan(seen, given, seed).map(
      (request): CrossingAction => ({
        id: `${request.subject}, round ${request.round}: ${request.step}`,
        template: TEMPLATE,
        subjects: [request.subject],
        endpoint: new URL(given.url).host,
        says: `${request.method} ${request.path} as ${request.as}`,
        request,
      }),
    ),
  async *run({ id, request }, context, signal) {
    const { subject, round, step, as, method, path, body, canaries } = request;
    // A confirmation counts only in a fresh session (checks/access.md, 2.6).
    if (round > 1 && step === 'alive-before') await signIn(as, context, signal);
    const answer = await askAs({ template: TEMPLATE, as, method, path, body }, context, signal);
    const identity = context.sessions.recipeOf(as)?.identity;
    const raw = {
      status: answer.status,
      headers: answer.headers,
      body: answer.bytes.toString('utf8'),
      bytes: answer.bytes.length,
      cut: answer.cut,
    };
    const self = identity === undefined ? [] : [{ of: 'self' as const, value: identity }];
    yield {
      kind: 'crossing-step',
      ...mark(context, subject, id),
      ...exchangeFacts(raw, [...canaries, ...self], context.digest),
      method,
      path,
      as,
      round,
      step,
    };
  },
});
