import { createHmac, randomBytes } from 'node:crypto';
import type { Given } from '../model/given.ts';
import type { Sighting } from '../model/observation.ts';
import type { RunMeta, SentLine } from '../model/run-record.ts';
import type { Stage } from '../model/stage.ts';
import type { AnyProbe, Context } from '../probes/probe.ts';
import { createSessions, type SignInRecipe } from '../probes/sessions.ts';
import { createWire, type WireSettings, wireTemplates } from '../probes/wire/create-wire.ts';
import { collect, type Progress } from './collect.ts';

export interface Network {
  readonly resolver: string | null;
  readonly trust: readonly string[];
  readonly connect: Readonly<Record<string, string>>;
}

export interface PacingSettings {
  readonly requestsPerSecond: number;
  readonly concurrentPerHost: number;
  readonly timeoutSeconds: number;
  readonly retryPauseSeconds: number;
  readonly budgetMinutes: number;
}

/** The operator of this tool, known to targets by the key's fingerprint. */
export interface Operator {
  /** Secret: digests in records are keyed with it, so that they can be compared and not guessed back. */
  readonly secret: string;
  readonly key: string;
}

export interface Review {
  readonly given: Given;
  readonly probes: readonly AnyProbe[];
  readonly recipes: ReadonlyMap<string, SignInRecipe>;
  readonly network: Network;
  readonly pacing: PacingSettings;
  readonly operator: Operator;
  readonly version: string;
  readonly runId: string;
  readonly now: () => Date;
  /** The operator's wish to stop. */
  readonly stop: AbortSignal;
  readonly keep: (stage: Stage, sighting: Sighting) => void;
  readonly progress: (event: Progress) => void;
}

export interface Reviewed {
  readonly sightings: readonly Sighting[];
  readonly run: RunMeta;
}

/** Actions under way at once, over all hosts; each host has its own, smaller limit. */
const CONCURRENCY = 12;

/** Carries out a review: from the target's facts to sightings. It judges nothing. */
export async function review(settings: Review): Promise<Reviewed> {
  const { given, probes, network, pacing, version, runId, now } = settings;
  const startedAt = now().toISOString();
  const startedMs = performance.now();
  const lines = templateLines(probes, given);
  const wire = createWire(wireSettings(settings, lines));
  let release = 'unknown';
  const seed = randomBytes(32).toString('hex');
  const context: Context = {
    given,
    wire,
    now,
    release: () => release,
    vantage: 'operator',
    seed,
    digest: (bytes) => createHmac('sha256', settings.operator.secret).update(bytes).digest('hex').slice(0, 32),
    sessions: createSessions(settings.recipes),
    trust: network.trust,
    operatorKey: settings.operator.key,
  };
  const budget = AbortSignal.timeout(pacing.budgetMinutes * 60_000);
  const stop = new AbortController();
  budget.addEventListener('abort', () => stop.abort('the time budget of the run was spent'), { once: true });
  settings.stop.addEventListener('abort', () => stop.abort('the operator stopped it'), { once: true });
  if (settings.stop.aborted) stop.abort('the operator stopped it');

  try {
    const collected = await collect({
      probes,
      context,
      concurrency: CONCURRENCY,
      retryPauseMs: pacing.retryPauseSeconds * 1000,
      signal: stop.signal,
      keep: (stage, sighting) => {
        if (sighting.kind === 'release-sign') release = sighting.value;
        settings.keep(stage, sighting);
      },
      progress: settings.progress,
    });
    const sent = wire.sent();
    const run: RunMeta = {
      tool: { name: 'launch-ready', version },
      id: runId,
      startedAt,
      endedAt: now().toISOString(),
      provenance: 'self-run',
      vantage: context.vantage,
      egress: wire.localAddress(),
      cutShort: collected.cutShort,
      stages: collected.stages,
      sent: lines.map((line) => ({ ...line, sent: sent.get(line.template) ?? 0 })),
      bytesReceived: wire.bytesReceived(),
      waitedMs: Math.round(wire.waitedMs()),
      wallMs: Math.round(performance.now() - startedMs),
      left: leftBehind(collected.sightings),
    };
    return { sightings: collected.sightings, run };
  } finally {
    wire.close();
  }
}

/** Every line that a run of these probes may send under, in the order in which they are printed. */
export function templateLines(probes: readonly AnyProbe[], given: Given): Omit<SentLine, 'sent'>[] {
  const own = probes.flatMap(({ stage, effect, templates }) =>
    templates(given).map(({ id, ...template }) => ({ template: id, stage, effect, ...template })),
  );
  const wires = wireTemplates.map(({ id, ...template }) => ({
    template: id,
    stage: 'outside' as const,
    effect: 'looks' as const,
    ...template,
  }));
  return [...wires, ...own];
}

function wireSettings(settings: Review, lines: readonly Omit<SentLine, 'sent'>[]): WireSettings {
  const { network, given, pacing, version, runId, now } = settings;
  return {
    network,
    hosts: given.hosts.map(({ host }) => host),
    templates: lines
      .filter(({ template }) => !wireTemplates.some(({ id }) => id === template))
      .map(({ template, says, unit, ceiling }) => ({ id: template, says, unit, ceiling })),
    pacing: {
      requestsPerSecond: pacing.requestsPerSecond,
      concurrentPerHost: pacing.concurrentPerHost,
      connectTimeoutMs: (pacing.timeoutSeconds * 1000) / 2,
      timeoutMs: pacing.timeoutSeconds * 1000,
    },
    version,
    runHeader: ['X-Launch-Ready-Run', runId],
    now,
    ticks: () => performance.now(),
  };
}

/** What this run made and could not show to be gone. */
function leftBehind(sightings: readonly Sighting[]): string[] {
  const made = new Map(
    sightings.flatMap((one) =>
      one.kind === 'object-route'
        ? [[`${one.object} ${one.objectId}`, `${one.object} ${one.objectId} of ${one.owner}`]]
        : [],
    ),
  );
  for (const one of sightings) if (one.kind === 'cleaned-up' && one.gone) made.delete(`${one.object} ${one.objectId}`);
  return [...made.values()];
}
