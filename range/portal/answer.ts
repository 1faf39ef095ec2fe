import type { IncomingHttpHeaders } from 'node:http';
import type { Session } from './sessions.ts';

/** Which table of headers an answer gets: every status from 400 on is an `error`, every 3xx a `redirect`. */
export type AnswerClass = 'page' | 'api' | 'redirect' | 'error' | 'asset';

/** Whom an answer is meant for; decides its Cache-Control. */
export type Audience = 'public' | 'private' | 'asset';

export interface Answer {
  readonly status: number;
  readonly kind: 'page' | 'api' | 'asset';
  readonly audience: Audience;
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
}

/** One request, read and parsed. */
export interface Asked {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** With its question mark; empty when there is none. */
  readonly search: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly session: Session | undefined;
}

export const classOf = ({ status, kind }: Answer): AnswerClass => {
  if (status >= 400) return 'error';
  if (status >= 300 && status !== 304) return 'redirect';
  return kind;
};

export const HTML = 'text/html; charset=utf-8';
export const JSON_TYPE = 'application/json; charset=utf-8';

export const page = (status: number, html: string, audience: Audience): Answer => ({
  status,
  kind: 'page',
  audience,
  type: HTML,
  body: html,
  headers: {},
});

export const json = (status: number, value: unknown, audience: Audience = 'private'): Answer => ({
  status,
  kind: 'api',
  audience,
  type: JSON_TYPE,
  body: JSON.stringify(value),
  headers: {},
});

export const redirect = (status: number, location: string, audience: Audience = 'private'): Answer => ({
  status,
  kind: 'page',
  audience,
  type: HTML,
  body: '',
  headers: { location },
});

export const noContent = (): Answer => ({
  status: 204,
  kind: 'api',
  audience: 'private',
  type: '',
  body: '',
  headers: {},
});

export const withHeaders = (answer: Answer, headers: Answer['headers']): Answer => ({
  ...answer,
  headers: { ...answer.headers, ...headers },
});
