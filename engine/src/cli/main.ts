import { InputError } from '../model/errors.ts';
import type { Command, ExitCode, Io } from './io.ts';

/** Commands are loaded when they are called, so that `--help` stays quick. */
const COMMANDS: Readonly<Record<string, readonly [about: string, load: () => Promise<{ readonly default: Command }>]>> =
  {
    check: ['review a portal and say, row by row, what is proved', () => import('./commands/check.ts')],
    plan: ['print what a review would send, and send nothing', () => import('./commands/plan.ts')],
    explain: ['teach a check: what, why, what breaks, how to fix', () => import('./commands/explain.ts')],
    judge: ['judge a recorded run again, without the network', () => import('./commands/judge.ts')],
    init: ['write a target file from what can be detected', () => import('./commands/init.ts')],
    doctor: ['prove that the target file is usable', () => import('./commands/doctor.ts')],
    prove: ['write and check the proof that the portal is yours', () => import('./commands/prove.ts')],
  };

const HELP = `launch-ready: is this client portal ready for its security review?

  launch-ready check https://portal.example      review it from its address alone
  launch-ready init https://portal.example       write launch-ready.yaml, to let it see more
  launch-ready check                             review what launch-ready.yaml describes

Commands
${Object.entries(COMMANDS)
  .map(([name, [about]]) => `  ${name.padEnd(9)}${about}`)
  .join('\n')}

  launch-ready <command> --help                  what a command takes and gives
  launch-ready --version

Exit codes
  0  nothing failed and nothing in scope is unseen
  1  something failed
  2  usage, or a target file that cannot be used
  3  nothing failed, something is not verified (the normal end of a review by address alone)
  4  an error of ours
`;

/** Runs one command and answers with its exit code. */
export async function main(args: readonly string[], io: Io = processIo()): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.out(HELP);
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-V') {
    const { version } = await import('./version.ts');
    io.out(`${version}\n`);
    return 0;
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry === undefined) {
    io.err(
      `launch-ready: there is no command ${JSON.stringify(name)}. Commands: ${Object.keys(COMMANDS).join(', ')}.\n`,
    );
    return 2;
  }
  try {
    const { default: command } = await entry[1]();
    if (rest.includes('--help') || rest.includes('-h')) {
      io.out(command.help);
      return 0;
    }
    return await command.run(rest, io);
  } catch (cause) {
    if (cause instanceof InputError) {
      io.err(
        `launch-ready ${name}: ${cause.message}\n  (${cause.code}; \`launch-ready ${name} --help\` shows what it takes)\n`,
      );
      return 2;
    }
    if (isUsage(cause)) {
      io.err(`launch-ready ${name}: ${cause.message}\n  (\`launch-ready ${name} --help\` shows what it takes)\n`);
      return 2;
    }
    const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    io.err(`launch-ready ${name}: this is our error, not yours; it says nothing about the portal.\n${text}\n`);
    return 4;
  }
}

/** An argument that node:util parseArgs did not know. */
const isUsage = (cause: unknown): cause is Error =>
  cause instanceof TypeError && 'code' in cause && String(cause.code).startsWith('ERR_PARSE_ARGS');

function processIo(): Io {
  const stop = new AbortController();
  let asked = 0;
  process.on('SIGINT', () => {
    asked += 1;
    if (asked > 1) process.exit(130);
    process.stderr.write(
      '\nStopping: what was made is being cleaned up and what was seen is kept. Ctrl-C again ends it at once.\n',
    );
    stop.abort();
  });
  process.on('SIGTERM', () => stop.abort());
  // A reader that went away (`| head`) is no error of ours.
  process.stdout.on('error', (cause) => {
    if ('code' in cause && cause.code === 'EPIPE') process.exit(0);
    throw cause;
  });
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isTerminal: process.stdout.isTTY === true,
    columns: process.stdout.columns ?? 80,
    env: process.env,
    cwd: process.cwd(),
    now: () => new Date(),
    stop: stop.signal,
  };
}
