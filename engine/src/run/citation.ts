import type { Evidence } from '../model/check.ts';
import type { Observation } from '../model/observation.ts';

/** Longest cited part of an observation, characters. Source: design rule 8 (4 KiB for all of them). */
const CITED_CHARS_MAX = 1_000;
const PARTS_MAX = 4;

/** What an observation was, and the cited parts of it, as text. Everything in an observation is redacted already. */
export function citationOf(observation: Observation, evidence: readonly Evidence[]) {
  const pointers = [...new Set(evidence.flatMap(({ pointer }) => (pointer === undefined ? [] : [pointer])))];
  return {
    excerpt: headline(observation),
    cited: Object.fromEntries(
      pointers
        .slice(0, PARTS_MAX)
        .map((pointer) => [pointer, text(valueAt(observation, pointer)).slice(0, CITED_CHARS_MAX)]),
    ),
  };
}

function headline(one: Observation): string {
  switch (one.kind) {
    case 'http-exchange':
      return `${one.method} ${one.url} answered ${one.status}${one.redirectTo === null ? '' : ` to ${one.redirectTo}`} (${one.content}, ${one.bodyBytes} bytes)`;
    case 'crossing-step':
      return `round ${one.round}, ${one.step}: ${one.method} ${one.path} as ${one.as} answered ${one.status}; ${one.hits.map(({ of, field }) => `${of} in ${field}`).join(', ') || 'no canary'}`;
    case 'page':
      return `page ${one.url}: ${one.status}, ${one.scripts.length} scripts, ${one.forms.length} forms, ${one.links.length} links`;
    case 'asset':
      return `${one.form} ${one.url}: ${one.status}, ${one.bytes} bytes read, ${one.bytesSkipped} skipped`;
    case 'tls-offer':
      return `${one.host}:${one.port} accepts ${one.versions.flatMap(({ version, is }) => (is === 'accepted' ? [version] : [])).join(', ') || 'nothing'} (${one.handshakes} handshakes)`;
    case 'tls-chain':
      return `${one.host}:${one.port} sent ${one.sent.length} certificates over ${one.protocol}; trust: ${one.trust}`;
    case 'dns-answer':
      return `${one.host} ${one.type}: ${one.is}${one.records.length > 0 ? ` ${one.records.join(', ')}` : ''}`;
    case 'release-sign':
      return `release ${one.value} (${one.from})`;
    case 'stack-sign':
      return `${one.stack} (${one.from})`;
    case 'signed-in':
      return `${one.account} of ${one.tenant} signed in, proved at ${one.identityAt}`;
    case 'object-route':
      return `${one.method} ${one.path} serves ${one.object} ${one.objectId} of ${one.owner}`;
    case 'cleaned-up':
      return `${one.object} ${one.objectId} of ${one.owner} is ${one.gone ? 'gone' : 'still there'}`;
    case 'ownership-proof':
      return `ownership of ${one.host} proved by ${one.from} for ${one.effects.join(', ')} until ${one.expires}`;
  }
}

/** The value a JSON Pointer (RFC 6901) leads to; undefined when it leads nowhere. */
export function valueAt(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
      value,
    );
}

const text = (value: unknown): string =>
  Array.isArray(value) && value.every((part) => typeof part === 'string')
    ? value.join(': ')
    : typeof value === 'string'
      ? value
      : (JSON.stringify(value) ?? 'nothing');
