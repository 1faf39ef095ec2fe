/** A later stage asks what only an earlier one's answers make askable. */
export const STAGES = ['outside', 'inside', 'crossing', 'pressure', 'drills'] as const;
export type Stage = (typeof STAGES)[number];

/** `looks` at what is public, `reads` as an account, `writes` to objects of this run, `disrupts` with written consent. */
export const EFFECTS = ['looks', 'reads', 'writes', 'disrupts'] as const;
export type Effect = (typeof EFFECTS)[number];
