import { type Answer, type Asked, type Audience, page, redirect } from './answer.ts';
import type { Desk } from './desk.ts';
import { pageContext } from './page-context.ts';
import {
  adminPage,
  errorPage,
  landingPage,
  loginPage,
  overviewPage,
  privacyPage,
  recordPage,
  recordsPage,
  robotsText,
  securityText,
  sitemapXml,
} from './pages.ts';
import type { Route } from './route.ts';
import { nextAfterSignIn, signInByForm } from './sign-in.ts';
import { people } from './tenants.ts';

const text = (body: string, type = 'text/plain; charset=utf-8'): Answer => ({
  status: 200,
  kind: 'asset',
  audience: 'public',
  type,
  body,
  headers: {},
});

/** A page that names the person's menu is theirs, even where everybody may open it. */
const audienceFor = ({ session }: Asked): Audience => (session === undefined ? 'public' : 'private');

const mayRead = (desk: Desk): boolean => desk.switches.access.otherTenant.readPage !== 'refuses';

export const pageRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: '/',
    kind: 'page',
    access: 'public',
    handle: (desk, asked) => page(200, landingPage(pageContext(desk, asked)), audienceFor(asked)),
  },
  {
    method: 'GET',
    pattern: '/login',
    kind: 'page',
    access: 'public',
    handle: (desk, asked) => {
      const next = asked.query.get('next') ?? '';
      if (
        asked.session !== undefined ||
        (desk.switches.session.next === 'open' && next !== '' && !next.startsWith('/'))
      ) {
        return redirect(302, nextAfterSignIn(next, desk));
      }
      return page(200, loginPage(pageContext(desk, asked), nextAfterSignIn(next, desk)), 'private');
    },
  },
  { method: 'POST', pattern: '/login', kind: 'page', access: 'public', handle: signInByForm },
  {
    method: 'GET',
    pattern: '/privacy',
    kind: 'page',
    access: 'public',
    handle: (desk, asked) => page(200, privacyPage(pageContext(desk, asked)), audienceFor(asked)),
  },
  {
    method: 'GET',
    pattern: '/app',
    kind: 'page',
    access: 'signed-in',
    handle: (desk, asked, { person, inline }) =>
      page(200, overviewPage(pageContext(desk, asked), desk.records.of(person.tenant), person, inline), 'private'),
  },
  {
    method: 'GET',
    pattern: '/app/records',
    kind: 'page',
    access: 'signed-in',
    handle: (desk, asked, { person, inline }) =>
      page(200, recordsPage(pageContext(desk, asked), desk.records.of(person.tenant), inline), 'private'),
  },
  {
    method: 'GET',
    pattern: '/app/records/{id}',
    kind: 'page',
    access: 'signed-in',
    handle: (desk, asked, { person, id, inline }) => {
      const context = pageContext(desk, asked);
      const record = desk.records.find(id);
      if (record === undefined || (record.tenant !== person.tenant && !mayRead(desk)))
        return page(404, errorPage(context, 404), 'private');
      const shown = page(200, recordPage(context, record, inline), 'private');
      const isOwn = record.tenant === person.tenant;
      return isOwn || desk.switches.access.otherTenant.readPage === 'leaks'
        ? shown
        : { ...shown, status: 302, headers: { location: '/app/records' } };
    },
  },
  {
    method: 'GET',
    pattern: '/app/admin',
    kind: 'page',
    access: 'admin',
    handle: (desk, asked, { person, inline }) =>
      page(
        200,
        adminPage(
          pageContext(desk, asked),
          people.filter(({ tenant }) => tenant === person.tenant),
          inline,
        ),
        'private',
      ),
  },
  { method: 'GET', pattern: '/robots.txt', kind: 'asset', access: 'public', handle: () => text(robotsText) },
  {
    method: 'GET',
    pattern: '/sitemap.xml',
    kind: 'asset',
    access: 'public',
    handle: () => text(sitemapXml, 'application/xml; charset=utf-8'),
  },
  {
    method: 'GET',
    pattern: '/.well-known/security.txt',
    kind: 'asset',
    access: 'public',
    handle: () => text(securityText),
  },
  { method: 'GET', pattern: '/healthz', kind: 'asset', access: 'public', handle: () => text('ok\n') },
];
