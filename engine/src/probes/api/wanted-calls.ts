import { ofKind } from '../../model/observation.ts';
import { parseUrl } from '../../parsers/url.ts';
import { assetsAreSettled } from '../asset/wanted-assets.ts';
import type { View } from '../probe.ts';
import { isRiskyUrl } from '../risky-path.ts';
import { canonicalOrigin, isOnTarget } from '../target-urls.ts';

/** Addresses asked in one run. */
export const CALLS_MAX = 40;

/**
 * The target's own addresses that its scripts call.
 * Empty until every script was read: so the list is whole, and the same in every run.
 */
export function wantedCalls(view: Pick<View, 'given' | 'seen'>): readonly string[] {
  const { given, seen } = view;
  if (!assetsAreSettled(view)) return [];
  const called = ofKind('asset', seen).flatMap(({ calls }) => calls);
  const known = given.identityPath === null ? [] : [`${canonicalOrigin(given)}${given.identityPath}`];
  const pages = new Set(ofKind('page', seen).map(({ url }) => url));
  const wanted = [...called, ...known].flatMap((url) => {
    const parsed = parseUrl(url);
    if (parsed === undefined || !parsed.scheme.startsWith('http') || !isOnTarget(given, url)) return [];
    const plain = parsed.href.slice(0, parsed.href.length - parsed.fragment.length);
    return pages.has(plain) ? [] : [plain];
  });
  return [...new Set(wanted)].sort();
}

/** Those of them that do nothing when they are merely fetched: what other probes may try their inputs on. */
export const safeCalls = (view: Pick<View, 'given' | 'seen'>): readonly string[] =>
  wantedCalls(view).filter((url) => !isRiskyUrl(url));
