import { assetFacts, type RawAsset } from '../../extractors/asset-facts.ts';
import { assetSubject } from '../../model/subject.ts';
import { parseScript } from '../../parsers/script.ts';
import { parseUrl, resolveUrl } from '../../parsers/url.ts';
import { get, headerOf, redirectOf } from '../ask.ts';
import { bodyText } from '../body-text.ts';
import { bytesSkipped } from '../bytes-skipped.ts';
import { exchangeSeen } from '../exchange-seen.ts';
import { obstacle, obstaclesOf } from '../obstacle.ts';
import { type Action, type Context, defineProbe, mark } from '../probe.ts';
import { canonicalOrigin, endpointOf } from '../target-urls.ts';
import { TRIES } from '../tries.ts';
import { anyMasked, masked, trueUrl } from '../true-urls.ts';
import type { RawAnswer } from '../wire/wire.ts';
import { ASSETS_MAX, type Form, wantedAssets } from './wanted-assets.ts';

interface Read extends Action {
  /** As it stands in the record. */
  readonly url: string;
  readonly page: string;
  readonly form: Form | null;
  readonly isBeyondCap: boolean;
}

const BYTES_MAX = 10_485_760;
/** Package mirrors redirect to a version, and once more to its file. */
const HOPS_MAX = 3;

/** Reads every file that a browser is given, wherever it lies, with the source maps beside scripts. */
export default defineProbe<Read>({
  id: 'asset',
  stage: 'outside',
  effect: 'looks',
  budgetMs: 60_000,
  templates: () => [
    {
      id: 'asset/read',
      says: `GET up to ${ASSETS_MAX} scripts, styles, manifests and source maps that pages and files name, on any host, with up to ${HOPS_MAX} redirects`,
      unit: 'requests',
      ceiling: ASSETS_MAX * TRIES,
    },
  ],
  plan: (view) =>
    wantedAssets(view).map(({ url, form, page }, place) => ({
      id: `asset ${url}`,
      template: 'asset/read',
      subjects: [assetSubject(url)],
      endpoint: endpointOf(url),
      says: `GET ${url}`,
      url,
      page,
      form,
      isBeyondCap: place >= ASSETS_MAX,
    })),
  async *run({ url: shown, form, page, isBeyondCap }, context, signal) {
    const subject = assetSubject(shown);
    if (isBeyondCap) {
      yield obstacle(mark(context, subject), 'budget-spent', `${ASSETS_MAX} files are read in one run`);
      return;
    }
    const headers = [['Referer', `${canonicalOrigin(context.given)}/`]] as const;
    const start = trueUrl(context, shown);
    let url = start;
    for (let hop = 0; ; hop += 1) {
      const answer = await context.wire.ask(get('asset/read', url, { headers, maxBytes: BYTES_MAX }), signal);
      const next = redirectOf(answer, url);
      const seen = exchangeSeen(context, { subject, id: `${subject} #${hop}`, purpose: 'asset', url, hop }, answer);
      yield seen;
      const troubles = obstaclesOf(seen, answer);
      yield* troubles;
      if (next !== null && hop < HOPS_MAX) {
        url = next;
        continue;
      }
      // What was read of a file that is too large is still looked at: one secret in it is enough.
      if (troubles.some(({ reason }) => reason !== 'too-large')) return;
      const read: RawAsset = {
        url: start,
        page: trueUrl(context, page),
        form: formOf(form, url, answer),
        status: answer.status,
        text: bodyText(answer),
        bytes: answer.bytes.length,
        bytesSkipped: bytesSkipped(answer),
      };
      const facts = assetFacts(read, context.digest);
      if (anyMasked([...facts.loads, ...facts.calls])) rememberUrls(read, context);
      yield {
        kind: 'asset',
        ...mark(context, subject, `${subject} read`),
        ...facts,
        sourceMap: facts.sourceMap ?? mapInHeader(url, answer, context),
      };
      return;
    }
  },
});

/** A map may be named in a header field instead (ECMA-426, section 11.1.2). */
function mapInHeader(url: string, { headers }: RawAnswer, context: Context): string | null {
  const named = headerOf(headers, 'sourcemap') ?? headerOf(headers, 'x-sourcemap');
  const map = named === undefined ? undefined : resolveUrl(named, url);
  return map === undefined ? null : masked(context, map);
}

function rememberUrls({ text, url, page }: RawAsset, context: Context): void {
  const { loads, calls } = parseScript(text, { url, page });
  for (const one of [...loads, ...calls]) masked(context, one);
}

/** What a file is, by how it was asked for, else by what the server calls it, else by its name. */
function formOf(asked: Form | null, url: string, { headers }: RawAnswer): Form {
  if (asked !== null) return asked;
  const type = headerOf(headers, 'content-type')?.toLowerCase() ?? '';
  const path = parseUrl(url)?.path ?? '';
  if (/\.map$/.test(path)) return 'source-map';
  if (/javascript|ecmascript/.test(type) || /\.m?js$/.test(path)) return 'script';
  if (type.startsWith('text/css') || /\.css$/.test(path)) return 'style';
  if (/manifest/.test(type) || /manifest[\w.-]{0,40}$/i.test(path)) return 'manifest';
  return type.startsWith('text/html') ? 'document' : 'data';
}
