import type { Header } from './wire/wire.ts';

/** The run's signed-in sessions, in memory only. */
export interface Sessions {
  /** Header fields that make a request this account's; undefined when it is not signed in. */
  readonly headersOf: (account: string) => readonly Header[] | undefined;
  readonly keep: (account: string, headers: readonly Header[]) => void;
  /** The sign-in recipe with its secrets; undefined when none was given. */
  readonly recipeOf: (account: string) => SignInRecipe | undefined;
}

export interface SignInRecipe {
  readonly kind: 'json';
  readonly path: string;
  /** Sent as JSON. Secrets are already filled in: this never leaves memory. */
  readonly body: Readonly<Record<string, string>>;
  /** Path that answers who is signed in. */
  readonly identityPath: string;
  /** A text that must stand in that answer for this account, and for no other. */
  readonly identity: string;
}

export function createSessions(recipes: ReadonlyMap<string, SignInRecipe>): Sessions {
  const kept = new Map<string, readonly Header[]>();
  return {
    headersOf: (account) => kept.get(account),
    keep: (account, headers) => {
      kept.set(account, headers);
    },
    recipeOf: (account) => recipes.get(account),
  };
}
