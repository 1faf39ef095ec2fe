import type { PartialSwitches } from './portal/switches.ts';

/** A finding as a run must report it. A trailing `*` in the subject stands for any rest. */
export interface Expected {
  readonly problem: string;
  readonly subject: string;
}

/** A defect planted in the sound portal. It changes what the portal does and knows no check. */
export interface Fault {
  readonly name: string;
  readonly change: PartialSwitches;
  /** Every finding that this defect earns, of this check and of any other: one too many is a false alarm. */
  readonly finds: readonly [Expected, ...Expected[]];
  /** Accounts are given too, so that the signed-in stages run. */
  readonly signedIn?: boolean;
}

/** Something that looks wrong and is right: no finding at all, of any check. */
export interface Decoy {
  readonly name: string;
  readonly change: PartialSwitches;
  readonly signedIn?: boolean;
  /** Where the honest answer is "not verified" and a pass would be false: the check must not pass. */
  readonly notVerified?: boolean;
}

export interface Cases {
  readonly check: string;
  readonly faults: readonly [Fault, ...Fault[]];
  readonly decoys: readonly [Decoy, ...Decoy[]];
}

export function defineCases(cases: Cases): Cases {
  return cases;
}
