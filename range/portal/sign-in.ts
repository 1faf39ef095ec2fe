import { type Answer, type Asked, json, noContent, page, redirect, withHeaders } from './answer.ts';
import type { Desk } from './desk.ts';
import { pageContext } from './page-context.ts';
import { loginPage } from './pages.ts';
import { type Person, people, tenants } from './tenants.ts';

export const cookieValue = (header: string | undefined, name: string): string | undefined =>
  header
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1);

/** Where to go after signing in: a path on this host, unless the portal trusts whatever it is told. */
export const nextAfterSignIn = (next: unknown, { switches }: Desk): string => {
  if (typeof next !== 'string' || next === '') return '/app';
  if (switches.session.next === 'open') return next;
  return /^\/(?![/\\])[^\\\s]*$/.test(next) ? next : '/app';
};

export const profileOf = ({ name, email, role, tenant }: Person) => ({
  name,
  email,
  role,
  tenant: { id: tenant, name: tenants.find(({ id }) => id === tenant)?.name ?? '' },
});

const sessionCookies = ({ switches }: Desk, id: string): readonly string[] => [
  [`${switches.session.cookieName}=${id}`, ...switches.session.attributes].join('; '),
  ...switches.session.moreCookies,
];

const refusal = (desk: Desk, email: string): Answer => {
  const known = people.some((person) => person.email === email);
  const tells = desk.switches.session.failureMessage === 'tells';
  const told = known ? 'The password is wrong' : 'No account has this e-mail';
  return json(401, { error: tells ? told : 'E-mail or password is wrong' });
};

/** Signs in with an address and a password, and says the same for every way to fail. */
export const signIn = (desk: Desk, asked: Asked, given: Readonly<Record<string, unknown>>): Answer => {
  const { session } = desk.switches;
  const email = String(given.email ?? '').toLowerCase();
  if (session.signIn === 'fails') return json(500, { error: 'Something went wrong' });
  if (session.signIn === 'page-instead') return page(200, loginPage(pageContext(desk, asked), '/app'), 'private');
  if (desk.limit.isLocked(email, desk.nowMs())) {
    return withHeaders(json(429, { error: 'Too many attempts. Please wait.' }), {
      'retry-after': String(session.lockSeconds),
    });
  }
  const person = people.find((candidate) => candidate.email === email);
  const isRight = person !== undefined && (person.password === given.password || session.signIn === 'any-password');
  if (!isRight || session.signIn === 'refuses-everybody') {
    desk.limit.refused(email, desk.nowMs());
    return refusal(desk, email);
  }
  desk.limit.signedIn(email);
  const brought = cookieValue(asked.headers.cookie, session.cookieName);
  const id = session.idAtSignIn === 'kept' && brought !== undefined ? brought : desk.random();
  desk.sessions.start(person, id);
  const answer = {
    user: profileOf(person),
    next: nextAfterSignIn(given.next, desk),
    ...(session.tokenInBody ? { token: id } : {}),
  };
  return withHeaders(json(200, answer), { 'set-cookie': sessionCookies(desk, id) });
};

/** The same sign-in for a browser without scripts. */
export const signInByForm = (desk: Desk, asked: Asked): Answer => {
  const fields = Object.fromEntries(new URLSearchParams(asked.body));
  const answer = signIn(desk, asked, fields);
  if (answer.status !== 200 || answer.kind !== 'api') {
    return {
      ...page(answer.status, loginPage(pageContext(desk, asked), String(fields.next ?? '')), 'private'),
      headers: answer.headers,
    };
  }
  return withHeaders(redirect(303, nextAfterSignIn(fields.next, desk)), answer.headers);
};

export const signOut = (desk: Desk, asked: Asked): Answer => {
  if (asked.session !== undefined && desk.switches.session.signOut === 'ends') desk.sessions.end(asked.session.id);
  const ended = [`${desk.switches.session.cookieName}=`, ...desk.switches.session.attributes, 'Max-Age=0'].join('; ');
  return withHeaders(noContent(), { 'set-cookie': [ended], 'clear-site-data': '"cache", "storage"' });
};
