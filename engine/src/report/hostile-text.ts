import { grouped } from './moments.ts';

/** Combining marks beyond this many in a row are painted over neighbouring lines. */
const MARKS_IN_A_ROW_MAX = 3;
const PLAIN = /^[ -~\n\t]*$/;
/** Controls, format characters (bidi, zero width, tags), lone surrogates, private use, line separators, and the blank letters of Hangul. */
export const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;
const MARKS = new RegExp(`(\\p{M}{${MARKS_IN_A_ROW_MAX}})\\p{M}+`, 'gu');

/**
 * Text from a target, made safe to look at: what cannot be seen, or would move its neighbours, is spelled out as
 * `[U+202E]`, and it is cut after `max` characters. Line breaks and tabs stay. It is not escaped for any format.
 */
export function visibleText(text: string, max: number): string {
  const cut = text.length > max ? text.slice(0, max).replace(/[\ud800-\udbff]$/, '') : text;
  const seen = PLAIN.test(cut) ? cut : spellOut(cut);
  return cut.length < text.length ? `${seen}… [${grouped(text.length - cut.length)} more characters]` : seen;
}

/** The same on one line. */
export function visibleLine(text: string, max: number): string {
  return visibleText(text.replace(/[\r\n\t ]+/g, ' '), max);
}

function spellOut(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(UNSEEN, (one) => (one === '\n' || one === '\t' ? one : `[U+${codePoint(one)}]`))
    .replace(MARKS, '$1');
}

function codePoint(one: string): string {
  return (one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
