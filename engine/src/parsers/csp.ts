/** One policy: directive names in lower case, each with its values as they stand. Source: CSP Level 3, section 2.2. */
export type Policy = ReadonlyMap<string, readonly string[]>;

const FIELD_CHARACTERS_MAX = 32_768;

/** The policies of all Content-Security-Policy fields of an answer; a comma begins another policy. Source: CSP3, section 2.2.2. */
export function parsePolicies(values: readonly string[]): Policy[] {
  return values
    .join(',')
    .slice(0, FIELD_CHARACTERS_MAX)
    .split(',')
    .map(parsePolicy)
    .filter((policy) => policy.size > 0);
}

/** Of two directives of one name the first counts: CSP3, section 2.2.1. */
function parsePolicy(text: string): Policy {
  const policy = new Map<string, readonly string[]>();
  for (const directive of text.split(';')) {
    const [name = '', ...values] = directive.split(/[\t\n\f\r ]/).filter((word) => word !== '');
    if (name !== '' && !policy.has(name.toLowerCase())) policy.set(name.toLowerCase(), values);
  }
  return policy;
}

/** Where a missing fetch directive looks next. Source: CSP3, section 6.8.3. */
const FALLBACKS: Readonly<Record<string, readonly string[]>> = {
  'script-src': ['default-src'],
  'script-src-elem': ['script-src', 'default-src'],
  'script-src-attr': ['script-src', 'default-src'],
  'style-src': ['default-src'],
  'style-src-elem': ['style-src', 'default-src'],
  'style-src-attr': ['style-src', 'default-src'],
  'worker-src': ['child-src', 'script-src', 'default-src'],
  'frame-src': ['child-src', 'default-src'],
  'child-src': ['default-src'],
  'connect-src': ['default-src'],
  'font-src': ['default-src'],
  'img-src': ['default-src'],
  'manifest-src': ['default-src'],
  'media-src': ['default-src'],
  'object-src': ['default-src'],
};

/** The values that rule for a directive, its own or inherited; undefined when nothing restricts it. `base-uri`, `form-action` and `frame-ancestors` inherit from none. */
export function effectiveDirective(policy: Policy, name: string): readonly string[] | undefined {
  const ruling = [name, ...(FALLBACKS[name] ?? [])].find((one) => policy.has(one));
  return ruling === undefined ? undefined : policy.get(ruling);
}

/** True when the list lets nothing load: empty, or only `'none'`. */
export function allowsNothing(sources: readonly string[]): boolean {
  return sources.every((source) => source.toLowerCase() === "'none'");
}

/** Hosts that serve anybody's script or a script gadget (JSONP, an old AngularJS). Source: google/csp-evaluator, allowlist_bypasses; Weichselbaum et al., "CSP Is Dead", 2016. */
export const GADGET_HOSTS: readonly string[] = [
  'accounts.google.com',
  'ajax.googleapis.com',
  'ajax.aspnetcdn.com',
  'api.twitter.com',
  'cdn.jsdelivr.net',
  'cdn.skypack.dev',
  'cdn.statically.io',
  'cdnjs.cloudflare.com',
  'code.angularjs.org',
  'esm.run',
  'esm.sh',
  'ga.jspm.io',
  'gist.githack.com',
  'gstatic.com',
  'maps.googleapis.com',
  'pagead2.googlesyndication.com',
  'raw.githack.com',
  'raw.githubusercontent.com',
  'storage.googleapis.com',
  'translate.googleapis.com',
  'translate.yandex.net',
  'unpkg.com',
  'www.google.com',
  'www.googleapis.com',
  'www.googletagmanager.com',
  'www.gstatic.com',
  'yastatic.net',
  'yandex.st',
];
/** Paths that pin no file of such a host: whoever can publish there can use them. */
const OPEN_PATHS = new Set(['', '/', '/npm/', '/gh/', '/ajax/', '/ajax/libs/', '/recaptcha/', '/gtag/', '/complete/']);

/** What the policies of an answer, taken together, let run as script. A browser needs the consent of every policy. */
export interface ScriptFacts {
  readonly allowsInline: boolean;
  /** `onclick=` and the like. */
  readonly allowsInlineHandlers: boolean;
  readonly allowsEval: boolean;
  /** `'strict-dynamic'` with a nonce or a hash to start from, in some policy. */
  readonly strictDynamic: boolean;
  /** Nonces and hashes that stand in the policies. */
  readonly nonces: readonly string[];
  readonly hashes: number;
  /** Sources that let any site in: `*`, `https:`, `data:`, `*.com`. */
  readonly broadSources: readonly string[];
  /** Sources that let a host with known gadgets in. */
  readonly gadgetSources: readonly string[];
}

/** Judges `script-src` as a browser does. Source: CSP3, sections 6.7.1 to 6.7.3. No policy allows all. */
export function scriptFacts(policies: readonly Policy[]): ScriptFacts {
  const lists = policies.map((policy) => ({
    elements: effectiveDirective(policy, 'script-src-elem'),
    handlers: effectiveDirective(policy, 'script-src-attr'),
    scripts: effectiveDirective(policy, 'script-src'),
  }));
  const all = lists.flatMap(({ elements, scripts }) => [...(elements ?? []), ...(scripts ?? [])]);
  const reach = lists.map(({ elements }) => loadable(elements));
  const closed = reach.some((sources) => !sources.some((source) => isBroad(source)));
  return {
    allowsInline: lists.every(({ elements }) => elements === undefined || allowsInline(elements)),
    allowsInlineHandlers: lists.every(({ handlers }) => handlers === undefined || allowsInline(handlers)),
    allowsEval: lists.every(({ scripts }) => scripts === undefined || has(scripts, "'unsafe-eval'")),
    strictDynamic: lists.some(({ elements }) => elements !== undefined && isStrictDynamic(elements)),
    nonces: [...new Set(all.filter((source) => NONCE.test(source)))].slice(0, 20),
    hashes: new Set(all.filter((source) => HASH.test(source))).size,
    broadSources: closed ? [] : unique(reach.flatMap((sources) => sources.filter(isBroad))),
    gadgetSources: unique(
      GADGET_HOSTS.filter((host) =>
        reach.every((sources) => sources.some((source) => isBroad(source) || admits(source, host))),
      ).flatMap((host) =>
        reach.flatMap((sources) => sources.filter((source) => !isBroad(source) && admits(source, host))),
      ),
    ),
  };
}

const NONCE = /^'nonce-[A-Za-z0-9+/_=-]{1,512}'$/i;
const HASH = /^'sha(?:256|384|512)-[A-Za-z0-9+/_=-]{1,128}'$/i;

const has = (sources: readonly string[], keyword: string) => sources.some((source) => source.toLowerCase() === keyword);
const isTrusting = (source: string) => NONCE.test(source) || HASH.test(source);
const isStrictDynamic = (sources: readonly string[]) => has(sources, "'strict-dynamic'") && sources.some(isTrusting);
const unique = (texts: readonly string[]) => [...new Set(texts)].map((text) => text.slice(0, 300)).slice(0, 50);

/** A nonce, a hash or `'strict-dynamic'` switches `'unsafe-inline'` off: CSP3, section 6.7.3.2. */
function allowsInline(sources: readonly string[]): boolean {
  return has(sources, "'unsafe-inline'") && !sources.some(isTrusting) && !has(sources, "'strict-dynamic'");
}

/** The host and scheme sources that count; `'strict-dynamic'` switches them off. Nothing said is everything allowed. */
function loadable(sources: readonly string[] | undefined): readonly string[] {
  if (sources === undefined) return ['*'];
  return has(sources, "'strict-dynamic'") ? [] : sources.filter((source) => !source.startsWith("'"));
}

function isBroad(source: string): boolean {
  const text = source.toLowerCase();
  if (/^[a-z][a-z0-9+.-]{0,30}:$/.test(text)) return true;
  const host = hostOf(text);
  // `*.com` lets in whoever buys a name; `*.portal.example` does not.
  return host === '*' || /^\*\.[a-z0-9-]{1,63}$/.test(host);
}

const hostOf = (source: string) =>
  /^(?:[a-z][a-z0-9+.-]{0,30}:\/\/)?([^/:?#]{1,300})/.exec(source.toLowerCase())?.[1] ?? '';

function admits(source: string, host: string): boolean {
  const pattern = hostOf(source);
  const path = /^(?:[a-z][a-z0-9+.-]{0,30}:\/\/)?[^/?#]{1,310}(\/[^?#]{0,1000})?/i.exec(source)?.[1] ?? '';
  if (!OPEN_PATHS.has(path)) return false;
  return pattern === host || (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)));
}
