import { errorSubject, pageSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { exchange, given, page } from '../../../testing/sightings.ts';
import check from './check.ts';

const url = 'https://portal.test/';
const STRICT = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

const html = (...policies: string[]) => ({
  responseHeaders: [
    ['content-type', 'text/html; charset=utf-8'],
    ...policies.map((policy) => ['Content-Security-Policy', policy]),
  ] as [string, string][],
  bodyBytes: 900,
});
const start = (...policies: string[]) => exchange(pageSubject(url), url, { purpose: 'page', ...html(...policies) });
const error = (...policies: string[]) =>
  exchange(errorSubject('an unknown route', `${url}launch-ready/no-such-page`), `${url}launch-ready/no-such-page`, {
    purpose: 'error',
    status: 404,
    ...html(...policies),
  });
const linked = (path: string, ...policies: string[]) =>
  exchange(pageSubject(`${url}${path}`), `${url}${path}`, { purpose: 'page', ...html(...policies) });

testCheck(check, given, {
  passes: {
    'a policy of self only': [start(STRICT), error(STRICT)],
    'a linked page has one as well': [
      start(STRICT),
      page(url, { links: [`${url}help`] }),
      linked('help', STRICT),
      error(STRICT),
    ],
    'a nonce with unsafe-inline for old browsers': [
      start(
        "script-src 'nonce-4AEemGb0xJptoIGFP3Nd' 'strict-dynamic' 'unsafe-inline' https:; object-src 'none'; base-uri 'self'",
      ),
      error(STRICT),
    ],
    'a hash with unsafe-inline for old browsers': [
      start(
        "script-src 'self' 'sha256-B2yPHKaXnvFWtRChIbabYmUBFZdVfKKXHbWtWidDVF8=' 'unsafe-inline'; object-src 'none'; base-uri 'none'",
      ),
      error(STRICT),
    ],
    'two policies that are strict together': [
      start("script-src 'self'", "base-uri 'none'; object-src 'none'"),
      error(STRICT),
    ],
    'addresses that only the page itself can make': [
      start("script-src 'self' blob:; object-src 'none'; base-uri 'none'"),
      error(STRICT),
    ],
    'styles within the page are no scripts': [start(`${STRICT}; style-src 'self' 'unsafe-inline'`), error(STRICT)],
    'an error that is no page': [
      start(STRICT),
      exchange(errorSubject('an unknown route', `${url}launch-ready/no-such-page`), url, {
        status: 404,
        content: 'json',
        bodyBytes: 40,
        responseHeaders: [['content-type', 'application/json']],
      }),
    ],
    'an empty error': [start(STRICT), { ...error(), bodyBytes: 0 }],
    'an error page that may run nothing at all': [start(STRICT), error("default-src 'none'")],
    'one policy of two lets no script run': [start("script-src 'none'", 'upgrade-insecure-requests'), error(STRICT)],
    'a redirect shows nothing itself': [
      exchange(pageSubject(url), url, { ...html(), status: 302, redirectTo: `${url}login` }),
      { ...start(STRICT), id: 'second hop', hop: 1 },
      error(STRICT),
    ],
    "a page of somebody else's at the end of a redirect": [
      start(STRICT),
      { ...start(), id: 'second hop', hop: 1, url: 'https://login.test/' },
      error(STRICT),
    ],
  },
  fails: {
    'no policy on a page': [[start(), error(STRICT)], ['csp-missing']],
    'no policy on an error page': [[start(STRICT), error()], ['csp-missing']],
    'no type, but a page all the same': [[{ ...start(), responseHeaders: [] }, error(STRICT)], ['csp-missing']],
    'an empty policy': [[start(' ; '), error(STRICT)], ['csp-missing']],
    'one that only reports': [
      [
        { ...start(), responseHeaders: [...html().responseHeaders, ['content-security-policy-report-only', STRICT]] },
        error(STRICT),
      ],
      ['csp-report-only'],
    ],
    'scripts within the page': [
      [start("default-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'"), error(STRICT)],
      ['csp-allows-inline-script'],
    ],
    'event handlers within the page': [
      [start(`${STRICT}; script-src-attr 'unsafe-inline'`), error(STRICT)],
      ['csp-allows-inline-script'],
    ],
    'a policy that speaks of other things': [
      [start("upgrade-insecure-requests; base-uri 'none'; object-src 'none'"), error(STRICT)],
      ['csp-allows-inline-script'],
    ],
    'any host by https': [
      [start("script-src 'self' https:; object-src 'none'; base-uri 'none'"), error(STRICT)],
      ['csp-allows-any-host'],
    ],
    'data addresses': [
      [start("script-src 'self' data:; object-src 'none'; base-uri 'none'"), error(STRICT)],
      ['csp-allows-any-host'],
    ],
    'a host with known gadgets': [
      [start("script-src 'self' https://cdn.jsdelivr.net; object-src 'none'; base-uri 'none'"), error(STRICT)],
      ['csp-known-bypass-host'],
    ],
    'base-uri inherits nothing': [
      [start("default-src 'none'; script-src 'self'"), error(STRICT)],
      ['csp-without-base-uri-or-object-src'],
    ],
  },
  notVerified: {
    'an edge asks whether we are a person': [
      start(STRICT),
      { ...error(), status: 403, responseHeaders: [...html().responseHeaders, ['cf-mitigated', 'challenge']] },
    ],
    'the error page was refused: too many requests': [start(STRICT), { ...error(), status: 429 }],
    'the server fails where an error was provoked': [start(STRICT), { ...error(), status: 500 }],
    'no error page was seen': [start(STRICT)],
    'a linked page with a query was never opened': [
      start(STRICT),
      page(url, { links: [`${url}article?id=5#top`] }),
      error(STRICT),
    ],
    'a linked page was never opened': [start(STRICT), page(url, { links: [`${url}help`] }), error(STRICT)],
  },
});
