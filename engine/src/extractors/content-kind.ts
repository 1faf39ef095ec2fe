// biome-ignore-all lint/suspicious/noControlCharactersInRegex: magic numbers are made of them
import { isScriptType, parseContentType } from '../parsers/content-type.ts';
import { parseJson } from '../parsers/json-shape.ts';
import type { AnswerText } from './answer-text.ts';

export const CONTENT_KINDS = [
  'html',
  'spa-shell',
  'json',
  'env-file',
  'git-config',
  'git-head',
  'sql-dump',
  'archive',
  'private-key',
  'source-map',
  'php-info',
  'directory-listing',
  'ds-store',
  'aws-credentials',
  'npmrc',
  'docker-compose',
  'server-status',
  'openapi',
  'graphql-schema',
  'graphql-playground',
  'script',
  'style',
  'text',
  'image',
  'empty',
  'unknown',
] as const;
export type ContentKind = (typeof CONTENT_KINDS)[number];

/** What decides is at the beginning, in all formats we know. */
const HEAD_CHARACTERS = 65_536;

/**
 * What a body really is, by its own look: the address and the type it is served with are claims, and a fallback page
 * answers to every address. The Content-Type only tells scripts and styles from other text.
 * Source of the magic numbers: WHATWG MIME Sniffing, section 6; git-config(1); sqlite.org/fileformat.
 */
export function contentKind({ headers, body }: AnswerText): ContentKind {
  if (body.trim() === '') return 'empty';
  const head = body.slice(0, HEAD_CHARACTERS);
  const binary = MAGIC.find(([, pattern]) => pattern.test(head));
  if (binary !== undefined) return binary[0];
  const text = head.replace(/^\ufeff/, '').trimStart();
  if (HTML.test(text)) return htmlKind(text, body);
  if (/^(?:\)\]\}'[^\n]{0,20}\n\s{0,10})?[[{"]/.test(text)) {
    const kind = jsonKind(body.replace(/^\ufeff/, '').replace(/^\)\]\}'[^\n]{0,20}\n/, ''), text);
    if (kind !== undefined) return kind;
  }
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const essence = parseContentType(type)?.essence ?? '';
  if (isScriptType(essence)) return 'script';
  if (essence === 'text/css') return 'style';
  const file = FILES.find(([, is]) => is(text));
  if (file !== undefined) return file[0];
  const odd = head.slice(0, 2048).match(/[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]/g)?.length ?? 0;
  return odd > 2 ? 'unknown' : 'text';
}

/** Bytes above 127 may arrive as they are or as U+FFFD, depending on how the body was read. */
const MAGIC: readonly (readonly [ContentKind, RegExp])[] = [
  [
    'archive',
    /^(?:PK\x03\x04|PK\x05\x06|\x1f[\x8b\ufffd]\x08|BZh[1-9]1AY|[\xfd\ufffd]7zXZ|7z[\xbc\ufffd][\xaf\ufffd]|Rar!\x1a|\(\xb5\/\xfd|[^\x00]{1,100}\x00[\s\S]{156,256}ustar)/,
  ],
  ['ds-store', /^\x00\x00\x00\x01Bud1/],
  ['sql-dump', /^(?:SQLite format 3\x00|PGDMP)/],
  [
    'image',
    /^(?:[\x89\ufffd]PNG\r\n|GIF8[79]a|[\xff\ufffd][\xd8\ufffd][\xff\ufffd]|RIFF[\s\S]{4}WEBP|\x00\x00\x01\x00[\x01-\x20]\x00|\s{0,100}(?:<\?xml[^>]{0,200}>\s{0,100})?<svg[\s>])/,
  ],
];

const HTML =
  /^(?:<\?xml[^>]{0,200}>\s{0,100})?(?:<!--[\s\S]{0,2000}?-->\s{0,100}){0,5}<(?:!doctype html|html|head|body|title|meta|script|div|p|h1|center|pre|table|form)[\s>/]/i;

function htmlKind(text: string, body: string): ContentKind {
  const title = /<title[^>]{0,200}>\s{0,100}([^<]{0,300})/i.exec(text)?.[1]?.trim() ?? '';
  if (
    /^(?:index of|directory listing (?:for|of)|listing directory) ?\//i.test(title) ||
    (/<h1>Index of \//i.test(text) && /<a href="\.\.\/"/.test(text))
  )
    return 'directory-listing';
  if (/phpinfo\(\)/i.test(title) && /PHP Version/.test(text)) return 'php-info';
  if (
    /^(?:apache status|server status|nginx status|haproxy stat)/i.test(title) ||
    /<h1>Apache Server Status for/i.test(text)
  )
    return 'server-status';
  if (/graphi?ql|graphql playground|apollo (?:server|sandbox)|altair/i.test(title) && /<script/i.test(text))
    return 'graphql-playground';
  return isShell(body) ? 'spa-shell' : 'html';
}

/** A page that holds nothing until its scripts have run. */
function isShell(body: string): boolean {
  if (body.length > HEAD_CHARACTERS || !/<script[^>]{0,500}\bsrc\s{0,5}=/i.test(body)) return false;
  if (
    !/<(?:div|main|app-root|[a-z]{1,20}-root)[^>]{0,200}(?:\bid\s{0,3}=\s{0,3}["']?(?:root|app|__next|__nuxt|svelte|main|application|q-app)\b[^>]{0,200})?>\s{0,200}(?:<\/|<!--)/i.test(
      body,
    )
  )
    return false;
  const shown = body
    .replace(/<(script|style|noscript|template|head)\b[^>]{0,2000}>[\s\S]{0,60000}?<\/\1\s{0,10}>/gi, ' ')
    .replace(/<!--[\s\S]{0,10000}?-->/g, ' ')
    .replace(/<[^>]{0,2000}>/g, ' ');
  return shown.replace(/\s+/g, ' ').trim().length < 60;
}

function jsonKind(body: string, head: string): ContentKind | undefined {
  const value = parseJson(body);
  if (value === undefined) {
    // A body that was cut is no longer JSON as a whole; a source map or a schema still shows by its beginning.
    if (/^\{\s{0,20}"version"\s{0,5}:\s{0,5}3\b/.test(head) && /"(?:sources|mappings|sections)"/.test(head))
      return 'source-map';
    return /^[[{]\s{0,100}(?:"[^"\n]{1,200}"\s{0,10}:|[[{"\d\]}])/.test(head) && body.length >= HEAD_CHARACTERS
      ? 'json'
      : undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'json';
  if ('version' in value && 'mappings' in value && ('sources' in value || 'sections' in value)) return 'source-map';
  if ('version' in value && 'sections' in value) return 'source-map';
  if (('openapi' in value || 'swagger' in value) && 'paths' in value) return 'openapi';
  const data = 'data' in value ? value.data : undefined;
  if (typeof data === 'object' && data !== null && '__schema' in data) return 'graphql-schema';
  return 'json';
}

const lines = (text: string) =>
  text
    .slice(0, 16_384)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

const FILES: readonly (readonly [ContentKind, (text: string) => boolean])[] = [
  [
    'private-key',
    (text) =>
      /^-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED )?PRIVATE KEY-----\s/m.test(text) ||
      text.startsWith('PuTTY-User-Key-File-'),
  ],
  ['git-head', (text) => /^(?:ref: refs\/[\w./-]{1,250}|[0-9a-f]{40}|[0-9a-f]{64})\s{0,5}$/.test(text)],
  [
    'git-config',
    (text) => /^\[core\]/m.test(text) && /^\s{0,20}(?:repositoryformatversion|bare|filemode)\s{0,5}=/m.test(text),
  ],
  [
    'aws-credentials',
    (text) =>
      /^\[[\w .-]{1,100}\]\s{0,20}$/m.test(text) &&
      /^\s{0,20}aws_(?:access_key_id|secret_access_key)\s{0,20}=/m.test(text),
  ],
  [
    'npmrc',
    (text) =>
      /^(?:\/\/[^\s=]{3,300}\/?:_(?:authToken|auth|password)|_auth(?:Token)?)\s{0,5}=/m.test(text) ||
      isAll(
        text,
        /^(?:(?:@[\w.-]{1,100}:)?registry|always-auth|save-exact|engine-strict|legacy-peer-deps|strict-ssl|email|cafile)\s{0,5}=/,
      ),
  ],
  ['env-file', isEnvFile],
  [
    'docker-compose',
    (text) => /^services:\s{0,20}(?:#.{0,200})?$/m.test(text) && /^\s{1,20}(?:image|build):/m.test(text),
  ],
  ['openapi', (text) => /^(?:openapi|swagger):\s{0,5}["']?[23]/m.test(text) && /^paths:/m.test(text)],
  ['graphql-schema', (text) => /^type Query\s{0,10}\{/m.test(text)],
  [
    'sql-dump',
    (text) =>
      /^-- (?:MySQL dump|MariaDB dump|PostgreSQL database dump|phpMyAdmin SQL Dump|Dump(?:ed|ing))/im.test(text) ||
      (/^\s{0,10}CREATE TABLE\s/im.test(text) &&
        /^\s{0,10}(?:INSERT INTO|COPY\s|DROP TABLE|ALTER TABLE)/im.test(text)) ||
      /^PRAGMA foreign_keys=OFF;\s{1,5}BEGIN TRANSACTION;/.test(text),
  ],
  [
    'server-status',
    (text) =>
      /^Active connections: \d{1,9}\s{1,5}server accepts handled requests/.test(text) ||
      /^Total Accesses: \d/m.test(text),
  ],
];

const SETTING =
  /^(?:export\s{1,5})?[A-Za-z_][\w.]{0,80}\s{0,3}=\s{0,3}(?:"[^"]{0,4000}"?|'[^']{0,4000}'?|[^<>;]{0,4000})(?:\s#.{0,500})?$/;

/** Nothing but settings and remarks, with names as shells write them. */
function isEnvFile(text: string): boolean {
  const settings = lines(text).filter((line) => !line.startsWith('#'));
  const upper = settings.filter((line) => /^(?:export\s{1,5})?[A-Z][A-Z0-9_]{2,80}\s{0,3}=/.test(line));
  if (upper.length === 0) return false;
  // The continuation of a key over several lines is no setting of its own.
  const own = settings.filter(
    (line) => !/^(?:[A-Za-z0-9+/=]{1,80}|-----[A-Z ]{3,40}-----)["']?$/.test(line) || upper.includes(line),
  );
  // A password may hold any sign: of many lines some may look odd.
  const odd = own.filter((line) => !SETTING.test(line));
  return odd.length <= own.length * 0.3 && upper.length >= own.length * 0.5;
}

function isAll(text: string, pattern: RegExp): boolean {
  const rest = lines(text).filter((line) => !/^[#;]/.test(line));
  return rest.length > 0 && rest.every((line) => pattern.test(line));
}
