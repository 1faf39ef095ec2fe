import { z } from 'zod';

/** What every sighting carries: of what, when, on which release, from where. */
export const Mark = z.object({
  id: z.string(),
  subject: z.string(),
  seenAt: z.iso.datetime(),
  /** Release fingerprint of the target at that moment, or `unknown`. */
  release: z.string(),
  /** Where we looked from. */
  vantage: z.string(),
});
export type Mark = z.infer<typeof Mark>;

/** A string of ours met in an answer. It names whose string it is, never the string itself. */
export const CanaryHit = z.object({
  of: z.enum(['owner', 'intruder', 'self', 'token']),
  field: z.string(),
  encoding: z.enum(['raw', 'json-escaped', 'url-encoded', 'base64']),
});
export type CanaryHit = z.infer<typeof CanaryHit>;

/** Something in a text that should not be there, with the place, and an excerpt that is already redacted and cut. */
export const TextMark = z.object({
  /** What it is, in kebab-case: `node-stack-frame`, `sql-error`, `vite-dev-client`. */
  is: z.string(),
  /** Where in the answer: `body`, `header server`, `line 12`. */
  at: z.string(),
  excerpt: z.string().max(400),
});
export type TextMark = z.infer<typeof TextMark>;

/** What a body says about people and records, as counts and field names; never a value. */
export const DataSigns = z.object({
  /** Objects in the largest list of objects. */
  records: z.int(),
  /** E-mail addresses that are no contact address of the site itself. */
  emails: z.int(),
  /** Field names that stand for a person (`email`, `phone`, `iban` …). */
  personFields: z.array(z.string()),
  /** Field names that stand for a tenant or an owner (`tenantId`, `ownerId` …). */
  tenantFields: z.array(z.string()),
});
export type DataSigns = z.infer<typeof DataSigns>;

/** All we keep of an HTTP answer. The body is dropped before anything is stored. */
export const ExchangeFacts = z.object({
  status: z.int(),
  /** Header fields in wire order; a name may repeat, so this is a list and not a record. */
  responseHeaders: z.array(z.tuple([z.string(), z.string()])),
  /** Keyed digest of the body, so that two bodies can be compared and none guessed back. */
  bodyDigest: z.string(),
  bodyBytes: z.int(),
  /** The body was longer than we read: nothing may be concluded from what is not in it. */
  bodyCut: z.boolean(),
  /** Keys and types of a JSON body, without its values; null when it is not JSON. */
  bodyShape: z.string().nullable(),
  hits: z.array(CanaryHit),
});
export type ExchangeFacts = z.infer<typeof ExchangeFacts>;

/** Why a request was sent. */
export const Purpose = z.enum([
  'entry',
  'page',
  'asset',
  'exposure',
  'not-found',
  'error',
  'echo',
  'cors',
  'api',
  'redirect-target',
  'sign-in',
]);
export type Purpose = z.infer<typeof Purpose>;

/** One request and its answer. */
export const HttpExchange = Mark.extend({
  kind: z.literal('http-exchange'),
  purpose: Purpose,
  method: z.string(),
  /** Absolute URL as sent, with token-like query values masked. */
  url: z.string(),
  /** Address it was sent to; null when it went through a `connect` map. */
  address: z.string().nullable(),
  /** Place in the chain of redirects that began at the subject: 0 is the first request. */
  hop: z.int(),
  /** How a chain ended, on its last hop: it `landed`, ran in a `loop`, was `too-long`, or left the hosts we may follow to. Null on the others. */
  chainEnd: z.enum(['landed', 'loop', 'too-long', 'left-scope']).nullable(),
  /** Absolute target of a redirect (Location, resolved against `url`), masked like `url`; null when there is none. */
  redirectTo: z.string().nullable(),
  ...ExchangeFacts.shape,
  /** Recognised content: `html`, `json`, `env-file`, `git-config` … (extractors/content-kind.ts). */
  content: z.string(),
  data: DataSigns,
  /** Stack traces, file paths, SQL and debug surfaces in headers and body. */
  leaks: z.array(TextMark),
  /** From the last byte sent to the first byte of the answer, ms. */
  waitMs: z.number(),
});

const Reference = z.object({
  url: z.string(),
  /** Element and attribute, `script src`, or `css url()`, `fetch` … */
  by: z.string(),
  /** What the browser would do with it (W3C Mixed Content): run it, show it, send a form to it, open a socket, or only link to it. */
  use: z.enum(['active', 'passive', 'form', 'socket', 'link']),
});

/** What an HTML page is made of. */
export const Page = Mark.extend({
  kind: z.literal('page'),
  url: z.string(),
  status: z.int(),
  title: z.string(),
  /** Absolute URLs of links to pages, in document order, at most 200. */
  links: z.array(z.string()),
  scripts: z.array(z.object({ url: z.string(), integrity: z.boolean() })),
  styles: z.array(z.object({ url: z.string(), integrity: z.boolean() })),
  forms: z.array(z.object({ action: z.string(), method: z.string(), fields: z.array(z.string()) })),
  hasPasswordField: z.boolean(),
  /** References over plain http or ws. */
  insecure: z.array(Reference),
  metaCsp: z.array(z.string()),
  canonical: z.string().nullable(),
  generator: z.string().nullable(),
  /** The same data signs as in the exchange, from visible text and inline state only. */
  data: DataSigns,
  /** Rows of the largest table or list whose rows look like records. */
  tableRows: z.int(),
});

/** A credential-shaped string that was met. Its value is never kept. */
export const SecretHit = z.object({
  /** Rule id: `stripe-secret-key`. */
  rule: z.string(),
  issuer: z.string(),
  /** `secret` must never be public; `test` only opens a sandbox; `restrictable` is public only with limits set at the issuer; `public` is meant for browsers. */
  class: z.enum(['secret', 'test', 'restrictable', 'public']),
  /** Keyed digest of the value: the same secret in two places has one fingerprint. */
  fingerprint: z.string(),
  /** First characters up to the issuer's prefix, then length: `sk_live_… (32 characters)`. */
  hint: z.string(),
  /** Byte offset in the asset. */
  offset: z.int(),
  /** File inside a source map, when it was found there. */
  source: z.string().nullable(),
});
export type SecretHit = z.infer<typeof SecretHit>;

/** A file that the browser is given, read in full or up to a cap. */
export const Asset = Mark.extend({
  kind: z.literal('asset'),
  url: z.string(),
  form: z.enum(['document', 'script', 'style', 'source-map', 'manifest', 'data']),
  status: z.int(),
  bytes: z.int(),
  /** Bytes that were there and not read. More than 0 blocks a pass. */
  bytesSkipped: z.int(),
  digest: z.string(),
  secrets: z.array(SecretHit),
  /** Absolute URLs of further files this one loads: imports, preload maps, manifests, url(). */
  loads: z.array(z.string()),
  /** Absolute URLs of calls it makes to an API, templates left out. */
  calls: z.array(z.string()),
  insecure: z.array(Reference),
  /** The source map it names: absolute URL, `inline`, or null. */
  sourceMap: z.string().nullable(),
  /** For a source map: how many files it names, and how many it holds the text of. */
  mapSources: z.int(),
  mapSourcesWithText: z.int(),
  /** Development builds, debuggers, hot-reload sockets. */
  leaks: z.array(TextMark),
});

export const TLS_VERSIONS = ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;
export type TlsVersion = (typeof TLS_VERSIONS)[number];

/** What an endpoint accepts, found by raw ClientHellos: our own TLS library cannot offer all that must be refused. */
export const TlsOffer = Mark.extend({
  kind: z.literal('tls-offer'),
  host: z.string(),
  port: z.int(),
  address: z.string().nullable(),
  /** `unanswered`: neither a ServerHello nor an alert nor a clean close came, so nothing is known. */
  versions: z.array(z.object({ version: z.enum(TLS_VERSIONS), is: z.enum(['accepted', 'refused', 'unanswered']) })),
  /** Accepted cipher suites per version, IANA code points (0x1301) in the order in which the server chose them. */
  suites: z.array(z.object({ version: z.enum(TLS_VERSIONS), accepted: z.array(z.int()), complete: z.boolean() })),
  handshakes: z.int(),
});

export const Certificate = z.object({
  subject: z.string(),
  issuer: z.string(),
  serial: z.string(),
  notBefore: z.iso.datetime(),
  notAfter: z.iso.datetime(),
  /** DNS names and addresses of the subjectAltName extension. */
  names: z.array(z.string()),
  isCa: z.boolean(),
  key: z.object({ type: z.string(), bits: z.int() }),
  /** Signature algorithm, `sha256WithRSAEncryption`, or its OID when we have no name for it. */
  signature: z.string(),
  selfSigned: z.boolean(),
  /** SHA-256 of the DER, hex. */
  fingerprint: z.string(),
});
export type Certificate = z.infer<typeof Certificate>;

/** The certificates exactly as the server sent them: no chain filled in from our own store. */
export const TlsChain = Mark.extend({
  kind: z.literal('tls-chain'),
  host: z.string(),
  port: z.int(),
  address: z.string().nullable(),
  protocol: z.string(),
  sent: z.array(Certificate),
  /** How the leaf reaches a trusted root: `sent` with what was sent, `incomplete` only with an intermediate we had to look for, `untrusted` not at all. */
  trust: z.enum(['sent', 'incomplete', 'untrusted']),
  /** Certificates sent that no path from leaf to root uses, or that stand in the wrong order. */
  misplaced: z.int(),
});

/** One question to the DNS and its answer. */
export const DnsAnswer = Mark.extend({
  kind: z.literal('dns-answer'),
  host: z.string(),
  type: z.enum(['A', 'AAAA', 'CNAME', 'NS', 'MX', 'TXT', 'CAA']),
  /** `none`: the name exists without such a record; `no-such-name`: NXDOMAIN. */
  is: z.enum(['found', 'none', 'no-such-name']),
  records: z.array(z.string()),
});

/** What names the release that answers. */
export const ReleaseSign = Mark.extend({
  kind: z.literal('release-sign'),
  host: z.string(),
  value: z.string(),
  /** Where it stands: `header x-release`, `meta release`, `digest of 5 assets`. */
  from: z.string(),
});

/** A sign of the software or service in front of us or behind. */
export const StackSign = Mark.extend({
  kind: z.literal('stack-sign'),
  host: z.string(),
  stack: z.string(),
  from: z.string(),
});

/** How a sign-in went: the account is proved by an answer in which its own identity stands. */
export const SignedIn = Mark.extend({
  kind: z.literal('signed-in'),
  account: z.string(),
  tenant: z.string(),
  role: z.string(),
  /** The route that proved it. */
  identityAt: z.string(),
  /** Set-Cookie fields of the sign-in, values redacted. */
  cookies: z.array(z.string()),
});

/** A route that serves one object, and such an object: one that this run created. */
export const ObjectRoute = Mark.extend({
  kind: z.literal('object-route'),
  method: z.enum(['GET', 'PUT']),
  path: z.string(),
  objectId: z.string(),
  /** Kind of object, as the target file names it. */
  object: z.string(),
  owner: z.string(),
});

/** The steps of one crossing, in the order in which they are sent. */
export const STEPS = ['alive-before', 'plant', 'control', 'attempt', 'not-found', 'read-back', 'alive-after'] as const;
export type Step = (typeof STEPS)[number];

export const CrossingStep = Mark.extend({
  kind: z.literal('crossing-step'),
  ...ExchangeFacts.shape,
  method: z.string(),
  path: z.string(),
  as: z.string(),
  round: z.int(),
  step: z.enum(STEPS),
});

/** An object of ours, removed again; `gone` is what its owner saw afterwards. */
export const CleanedUp = Mark.extend({
  kind: z.literal('cleaned-up'),
  object: z.string(),
  objectId: z.string(),
  owner: z.string(),
  gone: z.boolean(),
});

/** The owner's consent to more than looking, found where only the owner can put it. */
export const OwnershipProof = Mark.extend({
  kind: z.literal('ownership-proof'),
  host: z.string(),
  from: z.enum(['dns', 'well-known', 'loopback']),
  effects: z.array(z.enum(['reads', 'writes', 'disrupts'])),
  expires: z.iso.datetime(),
});

/** What a probe saw. Plain JSON: it can be stored, diffed, replayed and handed to an auditor. */
export const Observation = z.discriminatedUnion('kind', [
  HttpExchange,
  Page,
  Asset,
  TlsOffer,
  TlsChain,
  DnsAnswer,
  ReleaseSign,
  StackSign,
  SignedIn,
  ObjectRoute,
  CrossingStep,
  CleanedUp,
  OwnershipProof,
]);
export type Observation = z.infer<typeof Observation>;
export type ObservationKind = Observation['kind'];
export type ObservationOf<K extends ObservationKind> = Extract<Observation, { kind: K }>;

export const OBSTACLE_REASONS = [
  'timed-out',
  'refused',
  'no-route',
  'reset',
  'not-resolved',
  'malformed',
  'too-large',
  'rate-limited',
  'blocked',
  'server-error',
  'not-allowed',
  'not-signed-in',
  'budget-spent',
  'untrusted-certificate',
] as const;
export type ObstacleReason = (typeof OBSTACLE_REASONS)[number];

/** A probe that could not see says why. It is data, not an exception: the run goes on. */
export const Obstacle = Mark.extend({
  kind: z.literal('obstacle'),
  reason: z.enum(OBSTACLE_REASONS),
  /** What exactly happened, ours in wording, cut to 300 characters. */
  detail: z.string().max(300),
});
export type Obstacle = z.infer<typeof Obstacle>;

export const Sighting = z.discriminatedUnion('kind', [...Observation.options, Obstacle]);
export type Sighting = Observation | Obstacle;

export function ofKind<K extends Sighting['kind']>(
  kind: K,
  seen: readonly Sighting[],
): Extract<Sighting, { kind: K }>[] {
  return seen.filter((one): one is Extract<Sighting, { kind: K }> => one.kind === kind);
}
