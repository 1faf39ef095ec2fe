import type { RequestListener, ServerResponse } from 'node:http';
import type { TestContext } from 'node:test';
import { ofKind, type Purpose, type Sighting } from '../../model/observation.ts';
import type { AnyProbe } from '../probe.ts';
import { type Bench, bench, type Setting } from './bench.ts';

const START = `<!doctype html><html><head><title>Portal</title><script src="/assets/app.js"></script><link rel="stylesheet" href="/assets/app.css"></head>
<body><a href="/login">Sign in</a><a href="/logout">Sign out</a><a href="/help?topic=1">Help</a><a href="https://elsewhere.example/">Elsewhere</a></body></html>`;
const SIGN_IN =
  '<!doctype html><html><title>Sign in</title><form method="post" action="/login"><input name="email"><input type="password" name="password"></form></html>';
const SCRIPT = 'fetch("/api/records");fetch("/api/status");fetch("/api/logout");\n//# sourceMappingURL=app.js.map';
const MAP = JSON.stringify({
  version: 3,
  sources: ['src/app.ts'],
  sourcesContent: ['export const a = 1;'],
  mappings: '',
});

const FILES: Readonly<Record<string, readonly [type: string, body: string]>> = {
  '/': ['text/html; charset=utf-8', START],
  '/login': ['text/html; charset=utf-8', SIGN_IN],
  '/help': ['text/html; charset=utf-8', '<!doctype html><title>Help</title><p>Help</p>'],
  '/assets/app.js': ['text/javascript', SCRIPT],
  '/assets/app.js.map': ['application/json', MAP],
  '/assets/app.css': ['text/css', 'body{color:red}'],
  '/api/status': ['application/json', '{"ok":true}'],
  '/.env': ['text/plain', 'DATABASE_PASSWORD=hunter2hunter2\n'],
};
const answer = (response: ServerResponse, status: number, type: string, body: string) =>
  response.writeHead(status, { 'content-type': type, 'x-release': 'r1' }).end(body);

export const portal: RequestListener = ({ url = '/', headers }, response) => {
  const [path = '/'] = url.split('?');
  const file = FILES[path];
  if (headers.origin !== undefined) response.setHeader('access-control-allow-origin', headers.origin);
  if (url.startsWith('//')) response.writeHead(302, { location: url }).end();
  else if (path === '/api/records')
    answer(response, 401, 'application/json', `{"error":"who is ${headers.authorization}?"}`);
  else if (file !== undefined) answer(response, 200, ...file);
  else if (url === '/%zz')
    answer(
      response,
      500,
      'text/plain',
      'URIError: URI malformed\n    at decodeURI (<anonymous>)\n    at handle (/srv/app/router.js:12:7)',
    );
  else answer(response, 404, 'text/plain', 'not here');
};
const toHttps: RequestListener = ({ url, headers }, response) =>
  response.writeHead(301, { location: `https://${headers.host}${url}` }).end();

export const sound: Setting = { serve: portal, servePlain: toHttps };
export const exchanges = (seen: readonly Sighting[], purpose: Purpose) =>
  ofKind('http-exchange', seen).filter((one) => one.purpose === purpose);
export const about = (seen: readonly Sighting[], subject: string) => seen.filter((one) => one.subject === subject);

/** All that these probes see of a portal. */
export async function look(
  test: TestContext,
  probes: readonly AnyProbe[],
  setting: Setting = sound,
): Promise<Bench & { readonly seen: readonly Sighting[] }> {
  const made = await bench(test, probes, setting);
  return { ...made, seen: await made.collect(probes) };
}
