import type { Context } from '../probe.ts';
import { type RawAnswer, WireTrouble } from '../wire/wire.ts';

/** Longest answer of an object route that we read, bytes. */
const ANSWER_BYTES_MAX = 1_048_576;

interface AskAs {
  readonly template: string;
  readonly as: string;
  readonly method: string;
  readonly path: string;
  readonly body: string | null;
}

/** One request in an account's session. Without a session there is nothing to ask. */
export async function askAs(
  { template, as, method, path, body }: AskAs,
  context: Context,
  signal: AbortSignal,
): Promise<RawAnswer> {
  const session = context.sessions.headersOf(as);
  if (session === undefined) throw new WireTrouble('not-signed-in', `${as} is not signed in`);
  return await context.wire.ask(
    {
      template,
      method,
      url: new URL(path, context.given.url).href,
      address: null,
      headers: body === null ? session : [...session, ['Content-Type', 'application/json']],
      body,
      maxBytes: ANSWER_BYTES_MAX,
      secret: true,
    },
    signal,
  );
}
