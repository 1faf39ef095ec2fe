import { createHash } from 'node:crypto';
import type { ObservationOf } from '../../model/observation.ts';
import { releaseSubject } from '../../model/subject.ts';
import { type ParsedHtml, parseHtml } from '../../parsers/html.ts';
import { parseUrl } from '../../parsers/url.ts';
import { AS_BROWSER, get, redirectOf } from '../ask.ts';
import { obstacleToAnswer } from '../obstacle.ts';
import { type Action, type Context, defineProbe, mark } from '../probe.ts';
import { canonicalHostOf, canonicalOrigin, endpointOf, isOnTarget } from '../target-urls.ts';
import { TRIES } from '../tries.ts';
import type { RawAnswer } from '../wire/wire.ts';
import { type Sign, statedRelease } from './release-signs.ts';
import { stackSigns } from './stack-signs.ts';

/** Redirects from `/` to the page that names the scripts: to a sign-in page, and once more. */
const HOPS_MAX = 3;
const BUNDLE_BYTES_MAX = 10_485_760;

/** Finds out which release answers: what it says of itself, or else what its bundle is. */
export default defineProbe<Action>({
  id: 'release',
  stage: 'outside',
  effect: 'looks',
  firstly: true,
  budgetMs: 40_000,
  templates: (given) => [
    {
      id: 'release/look',
      says: `GET ${canonicalOrigin(given)}/, up to ${HOPS_MAX} redirects, and its first script`,
      unit: 'requests',
      ceiling: (HOPS_MAX + 2) * TRIES,
    },
  ],
  plan: ({ given }) => {
    const origin = canonicalOrigin(given);
    return [
      {
        id: 'release',
        template: 'release/look',
        subjects: [releaseSubject(canonicalHostOf(given))],
        endpoint: endpointOf(origin),
        says: `GET ${origin}/`,
      },
    ];
  },
  async *run(_, context, signal) {
    const host = canonicalHostOf(context.given);
    const subject = releaseSubject(host);
    const { answer, url } = await landing(context, signal);
    const trouble = obstacleToAnswer(mark(context, subject, `${subject} look`), 'page', answer);
    if (trouble !== null) yield trouble;
    const html = answer.bytes.toString('utf8');
    const page = parseHtml(html, url);
    const assets = [...page.scripts, ...page.styles].map((file) => file.url);
    for (const { stack, from } of stackSigns(answer.headers, html, assets))
      yield {
        kind: 'stack-sign',
        ...mark(context, subject, `${subject} stack ${stack}`),
        host,
        stack,
        from,
      } satisfies ObservationOf<'stack-sign'>;
    if (answer.status >= 400 || trouble !== null) return;
    const sign = statedRelease(answer.headers, page.meta) ?? (await bundleRelease(page, url, context, signal));
    if (sign === null) return;
    yield {
      kind: 'release-sign',
      ...mark(context, subject, `${subject} sign`),
      host,
      ...sign,
    } satisfies ObservationOf<'release-sign'>;
  },
});

async function landing(context: Context, signal: AbortSignal): Promise<{ answer: RawAnswer; url: string }> {
  let url = `${canonicalOrigin(context.given)}/`;
  for (let hop = 0; ; hop += 1) {
    const answer = await context.wire.ask(get('release/look', url, { headers: AS_BROWSER }), signal);
    const next = redirectOf(answer, url);
    if (next === null || hop === HOPS_MAX || !isOnTarget(context.given, next)) return { answer, url };
    url = next;
  }
}

/**
 * Not keyed, unlike all other digests: two runs must name one release alike, and everybody may have these bytes.
 * Third parties' files change without a release, so they do not count.
 */
async function bundleRelease(
  page: ParsedHtml,
  url: string,
  context: Context,
  signal: AbortSignal,
): Promise<Sign | null> {
  const own = [...page.scripts, ...page.styles]
    .map((file) => file.url)
    .filter((file) => isOnTarget(context.given, file));
  const paths = own.map((file) => parseUrl(file)?.path ?? '').sort();
  const [bundle] = page.scripts.filter((script) => isOnTarget(context.given, script.url));
  if (paths.length === 0) return null;
  const hash = createHash('sha256').update(paths.join('\n'));
  if (bundle !== undefined) {
    const { status, bytes } = await context.wire.ask(
      get('release/look', bundle.url, { maxBytes: BUNDLE_BYTES_MAX, headers: [['Referer', new URL('/', url).href]] }),
      signal,
    );
    if (status === 200) hash.update(bytes);
  }
  return { value: hash.digest('hex').slice(0, 16), from: `digest of ${paths.length} assets` };
}
