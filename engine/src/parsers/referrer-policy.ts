export const REFERRER_POLICIES = [
  'no-referrer',
  'no-referrer-when-downgrade',
  'same-origin',
  'origin',
  'strict-origin',
  'origin-when-cross-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
] as const;
export type ReferrerPolicy = (typeof REFERRER_POLICIES)[number];

const FIELD_CHARACTERS_MAX = 2048;

/** The policy that all Referrer-Policy fields of an answer add up to: the last known word counts. Source: W3C Referrer Policy, section 8.1. */
export function parseReferrerPolicy(values: readonly string[]): ReferrerPolicy | undefined {
  const words = values
    .join(',')
    .slice(0, FIELD_CHARACTERS_MAX)
    .split(',')
    .map((word) => word.trim().toLowerCase());
  return words.reduce<ReferrerPolicy | undefined>(
    (last, word) => REFERRER_POLICIES.find((known) => known === word) ?? last,
    undefined,
  );
}
