import type { Mark, ObservationOf, SecretHit } from '../model/observation.ts';
import { parseHtml } from '../parsers/html.ts';
import { jsonStrings, parseJson } from '../parsers/json-shape.ts';
import { manifestFiles, parseScript, type ScriptPlace } from '../parsers/script.ts';
import { scanSecrets } from '../parsers/secret-scan.ts';
import { inlineSourceMap, parseSourceMap } from '../parsers/source-map.ts';
import { parseStyle } from '../parsers/style.ts';
import { insecureUrl, resolveUrl } from '../parsers/url.ts';
import { buildMarks } from './leak-marks.ts';
import { maskUrl } from './redact.ts';

type Asset = ObservationOf<'asset'>;
export type AssetFacts = Omit<Asset, keyof Mark | 'kind'>;

/** A file as it came off the wire. It lives in memory only. */
export interface RawAsset {
  readonly url: string;
  /** The page that loads it; its own address when it was found otherwise. Calls are relative to it. */
  readonly page: string;
  readonly form: Asset['form'];
  readonly status: number;
  readonly text: string;
  readonly bytes: number;
  readonly bytesSkipped: number;
}

const SECRETS_MAX = 300;
const LOADS_MAX = 5000;
const INSECURE_MAX = 200;

/** What can be read off a file, its own form deciding how. */
type Reading = Pick<Asset, 'loads' | 'calls' | 'insecure' | 'mapSources' | 'mapSourcesWithText'> & {
  /** Unresolved. */
  readonly sourceMap: string | null;
};
const NOTHING: Reading = { loads: [], calls: [], insecure: [], sourceMap: null, mapSources: 0, mapSourcesWithText: 0 };

/** All we keep of a file that browsers are given. `digest` is keyed; addresses are masked; no text is kept. */
export function assetFacts(raw: RawAsset, digest: (text: string) => string): AssetFacts {
  const reading = READERS[raw.form](raw);
  const inline = reading.sourceMap === null ? undefined : inlineSourceMap(reading.sourceMap);
  const secrets = raw.form === 'source-map' ? mapSecrets(raw.text, digest) : scanSecrets(raw.text, digest);
  const found = inline === undefined ? secrets : [...secrets, ...mapSecrets(inline, digest)];
  const map = inline === undefined ? undefined : parseSourceMap(inline);
  return {
    url: maskUrl(raw.url),
    form: raw.form,
    status: raw.status,
    bytes: raw.bytes,
    bytesSkipped: raw.bytesSkipped,
    digest: digest(raw.text),
    secrets: found.slice(0, SECRETS_MAX),
    loads: [...new Set(reading.loads.map(maskUrl))].slice(0, LOADS_MAX),
    calls: [...new Set(reading.calls.map(maskUrl))],
    insecure: reading.insecure.map((one) => ({ ...one, url: maskUrl(one.url) })).slice(0, INSECURE_MAX),
    sourceMap: sourceMapOf(reading.sourceMap, raw.url),
    mapSources: map?.sources.length ?? reading.mapSources,
    mapSourcesWithText: map === undefined ? reading.mapSourcesWithText : withText(map.sources),
    leaks: raw.form === 'source-map' ? [] : buildMarks(raw.text),
  };
}

const READERS: Readonly<Record<Asset['form'], (raw: RawAsset) => Reading>> = {
  script: (raw) => {
    const { loads, calls, insecure, sourceMap } = parseScript(raw.text, raw);
    return { ...NOTHING, loads: [...loads], calls: [...calls], insecure: [...insecure], sourceMap };
  },
  style: (raw) => styleReading(raw.text, raw.url),
  document: readDocument,
  'source-map': ({ text }) => {
    const sources = parseSourceMap(text)?.sources ?? [];
    return { ...NOTHING, mapSources: sources.length, mapSourcesWithText: withText(sources) };
  },
  manifest: (raw) => {
    const texts = jsonStrings(parseFlat(raw.text)).map(([, text]) => text);
    // Next writes its manifests as scripts.
    return { ...NOTHING, loads: [...manifestFiles(texts, raw), ...parseScript(raw.text, raw).loads] };
  },
  data: () => NOTHING,
};

function readDocument(raw: RawAsset): Reading {
  const html = parseHtml(raw.text, raw.url);
  const place: ScriptPlace = { url: html.base, page: html.base };
  const scripts = html.inline.filter(({ form }) => form === 'script').map(({ text }) => parseScript(text, place));
  const styles = html.inline.filter(({ form }) => form === 'style').map(({ text }) => styleReading(text, html.base));
  return {
    ...NOTHING,
    loads: [
      ...html.scripts.map(({ url }) => url),
      ...html.styles.map(({ url }) => url),
      ...html.preloads,
      ...scripts.flatMap(({ loads }) => loads),
      ...styles.flatMap(({ loads }) => loads),
    ],
    calls: scripts.flatMap(({ calls }) => calls),
    // What styles fetch is among the document's own references already.
    insecure: [...html.insecure, ...scripts.flatMap(({ insecure }) => insecure)],
  };
}

function styleReading(text: string, base: string): Reading {
  const { references, sourceMap } = parseStyle(text);
  return {
    ...NOTHING,
    sourceMap,
    loads: references.flatMap((reference) => resolveUrl(reference.text, base) ?? []),
    insecure: references.flatMap(({ text: reference, by }) => {
      const url = /^(?:http|ws):/i.test(reference) ? insecureUrl(reference, base) : undefined;
      return url === undefined ? [] : [{ url, by, use: by === 'css @import' ? 'active' : 'passive' } as const];
    }),
  };
}

const withText = (sources: readonly { readonly text: string | null }[]) =>
  sources.filter(({ text }) => text !== null && text !== '').length;

/** Each file of a map is scanned as itself, so that a finding names it; what is no map is scanned as it stands. */
function mapSecrets(text: string, digest: (value: string) => string): SecretHit[] {
  const map = parseSourceMap(text);
  if (map === undefined) return scanSecrets(text, digest);
  return map.sources.flatMap((source) => (source.text === null ? [] : scanSecrets(source.text, digest, source.name)));
}

function sourceMapOf(named: string | null, url: string): string | null {
  if (named === null) return null;
  if (/^data:/i.test(named)) return 'inline';
  const absolute = resolveUrl(named, url);
  return absolute === undefined ? null : maskUrl(absolute);
}

/** Manifests are flat: what lies deeper than a few levels is none. */
function parseFlat(text: string): unknown {
  const cut = (value: unknown, depth: number): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (depth > 8) return null;
    return Array.isArray(value)
      ? value.map((one) => cut(one, depth + 1))
      : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cut(inner, depth + 1)]));
  };
  return cut(parseJson(text), 0);
}
