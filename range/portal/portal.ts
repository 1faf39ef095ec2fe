import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type Answer, type Asked, json, page, redirect } from './answer.ts';
import { apiError, apiRoutes, unauthorized } from './api-routes.ts';
import { createRecordStore, type Desk } from './desk.ts';
import { buildFrontEnd } from './front-end.ts';
import { CANONICAL_ORIGIN, HOSTS } from './hosts.ts';
import { originFor, pageContext } from './page-context.ts';
import { pageRoutes } from './page-routes.ts';
import { errorPage, escapeHtml, landingPage, loginPage } from './pages.ts';
import { pathMatches, setHeaders } from './response-headers.ts';
import { matchPattern, type Route } from './route.ts';
import { seededRandom } from './seeded-random.ts';
import { createSessions, createSignInLimit, type Session } from './sessions.ts';
import { cookieValue } from './sign-in.ts';
import { type EchoRule, type ExtraAnswer, type Switches, soundCanonical } from './switches.ts';
import { type Person, type PortalRecord, people } from './tenants.ts';

/** What the portal itself knows of its routes: the truth that coverage is measured against. */
export interface RouteFact {
  readonly method: string;
  readonly path: string;
  readonly kind: 'page' | 'api' | 'asset';
  readonly access: 'public' | 'signed-in' | 'admin';
}

/** One request as it arrived, in the order of arrival. `status` is 0 while, or because, nothing was answered. */
export interface RequestLogEntry {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly method: string;
  /** With its query. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  body: string;
  /** `client@a`, when the request came with a living session. */
  account: string | undefined;
  status: number;
}

export interface PortalState {
  readonly records: readonly PortalRecord[];
  readonly settings: Readonly<Record<string, { readonly displayName: string }>>;
  readonly sessionsAlive: number;
}

export interface Portal {
  readonly serve: RequestListener;
  readonly onRequest: (scheme: 'http' | 'https', request: IncomingMessage) => void;
  readonly routes: () => readonly RouteFact[];
  readonly requests: () => readonly RequestLogEntry[];
  readonly state: () => PortalState;
}

export interface PortalOptions {
  /** Session and record ids follow from it. */
  readonly seed: string;
  /** Milliseconds on a clock that only goes forward. */
  readonly nowMs: () => number;
}

/** Largest request body taken, in bytes. */
const BODY_BYTES_MAX = 65_536;

const routes: readonly Route[] = [...pageRoutes, ...apiRoutes];

const isApiPath = (path: string): boolean => path === '/api' || path.startsWith('/api/');

const extraAnswer = ({
  status = 200,
  type = 'text/plain; charset=utf-8',
  body = '',
  bodyBase64,
  headers = {},
}: ExtraAnswer): Answer => ({
  status,
  kind: type.startsWith('text/html') ? 'page' : type.startsWith('application/json') ? 'api' : 'asset',
  audience: 'public',
  type,
  body: bodyBase64 === undefined ? body : Buffer.from(bodyBase64, 'base64'),
  headers,
});

const errorAnswer = (desk: Desk, asked: Asked, status: number): Answer =>
  isApiPath(asked.path) || asked.host === HOSTS.api
    ? apiError(
        status,
        { 404: 'Not found', 405: 'Not possible here', 413: 'Too large', 403: 'Not for this account' }[status] ??
          'Something went wrong',
        asked,
      )
    : page(status, errorPage(pageContext(desk, asked), status), 'private');

const crashed = (desk: Desk, asked: Asked): Answer => {
  const { crash } = desk.switches.errors;
  return crash === null ? errorAnswer(desk, asked, 500) : { ...extraAnswer(crash), audience: 'private' };
};

const unknown = (desk: Desk, asked: Asked): Answer => {
  const { errors, unknownPaths } = desk.switches;
  const isApi = isApiPath(asked.path) || asked.host === HOSTS.api;
  if (isApi && errors.unknownRoute !== null) return extraAnswer(errors.unknownRoute);
  if (!isApi && errors.unknownPage !== null) return extraAnswer(errors.unknownPage);
  if (unknownPaths === 'spa-fallback')
    return page(200, landingPage({ ...pageContext(desk, asked), path: '/' }), 'public');
  if (isApi || unknownPaths === 'not-found') return errorAnswer(desk, asked, 404);
  if (unknownPaths === 'soft-404') return { ...errorAnswer(desk, asked, 404), status: 200 };
  return redirect(302, '/', 'public');
};

/** Somebody whose data a route shows when it forgets to ask who is there: the one whose record is wanted, else tenant A's. */
const standInFor = (desk: Desk, route: Route, id: string): Person | undefined => {
  const tenant = desk.records.find(id)?.tenant ?? 'a';
  return people.find(
    (person) => person.tenant === tenant && person.role === (route.access === 'admin' ? 'admin' : 'client'),
  );
};

const signInLocation = (asked: Asked): string => `/login?next=${encodeURIComponent(`${asked.path}${asked.search}`)}`;

const signedOutAnswer = (desk: Desk, asked: Asked, route: Route, id: string): Answer => {
  const person = standInFor(desk, route, id);
  if (person === undefined) return unauthorized();
  const shown = (inline: boolean): Answer => route.handle(desk, asked, { person, id, inline });
  const { signedOutApis, signedOutPages } = desk.switches.access;
  if (route.kind === 'page') {
    switch (signedOutPages[route.pattern] ?? 'redirects') {
      case 'redirects':
        return redirect(302, signInLocation(asked));
      case 'serves':
        return shown(false);
      case 'serves-inline-state':
        return shown(true);
      case 'redirects-with-content':
        return { ...shown(false), status: 302, headers: { location: signInLocation(asked) } };
      case 'unauthorized':
        return page(401, loginPage(pageContext(desk, asked), asked.path), 'private');
    }
  }
  switch (signedOutApis[`${route.method} ${route.pattern}`] ?? 'refuses') {
    case 'refuses':
      return unauthorized();
    case 'serves':
      return shown(false);
    case 'empty':
      return json(200, route.pattern.endsWith('s') ? { records: [], total: 0 } : {});
    case 'refuses-with-200':
      return json(200, { error: 'Please sign in' });
    case 'refuses-with-content':
      return { ...shown(false), status: 401 };
    case 'redirects':
      return redirect(302, '/login');
    case 'login-page':
      return page(200, loginPage(pageContext(desk, asked), '/app'), 'private');
    case 'forbidden':
      return apiError(403, 'Not for this account', asked);
    case 'fails':
      return apiError(500, 'Something went wrong', asked);
  }
};

const answerRoute = (desk: Desk, asked: Asked, route: Route, id: string): Answer => {
  const person = asked.session?.person;
  if (route.access === 'public') {
    const anybody = person ?? people[0];
    return anybody === undefined ? unauthorized() : route.handle(desk, asked, { person: anybody, id, inline: false });
  }
  if (person === undefined) return signedOutAnswer(desk, asked, route, id);
  const { clientAsAdmin } = desk.switches.access;
  const shown = (): Answer => route.handle(desk, asked, { person, id, inline: false });
  if (route.access !== 'admin' || person.role === 'admin' || clientAsAdmin === 'serves') return shown();
  return clientAsAdmin === 'refuses'
    ? errorAnswer(desk, asked, 403)
    : { ...shown(), status: 302, headers: { location: '/app' } };
};

/** A browser sends Origin with every write; one from elsewhere is not our page's. */
const isForeignWrite = (asked: Asked): boolean => {
  const { origin } = asked.headers;
  return !['GET', 'HEAD', 'OPTIONS'].includes(asked.method) && origin !== undefined && origin !== CANONICAL_ORIGIN;
};

const answerPortal = (desk: Desk, asked: Asked): Answer => {
  const { switches, frontEnd } = desk;
  if (switches.errors.crashPaths.some((pattern) => pathMatches(pattern, asked.path))) return crashed(desk, asked);
  const method = asked.method === 'HEAD' ? 'GET' : asked.method;
  const file = asked.host === HOSTS.api ? undefined : frontEnd.files.get(asked.path);
  if (file !== undefined && method === 'GET') {
    const audience = asked.path.startsWith('/assets/') ? 'asset' : 'public';
    return { status: 200, kind: 'asset', audience, type: file.type, body: file.body, headers: file.headers };
  }
  const atPath = routes.flatMap((route) => {
    const id = matchPattern(route.pattern, asked.path);
    return id === undefined || (asked.host === HOSTS.api && route.kind !== 'api') ? [] : [{ route, id }];
  });
  if (atPath.length === 0) return unknown(desk, asked);
  const allowed = [...new Set(atPath.map(({ route }) => route.method))].join(', ');
  if (method === 'OPTIONS') return { ...json(204, ''), body: '', type: '', headers: { allow: allowed } };
  const found = atPath.find(({ route }) => route.method === method);
  if (found === undefined) return { ...errorAnswer(desk, asked, 405), headers: { allow: allowed } };
  const corsTakesIt = switches.cors.mode !== 'none' && switches.cors.credentials;
  if (isForeignWrite(asked) && !corsTakesIt) return errorAnswer(desk, asked, 403);
  return answerRoute(desk, asked, found.route, found.id);
};

const answerCanonical = (desk: Desk, asked: Asked): Answer | undefined => {
  const isOurs = asked.host === HOSTS.app || asked.host === HOSTS.api || asked.host === HOSTS.admin;
  const rule = desk.switches.canonical[asked.host] ?? (isOurs ? undefined : soundCanonical);
  if (rule === undefined || rule.answer === 'serve') return undefined;
  const [, hopText, rest] = /^\/r(\d+)(\/.*)$/.exec(asked.path) ?? [undefined, '0', asked.path];
  const hop = Number(hopText) + 1;
  if (hop <= rule.hops) return redirect(rule.status, `https://${asked.host}/r${hop}${rest}${asked.search}`, 'public');
  const origin = rule.to === CANONICAL_ORIGIN ? originFor(desk, asked) : rule.to;
  return redirect(
    rule.status,
    `${origin}${rule.keepsPath ? rest : '/'}${rule.keepsQuery ? asked.search : ''}`,
    'public',
  );
};

const answerAdminHost = (desk: Desk, asked: Asked): Answer => {
  const { robots, signedOut } = desk.switches.adminHost;
  const headers = robots === null ? {} : { 'x-robots-tag': robots };
  if (asked.path === '/robots.txt') {
    return { ...extraAnswer({ body: 'User-agent: *\nDisallow: /\n' }), headers };
  }
  const isAdmin = asked.session?.person.role === 'admin';
  if (isAdmin || signedOut === 'serves') {
    const person = asked.session?.person ?? people[0];
    const answer =
      person === undefined || asked.path !== '/'
        ? answerPortal(desk, asked)
        : answerPortal(desk, { ...asked, path: '/app/admin', session: { id: '', person } });
    return { ...answer, headers: { ...answer.headers, ...headers } };
  }
  const answer = isApiPath(asked.path)
    ? unauthorized()
    : redirect(302, `${CANONICAL_ORIGIN}${signInLocation({ ...asked, path: '/app/admin', search: '' })}`);
  return { ...answer, headers: { ...answer.headers, ...headers } };
};

const echoedText = (rule: EchoRule, asked: Asked): string | undefined => {
  if (rule.from === 'path')
    return new URLSearchParams(`p=${asked.path.replaceAll('+', '%2B').replaceAll('&', '%26')}`).get('p') ?? '';
  if (rule.from === 'query') return asked.query.get(rule.name) ?? undefined;
  if (rule.from === 'header') {
    const value = asked.headers[rule.name.toLowerCase()];
    return Array.isArray(value) ? value.join(', ') : value;
  }
  if (rule.name === '*') return asked.body === '' ? undefined : asked.body;
  try {
    const given: unknown = JSON.parse(asked.body);
    const field =
      typeof given === 'object' && given !== null
        ? Object.entries(given).find(([name]) => name === rule.name)?.[1]
        : undefined;
    return field === undefined ? undefined : String(field);
  } catch {
    return new URLSearchParams(asked.body).get(rule.name) ?? undefined;
  }
};

/** What may stand in a header: the rest would be refused by Node, not by a portal. */
const headerSafe = (text: string): string => text.replace(/[^\t\x20-\x7e]/g, '');

const withEcho = (answer: Answer, rule: EchoRule, asked: Asked): Answer => {
  const text = pathMatches(rule.path, asked.path) ? echoedText(rule, asked) : undefined;
  if (text === undefined) return answer;
  const added = (html: string): Answer => ({ ...answer, body: `${answer.body.toString()}${html}` });
  switch (rule.into) {
    case 'html':
      return added(`<p>You looked for ${text}</p>`);
    case 'html-escaped':
      return added(`<p>You looked for ${escapeHtml(text)}</p>`);
    case 'script':
      return added(`<script>window.query = "${text}";</script>`);
    case 'json':
      return { ...json(answer.status, { echo: text }), headers: answer.headers };
    case 'header':
      return { ...answer, headers: { ...answer.headers, [rule.header ?? 'x-echo']: headerSafe(text) } };
    case 'cookie':
      return {
        ...answer,
        headers: {
          ...answer.headers,
          'set-cookie': [`${rule.header ?? 'last'}=${headerSafe(text)}; Path=/; Secure; HttpOnly`],
        },
      };
    case 'redirect':
      return redirect(302, headerSafe(text), 'public');
  }
};

const answerTo = (desk: Desk, asked: Asked): Answer => {
  const { extra } = desk.switches;
  const given = extra[`${asked.host}${asked.path}`] ?? (asked.host === HOSTS.app ? extra[asked.path] : undefined);
  if (given !== undefined && (given.methods?.includes(asked.method) ?? true)) return extraAnswer(given);
  return (
    answerCanonical(desk, asked) ??
    (asked.host === HOSTS.admin ? answerAdminHost(desk, asked) : answerPortal(desk, asked))
  );
};

const isBare = ({ extra }: Switches, asked: Asked): boolean =>
  (extra[`${asked.host}${asked.path}`] ?? (asked.host === HOSTS.app ? extra[asked.path] : undefined))?.bare === true;

const sendBare = (response: ServerResponse, answer: Answer): void => {
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  response.setHeader('content-type', answer.type);
};

const readBody = async (request: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= BODY_BYTES_MAX) chunks.push(chunk);
  }
  return bytes > BODY_BYTES_MAX ? undefined : Buffer.concat(chunks).toString('utf8');
};

const sessionOf = (desk: Desk, request: IncomingMessage): Session | undefined => {
  const id = cookieValue(request.headers.cookie, desk.switches.session.cookieName);
  if (id === undefined || id === '') return undefined;
  const found = desk.sessions.find(id);
  const first = people.find(({ role }) => role === 'client');
  if (found !== undefined || desk.switches.session.unknownToken === 'refuses' || first === undefined) return found;
  return { id, person: first };
};

const isSecure = (request: IncomingMessage): boolean => 'encrypted' in request.socket;

const hostOf = (request: IncomingMessage): string => (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();

const toAsked = (desk: Desk, request: IncomingMessage, body: string): Asked => {
  const target = request.url ?? '/';
  const at = target.indexOf('?');
  const search = at === -1 ? '' : target.slice(at);
  return {
    scheme: isSecure(request) ? 'https' : 'http',
    host: hostOf(request),
    method: request.method ?? 'GET',
    path: at === -1 ? target : target.slice(0, at),
    query: new URLSearchParams(search),
    search,
    headers: request.headers,
    body,
    session: sessionOf(desk, request),
  };
};

const createDesk = (switches: Switches, { seed, nowMs }: PortalOptions): Desk => {
  const seen = new Set<string>();
  return {
    switches,
    frontEnd: buildFrontEnd(switches),
    records: createRecordStore(),
    settings: new Map(),
    sessions: createSessions(),
    limit: createSignInLimit(switches.session.failuresMax, switches.session.lockSeconds),
    random: seededRandom(seed),
    nowMs,
    firstTime: (name) => {
      const isFirst = !seen.has(name);
      seen.add(name);
      return isFirst;
    },
  };
};

/** The Northlight Client Portal as one request listener, with its data in memory. */
export const createPortal = (switches: Switches, options: PortalOptions): Portal => {
  const desk = createDesk(switches, options);
  const log: RequestLogEntry[] = [];
  const entries = new WeakMap<IncomingMessage, RequestLogEntry>();

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    const asked = toAsked(desk, request, body ?? '');
    const entry = entries.get(request);
    if (entry !== undefined) {
      entry.body = asked.body;
      entry.account = asked.session?.person.account;
    }
    const pauseMs = switches.delaysMs[asked.path] ?? switches.delaysMs['*'] ?? 0;
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    const plain = body === undefined ? errorAnswer(desk, asked, 413) : answerTo(desk, asked);
    const answered = switches.echo.reduce((sofar, rule) => withEcho(sofar, rule, asked), plain);
    if (isBare(switches, asked)) sendBare(response, answered);
    else setHeaders(response, switches, asked, answered);
    response.statusCode = answered.status;
    if (entry !== undefined) entry.status = answered.status;
    response.end(asked.method === 'HEAD' || answered.body.length === 0 ? undefined : answered.body);
  };

  return {
    serve: (request, response) => {
      answer(request, response).catch((cause: unknown) => {
        if (request.destroyed || response.destroyed) return; // the client went away
        response.destroy();
        throw cause;
      });
    },
    onRequest: (scheme, request) => {
      const entry: RequestLogEntry = {
        scheme,
        host: hostOf(request),
        method: request.method ?? '',
        target: request.url ?? '',
        headers: request.headers,
        body: '',
        account: undefined,
        status: 0,
      };
      log.push(entry);
      entries.set(request, entry);
    },
    routes: () => [
      ...routes.map(({ method, pattern, kind, access }) => ({ method, path: pattern, kind, access })),
      ...[...desk.frontEnd.files.keys()].map(
        (path): RouteFact => ({ method: 'GET', path, kind: 'asset', access: 'public' }),
      ),
    ],
    requests: () => log,
    state: () => ({
      records: desk.records.all(),
      settings: Object.fromEntries(desk.settings),
      sessionsAlive: desk.sessions.alive(),
    }),
  };
};
