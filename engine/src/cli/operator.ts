import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { InputError } from '../model/errors.ts';
import type { Operator } from '../run/review.ts';
import type { Io } from './io.ts';

/** Where this operator's key lives: outside every repository. */
function keyFile({ env }: Io): string {
  const home =
    env.LAUNCH_READY_HOME ?? path.join(env.XDG_CONFIG_HOME ?? path.join(os.homedir(), '.config'), 'launch-ready');
  return path.join(home, 'operator-key');
}

/** This operator's key, made on first use. The fingerprint is public; the secret keys digests and never leaves. */
export function loadOperator(io: Io): Operator {
  const file = keyFile(io);
  try {
    if (!existsSync(file)) {
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    }
    const secret = readFileSync(file, 'utf8').trim();
    const key = createHash('sha256').update(`launch-ready operator ${secret}`).digest('base64url').slice(0, 32);
    return { secret, key };
  } catch (cause) {
    throw new InputError('output-not-writable', `the operator's key at ${file} cannot be read or made`, { cause });
  }
}
