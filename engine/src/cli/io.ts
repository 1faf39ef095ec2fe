/** The terminal and the machine as a command meets them, handed in so that a test can hand in its own. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether somebody watches. */
  readonly isTerminal: boolean;
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly now: () => Date;
  /** Aborted by Ctrl-C; a second one ends the process at once. */
  readonly stop: AbortSignal;
}

export type ExitCode = 0 | 1 | 2 | 3 | 4;

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly about: string;
  /** All of `launch-ready <name> --help`. */
  readonly help: string;
  readonly run: (args: readonly string[], io: Io) => Promise<ExitCode>;
}

/** Whether to colour: somebody watches, and did not say no (https://no-color.org). */
export const colours = (io: Io, flag: boolean): boolean =>
  flag && io.isTerminal && (io.env.NO_COLOR ?? '') === '' && io.env.TERM !== 'dumb';
