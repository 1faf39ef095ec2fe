const INDENT = '  ';

/**
 * One spelling of a value as JSON: keys in the order of their UTF-16 code units (RFC 8785, 3.2.3), two spaces of
 * indent so that a diff is readable, a line feed at the end. What JSON cannot say is an error, never a silent null.
 */
export function canonicalJson(value: unknown): string {
  return `${written(value, '')}\n`;
}

function written(value: unknown, indent: string): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed());
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`JSON has no ${value}`);
    return JSON.stringify(value);
  }
  const inner = indent + INDENT;
  if (Array.isArray(value))
    return block(
      '[',
      value.map((item: unknown) => written(item, inner)),
      ']',
      indent,
    );
  if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    const lines = entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => `${JSON.stringify(key.toWellFormed())}: ${written(item, inner)}`);
    return block('{', lines, '}', indent);
  }
  throw new TypeError(`JSON has no ${typeof value}`);
}

function block(open: string, lines: readonly string[], close: string, indent: string): string {
  if (lines.length === 0) return open + close;
  const inner = `\n${indent}${INDENT}`;
  return `${open}${inner}${lines.join(`,${inner}`)}\n${indent}${close}`;
}
