// Which folder may import which (design: ARCHITECTURE.md). A layer may import itself and what its row names, nothing else.
// Run by `npm run layers`. A row that no import uses fails too, so the table cannot rot.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Row {
  readonly layer: string;
  /** What it is there for; told in ARCHITECTURE.md. */
  readonly holds: string;
  /** A folder, a package, a file, or `node:*`. */
  readonly may: readonly string[];
}

export interface Source {
  readonly file: string;
  readonly text: string;
}

const ENGINE = 'engine/src';
const [MODEL, PARSERS, EXTRACTORS, ORACLE, CHECKS] = ['model', 'parsers', 'extractors', 'oracle', 'checks'].map(
  (folder) => `${ENGINE}/${folder}`,
) as [string, string, string, string, string];

export const LAYERS: readonly Row[] = [
  {
    layer: MODEL,
    holds: 'the nouns, with zod: target, observation, check, criteria, run record, errors',
    may: ['zod'],
  },
  { layer: PARSERS, holds: 'text and bytes of the wire to facts, each citing its RFC', may: [MODEL] },
  { layer: `${PARSERS}/html`, holds: 'the one parser that stands on a library', may: [MODEL, PARSERS, 'parse5'] },
  { layer: EXTRACTORS, holds: 'a raw answer in memory to facts and a redacted observation', may: [MODEL, PARSERS] },
  { layer: ORACLE, holds: 'what a crossing between accounts asks next, and what it proves', may: [MODEL, PARSERS] },
  { layer: CHECKS, holds: 'a folder for each check: facts and two pure functions', may: [MODEL, PARSERS, ORACLE] },
  {
    layer: `${ENGINE}/probes`,
    holds: 'the only code that meets the target; sees, never judges',
    may: [MODEL, PARSERS, EXTRACTORS, 'node:*'],
  },
  {
    layer: `${ENGINE}/probes/objects`,
    holds: 'before a crossing: makes one object of each kind in each tenant',
    may: [MODEL, PARSERS, ORACLE, `${ENGINE}/probes`],
  },
  {
    layer: `${ENGINE}/probes/crossing`,
    holds: 'sends what the oracle asks next',
    may: [EXTRACTORS, ORACLE, `${ENGINE}/probes`],
  },
  { layer: `${ENGINE}/probes/index`, holds: 'the registry of probes', may: [`${ENGINE}/probes`] },
  { layer: `${ENGINE}/probes/probe-bench`, holds: 'for tests: a target on loopback', may: [ENGINE, 'node:*'] },
  {
    layer: `${ENGINE}/probes/cleanup`,
    holds: 'after a crossing: takes the objects away',
    may: [MODEL, `${ENGINE}/probes`],
  },
  {
    layer: `${ENGINE}/run`,
    holds: 'stages, collecting, judging, rolling up, recording: one file for each arrow',
    may: [MODEL, PARSERS, EXTRACTORS, ORACLE, CHECKS, `${ENGINE}/probes`, 'node:*', 'zod'],
  },
  {
    layer: `${ENGINE}/report`,
    holds: 'a run record to bytes: terminal, html, json, sarif',
    may: [MODEL, 'node:crypto', 'zod'],
  },
  {
    layer: `${ENGINE}/cli`,
    holds: 'a file for each command; the only place with a terminal, an environment and files',
    may: [ENGINE, 'engine/package.json', 'node:*', 'yaml', 'zod', 'tldts'],
  },
  { layer: `${ENGINE}/testing`, holds: 'the check tester and builders of observations', may: [ENGINE, 'node:*'] },
  { layer: ENGINE, holds: 'the entry of the library', may: [ENGINE] },
  {
    layer: 'range',
    holds: 'a small internet, a sound portal, faults and decoys; it meets the engine as a process',
    may: ['node:*', 'yaml', 'dns2', '@peculiar/x509', 'reflect-metadata', 'playwright-core'],
  },
  {
    layer: 'tools',
    holds: 'what keeps this repository honest; it may read everything',
    may: [ENGINE, 'node:*', 'zod', 'rolldown', 'playwright-core'],
  },
];

/** Rows that the design grants and no code uses yet. One that is used by now fails: take it off this list. */
export const AWAITED: readonly string[] = [
  `${ORACLE} -> ${PARSERS}`,
  `${ENGINE}/run -> ${EXTRACTORS}`,
  `${ENGINE}/run -> ${ORACLE}`,
  `${ENGINE}/run -> ${CHECKS}`,
];

/** What a test may import besides. */
const TESTS_ALSO: readonly string[] = [
  ENGINE,
  'node:*',
  'fast-check',
  'parse5',
  'ajv',
  'playwright-core',
  '@axe-core/playwright',
];
/** A probe's test meets the range's world: a small internet is better than a mock. */
const MEETS_THE_WORLD = /^engine\/src\/(?:probes|cli)\//;
const WORLD = 'range/world';

/** Checks know nothing of each other: what two of them need is a parser, or a file beside them. */
const A_CHECK = /^engine\/src\/checks\/.*\/check\.ts$/;

/** Folders handed the time and the dice, that never wait. Their compiler bans Node and the network; these names it knows. */
export const PURE = new RegExp(`^(?:${[MODEL, PARSERS, EXTRACTORS, ORACLE, CHECKS].join('|')})/`);
/** Reading a date out of a text is no clock. */
const DATE_OF_A_TEXT = /\bDate\.(?:parse|UTC)\(|\bnew Date\((?!\s*\))/g;
const IMPURE =
  /\b(?:Date|Promise|globalThis|async|await)\b|\bMath\.random\b|\}\s*=\s*Math\b|\.(?:toLocale\w*|getTimezoneOffset|get(?:FullYear|Month|Date|Day|Hours|Minutes))\(/;

// A match on the text is enough here: TypeScript 7 ships no parser that we could call.
const COMMENT = /\/\/.*|\/\*[\s\S]*?\*\//;
const QUOTED = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/;
/** A regular expression stands where a value may begin; anywhere else a slash divides. */
const PATTERN = /(?<=[=(,:[!&|?{};]\s*|\breturn\s+|^\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/;
const PROSE = new RegExp([COMMENT, QUOTED, PATTERN].map(({ source }) => source).join('|'), 'gm');
const IMPORT = /^(?:import|export)\s[^'=()]*?from\s*'(\d+)'|^import\s*'(\d+)'|\bimport\(\s*'(\d+)'/gm;
const COMPUTED_IMPORT = /\bimport\((?!\s*'\d+')/;

interface Code {
  /** The text without comments and prose: a quoted text is its number in `quoted`, a template only its expressions. */
  readonly text: string;
  readonly quoted: readonly string[];
}

function codeOf(text: string): Code {
  const quoted: string[] = [];
  const code = text.replace(PROSE, (prose) => {
    if (prose.startsWith('/')) return prose.replace(/[^\n]+/g, ' ');
    if (prose.startsWith('`')) return expressionsOf(prose);
    return `'${quoted.push(prose.slice(1, -1)) - 1}'`;
  });
  return { text: code, quoted };
}

/** What a template computes, on as many lines as it had. */
const expressionsOf = (template: string) =>
  [...template.matchAll(/\$\{([^}]*)\}/g)].map(([, inside]) => `(${inside})`).join('+') +
  template.replace(/[^\n]+/g, '');

const covers = (rule: string, name: string) =>
  rule.endsWith('*') ? name.startsWith(rule.slice(0, -1)) : name === rule || name.startsWith(`${rule}/`);

/** The innermost layer that a file is in. `engine/src/parsers/html` holds `html.ts` as well as the folder `html/`. */
const layerOf = (file: string, layers: readonly Row[]) =>
  layers
    .filter(({ layer }) => file.startsWith(`${layer}/`) || file.startsWith(`${layer}.`))
    .sort((a, b) => b.layer.length - a.layer.length)[0];

/** Everything that breaks the table or the purity of a folder, one line each; empty is good. */
export function layerProblems(
  sources: readonly Source[],
  layers: readonly Row[] = LAYERS,
  awaited: readonly string[] = AWAITED,
): readonly string[] {
  const used = new Set<string>();
  const problems = sources.flatMap(({ file, text }) => {
    const row = layerOf(file, layers);
    if (row === undefined) return [`${file} belongs to no layer`];
    const isTest = file.endsWith('.test.ts');
    const code = codeOf(text);
    const imported = [...code.text.matchAll(IMPORT)].map((match) => code.quoted[Number(match.slice(1).join(''))] ?? '');
    const refused = imported.flatMap((specifier) => {
      const name = specifier.startsWith('.') ? path.join(path.dirname(file), specifier) : specifier;
      if (A_CHECK.test(name) && A_CHECK.test(file)) return [`${file} may not import ${name}, a check of its own`];
      if (specifier.startsWith('.') && layerOf(name, layers) === row) return [];
      const rule = row.may.find((allowed) => covers(allowed, name));
      if (rule !== undefined && !isTest) used.add(`${row.layer} -> ${rule}`);
      const also = isTest ? [...TESTS_ALSO, ...(MEETS_THE_WORLD.test(file) ? [WORLD] : [])] : [];
      return rule !== undefined || also.some((allowed) => covers(allowed, name))
        ? []
        : [`${file} may not import ${name}`];
    });
    const computed =
      file.startsWith(`${ENGINE}/`) && !isTest && COMPUTED_IMPORT.test(code.text)
        ? [`${file} imports a name that is only known at run time`]
        : [];
    return [...refused, ...computed, ...(PURE.test(file) && !isTest ? impurities(file, code) : [])];
  });
  const rows = layers.flatMap(({ layer, may }) => may.map((rule) => `${layer} -> ${rule}`));
  return [
    ...problems,
    ...rows.filter((row) => !used.has(row) && !awaited.includes(row)).map((row) => `stale row: ${row}`),
    ...awaited.filter((row) => used.has(row)).map((row) => `no longer awaited, take it off the list: ${row}`),
    ...awaited.filter((row) => !rows.includes(row)).map((row) => `awaited, but not in the table: ${row}`),
  ];
}

const impurities = (file: string, { text }: Code) =>
  text
    .split('\n')
    .flatMap((line, index) =>
      IMPURE.test(line.replaceAll(DATE_OF_A_TEXT, '(')) ? [`${file}:${index + 1} is not pure: ${line.trim()}`] : [],
    );

if (import.meta.main) {
  process.chdir(path.join(import.meta.dirname, '..'));
  const files = globSync('{engine/src,range,tools}/**/*.ts').filter(
    (file) => !/node_modules|\.tsbuild|\/dist\//.test(file),
  );
  const problems = layerProblems(files.map((file) => ({ file, text: readFileSync(file, 'utf8') })));
  for (const line of problems) console.error(line);
  if (problems.length === 0) console.log(`${files.length} files keep to their layers`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
