import { UNSEEN } from './hostile-text.ts';

const ESC = '\u001b';
const C1_CSI = '\u009b';
const C1_OSC = '\u009d';
const BEL = '\u0007';
/** ECMA-48: control sequences, then control strings (a title, a link, a clipboard write) with their content, then any other escape. */
const SEQUENCES = new RegExp(
  [
    `(?:${ESC}\\[|${C1_CSI})[0-?]*[ -/]*[@-~]?`,
    `(?:${ESC}[\\]PX^_]|${C1_OSC})[^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)?`,
    `${ESC}[ -/]*[0-~]?`,
  ].join('|'),
  'g',
);

/** Text of a target on one terminal line: escape codes, controls and bidi characters are gone, and it is cut. */
export function terminalSafe(text: string, max = 400): string {
  const line = text
    .slice(0, max * 4)
    .replace(SEQUENCES, '')
    .replace(/[\r\n\t]+/g, ' ')
    .replace(UNSEEN, '')
    .replace(/ {2,}/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : line;
}
