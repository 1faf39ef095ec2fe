import type { SecretHit } from '../model/observation.ts';
import { base64Text } from './base64-text.ts';
import { parseJson } from './json-shape.ts';
import { type Proof, SECRET_RULES, type SecretRule } from './secret-rules.ts';
import { isLoopback } from './url.ts';

/** More hits than this in one file say no more; the file is full of them. */
const HITS_MAX = 300;
/** A base64 text of more than this is a file, not a hidden token. */
const ENCODED_CHARACTERS_MAX = 8192;
/** Characters around a find that may decide what it is. */
const NEARBY = 300;

/**
 * Finds credentials by the formats of those who issue them. One pass for all formats: Wu and Manber, "A fast algorithm
 * for multi-pattern searching", 1994, with blocks of two; at a prefix, the rule's own sticky expression decides.
 * Values leave this function only as a keyed `digest` and a masked hint.
 */
export function scanSecrets(
  text: string,
  digest: (value: string) => string,
  source: string | null = null,
): SecretHit[] {
  const found = new Map<string, SecretHit>();
  let bytes = 0;
  let counted = 0;
  for (const { rule, prefix, value, at } of findSecrets(text, true)) {
    const fingerprint = digest(value);
    const key = `${rule.id} ${fingerprint}`;
    if (found.has(key)) continue;
    bytes += utf8Bytes(text, counted, at);
    counted = at;
    found.set(key, {
      rule: rule.id,
      issuer: rule.issuer,
      class: rule.class,
      fingerprint,
      hint: hintOf(value, prefix),
      offset: bytes,
      source,
    });
    if (found.size >= HITS_MAX) break;
  }
  return [...found.values()];
}

/** Where credentials stand in a text, for masking them. */
export function secretSpans(text: string): (readonly [start: number, end: number])[] {
  return [...findSecrets(text, true)].map(({ at, length }) => [at, at + length]);
}

interface Find {
  readonly rule: SecretRule;
  /** The part that the issuer gives to all alike; empty when there is none. */
  readonly prefix: string;
  readonly value: string;
  readonly at: number;
  /** Characters it takes in the text: more than the value's own when it stands there encoded. */
  readonly length: number;
}

interface Entry {
  readonly text: string;
  readonly rules: readonly SecretRule[];
  /** The text is base64 of a prefix. */
  readonly encoded: boolean;
}

/** Shortest prefix, and so the width of the window that moves over the text. */
const WINDOW = 3;
const HASHES = 1 << 14;
/** Two characters as one number. Letters beyond ASCII fall on others; the comparison that follows sorts it out. */
const hashOf = (text: string, at: number) => ((text.charCodeAt(at) & 127) << 7) | (text.charCodeAt(at + 1) & 127);

const ENTRIES: readonly Entry[] = [...plainEntries(), ...encodedEntries()];
const SHIFTS: Uint8Array = new Uint8Array(HASHES).fill(WINDOW - 1);
const BUCKETS: (readonly Entry[] | undefined)[] = new Array(HASHES).fill(undefined);
for (const entry of ENTRIES) {
  SHIFTS[hashOf(entry.text, 0)] = Math.min(SHIFTS[hashOf(entry.text, 0)] ?? 0, 1);
  const hash = hashOf(entry.text, 1);
  SHIFTS[hash] = 0;
  // Longer prefixes first: the more exact one decides.
  BUCKETS[hash] = [...(BUCKETS[hash] ?? []), entry].sort((a, b) => b.text.length - a.text.length);
}

function plainEntries(): Entry[] {
  const prefixes = new Set(SECRET_RULES.flatMap((rule) => rule.prefixes));
  return [...prefixes].map((text) => ({
    text,
    rules: SECRET_RULES.filter((rule) => rule.prefixes.includes(text)),
    encoded: false,
  }));
}

/** What a prefix becomes in base64, when the encoded text begins with it: the characters that do not depend on the rest. */
function encodedEntries(): Entry[] {
  const prefixes = new Set(
    SECRET_RULES.filter((rule) => rule.class === 'secret' && rule.proof === undefined).flatMap((rule) => rule.prefixes),
  );
  return [
    ...prefixes,
    'postgres://',
    'postgresql://',
    'mongodb://',
    'mongodb+srv://',
    '{"type":"service_account"',
    '{\n  "type": "service_account"',
  ]
    .filter((text) => text.length >= 5)
    .map((text) => ({ text: encodedPrefix(text), rules: [], encoded: true }));
}

function encodedPrefix(ascii: string): string {
  const bits = [...ascii].map((char) => char.charCodeAt(0).toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{6}/g) ?? [])
    .map((six) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.charAt(Number.parseInt(six, 2)))
    .join('');
}

function* findSecrets(text: string, decode: boolean): Generator<Find> {
  const last = text.length - 1;
  for (let end = WINDOW - 1; end <= last; ) {
    const hash = hashOf(text, end - 1);
    const shift = SHIFTS[hash] ?? 1;
    if (shift > 0) {
      end += shift;
      continue;
    }
    const start = end - WINDOW + 1;
    const found = findAt(text, start, BUCKETS[hash] ?? [], decode);
    if (found !== undefined) yield found;
    end = found === undefined ? end + 1 : Math.max(found.at + found.length, start + 1) + WINDOW - 1;
  }
}

function findAt(text: string, at: number, bucket: readonly Entry[], decode: boolean): Find | undefined {
  const first = text.charCodeAt(at);
  for (const entry of bucket) {
    if (entry.text.charCodeAt(0) !== first || !text.startsWith(entry.text, at)) continue;
    const found = entry.encoded ? (decode ? findEncoded(text, at) : undefined) : findPlain(text, at, entry);
    if (found !== undefined) return found;
  }
  return undefined;
}

const WORD = /[A-Za-z0-9_-]/;
/** Rules whose value is the whole match; those with a group find a name first and the value behind it. */
const WHOLE: ReadonlySet<SecretRule> = new Set(
  SECRET_RULES.filter(({ pattern }) => new RegExp(`${pattern.source}|`).exec('')?.length === 1),
);

function findPlain(text: string, at: number, { text: prefix, rules }: Entry): Find | undefined {
  const before = text.charAt(at - 1);
  // What begins in the middle of a longer word is that word; a name may well begin in the middle of a longer name.
  const insideWord = WORD.test(before) || (before === '.' && prefix.startsWith('eyJ'));
  for (const rule of rules) {
    if (insideWord && WHOLE.has(rule)) continue;
    rule.pattern.lastIndex = at;
    const match = rule.pattern.exec(text);
    if (match === null) continue;
    const group = match.slice(1).find((one) => one !== undefined);
    if (insideWord && group === undefined) continue;
    const value = group ?? match[0];
    const start = at + (group === undefined ? 0 : match[0].lastIndexOf(group));
    if (isPlaceholder(rule.proof?.endsWith('-with-password') ? passwordIn(value) : value, prefix)) continue;
    const around = () => text.slice(Math.max(0, at - NEARBY), start + value.length + NEARBY);
    if (rule.proof !== undefined && !PROOFS[rule.proof](value, around)) continue;
    return { rule, prefix: value.startsWith(prefix) ? prefix : '', value, at: start, length: value.length };
  }
  return undefined;
}

const BASE64_RUN = new RegExp(`[A-Za-z0-9+/_-]{16,${ENCODED_CHARACTERS_MAX}}={0,2}`, 'y');

function findEncoded(text: string, at: number): Find | undefined {
  if (/[A-Za-z0-9+/]/.test(text.charAt(at - 1))) return undefined;
  BASE64_RUN.lastIndex = at;
  const run = BASE64_RUN.exec(text)?.[0];
  if (run === undefined) return undefined;
  for (const found of findSecrets(base64Text(run), false)) return { ...found, at, length: run.length };
  return undefined;
}

/** Words of documentation, and bodies that examples in documentation carry. */
const PLACEHOLDER =
  /example|placeholder|change_?me|replace|your[_-]|dummy|redacted|insert|sample|xxxxx|\*{3}|\.{3}|0{12}|1234567890abcdef|abcdefghijklmn|deadbeef|foobar/i;
const KNOWN_BODIES = [
  '4eC39HqLyjWDarjtT1zdp7dc',
  'BQokikJOvBiI2HlWgH4olfQ2',
  'TYooMQauvdEDq54NiTphI7jx',
  '26PHem9AhJZvU623DfE1x4sd',
];

/** In an address only the password can be a placeholder: hosts are judged by the rule's proof. */
const passwordIn = (url: string) => /^[^:]{1,20}:\/\/[^:]{0,100}:([^@]{0,200})@/.exec(url)?.[1] ?? url;

function isPlaceholder(value: string, prefix: string): boolean {
  const body = value.startsWith(prefix) ? value.slice(prefix.length) : value;
  if (PLACEHOLDER.test(body) || KNOWN_BODIES.some((known) => body.endsWith(known))) return true;
  return body.length >= 12 && new Set(body.slice(0, 60)).size < 5;
}

/** Enough different characters for a random text of its length, digits and letters among them, and no row of words. */
function looksRandom(value: string): boolean {
  const body = value.slice(-80);
  const different = new Set(body).size;
  const isHex = /^[0-9a-f-]+$/i.test(body);
  if (!/\d/.test(body) || !/[A-Za-z]/.test(body)) return false;
  return different >= Math.min(isHex ? 9 : 12, body.length * 0.5);
}

const COMMON_PASSWORDS =
  /^(?:password\d{0,4}|passw0rd|postgres|mysql|mariadb|root|admin\d{0,4}|secret|test\w{0,6}|user|guest|redis|mongo(?:db)?|pass(?:wd)?|pwd|none|null|undefined|true|false|string|hidden|\*{1,20})$/i;

function isRealPassword(password: string, user: string): boolean {
  return (
    password !== user &&
    !COMMON_PASSWORDS.test(password) &&
    !/[[\]()|%]|\$\{|process\.env/.test(password.replace(/%[0-9a-f]{2}/gi, ''))
  );
}

function hasRealPassword(url: string): boolean {
  const [, user = '', password = '', host = ''] =
    /^[^:]{1,20}:\/\/([^:]{0,100}):([^@]{3,200})@(.{1,253})$/.exec(url) ?? [];
  return isRealPassword(password, user) && !isLoopback(host) && !NOBODYS_HOST.test(host);
}
/** Hosts of examples and of this machine. `.example` alone may be a rehearsal's own world. */
const NOBODYS_HOST = /(?:^|\.)example\.(?:com|org|net)$|^(?:host|hostname|server|example|0\.0\.0\.0)$/;

/** Claims of a token's middle part, or undefined when it is none. Source: RFC 7519, section 3. */
function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  const claims = parseJson(base64Text(token.split('.')[1] ?? ''));
  if (typeof claims !== 'object' || claims === null) return undefined;
  // The cast holds: any object can be read by name.
  const record = claims as Readonly<Record<string, unknown>>;
  return isKnownSample(record) ? undefined : record;
}

/** The token on the front page of jwt.io, and the keys that every local Supabase is born with. */
function isKnownSample(claims: Readonly<Record<string, unknown>>): boolean {
  const { sub, name, iss } = claims;
  return sub === '1234567890' || name === 'John Doe' || iss === 'supabase-demo';
}

const PRIVILEGED = /(?:^|[^a-z])(?:admin|administrator|service|service_role|root|superuser|owner|system)(?:[^a-z]|$)/i;

const PROOFS: Readonly<Record<Proof, (value: string, around: () => string) => boolean>> = {
  'aws-secret-nearby': (_, around) =>
    /(?:^|[^0-9A-Za-z+/])(?=[0-9A-Za-z+/]{0,39}\d)(?=[0-9A-Za-z+/]{0,39}[a-z])(?=[0-9A-Za-z+/]{0,39}[A-Z])[0-9A-Za-z+/]{40}(?:[^0-9A-Za-z+/=]|$)/.test(
      around(),
    ),
  'clerk-host': (value) => /^[a-z0-9.-]{4,200}\$$/i.test(base64Text(value.slice('pk_live_'.length))),
  'connection-with-password': hasRealPassword,
  'url-with-password': (value) => hasRealPassword(value) && !/^https?:\/\/(?:user(?:name)?|login|name):/i.test(value),
  'jwt-service-role': (value) => claimsOf(value)?.role === 'service_role',
  'jwt-anonymous-role': (value) => claimsOf(value)?.role === 'anon',
  'jwt-claims': (value) => claimsOf(value) !== undefined,
  'jwt-privileged': (value) => {
    const claims = claimsOf(value);
    if (claims === undefined) return false;
    return ['role', 'roles', 'scope', 'scp', 'permissions', 'groups'].some((name) =>
      PRIVILEGED.test(JSON.stringify(claims[name] ?? '')),
    );
  },
  'jwt-user': (value) => {
    const claims = claimsOf(value) ?? {};
    return ['sub', 'email', 'user_id', 'userId', 'uid', 'username', 'preferred_username', 'sid'].some(
      (name) => claims[name] !== undefined,
    );
  },
  'looks-random': looksRandom,
  'not-a-word': (value) =>
    isRealPassword(value, '') && /\d/.test(value) && /[A-Za-z]/.test(value) && new Set(value).size >= 6,
};

function hintOf(value: string, prefix: string): string {
  return `${prefix.slice(0, 24)}… (${value.length} characters)`;
}

function utf8Bytes(text: string, from: number, to: number): number {
  let bytes = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    // Half of a surrogate pair is two of its four bytes.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
  }
  return bytes;
}
