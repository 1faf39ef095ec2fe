import type { ExchangeFacts } from '../model/observation.ts';
import { jsonShape, jsonStrings, parseJson } from '../parsers/json-shape.ts';
import type { AnswerText } from './answer-text.ts';
import { type Canary, canaryHits } from './canary-hits.ts';
import { redactHeader } from './redact.ts';

/** An answer as it came off the wire. It lives in memory only: no probe yields it. */
export interface RawExchange extends AnswerText {
  /** Length of the body on the wire, decoded; `body` may be shorter when it was cut. */
  readonly bytes: number;
  readonly cut: boolean;
}

const DEPTH_MAX = 40;
const SHAPE_CHARACTERS_MAX = 8192;
const HITS_MAX = 200;

/** Reads a raw answer once and lets it go. `digest` is keyed, so that a short body cannot be guessed back. */
export function exchangeFacts(
  raw: RawExchange,
  canaries: readonly Canary[],
  digest: (text: string) => string,
): ExchangeFacts {
  const json = shallow(parseJson(raw.body), 0);
  const fields: [string, string][] = [
    ...raw.headers.map(([name, value]): [string, string] => [`header ${name.toLowerCase()}`, value]),
    ...jsonStrings(json, 'body'),
    ['body', raw.body],
  ];
  return {
    status: raw.status,
    responseHeaders: raw.headers.map(([name, value]) => [name.slice(0, 200), redactHeader(name, value)]),
    bodyDigest: digest(raw.body),
    bodyBytes: raw.bytes,
    bodyCut: raw.cut,
    bodyShape: json === undefined ? null : shapeOf(json, digest),
    hits: fields.flatMap(([field, text]) => canaryHits(nameOf(field), text, canaries)).slice(0, HITS_MAX),
  };
}

/** Keys are texts of the target as well: what is no name stays out of what is stored. */
const nameOf = (field: string) => (field.length <= 300 ? field : `${field.slice(0, 299)}…`);
const isName = (key: string) => /^[\w$ .:@/-]{1,60}$/.test(key) && !/@.*\.|\d{6}/.test(key);

/**
 * The same value without what lies too deep to be walked, and with `{key}` for keys that are values themselves
 * (an address, an id). Strings that are left out here are still met in the body as a whole.
 */
function shallow(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEPTH_MAX) return null;
  if (Array.isArray(value)) return value.map((one) => shallow(one, depth + 1));
  // Several unnamed keys keep their strings: each gets a number, and the shape tells only the first apart from none.
  return Object.fromEntries(
    Object.entries(value).map(([key, inner], at) => [isName(key) ? key : `{key${at}}`, shallow(inner, depth + 1)]),
  );
}

/** Two answers of one shape have one text, however long: what is cut is told apart by its digest. */
function shapeOf(json: unknown, digest: (text: string) => string): string {
  const shape = jsonShape(json).replace(/\{key\d{1,9}\}/g, '{key}');
  return shape.length <= SHAPE_CHARACTERS_MAX ? shape : `${shape.slice(0, SHAPE_CHARACTERS_MAX)}… ${digest(shape)}`;
}
