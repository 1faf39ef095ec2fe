import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getDomain } from 'tldts';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { InputError } from '../model/errors.ts';
import type { Given, TargetHost } from '../model/given.ts';
import { type TargetAccount, TargetFile } from '../model/target.ts';
import type { SignInRecipe } from '../probes/sessions.ts';
import type { Network, PacingSettings } from '../run/review.ts';
import type { Io } from './io.ts';

export const TARGET_FILE = 'launch-ready.yaml';

/** What a command knows of its target: facts for judging, and apart from them what no record may hold. */
export interface LoadedTarget {
  readonly given: Omit<Given, 'judgedAt'>;
  readonly recipes: ReadonlyMap<string, SignInRecipe>;
  readonly network: Network;
  readonly pacing: PacingSettings;
  /** The moment it is taken to be, in a rehearsal. */
  readonly clock: string | null;
  /** The file it came from; null when only an address was given. */
  readonly file: string | null;
}

/** From an address, or from the named target file, or from the one in the current folder. */
export function loadTarget(url: string | undefined, file: string | undefined, io: Io): LoadedTarget {
  if (url !== undefined && file !== undefined)
    throw new InputError('usage', 'give an address or --target, not both: a target file names its address');
  if (url !== undefined)
    return fromFile({ version: 1, target: { name: hostOf(url), url, environment: 'production' } }, null, io);
  const name = path.resolve(io.cwd, file ?? TARGET_FILE);
  if (!existsSync(name)) {
    const how =
      file === undefined
        ? `Give an address (launch-ready check https://portal.example) or make one: launch-ready init https://portal.example`
        : '';
    throw new InputError('target-file-missing', `there is no ${file ?? TARGET_FILE} here. ${how}`.trim());
  }
  return fromFile(yamlIn(name), name, io);
}

function yamlIn(name: string): unknown {
  let text: string;
  try {
    text = readFileSync(name, 'utf8');
  } catch (cause) {
    throw new InputError('target-file-missing', `${name} cannot be read as a file`, { cause });
  }
  const document = parseDocument(text);
  const [wrong] = document.errors;
  if (wrong) throw new InputError('target-file-invalid', `${name} is no YAML: ${wrong.message}`, { cause: wrong });
  try {
    // Without aliases: a few lines of them stand for gigabytes.
    return document.toJS({ maxAliasCount: 0 });
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause;
    throw new InputError('target-file-invalid', `${name}: write values out, aliases (*name) are not read`, { cause });
  }
}

function hostOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol) || parsed.hostname === '')
    throw new InputError(
      'target-url-invalid',
      `${JSON.stringify(url.slice(0, 200))} is no address of a portal: it must begin with https:// (or http://)`,
    );
  if (parsed.username !== '' || parsed.password !== '')
    throw new InputError('target-url-invalid', 'an address must hold no user name and no password');
  return parsed.host;
}

function fromFile(raw: unknown, file: string | null, io: Io): LoadedTarget {
  const parsed = TargetFile.safeParse(raw);
  if (!parsed.success)
    throw new InputError(
      'target-file-invalid',
      `${file ?? 'the address'} does not fit:\n${z.prettifyError(parsed.error)}`,
      {
        cause: parsed.error,
      },
    );
  const { target, accounts, objects, identityPath, scope, network, pacing, consent } = parsed.data;
  hostOf(target.url);
  const url = new URL(target.url);
  const paths = [...new Set(['/', ...target.paths, url.pathname])];
  const at = (day: string) => `${day}T00:00:00.000Z`;
  const given: LoadedTarget['given'] = {
    name: target.name,
    url: url.href,
    environment: target.environment,
    hosts: hostsOf(url, target.hosts, file !== null),
    canonicalHost: target.canonicalHost ?? null,
    paths,
    accounts: accounts.map(({ name, tenant, role }) => ({ name, tenant, role })),
    objects,
    identityPath: identityPath ?? null,
    scope: scope.map(({ check, subject, because, signedBy, signedAt, expires }) => ({
      check,
      ...(subject === undefined ? {} : { subject }),
      because,
      signedBy,
      signedAt: at(signedAt),
      expires: at(expires),
    })),
    public: parsed.data.public.map((line) => ({ ...line, signedAt: at(line.signedAt) })),
    consent: consent?.effects ?? [],
    rehearsal: network !== undefined,
  };
  if (accounts.length > 0 && identityPath === undefined)
    throw new InputError(
      'target-file-invalid',
      `${file}: accounts need an identityPath, the route that answers who is signed in`,
    );
  return {
    given,
    recipes: new Map(accounts.map((account) => [account.name, recipeOf(account, identityPath ?? '', io)])),
    network: {
      resolver: network?.resolver ?? null,
      trust: network?.ca === undefined ? [] : certificatesIn(network.ca, file),
      connect: network?.connect ?? {},
    },
    pacing,
    clock: network?.clock ?? null,
    file,
  };
}

/** An address alone stands for its host, and for its www or bare sibling where the name is a domain of its own. */
function hostsOf(url: URL, named: readonly TargetHost[], fromFile: boolean): TargetHost[] {
  const host = url.hostname;
  const own = named.some((one) => one.host === host) ? [] : [{ host, role: 'app' as const }];
  const bare = host.replace(/^www\./, '');
  const sibling = getDomain(bare) === bare ? [bare, `www.${bare}`].filter((one) => one !== host) : [];
  return [...own, ...named, ...(fromFile ? [] : sibling.map((one) => ({ host: one, role: 'app' as const })))];
}

function recipeOf({ name, signIn }: TargetAccount, identityPath: string, io: Io): SignInRecipe {
  const filled = (value: string | { readonly env: string }): string => {
    if (typeof value === 'string') return value;
    const secret = io.env[value.env];
    if (secret === undefined || secret === '')
      throw new InputError(
        'credentials-missing',
        `account ${name} needs the environment variable ${value.env}, which is not set`,
      );
    return secret;
  };
  return {
    kind: 'json',
    path: signIn.path,
    body: Object.fromEntries(Object.entries(signIn.body).map(([key, value]) => [key, filled(value)])),
    identityPath,
    identity: filled(signIn.identity),
  };
}

function certificatesIn(ca: string, file: string | null): string[] {
  const inline = ca.includes('-----BEGIN');
  const from = path.resolve(file === null ? '.' : path.dirname(file), ca);
  if (!inline && !existsSync(from)) throw new InputError('target-file-invalid', `network.ca: there is no file ${from}`);
  const pem = inline ? ca : readFileSync(from, 'utf8');
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (found.length === 0) throw new InputError('target-file-invalid', 'network.ca holds no PEM certificate');
  return [...found];
}
