import type { Canary } from '../extractors/canary-hits.ts';
import { contentKind } from '../extractors/content-kind.ts';
import { dataSigns } from '../extractors/data-signs.ts';
import { exchangeFacts } from '../extractors/exchange-facts.ts';
import { leakMarks } from '../extractors/leak-marks.ts';
import type { ObservationOf, Purpose } from '../model/observation.ts';
import { redirectOf } from './ask.ts';
import { bodyText } from './body-text.ts';
import { type Context, mark } from './probe.ts';
import { masked } from './true-urls.ts';
import type { RawAnswer } from './wire/wire.ts';

type HttpExchange = ObservationOf<'http-exchange'>;

export interface Asked {
  readonly subject: string;
  readonly id: string;
  readonly purpose: Purpose;
  readonly method?: string;
  readonly url: string;
  readonly hop?: number;
  readonly chainEnd?: HttpExchange['chainEnd'];
  readonly canaries?: readonly Canary[];
}

/** The one place where an answer becomes an observation: its bytes go no further. */
export function exchangeSeen(context: Context, asked: Asked, answer: RawAnswer): HttpExchange {
  const { subject, id, purpose, method = 'GET', url, hop = 0, chainEnd = null, canaries = [] } = asked;
  const text = { status: answer.status, headers: answer.headers, body: bodyText(answer) };
  const redirectTo = redirectOf(answer, url);
  return {
    kind: 'http-exchange',
    ...mark(context, subject, id),
    ...exchangeFacts({ ...text, bytes: answer.bytes.length, cut: answer.cut }, canaries, context.digest),
    purpose,
    method,
    url: masked(context, url),
    address: answer.address,
    hop,
    chainEnd,
    redirectTo: redirectTo === null ? null : masked(context, redirectTo),
    content: contentKind(text),
    data: dataSigns(text),
    leaks: leakMarks(text),
    waitMs: answer.waitMs,
  };
}

export const isHtml = (essence: string | null): boolean =>
  essence === 'text/html' || essence === 'application/xhtml+xml';
