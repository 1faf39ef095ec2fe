// Starts a check: writes the three files that are written by hand, filled so that they type check and their test is green,
// then runs gen. Whatever says REPLACE is yours to replace; gen refuses the check until none is left.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CRITERIA, type Criterion } from '../engine/src/model/criterion.ts';

const ROOT = path.join(import.meta.dirname, '..');
const KEBAB_CASE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/;

const checkFile = (
  criterion: Criterion,
  id: string,
) => `import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import type { ObservationOf } from '../../../model/observation.ts';
import { entrySubject } from '../../../model/subject.ts';

type ProblemId = 'replace-me';

const found = (problem: ProblemId, answer: ObservationOf<'http-exchange'>): Finding<ProblemId> => ({
  problem,
  subject: answer.subject, // REPLACE: what exactly is wrong, named so that two runs name it alike
  detail: \`answered \${answer.status}\`, // REPLACE: the decisive value, redacted
  evidence: [{ observation: answer.id, pointer: '/status' }], // REPLACE: where in the observation it stands
});

export default defineCheck({
  id: '${id}',
  criterion: '${criterion}',
  title: 'REPLACE: what a pass proves, as a sentence without a full stop',
  why: 'REPLACE: why it matters, for a founder without a glossary.',
  harms: ['data-exposure'], // REPLACE: see HARMS in model/criterion.ts
  requirements: ['LR-000'], // REPLACE: see docs/requirements.json
  sources: ['REPLACE: RFC, ASVS 5.0 id or vendor document, with the section'],
  standards: { asvs: [], top10: [], cwe: [], mvsp: [] }, // REPLACE
  cannotSee: ['REPLACE: what this check has no way to notice.'],
  needs: ['http-exchange'], // REPLACE: kinds of observation, see model/observation.ts
  evidenceLivesDays: 7,
  problems: {
    'replace-me': {
      severity: 'medium',
      says: 'REPLACE: completes the sentence "<subject> ..."',
      breaks: 'REPLACE: what an attacker or an accident makes of it.',
      fix: ['REPLACE: the change to make.'],
    },
  },
  unlock: 'REPLACE: what would let it see, when it sees nothing.',
  // REPLACE: everything that must have been seen for a pass, whether or not it was.
  subjects: ({ hosts, paths }) => hosts.flatMap(({ host }) => paths.map((path) => entrySubject(\`https://\${host}\${path}\`))),
  // REPLACE: one subject at a time. What cannot be told is \`notVerified\`, never a pass.
  judge({ 'http-exchange': answers }) {
    if (answers.some(({ chainEnd }) => chainEnd === 'left-scope')) return notVerified('it leads to a host we may not follow to');
    const findings = answers.filter(({ status }) => status >= 500).map((answer) => found('replace-me', answer));
    return isNonEmpty(findings) ? fail(findings) : pass(answers);
  },
});
`;

const testFile = `import { testCheck } from '../../../testing/check-tester.ts';
import { entry, given } from '../../../testing/sightings.ts';
import check from './check.ts';

const url = 'https://portal.test/';

// REPLACE: each name states a guarantee. Show every problem failing, and the near misses that must pass.
testCheck(check, given, {
  passes: {
    'an entry that answers': entry(url, [url]),
  },
  fails: {
    'an entry that breaks': [entry(url, [url, { status: 500 }]), ['replace-me']],
  },
  notVerified: {
    'an entry that leads out of scope': entry(url, [url, { chainEnd: 'left-scope' }]),
  },
});
`;

const casesFile = (id: string) => `import { defineCases } from '../define-cases.ts';

export default defineCases({
  check: '${id}',
  faults: [
    {
      name: 'REPLACE: the defect, as its owner would tell it',
      change: {}, // REPLACE: what the portal does then, see range/portal/switches.ts
      finds: [{ problem: 'replace-me', subject: 'entry https://*' }],
    },
  ],
  decoys: [
    {
      name: 'REPLACE: what looks wrong and is right',
      change: {},
    },
  ],
});
`;

function refuse(message: string): never {
  console.error(`${message}\nusage: npm run new-check <criterion> <check-id>\ncriteria: ${CRITERIA.join(', ')}`);
  process.exit(2);
}

const [wanted, id, ...rest] = process.argv.slice(2);
if (wanted === undefined || id === undefined || rest.length > 0) refuse('Two names are needed.');
const criterion = CRITERIA.find((one) => one === wanted) ?? refuse(`There is no criterion ${wanted}.`);
if (!KEBAB_CASE.test(id))
  refuse(`${id} is no check id: use kebab-case and a noun of two words or more, such as session-cookie-flags.`);
const [taken] = [
  ...globSync(`engine/src/checks/*/${id}`, { cwd: ROOT }),
  ...globSync(`range/cases/${id}.ts`, { cwd: ROOT }),
];
if (taken !== undefined) refuse(`${taken} is there already.`);

const folder = `engine/src/checks/${criterion}/${id}`;
const files = {
  [`${folder}/check.ts`]: checkFile(criterion, id),
  [`${folder}/check.test.ts`]: testFile,
  [`range/cases/${id}.ts`]: casesFile(id),
};
for (const [file, text] of Object.entries(files)) {
  mkdirSync(path.join(ROOT, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(ROOT, file), text);
  console.log(`wrote ${file}`);
}
const biome = path.join(ROOT, 'node_modules/.bin/biome');
if (existsSync(biome)) spawnSync(biome, ['check', '--write', ...Object.keys(files)], { cwd: ROOT });
spawnSync(process.execPath, [path.join(ROOT, 'tools/gen.ts')], { cwd: ROOT, stdio: ['ignore', 'ignore', 'ignore'] });
console.log(
  [
    '',
    'Next: replace whatever says REPLACE (`npm run gen` names what is left), then',
    `  node --test ${folder}/check.test.ts`,
    `  npm run gen`,
    `  npm run range -- --only ${id}`,
  ].join('\n'),
);
