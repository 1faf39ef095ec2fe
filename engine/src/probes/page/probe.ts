import { assetFacts } from '../../extractors/asset-facts.ts';
import { pageFacts } from '../../extractors/page-facts.ts';
import { pageSubject } from '../../model/subject.ts';
import { parseHtml } from '../../parsers/html.ts';
import { AS_BROWSER, get } from '../ask.ts';
import { bodyText, essenceOf } from '../body-text.ts';
import { bytesSkipped } from '../bytes-skipped.ts';
import { exchangeSeen, isHtml } from '../exchange-seen.ts';
import { type LeftAlone, leftAlone, obstacleOf } from '../left-alone.ts';
import { obstaclesOf } from '../obstacle.ts';
import { type Action, type Context, defineProbe, mark } from '../probe.ts';
import { canonicalOrigin, endpointOf } from '../target-urls.ts';
import { TRIES } from '../tries.ts';
import { anyMasked, masked, trueUrl } from '../true-urls.ts';
import { namedPages, PAGES_MAX, wantedPages } from './wanted-pages.ts';

interface Visit extends Action {
  /** As it stands in the record. */
  readonly url: string;
  readonly left: LeftAlone;
}

/** Visits the pages that a stranger comes to, and reads what they are made of. */
export default defineProbe<Visit>({
  id: 'page',
  stage: 'outside',
  effect: 'looks',
  budgetMs: 40_000,
  templates: (given) => [
    {
      id: 'page/visit',
      says: `GET ${canonicalOrigin(given)}/, and up to ${PAGES_MAX} pages of the target that links lead to`,
      unit: 'requests',
      ceiling: PAGES_MAX * TRIES,
    },
  ],
  plan: (view) =>
    wantedPages(view).map((url, place) => {
      const left = leftAlone(url, place, PAGES_MAX, namedPages(view.given));
      return {
        id: `page ${url}`,
        template: 'page/visit',
        subjects: [pageSubject(url)],
        endpoint: endpointOf(url),
        says: left === null ? `GET ${url}` : `nothing to ${url} (${left})`,
        url,
        left,
      };
    }),
  async *run({ url: shown, left }, context, signal) {
    const subject = pageSubject(shown);
    if (left !== null) {
      yield obstacleOf(left, mark(context, subject), PAGES_MAX, 'pages are read');
      return;
    }
    const url = trueUrl(context, shown);
    const answer = await context.wire.ask(get('page/visit', url, { headers: AS_BROWSER }), signal);
    const seen = exchangeSeen(context, { subject, id: `${subject} #0`, purpose: 'page', url }, answer);
    yield seen;
    const troubles = obstaclesOf(seen, answer);
    yield* troubles;
    if (!isHtml(essenceOf(answer)) || troubles.some(({ reason }) => reason === 'blocked')) return;

    const text = bodyText(answer);
    const { status } = answer;
    const page = pageFacts(text, url, status);
    // Nobody is shown the body of a redirect, yet everybody may read it: it is a file, and no page.
    if (seen.redirectTo === null) yield { kind: 'page', ...mark(context, subject, `${subject} facts`), ...page };
    const read = {
      url,
      page: url,
      form: 'document',
      status,
      text,
      bytes: answer.bytes.length,
      bytesSkipped: bytesSkipped(answer),
    } as const;
    const asset = assetFacts(read, context.digest);
    yield { kind: 'asset', ...mark(context, subject, `${subject} document`), ...asset };
    if (anyMasked([...page.links, ...asset.loads])) rememberUrls(text, url, context);
  },
});

function rememberUrls(text: string, url: string, context: Context): void {
  const { links, scripts, styles, preloads } = parseHtml(text, url);
  for (const one of [...links, ...preloads, ...[...scripts, ...styles].map((file) => file.url)]) masked(context, one);
}
