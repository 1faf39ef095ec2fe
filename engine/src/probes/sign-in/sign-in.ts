import { canaryHits } from '../../extractors/canary-hits.ts';
import { redactHeader } from '../../extractors/redact.ts';
import type { ObservationOf } from '../../model/observation.ts';
import { signInSubject } from '../../model/subject.ts';
import { type Context, mark } from '../probe.ts';
import { type Header, type RawAnswer, WireTrouble } from '../wire/wire.ts';

export const SIGN_IN_TEMPLATE = 'sign-in';
export const IDENTITY_TEMPLATE = 'identity';
/** Longest answer to a sign-in that we read, bytes. */
const ANSWER_BYTES_MAX = 262_144;

/**
 * Signs one account in and proves it: its own identity must stand in the answer that says who is signed in.
 * A session that cannot be proved is no session (ASVS 5.0, 6.3.4; a scan that runs signed out reports clean).
 */
export async function signIn(
  accountName: string,
  context: Context,
  signal: AbortSignal,
): Promise<ObservationOf<'signed-in'>> {
  const account = context.given.accounts.find(({ name }) => name === accountName);
  const recipe = context.sessions.recipeOf(accountName);
  if (account === undefined || recipe === undefined)
    throw new WireTrouble('not-signed-in', `no way to sign in is known for ${accountName}`);
  const base = context.given.url;
  const ask = (template: string, method: string, path: string, headers: readonly Header[], body: string | null) =>
    context.wire.ask(
      {
        template,
        method,
        url: new URL(path, base).href,
        address: null,
        headers,
        body,
        maxBytes: ANSWER_BYTES_MAX,
        secret: true,
      },
      signal,
    );

  const answer = await ask(
    SIGN_IN_TEMPLATE,
    'POST',
    recipe.path,
    [
      ['Content-Type', 'application/json'],
      ['Accept', 'application/json'],
    ],
    JSON.stringify(recipe.body),
  );
  const fields = answer.headers.filter(([name]) => name.toLowerCase() === 'set-cookie').map(([, value]) => value);
  const cookie = fields.map((field) => field.split(';', 1)[0]).join('; ');
  if (answer.status >= 400 || cookie === '')
    throw new WireTrouble(
      'not-signed-in',
      `signing in as ${accountName} was answered ${answer.status} without a session`,
    );

  const headers: readonly Header[] = [
    ['Cookie', cookie],
    ['Accept', 'application/json'],
  ];
  const identity = await ask(IDENTITY_TEMPLATE, 'GET', recipe.identityPath, headers, null);
  if (!holds(identity, recipe.identity))
    throw new WireTrouble('not-signed-in', `${recipe.identityPath} does not name ${accountName} after signing in`);
  context.sessions.keep(accountName, headers);
  return {
    kind: 'signed-in',
    ...mark(context, signInSubject(accountName)),
    account: account.name,
    tenant: account.tenant,
    role: account.role,
    identityAt: recipe.identityPath,
    cookies: fields.map((field) => redactHeader('set-cookie', field)),
  };
}

const holds = ({ status, bytes }: RawAnswer, identity: string) =>
  status === 200 && canaryHits('body', bytes.toString('utf8'), [{ of: 'self', value: identity }]).length > 0;
