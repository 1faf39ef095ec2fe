import { z } from 'zod';
import { HostRole, ObjectKind, PublicLine, ScopeLine } from './given.ts';

/** Hosts as people write them: letters, digits, dots and hyphens, or an address; no scheme, no path. */
const HostName = z
  .string()
  .regex(/^(?=.{1,253}$)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$|^\[[0-9a-f:]+\]$/i, 'a host name without scheme and path')
  .transform((host) => host.toLowerCase());

const PortalUrl = z.url({ protocol: /^https?$/, error: 'an address that begins with https://' });

/** A secret is named, never written: `env: NAME` reads it from the environment. */
const Secret = z.strictObject({ env: z.string().regex(/^[A-Z_][A-Z0-9_]*$/i) });

const HostPort = z.string().regex(/^\[?[a-z0-9.:-]+\]?:\d{1,5}$/i, 'host:port');

export const TargetAccount = z.strictObject({
  /** What reports call this account: `client@a`. */
  name: z.string().min(1).max(60),
  tenant: z.string().min(1).max(60),
  role: z.string().min(1).max(60),
  signIn: z.strictObject({
    kind: z.literal('json'),
    /** Path that takes the credentials as JSON. */
    path: z.string().startsWith('/'),
    /** Fields sent, each a text or a secret from the environment. */
    body: z.record(z.string(), z.union([z.string(), Secret])),
    /** A text that the identity route answers with for this account, and for no other: its e-mail address or id. */
    identity: z.union([z.string().min(3), Secret]),
  }),
});
export type TargetAccount = z.infer<typeof TargetAccount>;

const Day = z.iso.date();
const ScopeEntry = z.strictObject({
  check: ScopeLine.shape.check,
  subject: ScopeLine.shape.subject,
  because: z.string().min(10, 'say why, in a sentence'),
  signedBy: z.string().min(2),
  signedAt: Day,
  expires: Day,
});

/** `launch-ready.yaml`, version 1: the portal under review, without its secrets. */
export const TargetFile = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(1),
  target: z.strictObject({
    name: z.string().min(1).max(120),
    url: PortalUrl,
    environment: z.enum(['production', 'staging']),
    /** Every host of the portal and what it is for. The host of `url` is added when it is missing. */
    hosts: z
      .array(z.strictObject({ host: HostName, role: HostRole }))
      .max(200)
      .default([]),
    /** The one host that all others should lead to. */
    canonicalHost: HostName.optional(),
    /** Paths that every host is tried with. */
    paths: z.array(z.string().startsWith('/')).max(10).default(['/']),
  }),
  accounts: z.array(TargetAccount).max(50).default([]),
  /** The route that answers who is signed in. */
  identityPath: z.string().startsWith('/').optional(),
  /** Kinds of objects that two tenants may try to take from each other. */
  objects: z.array(ObjectKind).max(20).default([]),
  /** What the owner leaves out, signed and until a day. */
  scope: z.array(ScopeEntry).max(200).default([]),
  /** What is meant for everybody. */
  public: z
    .array(z.strictObject({ url: PublicLine.shape.url, signedBy: z.string().min(2), signedAt: Day }))
    .max(200)
    .default([]),
  /** What the owner agrees to beyond looking and reading. */
  consent: z
    .strictObject({ effects: z.array(z.enum(['reads', 'writes', 'disrupts'])).min(1), by: z.string().min(2), on: Day })
    .optional(),
  pacing: z
    .strictObject({
      requestsPerSecond: z.number().min(0.2).max(1_000).default(10),
      concurrentPerHost: z.int().min(1).max(32).default(6),
      timeoutSeconds: z.number().min(0.05).max(60).default(10),
      retryPauseSeconds: z.number().min(0).max(30).default(1),
      budgetMinutes: z.number().min(0.01).max(120).default(10),
    })
    .prefault({}),
  /** A network of one's own: every report of such a run is marked as a rehearsal. */
  network: z
    .strictObject({
      /** Address and port of the resolver to ask. */
      resolver: HostPort.optional(),
      /** PEM text, or the path of a PEM file, of the certificate authority to trust instead of the public ones. */
      ca: z.string().optional(),
      /** Where a host and port is really met, like curl's --connect-to. */
      connect: z.record(HostPort, HostPort).default({}),
      /** The moment it is taken to be. */
      clock: z.iso.datetime().optional(),
    })
    .optional(),
});
export type TargetFile = z.infer<typeof TargetFile>;

/** JSON Schema of the target file, for editors. */
export function targetFileSchema(): object {
  return {
    ...z.toJSONSchema(TargetFile, { io: 'input', unrepresentable: 'any' }),
    title: 'Launch Ready target file, version 1',
  };
}
