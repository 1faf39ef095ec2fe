/** A reference as it stands in a style sheet, and what asks for it: `css @import` or `css url()`. */
export interface StyleReference {
  readonly text: string;
  readonly by: 'css @import' | 'css url()';
}
export interface ParsedStyle {
  readonly references: readonly StyleReference[];
  /** What the sheet names as its source map, as it stands. */
  readonly sourceMap: string | null;
}

const REFERENCES_MAX = 2000;
const REFERENCE_CHARACTERS_MAX = 4096;
/** Comments and strings go by whole, so that nothing inside them counts. Source: CSS Syntax Level 3, section 4. */
const NEXT =
  /\/\*|@import[\t\n\r ]{1,20}(?:"([^"\n]{0,4096})"|'([^'\n]{0,4096})')|(@import[\t\n\r ]{1,20})?\burl\([\t\n\r ]{0,20}(?:"([^"\n]{0,4096})"|'([^'\n]{0,4096})'|((?:\\[0-9a-f]{1,6} ?|\\.|[^)"'\\\t\n\r ]){0,4096}))|"[^"\n]{0,4096}"?|'[^'\n]{0,4096}'?/gi;

/** Reads what a style sheet loads. Source: CSS Values Level 4, section 4.5; CSS Cascade Level 5, section 2. `data:` is left out. */
export function parseStyle(text: string): ParsedStyle {
  const references: StyleReference[] = [];
  NEXT.lastIndex = 0;
  for (let match = NEXT.exec(text); match !== null; match = NEXT.exec(text)) {
    if (match[0] === '/*') {
      const end = text.indexOf('*/', NEXT.lastIndex);
      if (end < 0) break;
      NEXT.lastIndex = end + 2;
      continue;
    }
    const imported = match[1] ?? match[2];
    const found = imported ?? match[4] ?? match[5] ?? match[6];
    if (found === undefined || found === '' || /^data:/i.test(found)) continue;
    const by = imported !== undefined || match[3] !== undefined ? 'css @import' : 'css url()';
    references.push({ text: unescapeStyle(found), by });
    if (references.length >= REFERENCES_MAX) break;
  }
  return { references, sourceMap: namedSourceMap(text) };
}

/** `\2f ` and `\)`: CSS Syntax Level 3, section 4.3.7. */
function unescapeStyle(text: string): string {
  return text
    .slice(0, REFERENCE_CHARACTERS_MAX)
    .replace(/\\(?:([0-9a-f]{1,6})[\t\n\r ]?|(.))/gi, (_, hex?: string, char?: string) => {
      if (hex === undefined) return char ?? '';
      const code = Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    });
}

/** The last such comment counts. Source: ECMA-426, section 11.1.2. */
function namedSourceMap(text: string): string | null {
  const at = text.lastIndexOf('sourceMappingURL=');
  if (at < 0 || !/\/\*[#@][\t ]{0,8}$/.test(text.slice(Math.max(0, at - 12), at))) return null;
  const end = text.indexOf('*/', at);
  return end < 0 ? null : text.slice(at + 'sourceMappingURL='.length, end).trim();
}
