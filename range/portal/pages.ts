import { createHash } from 'node:crypto';
import type { FrontEnd } from './front-end.ts';
import { CANONICAL_ORIGIN } from './hosts.ts';
import type { Switches } from './switches.ts';
import { type Person, type PortalRecord, plans, tenants } from './tenants.ts';

export const SUPPORT_EMAIL = 'support@portal.example';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => escapes[character] ?? character);

/** JSON that cannot end its script element. */
const inlineJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

const dollars = (cents: number): string => `$${(cents / 100).toFixed(2)}`;

const tenantName = (id: string): string => tenants.find((tenant) => tenant.id === id)?.name ?? '';

export interface PageContext {
  readonly switches: Switches;
  readonly frontEnd: FrontEnd;
  readonly path: string;
  /** Origin for absolute links; the canonical one unless the portal trusts a header. */
  readonly origin: string;
  readonly person: Person | undefined;
}

interface PageParts {
  readonly title: string;
  readonly main: string;
  /** Added to the public inline state. */
  readonly state?: Readonly<Record<string, unknown>>;
}

const navigation = (person: Person | undefined): string =>
  person === undefined
    ? '<a href="/#plans">Plans</a><a href="/privacy">Privacy</a><a href="/login">Sign in</a>'
    : `<a href="/app">Overview</a><a href="/app/records">Records</a>${person.role === 'admin' ? '<a href="/app/admin">Administration</a>' : ''}<button id="sign-out" type="button">Sign out</button>`;

const layout = (
  { switches, frontEnd, path, origin, person }: PageContext,
  { title, main, state }: PageParts,
): string => {
  const insert = [switches.inserts['*'], switches.inserts[path]];
  const meta =
    switches.cspMeta === null
      ? ''
      : `<meta http-equiv="content-security-policy" content="${escapeHtml(switches.cspMeta)}">`;
  const release = switches.release.meta ? `<meta name="release" content="${escapeHtml(switches.release.id)}">` : '';
  const publicState = {
    apiBase: '/api',
    locale: 'en',
    signedIn: person !== undefined,
    ...switches.inlineState,
    ...state,
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${meta}${release}
<title>${escapeHtml(title)} · Northlight Client Portal</title>
<link rel="canonical" href="${escapeHtml(`${origin}${path}`)}">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${frontEnd.pathOf('style.css')}">
<link rel="modulepreload" href="${frontEnd.pathOf('vendor.js')}">
<script type="module" src="${frontEnd.pathOf('index.js')}"></script>
${insert.map((part) => part?.head ?? '').join('')}</head>
<body>
<header><a class="brand" href="/">Northlight Client Portal</a><nav aria-label="Main">${navigation(person)}</nav></header>
<main>
${main}
</main>
<footer><p>Questions? <a href="mailto:${SUPPORT_EMAIL}">${SUPPORT_EMAIL}</a> or <a href="tel:+15550100142">+1 555 0100 142</a>. <a href="/privacy">Privacy</a></p></footer>
<script id="__STATE__" type="application/json">${inlineJson(publicState)}</script>
${insert.map((part) => part?.body ?? '').join('')}</body>
</html>
`;
};

export const landingPage = (context: PageContext): string =>
  layout(context, {
    title: 'Welcome',
    main: `<h1>Everything your clients need, in one calm place</h1>
<p class="lead">Contracts, invoices and documents, shared with each client company and nobody else.</p>
<p><a class="button" href="/login">Sign in</a></p>
<section id="plans" class="card"><h2>Plans</h2><table><thead><tr><th scope="col">Plan</th><th scope="col">Seats</th><th scope="col">Per month</th></tr></thead><tbody>${plans
      .map((plan) => `<tr><td>${plan.name}</td><td>${plan.seats}</td><td>${dollars(plan.monthlyCents)}</td></tr>`)
      .join('')}</tbody></table></section>`,
  });

export const loginPage = (context: PageContext, next: string): string =>
  layout(context, {
    title: 'Sign in',
    main: `<h1>Sign in</h1>
<form id="sign-in" class="card" method="post" action="/login">
<label for="email">E-mail</label><input id="email" name="email" type="email" autocomplete="username" required>
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required>
<input type="hidden" name="next" value="${escapeHtml(next)}">
<p id="sign-in-error" class="error" role="alert"></p>
<button type="submit">Sign in</button>
</form>
<p>Forgot your password? Write to <a href="mailto:${SUPPORT_EMAIL}">${SUPPORT_EMAIL}</a>.</p>`,
  });

export const privacyPage = (context: PageContext): string =>
  layout(context, {
    title: 'Privacy',
    main: `<h1>Privacy</h1><div class="card"><p>Northlight keeps what your company puts into the portal and shows it to your company's people only.</p><p>We set one cookie, when you sign in. It ends with your session. There is no tracking.</p><p>To see or delete what we keep about you, write to <a href="mailto:${SUPPORT_EMAIL}">${SUPPORT_EMAIL}</a>.</p></div>`,
  });

export const overviewPage = (
  context: PageContext,
  records: readonly PortalRecord[],
  person: Person,
  inline = false,
): string =>
  layout(context, {
    title: 'Overview',
    main: `<h1>Good to see you, ${escapeHtml(person.name)}</h1><div class="card"><p>${escapeHtml(tenantName(person.tenant))} has ${records.length} open records.</p><p><a href="/app/records">See all records</a></p></div>`,
    ...(inline ? { state: { records } } : {}),
  });

export const recordsPage = (context: PageContext, records: readonly PortalRecord[], inline = false): string =>
  layout(context, {
    title: 'Records',
    main: `<h1>Records</h1><table><thead><tr><th scope="col">Title</th><th scope="col">Note</th><th scope="col">Amount</th><th scope="col">Contact</th></tr></thead><tbody id="records">${
      inline
        ? ''
        : records
            .map(
              (record) =>
                `<tr><td><a href="/app/records/${record.id}">${escapeHtml(record.title)}</a></td><td>${escapeHtml(record.note)}</td><td>${dollars(record.amountCents)}</td><td>${escapeHtml(record.contactEmail)}</td></tr>`,
            )
            .join('')
    }</tbody></table><p><a href="/api/records/export.csv">Export as CSV</a></p>`,
    ...(inline ? { state: { records } } : {}),
  });

export const recordPage = (context: PageContext, record: PortalRecord, inline = false): string =>
  layout(context, {
    title: inline ? 'Record' : record.title,
    main: inline
      ? '<h1>Record</h1><div class="card" id="record"></div>'
      : `<h1>${escapeHtml(record.title)}</h1><div class="card"><p>${escapeHtml(record.note)}</p><p>${dollars(record.amountCents)}</p><p><a href="mailto:${escapeHtml(record.contactEmail)}">${escapeHtml(record.contactEmail)}</a></p></div><p><a href="/app/records">All records</a></p>`,
    ...(inline ? { state: { record } } : {}),
  });

export const adminPage = (context: PageContext, members: readonly Person[], inline = false): string =>
  layout(context, {
    title: 'Administration',
    main: `<h1>Administration</h1><div class="card"><h2>People</h2><ul id="people">${
      inline
        ? ''
        : members
            .map(({ name, email, role }) => `<li>${escapeHtml(name)}, ${escapeHtml(email)} (${role})</li>`)
            .join('')
    }</ul></div>`,
    ...(inline ? { state: { people: members.map(({ name, email, role }) => ({ name, email, role })) } } : {}),
  });

/** A number the support can find again; the same request gets the same one. */
export const errorIdOf = (what: string): string =>
  `E-${createHash('sha256').update(what).digest('hex').slice(0, 10).toUpperCase()}`;

const errorTexts: Readonly<Record<number, readonly [string, string]>> = {
  403: ['Not for this account', 'Your account may not open this page.'],
  404: ['Page not found', 'There is nothing at this address. It may have moved.'],
  405: ['Not possible here', 'This address does not take such a request.'],
  413: ['Too large', 'That was more than we take at once.'],
  500: ['Something went wrong', 'It is our fault, and we have been told.'],
};

export const errorPage = (context: PageContext, status: number): string => {
  const [title, text] = errorTexts[status] ?? ['Not possible', 'We cannot answer this request.'];
  return layout(
    { ...context, path: '/' },
    {
      title,
      main: `<h1>${title}</h1><p class="lead">${text}</p><p>If you write to us, name <code>${errorIdOf(`${status} ${context.path}`)}</code>.</p><p><a class="button" href="/">Back to the start</a></p>`,
    },
  );
};

export const robotsText = `User-agent: *\nDisallow: /app\nDisallow: /api\nSitemap: ${CANONICAL_ORIGIN}/sitemap.xml\n`;

export const sitemapXml = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${[
  '/',
  '/login',
  '/privacy',
]
  .map((path) => `<url><loc>${CANONICAL_ORIGIN}${path}</loc></url>`)
  .join('')}</urlset>\n`;

/** Source: RFC 9116; it expires half a year after the world's clock. */
export const securityText = `Contact: mailto:security@portal.example\nExpires: 2027-05-22T08:00:00Z\nPreferred-Languages: en\nCanonical: ${CANONICAL_ORIGIN}/.well-known/security.txt\n`;
