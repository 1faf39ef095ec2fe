import type { Severity } from '../model/check.ts';
import type { RecordedCheck, RecordedCriterion, RecordedFinding, RunRecord } from '../model/run-record.ts';
import { type FixItem, fixItems } from './fix-items.ts';
import { visibleLine, visibleText } from './hostile-text.ts';
import { canonicalJson } from './json.ts';
import { reasonGroups } from './reasons.ts';
import { VERDICT_WORDS, watermark } from './words.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** SARIF 2.1.0, 3.58.6. */
type Level = 'error' | 'warning' | 'note';
const LEVELS: Readonly<Record<Severity, Level>> = { critical: 'error', high: 'error', medium: 'warning', low: 'note' };
/** The middle of each band that code hosts sort by (over 9, 7, 4 and 0.1). Ours on purpose: no CVSS vector stands behind it. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
};

const REASONS_MAX = 20;

interface Message {
  readonly text: string;
  readonly markdown?: string;
}

interface Notification {
  readonly descriptor: { readonly id: string };
  readonly level: Level;
  readonly message: Message;
  readonly properties?: object;
}

interface Rule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: Message;
  readonly fullDescription: Message;
  readonly help: Message;
  readonly defaultConfiguration: { readonly level: Level };
  readonly properties: object;
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: 'fail';
  readonly level: Level;
  readonly message: Message;
  readonly locations: readonly object[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly properties: object;
}

export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly name: string;
        readonly version: string;
        readonly semanticVersion: string;
        readonly rules: readonly Rule[];
        readonly notifications: readonly object[];
      };
    };
    readonly automationDetails: { readonly id: string };
    readonly invocations: readonly {
      readonly executionSuccessful: boolean;
      readonly exitCode: number;
      readonly exitCodeDescription: string;
      readonly startTimeUtc: string;
      readonly endTimeUtc: string;
      readonly toolExecutionNotifications: readonly Notification[];
    }[];
    readonly columnKind: 'utf16CodeUnits';
    readonly results: readonly Result[];
    readonly properties: object;
  }[];
}

/** The record for tools that read SARIF. */
export function sarif(record: RunRecord): string {
  return canonicalJson(sarifLog(record));
}

/**
 * Findings are results; rows that nobody saw in full are notifications of the tool, because a reader of SARIF takes
 * an empty list for good news.
 */
export function sarifLog(record: RunRecord): SarifLog {
  const { run, target, verdict, standing, findings } = record;
  const checks = new Map(record.checks.map((check) => [check.id, check]));
  const groups = [...Map.groupBy(findings, ruleId)].flatMap(([id, [first]]) =>
    first === undefined ? [] : [{ id, first }],
  );
  const indexes = new Map(groups.map(({ id }, index) => [id, index]));
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: run.tool.name,
            version: run.tool.version,
            semanticVersion: run.tool.version,
            rules: groups.map(({ id, first }) => rule(id, first, checks.get(first.check))),
            notifications: [
              { id: 'row-not-seen', shortDescription: { text: 'A row of the scorecard that was not seen in full.' } },
              { id: 'not-tested', shortDescription: { text: 'A part that no check looked at.' } },
              { id: 'standing', shortDescription: { text: 'The run proves nothing about a deployed portal.' } },
              { id: 'cut-short', shortDescription: { text: 'The run ended before it was done.' } },
            ],
          },
        },
        automationDetails: {
          id: `launch-ready/${target.environment}/${visibleLine(target.name, 80).replaceAll('/', '-')}/${visibleLine(run.id, 80)}`,
        },
        invocations: [
          {
            executionSuccessful: run.cutShort === null,
            exitCode: verdict.exitCode,
            exitCodeDescription: visibleLine(verdict.sentence, 600),
            startTimeUtc: run.startedAt,
            endTimeUtc: run.endedAt,
            toolExecutionNotifications: notifications(record),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => result(finding, indexes.get(ruleId(finding)) ?? 0, record)),
        properties: {
          verdict: verdict.is,
          standing: standing.is,
          provenance: run.provenance,
          vantage: visibleLine(run.vantage, 200),
          limits: record.limits.map((says) => visibleLine(says, 400)),
        },
      },
    ],
  };
}

const ruleId = ({ check, problem }: RecordedFinding): string => `${check}/${problem}`;

function rule(id: string, first: RecordedFinding, check: RecordedCheck | undefined): Rule {
  const fix = first.fix.map((step, index) => `${index + 1}. ${visibleText(step, 1200)}`);
  const why = check === undefined ? [] : [visibleLine(check.why, 600)];
  const says = first.says.startsWith(`${first.subject} `) ? first.says.slice(first.subject.length + 1) : first.problem;
  const standards = check?.standards ?? { asvs: [], top10: [], cwe: [], mvsp: [] };
  return {
    id,
    name: pascal(first.problem),
    shortDescription: { text: visibleLine(says, 300) },
    fullDescription: { text: visibleLine([...why, first.breaks].join(' '), 1000) },
    help: {
      text: [...why, `What breaks: ${visibleLine(first.breaks, 600)}`, 'Fix:', ...fix].join('\n'),
      markdown: [
        ...why.flatMap((text) => [markdown(text), '']),
        `**What breaks:** ${markdown(visibleLine(first.breaks, 600))}`,
        '',
        '**Fix**',
        '',
        ...fixItems(first).map((item, index) => `${index + 1}. ${markdownItem(item)}`),
      ].join('\n'),
    },
    defaultConfiguration: { level: LEVELS[first.severity] },
    properties: {
      'security-severity': SECURITY_SEVERITY[first.severity],
      precision: 'high',
      tags: [
        'security',
        first.criterion,
        ...standards.cwe.map((cwe) => `external/cwe/cwe-${String(cwe).padStart(3, '0')}`),
      ],
      criterion: first.criterion,
      standards,
      sources: check?.sources ?? [],
      requirements: check?.requirements ?? [],
      cannotSee: check?.cannotSee ?? [],
    },
  };
}

function result(finding: RecordedFinding, ruleIndex: number, { standing, observations, target }: RunRecord): Result {
  const mark = watermark(standing);
  const detail = finding.detail === null ? '' : ` (${visibleLine(finding.detail, 400)})`;
  return {
    ruleId: ruleId(finding),
    ruleIndex,
    kind: 'fail',
    level: LEVELS[finding.severity],
    message: {
      text: `${mark === null ? '' : `[${mark.word}] `}${visibleLine(finding.says, 600)}${detail}. ${visibleLine(finding.breaks, 600)}`,
    },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(finding.subject, target.url) } },
        logicalLocations: [
          {
            name: visibleLine(finding.subject, 300),
            fullyQualifiedName: visibleLine(finding.subject, 300),
            kind: 'resource',
          },
        ],
      },
    ],
    partialFingerprints: { 'launchReadyFinding/v1': visibleLine(finding.id, 400) },
    properties: {
      severity: finding.severity,
      criterion: finding.criterion,
      evidence: finding.evidence.map(({ observation, pointer }) => {
        const seen = Object.hasOwn(observations, observation) ? observations[observation] : undefined;
        return {
          observation,
          ...(pointer === undefined ? {} : { pointer }),
          ...(seen === undefined ? {} : { seenAt: seen.seenAt, release: seen.release, vantage: seen.vantage }),
        };
      }),
    },
  };
}

function notifications({ criteria, notTested, standing, run }: RunRecord): Notification[] {
  const mark = watermark(standing);
  const blind = criteria.filter(({ verdict }) => verdict === 'not_verified' || verdict === 'stale');
  return [
    ...(mark === null
      ? []
      : [
          {
            descriptor: { id: 'standing' },
            level: 'warning' as const,
            message: { text: `${mark.word}: ${mark.says}` },
          },
        ]),
    ...(run.cutShort === null
      ? []
      : [
          {
            descriptor: { id: 'cut-short' },
            level: 'error' as const,
            message: { text: visibleLine(run.cutShort, 600) },
          },
        ]),
    ...blind.map(rowNotSeen),
    ...notTested.map(({ what, because, unlock }) => ({
      descriptor: { id: 'not-tested' },
      level: 'note' as const,
      message: { text: visibleLine(`Not tested: ${what}, because ${because}. ${unlock}`, 1000) },
    })),
  ];
}

function rowNotSeen({ id, title, verdict, because, unlock, coverage }: RecordedCriterion): Notification {
  const reasons = reasonGroups(coverage.unproved, 0).slice(0, REASONS_MAX);
  return {
    descriptor: { id: 'row-not-seen' },
    level: 'warning',
    message: {
      text: visibleLine(
        `${VERDICT_WORDS[verdict]}: ${title}${because === null ? '' : `, ${because}`}${unlock === null ? '' : `. ${unlock}`}`,
        1000,
      ),
    },
    properties: {
      criterion: id,
      verdict,
      expected: coverage.expected,
      proved: coverage.proved,
      failed: coverage.failed,
      unproved: reasons.map((reason) => ({ because: visibleLine(reason.because, 300), count: reason.count })),
    },
  };
}

/** The first address in a subject, or the target's own: some readers show no result without a place. */
function uriOf(subject: string, fallback: string): string {
  const [found] = /https?:\/\/[^\s"<>]+/.exec(subject) ?? [];
  if (found !== undefined && URL.canParse(found)) return new URL(found).href;
  return URL.canParse(fallback) ? new URL(fallback).href : 'about:blank';
}

function pascal(id: string): string {
  return id
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}

/** Text in Markdown: no links, no images, no HTML, whatever it says. Our own backticks stay. */
function markdown(text: string): string {
  return text.replace(/[\\*_[\]<>!|#~&]/g, (letter) => `\\${letter}`);
}

/** Lines to write stand indented below their sentence, as code. */
function markdownItem({ says, lines }: FixItem): string {
  const code = lines.map((text) => `       ${visibleLine(text, 400)}`);
  return [
    ...(says === null ? ['Write:'] : [markdown(visibleLine(says, 1200))]),
    ...(code.length > 0 ? ['', ...code, ''] : []),
  ].join('\n');
}
