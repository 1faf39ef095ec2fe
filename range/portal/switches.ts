import { type CertificateOptions, soundCertificate } from '../world/certificate-authority.ts';
import type { DnsMisbehaviour, DnsRecord } from '../world/dns-server.ts';
import type { HostileRule } from '../world/hostile.ts';
import { type PlainHttp, soundPlainHttp } from '../world/redirector.ts';
import { soundTls, type TlsSettings } from '../world/tls-edge.ts';
import type { AnswerClass, Audience } from './answer.ts';
import { HOSTS } from './hosts.ts';

/** One header: its value, several headers of that name, or none. */
export type HeaderValue = string | readonly string[] | null;

type PerClass = Readonly<Record<AnswerClass, HeaderValue>>;

/** Sets or removes headers on the answers that match; what is left out matches everything. Applied last. */
export interface HeaderRule {
  readonly hosts?: readonly string[];
  /** Exact paths, or prefixes when they end with `*`. */
  readonly paths?: readonly string[];
  readonly classes?: readonly AnswerClass[];
  readonly methods?: readonly string[];
  readonly statuses?: readonly number[];
  readonly set: Readonly<Record<string, HeaderValue>>;
}

/** An answer given as it stands, in place of whatever the portal would say. */
export interface ExtraAnswer {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string;
  /** Instead of `body`, for bytes that are no text. */
  readonly bodyBase64?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Every method when left out. */
  readonly methods?: readonly string[];
  /** Headers of the portal's usual tables are added unless this is true. */
  readonly bare?: boolean;
}

/** What a failing request shows. */
export interface ErrorAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Sends something of the request back. */
export interface EchoRule {
  /** Exact path, or a prefix when it ends with `*`. */
  readonly path: string;
  readonly from: 'query' | 'header' | 'body' | 'path';
  /** Name of the query parameter or header; for a JSON body the field, and `*` for the whole body. */
  readonly name: string;
  /** `html`: as it came, at the end of the body; `redirect`: 302 with it as Location; `header`: in `header`. */
  readonly into: 'html' | 'html-escaped' | 'json' | 'script' | 'header' | 'redirect' | 'cookie';
  /** For `header` and `cookie`: the name. */
  readonly header?: string;
}

/** What is added to a page's HTML. */
export interface PageInsert {
  readonly head?: string;
  readonly body?: string;
}

/** How a host other than the canonical one treats a request; `hops` counts further redirects on the way. */
export interface CanonicalRule {
  readonly answer: 'serve' | 'redirect';
  readonly to: string;
  readonly status: number;
  readonly keepsPath: boolean;
  readonly keepsQuery: boolean;
  readonly hops: number;
}

/** How one host is met on ports 443 and 80. */
export interface HostEdge {
  readonly tls: TlsSettings;
  readonly certificate: CertificateOptions;
  readonly plain: PlainHttp;
}

/** What a signed-out visitor gets from a page. `redirects-with-content`: a 302 whose body shows it all the same. */
export type SignedOutPage = 'redirects' | 'serves' | 'serves-inline-state' | 'redirects-with-content' | 'unauthorized';

/**
 * What a signed-out caller gets from an API route. `refuses-with-200`: an error in a 200; `refuses-with-content`: 401 with
 * the data in it; `redirects`: 302 to the sign-in page; `login-page`: 200 with the sign-in page; `empty`: 200 with nothing.
 */
export type SignedOutApi =
  | 'refuses'
  | 'serves'
  | 'empty'
  | 'refuses-with-200'
  | 'refuses-with-content'
  | 'redirects'
  | 'login-page'
  | 'forbidden'
  | 'fails';

/**
 * Everything about the portal, its edge and its DNS that can be set, as plain JSON. `soundSwitches` is the sound state.
 * A point says what the portal does. It knows of no check.
 */
export interface Switches {
  // Headers, per class of answer.
  readonly hsts: PerClass;
  readonly csp: PerClass;
  readonly cspReportOnly: PerClass;
  readonly nosniff: PerClass;
  readonly referrerPolicy: PerClass;
  readonly frameOptions: PerClass;
  readonly coop: PerClass;
  readonly corp: PerClass;
  readonly permissionsPolicy: PerClass;
  readonly cacheControl: Readonly<Record<Audience, HeaderValue>>;
  /** Put into the head of every page as `<meta http-equiv="content-security-policy">`. */
  readonly cspMeta: string | null;
  /** Headers added to every answer, for example `server` and `x-powered-by`. */
  readonly banners: Readonly<Record<string, HeaderValue>>;
  readonly headerRules: readonly HeaderRule[];
  readonly cors: {
    /** `suffix` takes every origin that ends with the host's name, `prefix` every one that starts with it. */
    readonly mode: 'none' | 'star' | 'reflect' | 'null-origin' | 'suffix' | 'prefix' | 'listed';
    readonly credentials: boolean;
    /** Origins taken by `listed`. */
    readonly origins: readonly string[];
    /** Exact paths, or prefixes when they end with `*`. */
    readonly paths: readonly string[];
    readonly varies: boolean;
  };

  // Cookies and sign-in.
  /** Raw Set-Cookie values that anybody is given, by path (`*` for every path). */
  readonly anonymousCookies: Readonly<Record<string, readonly string[]>>;
  readonly session: {
    readonly cookieName: string;
    /** As they stand in Set-Cookie. */
    readonly attributes: readonly string[];
    /** Further raw Set-Cookie values that signing in gives. */
    readonly moreCookies: readonly string[];
    /** `any-password` signs in whoever names a known address. */
    readonly signIn: 'works' | 'refuses-everybody' | 'fails' | 'any-password' | 'page-instead';
    readonly signOut: 'ends' | 'keeps';
    /** `any-token` takes a made-up session for the first client. */
    readonly unknownToken: 'refuses' | 'any-token';
    /** `kept`: a session id that the browser brought along is kept when signing in. */
    readonly idAtSignIn: 'new' | 'kept';
    readonly tokenInBody: boolean;
    /** `tells`: says whether the address or the password was wrong. */
    readonly failureMessage: 'same' | 'tells';
    /** Refused sign-ins per address until 429; null for no limit. */
    readonly failuresMax: number | null;
    /** How long the limit holds, in seconds. */
    readonly lockSeconds: number;
    /** `open`: `next` may lead to another origin. */
    readonly next: 'same-origin' | 'open';
  };

  // Pages and assets.
  /** Raw HTML added to pages, by path (`*` for every page). */
  readonly inserts: Readonly<Record<string, PageInsert>>;
  /** Text appended to an asset, by its name without hash: `index.js`, `records.js`, `style.css` … Its hash changes with it. */
  readonly assetText: Readonly<Record<string, string>>;
  /** JSON merged into the public inline state of every page. */
  readonly inlineState: Readonly<Record<string, unknown>>;
  readonly sourceMaps: {
    /** Names of assets as in `assetText`. */
    readonly assets: readonly string[];
    readonly comment: 'none' | 'file' | 'inline' | 'header';
    readonly served: 'absent' | 'bare' | 'with-sources';
    /** Added to the first file of `sourcesContent`. */
    readonly sourceText: string;
  };
  /** Answers given as they stand, by path on portal.example (`/.env`) or by host and path (`api.portal.example/graphql`). */
  readonly extra: Readonly<Record<string, ExtraAnswer>>;
  readonly unknownPaths: 'not-found' | 'spa-fallback' | 'soft-404' | 'redirect-home';
  /** `echoed`: X-Forwarded-Host ends up in canonical links and redirects. */
  readonly forwardedHost: 'ignored' | 'echoed';
  readonly release: { readonly id: string; readonly header: boolean; readonly meta: boolean };

  // Errors.
  readonly errors: {
    readonly malformedJson: ErrorAnswer | null;
    readonly unknownRoute: ErrorAnswer | null;
    readonly unknownPage: ErrorAnswer | null;
    readonly badId: ErrorAnswer | null;
    readonly crash: ErrorAnswer | null;
    /** Paths at which the portal fails: 500 with an error id when sound. */
    readonly crashPaths: readonly string[];
  };
  readonly echo: readonly EchoRule[];

  // Who may see what.
  readonly access: {
    /** By path: `/app`, `/app/records`, `/app/records/{id}`, `/app/admin`. */
    readonly signedOutPages: Readonly<Record<string, SignedOutPage>>;
    /** By method and path: `GET /api/records`. */
    readonly signedOutApis: Readonly<Record<string, SignedOutApi>>;
    /** What a client of a tenant gets from its admin routes and pages. */
    readonly clientAsAdmin: 'refuses' | 'serves' | 'redirects-with-content';
    readonly otherTenant: {
      readonly read: 'refuses' | 'leaks' | 'leaks-once' | 'leaks-in-redirect' | 'leaks-in-error' | 'leaks-contact';
      readonly readPage: 'refuses' | 'leaks' | 'leaks-in-redirect';
      readonly list: 'scoped' | 'leaks' | 'leaks-by-query' | 'leaks-in-search' | 'leaks-total';
      readonly export: 'scoped' | 'leaks';
      /** `by-body`: a `tenant` in the body decides where the record goes. */
      readonly create: 'scoped' | 'by-body';
      readonly write: 'refuses' | 'writes' | 'writes-once' | 'writes-and-denies';
      readonly delete: 'refuses' | 'deletes' | 'deletes-and-denies';
      /** How a request for another tenant's record is refused. */
      readonly refusal: 'not-found' | 'forbidden' | 'no-content' | 'empty' | 'redirect';
    };
  };

  // Hosts.
  /** By host; also for those of `moreHosts`. */
  readonly edges: Readonly<Record<string, HostEdge>>;
  /** By host; a host without a rule serves the portal when it is one of its own, else it redirects. */
  readonly canonical: Readonly<Record<string, CanonicalRule>>;
  /** Further hosts with a sound edge; without a rule in `canonical` they redirect like www. */
  readonly moreHosts: readonly string[];
  readonly adminHost: { readonly signedOut: 'refuses' | 'serves'; readonly robots: HeaderValue };

  // Names.
  readonly dns: {
    readonly add: readonly DnsRecord[];
    /** Records taken out, by name and type: `portal.example CAA`. */
    readonly remove: readonly string[];
    readonly misbehaviours: Readonly<Record<string, DnsMisbehaviour>>;
    readonly authenticData: boolean;
  };

  // Trouble.
  readonly hostile: readonly HostileRule[];
  /** Added before an answer, by path (`*` for every path), in milliseconds. */
  readonly delaysMs: Readonly<Record<string, number>>;
}

type DeepPartial<Value> = Value extends readonly unknown[]
  ? Value
  : Value extends object
    ? { readonly [Key in keyof Value]?: DeepPartial<Value[Key]> }
    : Value;

/** What a case says: only what differs from the sound portal. Objects are merged, arrays are replaced. */
export type PartialSwitches = DeepPartial<Switches>;

const onEvery = (value: HeaderValue): PerClass => ({
  page: value,
  api: value,
  redirect: value,
  error: value,
  asset: value,
});

/** Two years. Source: hstspreload.org asks for one year at least; OWASP ASVS 5.0, 3.4.1. */
export const SOUND_HSTS = 'max-age=63072000; includeSubDomains';

/** Source: OWASP ASVS 5.0, 3.4.3 and 3.4.6. */
export const SOUND_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'";

const soundEdge = (host: string): HostEdge => ({
  tls: soundTls,
  certificate: soundCertificate([host]),
  plain: soundPlainHttp,
});

export const soundCanonical: CanonicalRule = {
  answer: 'redirect',
  to: 'https://portal.example',
  status: 301,
  keepsPath: true,
  keepsQuery: true,
  hops: 0,
};

export const edgeOf = (switches: Switches, host: string): HostEdge => switches.edges[host] ?? soundEdge(host);

export const soundSwitches: Switches = {
  hsts: onEvery(SOUND_HSTS),
  csp: onEvery(SOUND_CSP),
  cspReportOnly: onEvery(null),
  nosniff: onEvery('nosniff'),
  referrerPolicy: onEvery('strict-origin-when-cross-origin'),
  frameOptions: onEvery('DENY'),
  coop: onEvery('same-origin'),
  corp: onEvery('same-origin'),
  permissionsPolicy: onEvery('camera=(), geolocation=(), microphone=(), payment=()'),
  cacheControl: { public: 'no-cache', private: 'no-store', asset: 'public, max-age=31536000, immutable' },
  cspMeta: null,
  banners: {},
  headerRules: [],
  cors: { mode: 'none', credentials: false, origins: [], paths: ['*'], varies: true },
  anonymousCookies: {},
  session: {
    cookieName: '__Host-session',
    attributes: ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax'],
    moreCookies: [],
    signIn: 'works',
    signOut: 'ends',
    unknownToken: 'refuses',
    idAtSignIn: 'new',
    tokenInBody: false,
    failureMessage: 'same',
    failuresMax: 10,
    lockSeconds: 900,
    next: 'same-origin',
  },
  inserts: {},
  assetText: {},
  inlineState: {},
  sourceMaps: { assets: ['index.js'], comment: 'none', served: 'absent', sourceText: '' },
  extra: {},
  unknownPaths: 'not-found',
  forwardedHost: 'ignored',
  release: { id: 'r42', header: true, meta: true },
  errors: { malformedJson: null, unknownRoute: null, unknownPage: null, badId: null, crash: null, crashPaths: [] },
  echo: [],
  access: {
    signedOutPages: {},
    signedOutApis: {},
    clientAsAdmin: 'refuses',
    otherTenant: {
      read: 'refuses',
      readPage: 'refuses',
      list: 'scoped',
      export: 'scoped',
      create: 'scoped',
      write: 'refuses',
      delete: 'refuses',
      refusal: 'not-found',
    },
  },
  edges: {
    'portal.example': soundEdge(HOSTS.app),
    'www.portal.example': soundEdge(HOSTS.www),
    'api.portal.example': soundEdge(HOSTS.api),
    'admin.portal.example': soundEdge(HOSTS.admin),
  },
  canonical: { 'www.portal.example': soundCanonical },
  moreHosts: [],
  adminHost: { signedOut: 'refuses', robots: 'noindex, nofollow' },
  dns: { add: [], remove: [], misbehaviours: {}, authenticData: false },
  hostile: [],
  delaysMs: {},
};

/** Points whose keys are chosen by the case; every other key must be one of the sound state's. */
const OPEN_POINTS = new Set([
  'banners',
  'anonymousCookies',
  'inserts',
  'assetText',
  'inlineState',
  'extra',
  'access.signedOutPages',
  'access.signedOutApis',
  'canonical',
  'dns.misbehaviours',
  'delaysMs',
]);

const isPlainObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isOpen = (point: string): boolean =>
  [...OPEN_POINTS].some((open) => point === open || point.startsWith(`${open}.`)) ||
  /^edges\.[^.]+(\.[^.]+)*\.plain\.headers$/.test(point);

const merge = (base: unknown, change: unknown, point: string): unknown => {
  if (change === undefined) return base;
  if (!isPlainObject(base) || !isPlainObject(change)) return change;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(change)) {
    const inner = point === '' ? key : `${point}.${key}`;
    const known =
      base[key] ??
      (point === 'edges' ? soundEdge(key) : undefined) ??
      (point === 'canonical' ? soundCanonical : undefined);
    if (known === undefined && !(key in base) && !isOpen(point))
      throw new Error(`the portal has no switch named ${inner}`);
    merged[key] = merge(known, value, inner);
  }
  return merged;
};

/** The sound portal with the given differences. A misspelt point is an error: it must never pass for a sound portal. */
export const withSwitches = (change: PartialSwitches): Switches =>
  // holds because merge starts from a whole Switches and refuses keys that it does not have
  merge(soundSwitches, change, '') as Switches;
