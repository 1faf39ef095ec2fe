import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type AnyCheck, defineCheck, fail, pass } from '../model/check.ts';
import { criteria } from '../model/criteria.ts';
import type { Given, ScopeLine } from '../model/given.ts';
import type { Sighting } from '../model/observation.ts';
import { exchange, given, obstacle } from '../testing/sightings.ts';
import { bySubject, judge } from './judge.ts';
import { rollUp, rollUpCriterion } from './roll-up.ts';

const pages = Array.from({ length: 300 }, (_, n) => `page ${n}`);
const page = (subject: string, status = 200) => exchange(subject, 'https://portal.test/', { status });
const all = pages.map((subject) => page(subject));
const [, ...allButOne] = all;

const noServerErrors = defineCheck({
  id: 'no-server-errors',
  criterion: 'resilience',
  title: 'Pages answer without a server error',
  why: 'A page that fails helps nobody.',
  harms: ['downtime'],
  requirements: ['LR-006'],
  sources: ['OWASP ASVS 5.0, 16.5.1'],
  standards: { asvs: ['16.5.1'], top10: [], cwe: [], mvsp: [] },
  cannotSee: [],
  needs: ['http-exchange'],
  evidenceLivesDays: 7,
  problems: {
    'server-error': {
      severity: 'medium',
      says: 'answers with a server error',
      breaks: 'The page is down.',
      fix: ['Handle the failure.'],
    },
  },
  subjects: () => pages,
  judge({ 'http-exchange': [first] }) {
    if (first.status < 500) return pass([first]);
    return fail([
      { problem: 'server-error', subject: first.subject, evidence: [{ observation: first.id, pointer: '/status' }] },
    ]);
  },
});

const outcome = (sightings: readonly Sighting[], facts: Given = given, check: AnyCheck = noServerErrors) => {
  const seen = bySubject(sightings);
  return rollUp(check, judge(check, seen, facts), seen, facts);
};
const said = (...asked: Parameters<typeof outcome>) => {
  const { verdict, because } = outcome(...asked);
  return because === null ? verdict : `${verdict}: ${because}`;
};
const line = (more: Partial<ScopeLine> = {}): ScopeLine => ({
  check: 'no-server-errors',
  because: 'No pages.',
  signedBy: 'Ada',
  signedAt: '2026-03-01T00:00:00.000Z',
  expires: '2026-04-01T00:00:00.000Z',
  ...more,
});
const agreed = (...scope: ScopeLine[]): Given => ({ ...given, scope });

it('passes on full sight', () => assert.equal(said(all), 'pass'));

it('says how much it proved, and what kept it from the rest', () => {
  assert.equal(said([...allButOne, obstacle('page 0')]), 'not_verified: 299 of 300 proved; 1: timed out');
  assert.equal(said(allButOne), 'not_verified: 299 of 300 proved; 1: never attempted');
});

it('does not pass on an answer beside an obstacle', () =>
  assert.equal(
    said([...all, obstacle('page 0', 'rate-limited')]),
    'not_verified: 299 of 300 proved; 1: we were rate-limited',
  ));

it('fails on one witness, whatever else could not be seen, and whatever the scope says', () => {
  const seen = [page('page 1', 500), obstacle('page 2')];
  assert.equal(outcome(seen).verdict, 'fail');
  assert.equal(outcome(seen, agreed(line())).verdict, 'fail');
});

it('never passes when there was nothing to judge', () =>
  assert.equal(
    said(all, given, { ...noServerErrors, subjects: () => [] }),
    'not_verified: nothing to judge was found',
  ));

it('lets one signed line leave one check out, until its day', () => {
  assert.match(said([], agreed(line())), /^not_applicable: No pages\. \(signed by Ada/);
  assert.equal(outcome([], agreed(line({ check: 'another' }))).verdict, 'not_verified');
  assert.equal(outcome([], agreed(line({ expires: '2026-03-01T00:00:00.000Z' }))).verdict, 'not_verified');
});

it('lets a signed line leave out one subject and no other', () => {
  assert.equal(said(allButOne, agreed(line({ subject: 'page 0' }))), 'pass');
  assert.equal(
    said(allButOne.slice(1), agreed(line({ subject: 'page 0' }))),
    'not_verified: 298 of 299 proved; 1: never attempted',
  );
});

it('calls a pass stale once its oldest evidence is, and once that has no readable age', () => {
  const old = { ...page('page 0'), seenAt: '2026-02-01T00:00:00.000Z' };
  assert.equal(said([...allButOne, old]), 'stale: seen 2026-02-01T00:00:00.000Z, good for 7 days');
  assert.equal(outcome(all.map((one) => ({ ...one, seenAt: 'yesterday' }))).verdict, 'stale');
});

const facts = criteria.find(({ id }) => id === 'resilience');
assert.ok(facts);
const openPart = facts.openParts[0]?.what ?? '';
const row = (sightings: readonly Sighting[], target: Given = given) =>
  rollUpCriterion(facts, [outcome(sightings, target)], target).verdict;

it('fails a row on one failing check', () => assert.equal(row([page('page 1', 500)]), 'fail'));

it('keeps a row from passing while a part of it is looked at by nobody', () => {
  assert.equal(row(all), 'not_verified');
  assert.equal(row(all, agreed(line({ check: 'resilience', subject: openPart }))), 'pass');
});

it('lets the owner leave out a whole row, and hides no failure by it', () => {
  assert.equal(row([], agreed(line({ check: 'resilience' }))), 'not_applicable');
  assert.equal(row([page('page 1', 500)], agreed(line({ check: 'resilience' }))), 'fail');
});
