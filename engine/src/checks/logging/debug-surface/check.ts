import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import { DEBUG_ENDPOINTS } from '../../../model/exposed-paths.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import { exposureSubject } from '../../../model/subject.ts';
import { parseUrl } from '../../../parsers/url.ts';
import { type Answer, isHtml, isOnTarget, isSignedPublic, tellsOnlyState } from '../../answers.ts';
import { answeredApiSubjects, canonicalOrigin, errorSubjects, pageSubjects } from '../../subjects.ts';

type ProblemId = 'debug-endpoint-served' | 'api-console-served' | 'debug-header-shown';

/** Where frameworks and servers put their consoles. The probe asks for these and no more. */
/** What a body really is (extractors/content-kind.ts). */
const PROBLEM_OF: Readonly<Record<string, ProblemId>> = {
  'php-info': 'debug-endpoint-served',
  'server-status': 'debug-endpoint-served',
  'graphql-playground': 'api-console-served',
  'graphql-schema': 'api-console-served',
};

/** Fields that look like debugging and are not: a release and a correlation id are meant to be seen. */
const MEANT_TO_BE_SEEN = /^header x-(?:app-version|error-(?:id|code|type)|wix-|drupal-)/;

const GUARD = {
  nginx: ['location ~ ^/(?:server-status|phpinfo\\.php|actuator|graphiql) { return 404; }'],
  apache: ['<Location "/server-status">', '  Require local', '</Location>'],
  cloudflare: ['Security → WAF → Custom rule, block:', 'starts_with(http.request.uri.path, "/actuator")'],
  next: ['if (process.env.NODE_ENV === "production") notFound();', 'at the top of every page made for debugging.'],
  vite: ['Nothing to do in Vite: take the route off the server.'],
  express: ["if (process.env.NODE_ENV !== 'production') app.use('/debug', debugRoutes);"],
  supabase: ['Dashboard → API → Data API: take `graphql_public` off the exposed schemas when it is not used.'],
  django: ['DEBUG = False', 'and no debug_toolbar in INSTALLED_APPS.'],
  laravel: ['APP_DEBUG=false', 'and Telescope and Horizon behind a gate.'],
} as const;

export default defineCheck({
  id: 'debug-surface',
  criterion: 'logging',
  title: 'Nothing that was made for debugging is open to strangers',
  why: 'Status pages, consoles and debug headers are made for those who run the portal; left open they show settings, keys and other visitors’ requests.',
  harms: ['data-exposure', 'broken-access-control', 'account-takeover'],
  requirements: ['LR-024', 'LR-071', 'LR-079'],
  sources: ['OWASP ASVS 5.0, 13.4.2', 'OWASP ASVS 5.0, 13.4.5', 'OWASP WSTG 4.2, CONF-05'],
  standards: { asvs: ['13.4.2', '13.4.5'], top10: ['A02'], cwe: [489, 215, 200], mvsp: ['3.3'] },
  cannotSee: [
    `Consoles at other addresses than the ${DEBUG_ENDPOINTS.length} that are tried.`,
    'Whether a GraphQL service answers questions about its schema: none is asked.',
    'Whether the description of an API is meant for everybody: you say so.',
  ],
  needs: ['http-exchange'],
  evidenceLivesDays: 7,
  problems: {
    'debug-endpoint-served': {
      severity: 'high',
      says: 'shows the inside of the server to everybody',
      breaks:
        'It shows settings with their keys, loaded modules, or what other visitors are asking for at this moment.',
      fix: ['Take it off the server, or let only addresses of your own reach it. Replace every key that it showed.'],
      fixIn: GUARD,
    },
    'api-console-served': {
      severity: 'medium',
      says: 'offers everybody a console to the API',
      breaks: 'A stranger reads every type and call of the API, and tries them from a comfortable page.',
      fix: ['Switch the console and the questions about the schema off in production.'],
      fixIn: {
        ...GUARD,
        express: ["new ApolloServer({ typeDefs, resolvers, introspection: process.env.NODE_ENV !== 'production' });"],
        next: ['createYoga({ graphiql: process.env.NODE_ENV !== "production" });'],
      },
    },
    'debug-header-shown': {
      severity: 'low',
      says: 'was made for debugging and is sent to everybody',
      breaks: 'Names of machines, queries and profiles tell an attacker how the portal is put together.',
      fix: ['Take the header out in production, or have the proxy in front remove it.'],
      fixIn: {
        nginx: ['proxy_hide_header X-Debug-Token;'],
        cloudflare: ['Transform Rules → Modify Response Header: Remove  X-Debug-Token'],
        express: ["res.removeHeader('X-Debug-Token');"],
        next: ['Take it out of `headers()` in next.config.js.'],
        laravel: ['APP_DEBUG=false'],
      },
    },
  },
  unlock: 'Let us open the start page, and ask for a few well-known addresses.',
  subjects: (given, seen) => [
    ...DEBUG_ENDPOINTS.map((path) => exposureSubject(`${canonicalOrigin(given)}${path}`)),
    ...pageSubjects(given, seen),
    ...answeredApiSubjects(given, seen),
    ...errorSubjects(given, seen),
  ],
  judge({ 'http-exchange': answers }, given) {
    const own = answers.filter(({ url }) => isOnTarget(url, given));
    const findings = own.flatMap((answer) => [...endpoint(answer), ...headers(answer)]);
    if (isNonEmpty(findings)) return fail(findings);
    const looked = own.filter(({ purpose }) => purpose === 'exposure');
    const broken = looked.find(({ status }) => status >= 500);
    if (broken !== undefined) return notVerified(`the server failed with ${broken.status}`);
    const unclear = own.find((answer) => isUnclear(answer) && !isSignedPublic(answer.url, given));
    if (unclear === undefined) return pass(answers);
    return notVerified(
      unclear.content === 'openapi'
        ? 'the description of the API is open to everybody: sign it as public, or guard it'
        : `something is served there (${unclear.content}): take it away, or sign it as public`,
    );
  },
});

const isServed = ({ status }: Answer) => status >= 200 && status < 300;

function endpoint(answer: Answer): Finding<ProblemId>[] {
  if (!isServed(answer)) return [];
  // Spring's settings are JSON like any other, but for this name.
  const isSettings = answer.purpose === 'exposure' && /(?:^|[{,])propertySources:/.test(answer.bodyShape ?? '');
  const problem = isSettings ? 'debug-endpoint-served' : PROBLEM_OF[answer.content];
  if (problem === undefined) return [];
  return [
    {
      problem,
      subject: answer.subject,
      detail: `status ${answer.status}, ${isSettings ? 'settings of the application' : answer.content}`,
      evidence: [{ observation: answer.id, pointer: isSettings ? '/bodyShape' : '/content' }],
    },
  ];
}

/** One for each header of a host: that many answers carry it is one cause. Well-known addresses are asked for their content. */
function headers(answer: Answer): Finding<ProblemId>[] {
  if (answer.purpose === 'exposure') return [];
  return answer.leaks.flatMap(({ is, at }, index) =>
    at.startsWith('header ') && (is === 'debug-header' || is === 'private-address') && !MEANT_TO_BE_SEEN.test(at)
      ? [
          {
            problem: 'debug-header-shown',
            subject: `${at} of ${parseUrl(answer.url)?.hostname}`,
            detail: is === 'private-address' ? 'an inner address' : 'a name that debuggers and frameworks use',
            evidence: [{ observation: answer.id, pointer: `/leaks/${index}` }],
          },
        ]
      : [],
  );
}

/** A portal that answers every address has a page or an error for it; anything else is there on purpose or by mistake. */
function isUnclear(answer: Answer): boolean {
  if (!isServed(answer)) return false;
  if (answer.content === 'openapi') return true;
  if (answer.purpose !== 'exposure' || isHtml(answer) || answer.content === 'empty') return false;
  return !tellsOnlyState(answer.bodyShape);
}
