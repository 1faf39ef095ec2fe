import { base64Text } from './base64-text.ts';
import { parseJson } from './json-shape.ts';

/** A source map's files. Source: ECMA-426, section 9. Mappings are not read: no check has a use for them. */
export interface SourceMap {
  readonly file: string | null;
  readonly sources: readonly MappedSource[];
  readonly names: number;
}
export interface MappedSource {
  readonly name: string;
  /** The original text, when the map holds it. */
  readonly text: string | null;
}

const SOURCES_MAX = 20_000;
const NAME_CHARACTERS_MAX = 300;
/** Sections hold maps, which may not hold sections: one level, and one more for those who do it all the same. */
const SECTION_DEPTH_MAX = 2;

/** Reads a source map, plain or in sections, with or without the prefix that keeps it from running as script. */
export function parseSourceMap(text: string): SourceMap | undefined {
  const json = text.startsWith(')]}') ? text.slice(text.search(/[\r\n]|$/)) : text;
  return readMap(parseJson(json), 0);
}

/** The text of a map that stands in the reference itself: `data:application/json;base64,…`. */
export function inlineSourceMap(reference: string): string | undefined {
  const match = /^data:application\/json(?:;[\w=-]{1,40}){0,3}?(;base64)?,/i.exec(reference);
  if (match === null) return undefined;
  const data = reference.slice(match[0].length);
  if (match[1] !== undefined) return base64Text(data);
  try {
    return decodeURIComponent(data);
  } catch {
    return undefined;
  }
}

function readMap(value: unknown, depth: number): SourceMap | undefined {
  if (!isRecord(value) || (value.version !== 3 && value.version !== '3')) return undefined;
  const file = typeof value.file === 'string' ? value.file.slice(0, NAME_CHARACTERS_MAX) : null;
  if (Array.isArray(value.sections)) {
    if (depth >= SECTION_DEPTH_MAX) return undefined;
    const maps = value.sections.flatMap((section: unknown) => {
      const map = isRecord(section) ? readMap(section.map, depth + 1) : undefined;
      return map === undefined ? [] : [map];
    });
    return {
      file,
      sources: maps.flatMap(({ sources }) => sources).slice(0, SOURCES_MAX),
      names: maps.reduce((sum, { names }) => sum + names, 0),
    };
  }
  if (!Array.isArray(value.sources)) return undefined;
  const texts: readonly unknown[] = Array.isArray(value.sourcesContent) ? value.sourcesContent : [];
  const root = typeof value.sourceRoot === 'string' ? value.sourceRoot : '';
  return {
    file,
    sources: value.sources.slice(0, SOURCES_MAX).map((name: unknown, index): MappedSource => {
      const text = texts[index];
      return {
        name: (typeof name === 'string' ? withRoot(root, name) : '(unnamed)').slice(0, NAME_CHARACTERS_MAX),
        text: typeof text === 'string' ? text : null,
      };
    }),
    names: Array.isArray(value.names) ? value.names.length : 0,
  };
}

const withRoot = (root: string, name: string) => (root === '' ? name : `${root.replace(/\/$/, '')}/${name}`);

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
