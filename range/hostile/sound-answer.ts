import { SOUND_CSP, SOUND_HSTS } from '../portal/switches.ts';
import type { AskedHttp, BrokenHttp } from './broken.ts';

const PAGE =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Client portal</title></head><body><h1>Client portal</h1><p>Welcome.</p></body></html>';

/** What every check would pass, were it not broken: a redirect over plain HTTP, a page over https. */
export interface SoundAnswer {
  readonly statusLine: string;
  readonly headers: readonly string[];
  readonly body: Buffer;
}

export function soundAnswer({ host, target }: AskedHttp, at: BrokenHttp['at']): SoundAnswer {
  const shared = ['X-Content-Type-Options: nosniff', `Content-Security-Policy: ${SOUND_CSP}`, 'X-Release: r42'];
  return at === 'http'
    ? {
        statusLine: 'HTTP/1.1 301 Moved Permanently',
        headers: [...shared, `Location: https://${host}${target}`, 'Content-Type: text/plain'],
        body: Buffer.from('Moved permanently. '.repeat(20)),
      }
    : {
        statusLine: 'HTTP/1.1 200 OK',
        headers: [
          ...shared,
          `Strict-Transport-Security: ${SOUND_HSTS}`,
          'X-Frame-Options: DENY',
          'Referrer-Policy: strict-origin-when-cross-origin',
          'Cache-Control: no-store',
          'Content-Type: text/html; charset=utf-8',
        ],
        body: Buffer.from(PAGE),
      };
}

export const lengthOf = (body: Buffer): string => `Content-Length: ${body.length}`;

/** One message: head, empty line, body. */
export const message = (statusLine: string, headers: readonly string[], body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${statusLine}\r\n${headers.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
