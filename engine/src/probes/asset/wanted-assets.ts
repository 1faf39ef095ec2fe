import type { ObservationOf } from '../../model/observation.ts';
import { assetSubject, pageSubject } from '../../model/subject.ts';
import { parseUrl } from '../../parsers/url.ts';
import { pagesAreSettled } from '../page/wanted-pages.ts';
import type { View } from '../probe.ts';
import { isOnTarget } from '../target-urls.ts';

export type Form = ObservationOf<'asset'>['form'];

export interface WantedAsset {
  readonly url: string;
  /** What it was asked for as; null when that is for the answer to say. */
  readonly form: Form | null;
  /** The page that leads to it: calls that it makes are relative to that. */
  readonly page: string;
}

/** Files read in one run. Large portals have some 150 chunks. */
export const ASSETS_MAX = 200;
/** Files beyond that which are still named as not read. */
export const ASSETS_NAMED_MAX = 1_000;
/** Scripts whose source map is looked for beside them, though they name none. */
const SIBLING_MAPS_MAX = 10;

/**
 * Every file that a browser would be given, in the order in which it is met: first what pages name, then what files name.
 * A later round only adds to the end, so that a file keeps its place.
 */
export function wantedAssets({ given, seen }: Pick<View, 'given' | 'seen'>): readonly WantedAsset[] {
  const wanted = new Map<string, WantedAsset>();
  let siblings = 0;
  const add = (url: string, form: Form | null, page: string) => {
    const parsed = parseUrl(url);
    if (parsed === undefined || !parsed.scheme.startsWith('http') || NEVER_READ.test(parsed.path)) return;
    const plain = parsed.href.slice(0, parsed.href.length - parsed.fragment.length);
    if (!wanted.has(plain) && wanted.size < ASSETS_NAMED_MAX) wanted.set(plain, { url: plain, form, page });
  };
  for (const one of seen) {
    if (one.kind === 'page') {
      for (const { url } of one.scripts) add(url, 'script', one.url);
      for (const { url } of one.styles) add(url, 'style', one.url);
    }
    if (one.kind !== 'asset') continue;
    const page = wanted.get(one.url)?.page ?? one.url;
    for (const url of one.loads) add(url, null, page);
    if (one.sourceMap !== null && one.sourceMap !== 'inline') add(one.sourceMap, 'source-map', page);
    else if (one.form === 'script' && one.sourceMap === null && one.status === 200 && isOnTarget(given, one.url)) {
      siblings += 1;
      if (siblings <= SIBLING_MAPS_MAX) add(mapBeside(one.url), 'source-map', page);
    }
  }
  return [...wanted.values()];
}

/** Pages and files were all read, or something stood in the way: what they name is all there is to know. */
export function assetsAreSettled(view: Pick<View, 'given' | 'seen'>): boolean {
  const subjects = new Set(view.seen.map(({ subject }) => subject));
  return pagesAreSettled(view, pageSubject) && wantedAssets(view).every(({ url }) => subjects.has(assetSubject(url)));
}

/** Pictures, fonts, sound: nothing in them is run, and no secret is typed into them. */
const NEVER_READ = /\.(?:avif|bmp|eot|gif|ico|jpe?g|mp[34]|ogg|otf|png|svg|ttf|wav|web[mp]|woff2?)$/i;

function mapBeside(script: string): string {
  const [path = ''] = script.split('?', 1);
  return `${path}.map`;
}
