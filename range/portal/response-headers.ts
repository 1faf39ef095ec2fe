import type { ServerResponse } from 'node:http';
import { type Answer, type Asked, classOf } from './answer.ts';
import type { HeaderValue, Switches } from './switches.ts';

const tables = [
  ['strict-transport-security', 'hsts'],
  ['content-security-policy', 'csp'],
  ['content-security-policy-report-only', 'cspReportOnly'],
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'referrerPolicy'],
  ['x-frame-options', 'frameOptions'],
  ['cross-origin-opener-policy', 'coop'],
  ['cross-origin-resource-policy', 'corp'],
  ['permissions-policy', 'permissionsPolicy'],
] as const;

export const pathMatches = (pattern: string, path: string): boolean =>
  pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;

const allowedOrigin = (
  { mode, origins }: Switches['cors'],
  origin: string | undefined,
  host: string,
): string | undefined => {
  if (mode === 'none') return undefined;
  if (mode === 'star') return '*';
  if (origin === undefined) return undefined;
  const accepted = {
    reflect: true,
    'null-origin': origin === 'null',
    suffix: origin.endsWith(host),
    prefix: origin.startsWith(`https://${host}`),
    listed: origins.includes(origin),
  }[mode];
  return accepted ? origin : undefined;
};

const set = (response: ServerResponse, name: string, value: HeaderValue | undefined): void => {
  if (value === undefined) return;
  if (value === null) response.removeHeader(name);
  else response.setHeader(name, value);
};

const setCors = (response: ServerResponse, { cors }: Switches, asked: Asked): void => {
  if (!cors.paths.some((pattern) => pathMatches(pattern, asked.path))) return;
  const origin = allowedOrigin(cors, asked.headers.origin, asked.host);
  if (origin === undefined) return;
  set(response, 'access-control-allow-origin', origin);
  if (cors.credentials) set(response, 'access-control-allow-credentials', 'true');
  if (cors.varies && origin !== '*') set(response, 'vary', 'Origin');
  if (asked.method === 'OPTIONS') {
    set(response, 'access-control-allow-methods', 'GET, POST, PUT, DELETE');
    set(response, 'access-control-allow-headers', 'content-type');
  }
};

/** Sets every header of an answer: the tables by class, the answer's own, cookies, CORS, banners, and last the rules. */
export const setHeaders = (response: ServerResponse, switches: Switches, asked: Asked, answer: Answer): void => {
  const answerClass = classOf(answer);
  for (const [header, point] of tables) set(response, header, switches[point][answerClass]);
  set(response, 'cache-control', switches.cacheControl[answer.audience]);
  if (answer.type !== '') set(response, 'content-type', answer.type);
  if (switches.release.header) set(response, 'x-release', switches.release.id);
  const cookies = [...(switches.anonymousCookies['*'] ?? []), ...(switches.anonymousCookies[asked.path] ?? [])];
  for (const [name, value] of Object.entries(answer.headers)) {
    if (name === 'set-cookie') cookies.push(...(typeof value === 'string' ? [value] : value));
    else set(response, name, value);
  }
  if (cookies.length > 0) set(response, 'set-cookie', cookies);
  setCors(response, switches, asked);
  for (const [name, value] of Object.entries(switches.banners)) set(response, name, value);
  for (const rule of switches.headerRules) {
    const applies =
      (rule.hosts?.includes(asked.host) ?? true) &&
      (rule.paths?.some((pattern) => pathMatches(pattern, asked.path)) ?? true) &&
      (rule.classes?.includes(answerClass) ?? true) &&
      (rule.methods?.includes(asked.method) ?? true) &&
      (rule.statuses?.includes(answer.status) ?? true);
    if (applies) for (const [name, value] of Object.entries(rule.set)) set(response, name, value);
  }
};
