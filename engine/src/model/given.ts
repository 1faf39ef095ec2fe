import { z } from 'zod';

/** What a host is for. `assets` serves files only. */
export const HostRole = z.enum(['app', 'admin', 'api', 'marketing', 'assets']);
export type HostRole = z.infer<typeof HostRole>;

export const TargetHost = z.object({ host: z.string(), role: HostRole });
export type TargetHost = z.infer<typeof TargetHost>;

/** One login of the target. Its credentials live elsewhere: a check has no use for them. */
export const Account = z.object({ name: z.string(), tenant: z.string(), role: z.string() });
export type Account = z.infer<typeof Account>;

/** How one kind of object is made, read, changed and removed, for a crossing between tenants. */
export const ObjectKind = z.object({
  name: z.string(),
  create: z.object({ path: z.string(), body: z.record(z.string(), z.string()), idAt: z.string() }),
  /** Path of one object, with `{id}`. GET reads it, PUT changes it, DELETE removes it. */
  path: z.string(),
  /** The field that a canary is planted in. */
  field: z.string(),
});
export type ObjectKind = z.infer<typeof ObjectKind>;

/**
 * The only way to leave something out: the target's owner says so, by name and date, until a day.
 * `check` names a check, or a criterion for the parts of it that no check covers yet. Without `subject` the line
 * covers all of it, with it one subject (a trailing `*` stands for any rest).
 */
export const ScopeLine = z.object({
  check: z.string(),
  subject: z.string().optional(),
  because: z.string().min(1),
  signedBy: z.string().min(1),
  signedAt: z.iso.datetime(),
  expires: z.iso.datetime(),
});
export type ScopeLine = z.infer<typeof ScopeLine>;

/** What the owner has said is meant for everybody. A trailing `*` stands for any rest. */
export const PublicLine = z.object({ url: z.string(), signedBy: z.string().min(1), signedAt: z.iso.datetime() });

/** What a judgement may know besides what was seen: facts of the target, and the moment of judging. */
export const Given = z.object({
  judgedAt: z.iso.datetime(),
  name: z.string(),
  url: z.string(),
  environment: z.enum(['production', 'staging']),
  hosts: z.array(TargetHost),
  /** The one host that all others should lead to; null when the owner has not said. */
  canonicalHost: z.string().nullable(),
  /** Paths that every entry is tried with, `/` first. */
  paths: z.array(z.string()),
  accounts: z.array(Account),
  objects: z.array(ObjectKind),
  /** The route that says who is signed in, for every account alike. */
  identityPath: z.string().nullable(),
  scope: z.array(ScopeLine),
  public: z.array(PublicLine),
  /** What the owner agreed to in the target file, beyond looking. */
  consent: z.array(z.enum(['reads', 'writes', 'disrupts'])),
  /** The run went through a resolver, a certificate authority, a clock or a connect map of the operator's. */
  rehearsal: z.boolean(),
});
export type Given = z.infer<typeof Given>;
