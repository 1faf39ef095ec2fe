import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, it } from 'node:test';
import { InputError } from '../model/errors.ts';
import type { RunMeta } from '../model/run-record.ts';
import { canonicalJson } from '../report/json.ts';
import { exchange, given, obstacle } from '../testing/sightings.ts';
import { createRunFolder, deleteOldRuns, KEPT_DAYS, readRunFolder } from './store.ts';

const home = mkdtempSync(path.join(os.tmpdir(), 'launch-ready-store-'));
after(() => rmSync(home, { recursive: true, force: true }));
let made = 0;
const place = () => path.join(home, String(++made), 'run');

const run: RunMeta = {
  tool: { name: 'launch-ready', version: '0.1.0' },
  id: 'a-run',
  startedAt: given.judgedAt,
  endedAt: given.judgedAt,
  provenance: 'self-run',
  vantage: 'test',
  egress: '192.0.2.9',
  cutShort: null,
  stages: [{ stage: 'outside', is: 'done', because: null }],
  sent: [],
  bytesReceived: 1,
  waitedMs: 2,
  wallMs: 3,
  left: [],
};
const first = exchange('page a', 'https://portal.test/');
const second = obstacle('page b');

function recorded(): string {
  const { folder, keep, write } = createRunFolder(place());
  write('given.json', canonicalJson(given));
  write('run.json', canonicalJson(run));
  keep('inside', second);
  keep('outside', first);
  return folder;
}
const refusal = (code: string) => (cause: unknown) => cause instanceof InputError && cause.code === code;

it('gives back what was kept, stage by stage', () => {
  const read = readRunFolder(recorded());
  assert.deepEqual(read, { given, run, sightings: [first, second] });
});

it('is for its owner only', () => {
  const folder = recorded();
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  assert.equal(readdirSync(folder).length, 4);
  for (const name of readdirSync(folder)) assert.equal(statSync(path.join(folder, name)).mode & 0o777, 0o600, name);
});

it('closes a folder that others could read before it is used', () => {
  const folder = place();
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  createRunFolder(folder);
  assert.equal(statSync(folder).mode & 0o777, 0o700);
});

it('has each sighting on disk before the next one comes', () => {
  const { folder, keep } = createRunFolder(place());
  keep('outside', first);
  const size = () => statSync(path.join(folder, 'outside.ndjson')).size;
  const before = size();
  keep('outside', second);
  assert.ok(before > 0 && size() > before);
});

it('refuses a place where something is already, and one where nothing can be', () => {
  const folder = place();
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'mine.txt'), 'mine');
  assert.throws(() => createRunFolder(folder), refusal('output-not-writable'));
  assert.deepEqual(readdirSync(folder), ['mine.txt']);
  assert.throws(() => createRunFolder(path.join(folder, 'mine.txt', 'run')), refusal('output-not-writable'));
});

it('leaves out a last line that was half written when the run was killed', () => {
  const folder = recorded();
  appendFileSync(path.join(folder, 'outside.ndjson'), '{"kind":"http-exchange","subj');
  assert.deepEqual(readRunFolder(folder).sightings, [first, second]);
});

const SPOILED: Readonly<Record<string, (folder: string) => void>> = {
  'a folder that is none': (folder) => rmSync(folder, { recursive: true }),
  'one without its target': (folder) => rmSync(path.join(folder, 'given.json')),
  'one without its run': (folder) => rmSync(path.join(folder, 'run.json')),
  'a line that is no JSON': (folder) => appendFileSync(path.join(folder, 'outside.ndjson'), 'nonsense\n'),
  'a line that is no sighting': (folder) => appendFileSync(path.join(folder, 'outside.ndjson'), '{"kind":"rumour"}\n'),
  'a sighting without its subject': (folder) =>
    appendFileSync(path.join(folder, 'outside.ndjson'), `${JSON.stringify({ ...first, subject: undefined })}\n`),
  'a target that does not fit': (folder) => writeFileSync(path.join(folder, 'given.json'), '{"hosts":[]}'),
};
for (const [says, spoil] of Object.entries(SPOILED))
  it(`refuses ${says}, and judges nothing by halves`, () => {
    const folder = recorded();
    spoil(folder);
    assert.throws(() => readRunFolder(folder), refusal('run-folder-invalid'));
  });

it('deletes runs past their time, and nothing that is no run of ours', () => {
  const runs = path.join(home, 'runs');
  const now = new Date('2026-03-02T00:00:00Z');
  const aged = (name: string, file: string, days: number) => {
    const folder = path.join(runs, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, file), '{}');
    const then = new Date(now.getTime() - days * 86_400_000);
    utimesSync(path.join(folder, file), then, then);
    return folder;
  };
  const old = aged('old', 'given.json', KEPT_DAYS + 1);
  const fresh = aged('fresh', 'given.json', KEPT_DAYS - 1);
  const foreign = aged('foreign', 'holiday.jpg', 400);
  assert.deepEqual(deleteOldRuns(runs, now), [old]);
  assert.deepEqual([old, fresh, foreign].map(existsSync), [false, true, true]);
  assert.deepEqual(deleteOldRuns(path.join(home, 'nowhere'), now), []);
});
