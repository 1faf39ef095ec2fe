import type { RunRecord } from '../../model/run-record.ts';
import { visibleLine } from '../hostile-text.ts';
import { counted } from '../moments.ts';
import { type Html, html, line } from './html-escape.ts';
import { section } from './section.ts';
import { restNote, table } from './table.ts';

type Path = RunRecord['pictures']['redirects'][number];

/** Lanes drawn, and paths listed. A picture with more lanes tells nobody anything. */
const LANES_MAX = 20;
const ROWS_MAX = 100;
/** Steps drawn between an entry and its end; longer chains say how many are left out. */
const STEPS_DRAWN_MAX = 2;
const HOPS_LISTED_MAX = 5;

const LANE = 44;
const TOP = 30;
const BOX = 28;
const ENTRY = { x: 0, width: 256, letters: 33 };
const STEP = { width: 182, letters: 22 };
const END = { width: 256, letters: 33 };
/** Room for an arrow with its status. */
const GAP = 48;

const END_WORDS: Readonly<Record<Path['end'], string>> = {
  landed: 'landed',
  loop: 'runs in a loop',
  'too-long': 'too many hops, given up',
  'left-scope': 'leaves the scope',
  unseen: 'not seen',
};

/** How every way in ends. Paths that end at one address are drawn to one box. */
export function redirectGraph({ pictures, target, standing }: RunRecord): Html {
  const paths = pictures.redirects;
  const ordered = orderedByEnd(paths, target.canonicalHost);
  return section({
    id: 'redirects',
    title: 'Where every way in leads',
    standing,
    intro: summary(paths, target.canonicalHost),
    body:
      paths.length === 0
        ? []
        : html`<figure class="graph"><div class="scroll" role="region" aria-label="Redirects, drawn" tabindex="0">${drawing(ordered.slice(0, LANES_MAX), target.canonicalHost)}</div><figcaption>${legend()}${restNote(LANES_MAX, paths.length, 'entry')} The table says the same in words.</figcaption></figure>
${table({
  caption: 'Every entry, the hops after it and where it ends',
  head: ['Entry', 'Hops', 'End'],
  look: 'plain hops',
  rows: ordered
    .slice(0, ROWS_MAX)
    .map((path) => [html`<code>${line(path.entry, 160)}</code>`, hops(path), endText(path)]),
  of: paths.length,
  what: 'entry',
})}`,
  });
}

function summary(paths: readonly Path[], canonicalHost: string | null): string {
  if (paths.length === 0) return 'No entry was tried, so there is nothing to draw.';
  const count = (end: Path['end']) => paths.filter((path) => path.end === end).length;
  const home = paths.filter((path) => isHome(path, canonicalHost)).length;
  const elsewhere = count('landed') - home;
  const parts: readonly (readonly [string, number])[] = [
    canonicalHost === null
      ? ['land somewhere (the owner has named no canonical host)', count('landed')]
      : [`end at ${canonicalHost} over https`, home],
    ['elsewhere', canonicalHost === null ? 0 : elsewhere],
    ['in a loop', count('loop')],
    ['too many hops', count('too-long')],
    ['out of scope', count('left-scope')],
    ['not seen', count('unseen')],
  ];
  const said = parts.filter(([, many], index) => index === 0 || many > 0).map(([where, many]) => `${many} ${where}`);
  return `Of ${counted(paths.length, 'entry', 'entries')}: ${said.join(', ')}.`;
}

/** Paths to the same end stand next to each other, those that end at home first. */
function orderedByEnd(paths: readonly Path[], canonicalHost: string | null): readonly Path[] {
  const groups = [...Map.groupBy(paths, endKey).values()];
  const homes = groups.filter(([first]) => first !== undefined && isHome(first, canonicalHost));
  return [...homes, ...groups.filter((group) => !homes.includes(group))].flat();
}

/** Only what landed shares a box; every other end is its own. */
function endKey(path: Path): string {
  return path.end === 'landed' ? `landed ${path.hops.at(-1)?.url ?? path.entry}` : `${path.end} ${path.entry}`;
}

function isHome(path: Path, canonicalHost: string | null): boolean {
  if (path.end !== 'landed' || canonicalHost === null) return false;
  const last = path.hops.at(-1)?.url ?? path.entry;
  return URL.canParse(last) && new URL(last).protocol === 'https:' && new URL(last).host === canonicalHost;
}

function drawing(paths: readonly Path[], canonicalHost: string | null): Html {
  const columns = Math.max(0, ...paths.map(({ hops: seen }) => Math.min(STEPS_DRAWN_MAX, middles(seen).length)));
  const endX = ENTRY.width + columns * (GAP + STEP.width) + GAP + 18;
  const width = endX + END.width + 4;
  const height = TOP + paths.length * LANE;
  const ends = [
    ...Map.groupBy(
      paths.map((path, lane) => ({ path, lane })),
      ({ path }) => endKey(path),
    ).values(),
  ];
  return html`<svg class="redirects" viewBox="0 0 ${width} ${height}" width="${width}" aria-hidden="true" focusable="false">
<text x="0" y="14" class="g-head">Entry</text><text x="${endX}" y="14" class="g-head">End</text>
${paths.map((path, lane) => laneOf(path, lane, endX))}
${ends.map((lanes) => endBox(lanes, endX, canonicalHost))}</svg>`;
}

const middles = (hops: Path['hops']) => hops.slice(1, -1);
const laneY = (lane: number) => TOP + lane * LANE + LANE / 2;

function laneOf(path: Path, lane: number, endX: number): Html {
  const y = laneY(lane);
  const [entryHop] = path.hops;
  const between = path.end === 'landed' ? middles(path.hops) : path.hops.slice(1);
  const drawn = between.slice(0, STEPS_DRAWN_MAX);
  const left = between.length - drawn.length;
  let x = ENTRY.x + ENTRY.width;
  let status = entryHop?.status;
  const pieces: Html[] = [box('g-entry', ENTRY.x, y, ENTRY.width, path.entry, ENTRY.letters)];
  for (const hop of drawn) {
    pieces.push(arrow('g-line', x, x + GAP, y, status === undefined ? '' : String(status)));
    pieces.push(box('g-step', x + GAP, y, STEP.width, hop.url, STEP.letters));
    x += GAP + STEP.width;
    status = hop.status;
  }
  const label = left > 0 ? `+${left} hops` : status === undefined ? '' : String(status);
  const straight = path.hops.length <= 1 && path.end === 'landed';
  pieces.push(lastLine(path.end, x, endX, y, straight ? 'direct' : label));
  return html`${pieces}`;
}

/** The way to the end: whole when it landed; broken, dotted or crossing a border when it did not. */
function lastLine(end: Path['end'], from: number, to: number, y: number, label: string): Html {
  if (end === 'left-scope')
    return html`${arrow('g-line g-left', from, to, y, label)}<path class="g-border" d="M${to - 22} ${y - 14}v28m5-28v28"/>`;
  if (end === 'loop')
    return html`${arrow('g-line g-loop', from, to, y, label)}<path class="g-back" d="M${to - 10} ${y + 5}c-6 13-26 13-32 2m-1 7 1-8 8 2"/>`;
  return arrow(`g-line g-${end}`, from, to, y, label);
}

function endBox(lanes: readonly { path: Path; lane: number }[], x: number, canonicalHost: string | null): Html {
  const [first] = lanes;
  const last = lanes.at(-1);
  if (first === undefined || last === undefined) return html``;
  const { path } = first;
  const top = laneY(first.lane) - BOX / 2;
  const height = laneY(last.lane) + BOX / 2 - top;
  const middle = top + height / 2;
  const home = isHome(path, canonicalHost);
  const address = path.hops.at(-1)?.url ?? path.entry;
  const look = home ? 'g-home' : `g-end-${path.end}`;
  const says = path.end === 'landed' ? short(address, END.letters) : short(endWords(path), END.letters);
  const below = home
    ? `canonical host, ${counted(lanes.length, 'entry', 'entries')}`
    : `another end, ${counted(lanes.length, 'entry', 'entries')}`;
  const two = path.end === 'landed' && height > BOX;
  return html`<rect class="g-box ${look}" x="${x}" y="${top}" width="${END.width}" height="${height}" rx="6"/><text x="${x + 9}" y="${middle + (two ? -4 : 4.5)}" class="g-text">${says}</text>${two && html`<text x="${x + 9}" y="${middle + 15}" class="g-small">${below}</text>`}`;
}

function endWords({ end, because }: Path): string {
  return end === 'unseen' && because !== null ? `not seen: ${because}` : END_WORDS[end];
}

function box(look: string, x: number, y: number, width: number, url: string, letters: number): Html {
  return html`<rect class="g-box ${look}" x="${x + 0.5}" y="${y - BOX / 2}" width="${width - 1}" height="${BOX}" rx="6"/><text x="${x + 9}" y="${y + 4.5}" class="g-text">${short(url, letters)}</text>`;
}

function arrow(look: string, from: number, to: number, y: number, label: string): Html {
  return html`<path class="${look}" d="M${from} ${y}H${to - 7}"/><path class="g-tip ${look}-tip" d="m${to - 8} ${y - 4.5} 7 4.5-7 4.5z"/>${label !== '' && html`<text x="${from + 8}" y="${y - 6}" class="g-small">${label}</text>`}`;
}

/** The start of an address tells the scheme and the host; the end tells the path. */
function short(text: string, letters: number): string {
  const seen = visibleLine(text, 400).replace(/^(https?:\/\/[^/]+)\/$/, '$1');
  if (seen.length <= letters) return seen;
  const tail = Math.floor(letters / 3);
  return `${seen.slice(0, letters - tail - 1)}…${seen.slice(-tail)}`;
}

function hops({ hops: seen, entry }: Path): Html | string {
  const [first, ...rest] = seen;
  if (first === undefined) return 'None seen';
  const steps = [...(first.url === entry ? [] : [first]), ...rest];
  if (steps.length === 0) return html`Answers <strong>${first.status}</strong>`;
  const before = [first, ...rest];
  return html`<ol class="hop-list">${steps.slice(0, HOPS_LISTED_MAX).map((hop, index) => html`<li><strong>${before[index]?.status ?? ''}</strong> to <code>${line(hop.url, 160)}</code></li>`)}${steps.length > HOPS_LISTED_MAX && html`<li class="muted">and ${steps.length - HOPS_LISTED_MAX} more</li>`}</ol>`;
}

function endText(path: Path): Html {
  const last = path.hops.at(-1);
  const status = last !== undefined && path.end === 'landed' ? html` with <strong>${last.status}</strong>` : null;
  return html`<span class="end-${path.end}">${END_WORDS[path.end]}</span>${status}${path.because !== null && html`: ${path.because}`}`;
}

function legend(): Html {
  const line = (look: string, word: string) =>
    html`<span class="key"><svg viewBox="0 0 34 10" aria-hidden="true" focusable="false">${look === 'left' ? html`<path class="g-line g-left" d="M0 5h34"/><path class="g-border" d="M20 0v10m5-10v10"/>` : html`<path class="g-line g-${look}" d="M0 5h34"/>`}</svg>${word}</span>`;
  return html`<span class="keys">${line('landed', 'leads to')}${line('loop', 'loop')}${line('too-long', 'too many hops')}${line('left', 'leaves the scope')}${line('unseen', 'not seen')}</span>`;
}
