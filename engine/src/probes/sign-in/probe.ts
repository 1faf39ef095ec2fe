import { signInSubject } from '../../model/subject.ts';
import { type Action, defineProbe } from '../probe.ts';
import { IDENTITY_TEMPLATE, SIGN_IN_TEMPLATE, signIn } from './sign-in.ts';

/** Per account: one sign-in at first, one more for each confirmation in a fresh session, and retries. */
const SIGN_INS_MAX_PER_ACCOUNT = 40;

interface SignInAction extends Action {
  readonly account: string;
}

/** Signs every account in, one by one, and proves each session by its identity. */
export default defineProbe<SignInAction>({
  id: 'sign-in',
  stage: 'inside',
  effect: 'reads',
  budgetMs: 30_000,
  templates: ({ accounts }) =>
    accounts.length === 0
      ? []
      : [
          {
            id: SIGN_IN_TEMPLATE,
            says: 'POST {sign-in path} as {account}',
            unit: 'requests',
            ceiling: accounts.length * SIGN_INS_MAX_PER_ACCOUNT,
          },
          {
            id: IDENTITY_TEMPLATE,
            says: 'GET {identity path} as {account}',
            unit: 'requests',
            ceiling: accounts.length * SIGN_INS_MAX_PER_ACCOUNT,
          },
        ],
  plan: ({ given }) =>
    given.accounts.map(
      ({ name }): SignInAction => ({
        id: `sign-in as ${name}`,
        template: SIGN_IN_TEMPLATE,
        subjects: [signInSubject(name)],
        endpoint: new URL(given.url).host,
        says: `POST sign-in as ${name}, then GET ${given.identityPath ?? 'identity'}`,
        account: name,
      }),
    ),
  async *run({ account }, context, signal) {
    yield await signIn(account, context, signal);
  },
});
