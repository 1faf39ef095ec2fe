import type { Person } from './tenants.ts';

export interface Session {
  readonly id: string;
  readonly person: Person;
}

/** Who is signed in, in memory. */
export interface Sessions {
  readonly find: (id: string) => Session | undefined;
  readonly start: (person: Person, id: string) => Session;
  readonly end: (id: string) => void;
  readonly alive: () => number;
}

export const createSessions = (): Sessions => {
  const byId = new Map<string, Session>();
  return {
    find: (id) => byId.get(id),
    start: (person, id) => {
      const session = { id, person };
      byId.set(id, session);
      return session;
    },
    end: (id) => void byId.delete(id),
    alive: () => byId.size,
  };
};

/** Counts refused sign-ins per address; `nowMs` is handed in. */
export const createSignInLimit = (failuresMax: number | null, lockSeconds: number) => {
  const failures = new Map<string, { readonly count: number; readonly sinceMs: number }>();
  const current = (address: string, nowMs: number): { readonly count: number; readonly sinceMs: number } => {
    const known = failures.get(address);
    return known === undefined || nowMs - known.sinceMs > lockSeconds * 1_000 ? { count: 0, sinceMs: nowMs } : known;
  };
  return {
    isLocked: (address: string, nowMs: number): boolean =>
      failuresMax !== null && current(address, nowMs).count >= failuresMax,
    refused: (address: string, nowMs: number): void => {
      const { count, sinceMs } = current(address, nowMs);
      failures.set(address, { count: count + 1, sinceMs });
    },
    signedIn: (address: string): void => void failures.delete(address),
  };
};
