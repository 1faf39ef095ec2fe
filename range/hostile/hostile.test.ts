// 500 answers that no server should give: they crash nothing, and nothing is proved behind them.
import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, it } from 'node:test';
import { stringify } from 'yaml';
import { issueCertificate, soundCertificate } from '../world/certificate-authority.ts';
import { blindedSubjects, type Case } from './broken.ts';
import { DOMAIN, hostileCases } from './cases.ts';
import { type HostileNet, startHostileNet } from './hostile-net.ts';
import { launchMeasured, type Measured } from './measured-review.ts';

/** The same answers every time; another seed gives others. */
const SEED = 20_261_123;
/** Hosts of one review. Its ways in are tried with 600 requests at most. */
const HOSTS_PER_REVIEW = 40;
/** Reviews at a time: most of their time is waiting. */
const REVIEWS_AT_ONCE = 3;
/** Source: the product's own limit for one review. */
const MEMORY_BYTES_MAX = 250_000_000;
/** Processor time of all reviews together, ms. The wall time, which hangs on what else the machine does, is only told. */
const CPU_MS_MAX = 90_000;

interface ReadRecord {
  readonly verdict: { readonly exitCode: number };
  readonly checks: readonly {
    readonly id: string;
    readonly evidence: readonly { readonly observation: string }[];
    readonly coverage: { readonly unproved: readonly { readonly subject: string }[] };
  }[];
  readonly observations: Readonly<Record<string, { readonly subject: string }>>;
}

interface Review {
  readonly cases: readonly Case[];
  readonly control: string;
  readonly folder: string;
  readonly measured: Measured;
  readonly judged: Measured;
  readonly bytesBefore: string;
  readonly bytesAfter: string;
  readonly record: ReadRecord;
  /** Subjects with an obstacle. */
  readonly obstacles: ReadonlySet<string>;
}

let net: HostileNet;
let reviews: readonly Review[] = [];
let cases: readonly Case[] = [];
let seconds = 0;
const home = mkdtempSync(path.join(os.tmpdir(), 'launch-ready-hostile-'));

before(async () => {
  const certificate = await issueCertificate(soundCertificate([`*.${DOMAIN}`]));
  const [leaf, intermediate] = certificate.chainPem.map((pem) => new X509Certificate(pem).raw);
  assert.ok(leaf && intermediate);
  cases = hostileCases(SEED, [leaf, intermediate]);
  const groups = Array.from({ length: Math.ceil(cases.length / HOSTS_PER_REVIEW) }, (_, n) => ({
    control: `sound${n}.${DOMAIN}`,
    cases: cases.slice(n * HOSTS_PER_REVIEW, (n + 1) * HOSTS_PER_REVIEW),
    folder: path.join(home, String(n)),
  }));
  net = await startHostileNet(
    cases,
    groups.map(({ control }) => control),
    certificate,
  );
  const startedMs = performance.now();
  const waiting = groups.values();
  const done: Review[] = [];
  const worker = async () => {
    for (const group of waiting) done.push(await reviewed(group));
  };
  await Promise.all(Array.from({ length: REVIEWS_AT_ONCE }, worker));
  seconds = (performance.now() - startedMs) / 1000;
  reviews = done;
});
after(async () => {
  await net.close();
  rmSync(home, { recursive: true, force: true });
});

async function reviewed(group: Pick<Review, 'cases' | 'control' | 'folder'>): Promise<Review> {
  const file = `${group.folder}.yaml`;
  const hosts = [group.control, ...group.cases.map(({ host }) => host)];
  const target = {
    version: 1,
    target: {
      name: 'Hostile answers',
      url: `https://${group.control}`,
      environment: 'staging',
      hosts: hosts.map((host) => ({ host, role: 'app' })),
      canonicalHost: group.control,
    },
    pacing: {
      requestsPerSecond: 1_000,
      concurrentPerHost: 32,
      timeoutSeconds: 2,
      retryPauseSeconds: 0.01,
      budgetMinutes: 2,
    },
    network: { ...net.network, connect: ofHosts(net.network.connect, hosts) },
  };
  writeFileSync(file, stringify(target));
  const measured = await launchMeasured(['check', '--quiet', '--target', file, '--out', group.folder], home);
  const bytesBefore = digestOf(group.folder);
  const judged = await launchMeasured(['judge', '--quiet', group.folder], home);
  const sightings = readdirSync(group.folder)
    .filter((name) => name.endsWith('.ndjson'))
    .flatMap((name) => readFileSync(path.join(group.folder, name), 'utf8').split('\n').slice(0, -1))
    .map((line): { readonly kind: string; readonly subject: string } => JSON.parse(line));
  return {
    ...group,
    measured,
    judged,
    bytesBefore,
    bytesAfter: digestOf(group.folder),
    record: JSON.parse(readFileSync(path.join(group.folder, 'record.json'), 'utf8')),
    obstacles: new Set(sightings.flatMap(({ kind, subject }) => (kind === 'obstacle' ? [subject] : []))),
  };
}

const ofHosts = (connect: Readonly<Record<string, string>>, hosts: readonly string[]) =>
  Object.fromEntries(Object.entries(connect).filter(([from]) => hosts.includes(from.slice(0, from.lastIndexOf(':')))));

const digestOf = (folder: string) =>
  createHash('sha256')
    .update(readFileSync(path.join(folder, 'record.json')))
    .digest('hex');

const provedIn = ({ record }: Review) =>
  record.checks.flatMap(({ id, evidence }) =>
    evidence.map(({ observation }) => ({ check: id, subject: record.observations[observation]?.subject ?? '' })),
  );
const named = ({ host, broken }: Case) =>
  `${host} (${broken.family}: ${broken.says}${'at' in broken ? `, ${broken.at}` : ''})`;

it('gives more than 500 broken answers, every one of which is met', (test) => {
  const perFamily = Object.entries(Object.groupBy(cases, ({ broken }) => broken.family)).map(
    ([family, own]) => `${own?.length ?? 0} ${family}`,
  );
  const broken = cases.filter((one) => blindedSubjects(one).length > 0).length;
  test.diagnostic(`${broken} broken answers and ${cases.length - broken} without an end: ${perFamily.join(', ')}`);
  test.diagnostic(
    `given ${[...net.given.values()].reduce((sum, times) => sum + times, 0)} times in ${reviews.length} reviews`,
  );
  assert.ok(broken >= 500);
  assert.equal(new Set(cases.map(({ broken }) => `${broken.family} ${broken.says}`)).size > cases.length / 2, true);
  assert.deepEqual(cases.filter(({ host }) => (net.given.get(host) ?? 0) === 0).map(named), []);
});

it('crashes nothing', () => {
  for (const { measured, judged } of reviews) {
    assert.ok(
      measured.exitCode === 1 || measured.exitCode === 3,
      `${measured.exitCode} ${measured.signal}: ${measured.stderr}`,
    );
    assert.equal(measured.stderr, '');
    assert.equal(judged.exitCode, measured.exitCode);
    assert.equal(judged.stderr, '');
  }
});

it('proves what is sound beside them', () => {
  for (const review of reviews) {
    const proved = new Set(provedIn(review).map(({ subject }) => subject));
    for (const subject of [
      `entry http://${review.control}/`,
      `entry https://${review.control}/`,
      `tls ${review.control}:443`,
    ])
      assert.ok(proved.has(subject), `${subject} is not proved`);
  }
});

it('proves nothing of them', () => {
  const wrong = reviews.flatMap((review) => {
    const blinded = new Map(review.cases.flatMap((one) => blindedSubjects(one).map((subject) => [subject, one])));
    return provedIn(review).flatMap(({ check, subject }) => {
      const one = blinded.get(subject);
      return one === undefined ? [] : [`${check} passes on ${subject} of ${named(one)}`];
    });
  });
  assert.deepEqual(wrong, []);
});

it('names every one of them as not seen', () => {
  const silent = reviews.flatMap((review) => {
    const unproved = new Set(
      review.record.checks.flatMap(({ coverage }) => coverage.unproved.map(({ subject }) => subject)),
    );
    return review.cases.flatMap((one) =>
      blindedSubjects(one)
        .filter((subject) => !unproved.has(subject) && !review.obstacles.has(subject))
        .map((subject) => `${subject} of ${named(one)}`),
    );
  });
  assert.deepEqual(silent, []);
});

it('judges what it saw of them again, byte for byte', () => {
  for (const { bytesBefore, bytesAfter } of reviews) assert.equal(bytesAfter, bytesBefore);
});

it('takes little memory and work for them', (test) => {
  const peak = Math.max(...reviews.map(({ measured }) => measured.memoryBytes));
  const slowest = Math.max(...reviews.map(({ measured }) => measured.wallMs));
  const cpuMs = reviews.reduce((sum, { measured }) => sum + measured.cpuMs, 0);
  test.diagnostic(
    `${reviews.length} reviews in ${seconds.toFixed(1)} s (the slowest ${(slowest / 1000).toFixed(1)} s, processor ${(cpuMs / 1000).toFixed(1)} s), at most ${Math.round(peak / 1e6)} MB each`,
  );
  const each = reviews.map(
    ({ control, measured }) => `${control.split('.')[0]} ${Math.round(measured.memoryBytes / 1e6)}`,
  );
  test.diagnostic(`MB of each: ${each.join(', ')}`);
  assert.ok(peak < MEMORY_BYTES_MAX, `${Math.round(peak / 1e6)} MB`);
  assert.ok(cpuMs < CPU_MS_MAX, `${cpuMs} ms`);
});
