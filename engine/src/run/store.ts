import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { InputError } from '../model/errors.ts';
import { Given } from '../model/given.ts';
import { Sighting } from '../model/observation.ts';
import { RunMeta } from '../model/run-record.ts';
import { STAGES, type Stage } from '../model/stage.ts';

/** Records of a portal's weak spots are for their owner only. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** How long a recorded run is kept. Source: design rule 8. */
export const KEPT_DAYS = 30;

/** A run folder as it is written: each sighting is on disk before anything else happens with it. */
export interface RunFolder {
  readonly folder: string;
  readonly keep: (stage: Stage, sighting: Sighting) => void;
  readonly write: (name: string, text: string) => void;
}

/** Makes an empty run folder; one that holds something already is refused. */
export function createRunFolder(folder: string): RunFolder {
  try {
    makeFolders(folder);
    if (readdirSync(folder).length > 0) throw new InputError('output-not-writable', `${folder} is not empty`);
    chmodSync(folder, FOLDER_MODE);
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError('output-not-writable', `cannot write to ${folder}`, { cause });
  }
  return {
    folder,
    keep: (stage, sighting) =>
      appendFileSync(path.join(folder, `${stage}.ndjson`), `${JSON.stringify(sighting)}\n`, { mode: FILE_MODE }),
    write: (name, text) => writeFileSync(path.join(folder, name), text, { mode: FILE_MODE }),
  };
}

/** One by one: Node's own recursive mkdir never ends where a file system takes no folders (/proc). */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  makeFolders(path.dirname(folder));
  mkdirSync(folder, { mode: FOLDER_MODE });
}

export interface RecordedRun {
  readonly given: Given;
  readonly run: RunMeta;
  readonly sightings: readonly Sighting[];
}

/** Reads a recorded run back, each line checked. A half-written last line (a run that was killed) is left out. */
export function readRunFolder(folder: string): RecordedRun {
  const read = <T>(name: string, schema: z.ZodType<T>): T => parsed(folder, name, textOf(folder, name), schema);
  const sightings = STAGES.flatMap((stage) => {
    const name = `${stage}.ndjson`;
    if (!existsSync(path.join(folder, name))) return [];
    const lines = textOf(folder, name).split('\n');
    return lines.slice(0, -1).map((line) => parsed(folder, name, line, Sighting));
  });
  return { given: read('given.json', Given), run: read('run.json', RunMeta), sightings };
}

function textOf(folder: string, name: string): string {
  try {
    return readFileSync(path.join(folder, name), 'utf8');
  } catch (cause) {
    throw new InputError('run-folder-invalid', `${folder} is no run folder: ${name} cannot be read`, { cause });
  }
}

function parsed<T>(folder: string, name: string, text: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : 'it is no JSON';
    throw new InputError('run-folder-invalid', `${path.join(folder, name)} does not fit: ${why}`, { cause });
  }
}

/** Deletes recorded runs past their time. Only folders that hold a run of ours are touched. */
export function deleteOldRuns(runs: string, now: Date): readonly string[] {
  if (!existsSync(runs)) return [];
  const before = now.getTime() - KEPT_DAYS * 86_400_000;
  const old = readdirSync(runs)
    .map((name) => path.join(runs, name))
    .filter((folder) => {
      const given = path.join(folder, 'given.json');
      return existsSync(given) && statSync(given).mtimeMs < before;
    });
  for (const folder of old) rmSync(folder, { recursive: true });
  return old;
}
