import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** What a host does on port 80. */
export interface PlainHttp {
  readonly port: 'open' | 'closed';
  /**
   * `redirect`: to `origin`. `serve`: the portal's own content over plain HTTP. `loop`: to itself.
   * `path-as-location`: the path itself is the Location, so `//evil.example/` leads away. `refuse`: 403.
   */
  readonly answer: 'redirect' | 'serve' | 'loop' | 'path-as-location' | 'refuse';
  readonly status: number;
  /** Where to, as an origin (`http://www.portal.example` makes a plain hop); null is https on the same host. */
  readonly origin: string | null;
  readonly keepsPath: boolean;
  readonly keepsQuery: boolean;
  /** Raw Set-Cookie values sent along. */
  readonly cookies: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

/** 301 to https on the same host; nothing is lost on the way. */
export const soundPlainHttp: PlainHttp = {
  port: 'open',
  answer: 'redirect',
  status: 301,
  origin: null,
  keepsPath: true,
  keepsQuery: true,
  cookies: [],
  headers: {},
};

const locationFor = (settings: PlainHttp, host: string, target: string): string => {
  if (settings.answer === 'path-as-location') return target;
  if (settings.answer === 'loop') return `http://${host}${target}`;
  const [path = '/'] = target.split('?');
  const query = target.slice(path.length);
  return `${settings.origin ?? `https://${host}`}${settings.keepsPath ? path : '/'}${settings.keepsQuery ? query : ''}`;
};

export const answerPlainHttp = (
  settings: PlainHttp,
  host: string,
  serve: RequestListener,
  request: IncomingMessage,
  response: ServerResponse & { req: IncomingMessage },
): void => {
  if (settings.cookies.length > 0) response.setHeader('set-cookie', settings.cookies);
  for (const [name, value] of Object.entries(settings.headers)) response.setHeader(name, value);
  if (settings.answer === 'serve') {
    serve(request, response);
    return;
  }
  if (settings.answer === 'refuse') {
    response.writeHead(403, { 'content-type': 'text/plain' }).end('Use https');
    return;
  }
  response
    .writeHead(settings.status, { location: locationFor(settings, host, request.url ?? '/'), 'content-length': '0' })
    .end();
};
