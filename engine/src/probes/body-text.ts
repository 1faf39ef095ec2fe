import { parseContentType } from '../parsers/content-type.ts';
import { headerOf } from './ask.ts';
import type { RawAnswer } from './wire/wire.ts';

/** Byte order marks go before what the server says (WHATWG Encoding, section 6). */
const MARKS: readonly (readonly [bytes: readonly number[], label: string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0xff, 0xfe], 'utf-16le'],
];

/** A body as a browser would read it. What is in no encoding we know is read as UTF-8, with U+FFFD where it is none. */
export function bodyText({ headers, bytes }: Pick<RawAnswer, 'headers' | 'bytes'>): string {
  const marked = MARKS.find(([mark]) => mark.every((byte, at) => bytes[at] === byte))?.[1];
  const said = parseContentType(headerOf(headers, 'content-type') ?? '')?.charset ?? 'utf-8';
  return decoderFor(marked ?? said).decode(bytes);
}

function decoderFor(label: string) {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder('utf-8');
  }
}

/** Media type without parameters, in lower case; null when the server names none that could be read. */
export const essenceOf = ({ headers }: Pick<RawAnswer, 'headers'>): string | null =>
  parseContentType(headerOf(headers, 'content-type') ?? '')?.essence ?? null;
