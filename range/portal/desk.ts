import type { FrontEnd } from './front-end.ts';
import type { createSignInLimit, Sessions } from './sessions.ts';
import type { Switches } from './switches.ts';
import { type PortalRecord, seededRecords, type TenantId } from './tenants.ts';

/** The portal's data, in memory. */
export interface RecordStore {
  readonly all: () => readonly PortalRecord[];
  readonly of: (tenant: TenantId) => readonly PortalRecord[];
  readonly find: (id: string) => PortalRecord | undefined;
  readonly put: (record: PortalRecord) => void;
  readonly remove: (id: string) => void;
}

export const createRecordStore = (): RecordStore => {
  const byId = new Map(seededRecords.map((record) => [record.id, record]));
  return {
    all: () => [...byId.values()],
    of: (tenant) => [...byId.values()].filter((record) => record.tenant === tenant),
    find: (id) => byId.get(id),
    put: (record) => void byId.set(record.id, record),
    remove: (id) => void byId.delete(id),
  };
};

/** Everything a route needs besides the request. */
export interface Desk {
  readonly switches: Switches;
  readonly frontEnd: FrontEnd;
  readonly records: RecordStore;
  /** What an administrator may set for the tenant. */
  readonly settings: Map<TenantId, { readonly displayName: string }>;
  readonly sessions: Sessions;
  readonly limit: ReturnType<typeof createSignInLimit>;
  readonly random: () => string;
  readonly nowMs: () => number;
  /** True the first time it is asked for a name, false ever after. */
  readonly firstTime: (name: string) => boolean;
}
