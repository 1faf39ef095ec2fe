import { maskUrl } from '../extractors/redact.ts';
import type { Context } from './probe.ts';

/** Addresses met in one run, in memory only: what a record shows of them may be masked, and is not what must be asked for. */
const MET = new WeakMap<Context['wire'], Map<string, string>>();

/** Enough for every page and file of a run, and no more than a hostile page should be able to fill. */
const MET_MAX = 20_000;

/** How an address stands in the record. The first one that looks so there is the one that is remembered. */
export function masked(context: Context, url: string): string {
  const shown = maskUrl(url);
  if (shown === url) return url;
  const met = MET.get(context.wire) ?? new Map<string, string>();
  MET.set(context.wire, met);
  if (met.size < MET_MAX && !met.has(shown)) met.set(shown, url);
  return shown;
}

/** The address to ask for, for one that stands in the record. */
export const trueUrl = (context: Context, shown: string): string => MET.get(context.wire)?.get(shown) ?? shown;

/** Whether anything was hidden in what the record shows. Only then are the addresses themselves worth a second reading. */
export const anyMasked = (shown: readonly string[]): boolean => shown.some((url) => url.includes('(masked)'));
