import type { Given } from '../../model/given.ts';
import { parseUrl } from '../../parsers/url.ts';

/** The host that all names of the portal should lead to: the owner's word, else the address we were given. */
export const mainHostOf = ({ canonicalHost, url }: Given): string => canonicalHost ?? parseUrl(url)?.hostname ?? '';

/** The same name with and without `www`. */
export const isTwin = (one: string, other: string): boolean => one === `www.${other}` || other === `www.${one}`;
