import type { RecordedCriterion, RecordedFinding, RunRecord, Verdict } from '../model/run-record.ts';
import { fixItems } from './fix-items.ts';
import { counted, withMoments } from './moments.ts';
import { reasonGroups, shares } from './reasons.ts';
import { terminalSafe } from './terminal-safe.ts';
import { cells, cut, fill, wrap } from './terminal-width.ts';
import { GATE_WORDS, VERDICT_WORDS, watermark } from './words.ts';

export interface TerminalLook {
  /** False for NO_COLOR, a pipe or `--no-color`. */
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Where the report was written; null when none was. */
  readonly report?: string | null;
  /** A row that has failed before everything was seen: its numbers are not known yet. */
  readonly underWay?: boolean;
  /** False when the rows were shown one by one already. */
  readonly rows?: boolean;
}

type Ink = 'red' | 'green' | 'yellow' | 'dim' | 'bold';

const CODES: Readonly<Record<Ink, string>> = { red: '31', green: '32', yellow: '33', dim: '2', bold: '1' };
const GLYPHS: Readonly<Record<Verdict, string>> = {
  pass: '✓',
  fail: '✗',
  not_verified: '?',
  stale: '~',
  not_applicable: '–',
};
const INKS: Readonly<Record<Verdict, Ink>> = {
  pass: 'green',
  fail: 'red',
  not_verified: 'dim',
  stale: 'yellow',
  not_applicable: 'dim',
};

/** Glyph, space and the longest word for a state. */
const STATE_COLUMN = 2 + Math.max(...Object.values(VERDICT_WORDS).map((word) => word.length));
/** Columns below which a title is not squeezed. */
const TITLE_COLUMN_MIN = 40;
const WORST_MAX = 3;
const FIX_LINES_MAX = 6;
const UNSEEN_MAX = 6;
const WIDTH_MIN = 24;
/** Lines longer than this are hard to read back. */
const WIDTH_MAX = 100;

/** One row as it becomes known: state, title, coverage, and the reason on a second line. */
export function row(criterion: RecordedCriterion, look: TerminalLook): string {
  const width = columns(look);
  const { verdict, title, because, coverage } = criterion;
  const state = fill(`${GLYPHS[verdict]} ${VERDICT_WORDS[verdict]}`, STATE_COLUMN);
  const { proved, total } = shares(coverage);
  const seen = look.underWay ? '' : total === 0 ? 'nothing seen' : `${proved} of ${total}`;
  const room = width - STATE_COLUMN - 2;
  // On a narrow terminal the coverage goes below, to leave the title whole.
  const beside = seen !== '' && room - cells(seen) - 2 >= TITLE_COLUMN_MIN;
  const name = cut(terminalSafe(title), beside ? room - cells(seen) - 2 : room);
  const first = `${paint(state, INKS[verdict], look)}  ${name}${beside ? ' '.repeat(room - cells(name) - cells(seen)) + paint(seen, 'dim', look) : ''}`;
  // The coverage stands beside it already.
  const reason =
    because === null || verdict === 'pass' ? '' : plain(because).replace(/^\d+ of \d+ (?:parts )?proved; /, '');
  const second = [...(beside || seen === '' ? [] : [seen]), ...(reason === '' ? [] : [reason])].join('; ');
  return second === '' ? first : `${first}\n${' '.repeat(STATE_COLUMN + 2)}${paint(cut(second, room), 'dim', look)}`;
}

/** The end of a check: the rows, the gates, one sentence, the worst first, what was not seen, one next step. */
export function closing(record: RunRecord, look: TerminalLook): string {
  const width = columns(look);
  const mark = watermark(record.standing);
  const parts: string[][] = [
    mark === null
      ? []
      : wrap(`${mark.word.toUpperCase()}: ${mark.says} (${terminalSafe(record.standing.because)})`, width).map((text) =>
          paint(text, 'yellow', look),
        ),
    wrap(
      `${terminalSafe(record.target.name, 80)}  ${terminalSafe(record.target.url, 120)}${record.target.release === null ? '' : `  release ${terminalSafe(record.target.release.value, 40)}`}`,
      width,
    ).map((text) => paint(text, 'dim', look)),
    look.rows === false ? [] : record.criteria.map((criterion) => row(criterion, { ...look, width })),
    gateLines(record, width, look),
    inked(wrap(plain(record.verdict.sentence, 600), width), 'bold', look),
    worst(record, width, look),
    unseen(record, width, look),
    labelled('Next', plain(record.verdict.next), width, look),
    look.report === undefined || look.report === null
      ? []
      : [`${paint('Report', 'bold', look)}  ${terminalSafe(look.report, 1000)}`],
    wrap(terminalSafe(record.limits[0] ?? '', 400), width).map((text) => paint(text, 'dim', look)),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function gateLines({ gates }: RunRecord, width: number, look: TerminalLook): string[] {
  const by = (is: RunRecord['gates'][number]['is']) => gates.filter((gate) => gate.is === is);
  const states = (['shut', 'unknown', 'open'] as const).filter((is) => by(is).length > 0);
  const summary = states.map((is) => `${by(is).length} ${GATE_WORDS[is].toLowerCase()}`).join(', ');
  const shut = by('shut').map(({ title }) => terminalSafe(title, 80));
  return labelled('Gates', `${summary}${shut.length > 0 ? `. Shut: ${shut.join('; ')}` : ''}`, width, look);
}

function worst({ findings }: RunRecord, width: number, look: TerminalLook): string[] {
  if (findings.length === 0) return [];
  const shown = onePerProblem(findings).slice(0, WORST_MAX);
  const rest = findings.length - shown.length;
  return [
    paint('Worst first', 'bold', look),
    ...shown.flatMap((finding, index) => [
      ...indented(`${index + 1}. `, `${finding.severity.toUpperCase()}  ${plain(finding.says, 300)}`, width),
      ...inked(indented('   Breaks: ', plain(finding.breaks), width), 'dim', look),
      ...fixLines(finding, width),
    ]),
    ...(rest > 0
      ? inked(indented('   ', `and ${counted(rest, 'more finding')} in the report`, width), 'dim', look)
      : []),
  ];
}

/** The first step with the lines that it asks for. */
function fixLines(finding: RecordedFinding, width: number): string[] {
  const [item] = fixItems(finding);
  if (item === undefined) return [];
  const says = item.says ?? `for ${finding.fixFor ?? 'your stack'}, write:`;
  return [
    ...indented('   Fix: ', plain(says), width),
    ...item.lines.slice(0, FIX_LINES_MAX).map((text) => `${' '.repeat(10)}${cut(codeLine(text), width - 10)}`),
    ...(item.lines.length > FIX_LINES_MAX ? [`${' '.repeat(10)}…`] : []),
  ];
}

/** A line of code keeps its indent. */
function codeLine(text: string): string {
  const [indent = ''] = /^ */.exec(text) ?? [];
  return indent + terminalSafe(text);
}

/** The first of each problem: three places of one mistake would hide the next mistake. */
function onePerProblem(findings: readonly RecordedFinding[]): RecordedFinding[] {
  return [...Map.groupBy(findings, ({ check, problem }) => JSON.stringify([check, problem])).values()].flatMap(
    ([first]) => first ?? [],
  );
}

function unseen({ criteria, notTested }: RunRecord, width: number, look: TerminalLook): string[] {
  const rows = criteria
    .filter(
      ({ verdict, coverage }) =>
        verdict === 'not_verified' || verdict === 'stale' || (verdict === 'fail' && shares(coverage).unknown > 0),
    )
    .map(({ title, unlock, coverage }) => {
      const [reason] = reasonGroups(coverage.unproved, 0);
      return { title, unlock: unlock ?? (reason === undefined ? '' : `${reason.count}: ${reason.because}`) };
    });
  const groups = [...Map.groupBy(rows, ({ unlock }) => unlock)];
  if (groups.length === 0 && notTested.length === 0) return [];
  const shown = groups.slice(0, UNSEEN_MAX);
  return [
    ...inked(wrap('Not seen in full, and what would show it', width), 'bold', look),
    ...shown.flatMap(([unlock, same]) => [
      ...indented('- ', same.map(({ title }) => terminalSafe(title, 80)).join('; '), width),
      ...(unlock === '' ? [] : inked(indented('  ', plain(unlock), width), 'dim', look)),
    ]),
    ...(groups.length > shown.length
      ? inked(
          indented('  ', `and ${counted(groups.length - shown.length, 'more reason')} in the report`, width),
          'dim',
          look,
        )
      : []),
    ...(notTested.length > 0
      ? inked(
          indented('  ', `${counted(notTested.length, 'part')} that nobody looked at: listed in the report`, width),
          'dim',
          look,
        )
      : []),
  ];
}

function labelled(word: string, says: string, width: number, look: TerminalLook): string[] {
  const [first = '', ...rest] = indented(`${word}  `, says, width);
  return [paint(word, 'bold', look) + first.slice(word.length), ...rest];
}

/** A text behind a mark, wrapped under itself. */
function indented(mark: string, text: string, width: number): string[] {
  return wrap(text, width - cells(mark)).map((piece, index) => (index === 0 ? mark : ' '.repeat(cells(mark))) + piece);
}

/** Our texts mark code with backticks; a terminal has no need of them. */
function plain(text: string, max = 400): string {
  return terminalSafe(withMoments(text), max).replaceAll('`', '');
}

function inked(lines: readonly string[], ink: Ink, look: TerminalLook): string[] {
  return lines.map((text) => paint(text, ink, look));
}

function paint(text: string, ink: Ink, { colour }: TerminalLook): string {
  return colour && text !== '' ? `\u001b[${CODES[ink]}m${text}\u001b[0m` : text;
}

function columns({ width }: TerminalLook): number {
  return Math.max(WIDTH_MIN, Math.min(WIDTH_MAX, width));
}
