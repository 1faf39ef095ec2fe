import { criteria as facts, HARM_TITLES } from '../../model/criteria.ts';
import { CRITERIA, type Criterion, HARMS } from '../../model/criterion.ts';
import { RUN_RECORD_VERSION, RunRecord } from '../../model/run-record.ts';
import { assetSubject, entrySubject, routeSubject, signInSubject, tlsSubject } from '../../model/subject.ts';

/** What a portal could say to break out of a page, a terminal or a line: every text of the target may hold it. */
export const HOSTILE =
  '</script></style></title><img src=x onerror=alert(1)><svg onload=alert(2)>"\'`&amp; \u001b[2J\u001b]0;owned\u0007\u001b]52;c;ZXZpbA==\u0007 \u202etxt.exe\u2066 \u0000\u0008\u009b31m javascript:alert(3) =HYPERLINK("http://evil.example")';

interface SampleChoices {
  readonly standing?: RunRecord['standing']['is'];
  /** Puts HOSTILE into every text that a target has a say in. */
  readonly hostile?: boolean;
  /** Findings of one problem, besides the others. */
  readonly manyFindings?: number;
  /** Subjects without a verdict at one check. */
  readonly manyUnproved?: number;
  /** A run from which nothing was learned and in which nothing failed. */
  readonly empty?: boolean;
}

type Check = RunRecord['checks'][number];
type Finding = RunRecord['findings'][number];

const JUDGED_AT = '2026-07-29T14:09:12Z';
const RELEASE = 'v2.31.0+4f1c9e2';
const VANTAGE = 'laptop, Frankfurt';
const seenAt = (minute: number): string => `2026-07-29T14:0${minute}:11Z`;

/** A review of a portal that does not exist, rich enough to show every part of every report. */
export function sampleRecord({
  standing = 'deployed',
  hostile = false,
  manyFindings = 0,
  manyUnproved = 0,
  empty = false,
}: SampleChoices = {}): RunRecord {
  const evil = (text: string) => (hostile ? `${text} ${HOSTILE}` : text);
  const checks = empty ? [] : sampleChecks(manyUnproved, evil);
  const findings = empty ? [] : [...sampleFindings(evil), ...many(manyFindings)];
  const criteria = facts.map((row) => criterionOf(row.id, checks));
  const failing = criteria.filter(({ verdict }) => verdict === 'fail');
  const unseen = criteria.filter(({ verdict }) => verdict !== 'fail' && verdict !== 'pass');
  return RunRecord.parse({
    recordVersion: RUN_RECORD_VERSION,
    run: {
      tool: { name: 'launch-ready', version: '0.1.0' },
      id: '2026-07-29T14-03-07Z-9d2f',
      startedAt: '2026-07-29T14:03:07Z',
      endedAt: '2026-07-29T14:08:52Z',
      provenance: 'self-run',
      vantage: VANTAGE,
      egress: '203.0.113.24',
      cutShort: hostile ? evil('The target asked us to slow down.') : null,
      stages: [
        { stage: 'outside', is: 'done', because: null },
        { stage: 'inside', is: 'done', because: null },
        { stage: 'crossing', is: 'done', because: null },
        { stage: 'pressure', is: 'skipped', because: 'no consent in the target file' },
        { stage: 'drills', is: 'skipped', because: 'not part of this version yet' },
      ],
      sent: [
        {
          template: 'GET {scheme}://{host}{path}',
          says: 'Follow every way in to where it ends.',
          stage: 'outside',
          effect: 'looks',
          unit: 'requests',
          ceiling: 96,
          sent: 41,
        },
        {
          template: 'TLS ClientHello {host}:443',
          says: 'Offer each protocol version by itself.',
          stage: 'outside',
          effect: 'looks',
          unit: 'handshakes',
          ceiling: 60,
          sent: 34,
        },
        {
          template: 'DNS {type} {host}',
          says: 'Ask for addresses and aliases.',
          stage: 'outside',
          effect: 'looks',
          unit: 'queries',
          ceiling: 40,
          sent: 24,
        },
        {
          template: 'POST /api/session',
          says: 'Sign in with the test accounts.',
          stage: 'inside',
          effect: 'reads',
          unit: 'requests',
          ceiling: 12,
          sent: 6,
        },
        {
          template: 'PUT /api/records/{own id}',
          says: 'Plant a marker in an object of this run.',
          stage: 'crossing',
          effect: 'writes',
          unit: 'requests',
          ceiling: 24,
          sent: 8,
        },
      ],
      bytesReceived: 4_812_331,
      waitedMs: 48_120,
      wallMs: 345_000,
      left: [],
    },
    judgedAt: JUDGED_AT,
    target: {
      name: evil('Northwind client portal'),
      url: 'https://portal.northwind.example/',
      environment: 'staging',
      canonicalHost: 'portal.northwind.example',
      hosts: [
        { host: 'portal.northwind.example', role: 'app', addresses: ['198.51.100.7'] },
        { host: 'northwind.example', role: 'marketing', addresses: ['198.51.100.7'] },
      ],
      release: { value: evil(RELEASE), from: 'header x-release' },
      releaseChanged: false,
      stack: [
        { stack: 'nginx', from: 'header server' },
        { stack: 'next', from: 'path /_next/' },
        { stack: evil('cloudflare'), from: 'header cf-ray' },
      ],
      accounts: [
        { name: 'client@a', tenant: 'a', role: 'client' },
        { name: 'client@b', tenant: 'b', role: 'client' },
        { name: 'admin@a', tenant: 'a', role: 'admin' },
      ],
    },
    standing: {
      is: standing,
      because: {
        deployed: 'a public host with a certificate of a public authority',
        preview: 'the target is on this machine',
        rehearsal: 'names and certificates came from a world of the operator',
      }[standing],
    },
    verdict: empty
      ? {
          is: 'not_verified',
          sentence: 'Not verified: nothing failed, and 12 of 12 rows are not seen in full.',
          exitCode: 3,
          next: 'Add two test accounts: `launch-ready init`.',
        }
      : {
          is: 'not_ready',
          sentence: `Not ready: 2 gates are shut, ${failing.length} rows fail and ${unseen.length} are not seen in full. Worst: one client can read another client’s records.`,
          exitCode: 1,
          next: 'Fix the tenant filter on `/api/records/{id}`, deploy, and run `launch-ready check --only authorization`.',
        },
    gates: [
      {
        id: 'no-active-secret',
        title: 'No active secret is exposed',
        is: empty ? 'unknown' : 'shut',
        because: empty ? 'nothing was looked at' : '1 of 33 fails',
      },
      {
        id: 'no-access-bypass',
        title: 'No access bypass',
        is: empty ? 'unknown' : 'shut',
        because: empty ? 'nothing was looked at' : '2 found',
      },
      {
        id: 'mail-authenticates',
        title: 'SPF, DKIM and DMARC all pass',
        is: 'unknown',
        because: 'mail records and messages are not judged by this version yet',
      },
      {
        id: 'latency-under-500-ms',
        title: 'p95 under 500 ms',
        is: empty ? 'unknown' : 'open',
        because: empty ? 'nothing was looked at' : 'proved',
      },
      {
        id: 'alert-drill-fresh',
        title: 'An alert drill within 5 minutes, fresh',
        is: 'unknown',
        because: 'needs a timed drill',
      },
      {
        id: 'rollback-drill-fresh',
        title: 'A rollback drill within 15 minutes, fresh',
        is: 'unknown',
        because: 'the last drill is 121 days old',
      },
    ],
    harms: HARMS.map((id) => {
      const rows = facts.filter((row) => row.harms.includes(id)).map((row) => row.id);
      const by = (verdicts: readonly string[]) =>
        criteria.filter((one) => rows.includes(one.id) && verdicts.includes(one.verdict)).map((one) => one.id);
      return {
        id,
        title: HARM_TITLES[id],
        failing: by(['fail']),
        notTested: by(['not_verified', 'stale']),
        proved: by(['pass']),
      };
    }),
    criteria,
    checks,
    findings,
    notTested: empty
      ? []
      : facts
          .flatMap(({ openParts }) => openParts)
          .map(({ what, unlock }) => ({ what, because: 'no check of this version looks at it', unlock })),
    scope: empty
      ? []
      : [
          {
            check: 'exposed-path',
            subject: 'path https://northwind.example/press/*',
            because: evil('Press material, meant for everybody.'),
            signedBy: 'Dana Roth, owner',
            expires: '2026-12-31T00:00:00Z',
            lapsed: false,
          },
          {
            check: 'sign-in-throttle',
            subject: null,
            because: 'Tested by the identity provider.',
            signedBy: 'Dana Roth, owner',
            expires: '2026-06-30T00:00:00Z',
            lapsed: true,
          },
        ],
    pictures: empty ? { redirects: [], hosts: [] } : pictures(evil),
    observations: empty ? {} : observations(evil),
    limits: [
      'Seen from one place; a network filter or a regional edge may answer others differently.',
      'What only appears after a step-up sign-in was not seen.',
      'Times are those of the machine that ran the review.',
    ],
  });
}

function criterionOf(id: Criterion, checks: readonly Check[]): RunRecord['criteria'][number] {
  const row = facts[CRITERIA.indexOf(id)];
  if (row === undefined) throw new Error(`${id} has no facts`);
  const own = checks.filter(({ criterion }) => criterion === id);
  const verdict =
    (['fail', 'stale', 'not_verified'] as const).find((one) => own.some((check) => check.verdict === one)) ??
    (own.length > 0 ? 'pass' : 'not_verified');
  const sum = (pick: (check: Check) => number) => own.reduce((all, check) => all + pick(check), 0);
  const coverage = {
    expected: sum((check) => check.coverage.expected),
    proved: sum((check) => check.coverage.proved),
    failed: sum((check) => check.coverage.failed),
    unproved: own.flatMap((check) => check.coverage.unproved),
  };
  const worst = own.find((check) => check.verdict === verdict);
  return {
    id,
    title: row.title,
    passWhen: row.passWhen,
    why: row.why,
    breaks: row.breaks,
    method: row.method,
    fixPath: row.fixPath,
    requirements: [...row.requirements],
    standards: [...row.standards],
    verdict,
    because: worst === undefined ? row.unlock : worst.because,
    provenance: worst?.provenance ?? 'not tested',
    oldestSeenAt: worst?.oldestSeenAt ?? null,
    goodUntil: worst?.goodUntil ?? null,
    coverage,
    checks: own.map((check) => check.id),
    unlock: verdict === 'pass' ? null : row.unlock,
  };
}

function check(id: string, criterion: Criterion, title: string, own: Partial<Check>): Check {
  const coverage = own.coverage ?? { expected: 4, proved: 4, failed: 0, unproved: [] };
  return {
    id,
    criterion,
    title,
    why: 'It is one of the first things that a reviewer tries.',
    verdict: 'pass',
    because: null,
    provenance: 'measured',
    oldestSeenAt: seenAt(4),
    goodUntil: '2026-08-05T14:04:11Z',
    evidence: [{ observation: 'seen-1' }],
    harms: ['data-exposure'],
    requirements: ['LR-014'],
    sources: ['RFC 9110, 15.4'],
    standards: { asvs: ['8.2.2'], top10: ['A01'], cwe: [639], mvsp: ['3.3'] },
    cannotSee: ['What only appears after a step-up sign-in.'],
    unlock: null,
    ...own,
    coverage,
  };
}

function sampleChecks(manyUnproved: number, evil: (text: string) => string): Check[] {
  const timedOut = Array.from({ length: 12 }, (_, index) => ({
    subject: routeSubject('GET', `/api/reports/${index + 1}`, 'client@b'),
    because: 'timed out',
  }));
  const refused = ['/api/billing', '/api/audit'].map((path) => ({
    subject: routeSubject('GET', path, 'client@b'),
    because: evil('blocked by the edge'),
  }));
  const lots = Array.from({ length: manyUnproved }, (_, index) => ({
    subject: routeSubject('GET', `/api/objects/${index + 1}`, 'client@b'),
    because: index % 3 === 0 ? 'rate limited' : 'budget spent',
  }));
  return [
    check('anonymous-route', 'authentication', 'Protected routes answer nobody who is not signed in', {
      why: 'A page that opens without sign-in shows private data to anybody who finds its address.',
      verdict: 'not_verified',
      because: '31 of 33 proved; 2: blocked by the edge',
      coverage: { expected: 33 + lots.length, proved: 31, failed: 0, unproved: [...refused, ...lots] },
      standards: { asvs: ['8.3.1'], top10: ['A01'], cwe: [306], mvsp: ['3.3'] },
      unlock: 'Allow this run’s address at the edge for the length of the review.',
    }),
    check('other-tenant-object', 'authorization', 'No tenant reads or changes another tenant’s objects', {
      why: 'A portal looks fine until somebody tests another account.',
      verdict: 'fail',
      because: '18 of 32 proved; 2 fail; 12: timed out',
      harms: ['data-exposure', 'broken-access-control'],
      coverage: { expected: 32, proved: 18, failed: 2, unproved: timedOut },
      sources: ['OWASP ASVS 5.0, 8.2.2', 'OWASP API Security Top 10, API1:2023'],
      unlock: 'Raise the budget of the crossing stage, so that slow routes are waited for.',
    }),
    check('secret-in-asset', 'secrets', 'Nothing a browser is given holds a private key', {
      why: 'A key that was published once is compromised until it is rotated.',
      verdict: 'fail',
      because: '1 of 33 fails',
      coverage: { expected: 33, proved: 32, failed: 1, unproved: [] },
      standards: { asvs: ['13.3.1'], top10: ['A02'], cwe: [798, 540], mvsp: [] },
      harms: ['account-takeover'],
    }),
    check('https-redirect', 'https', 'Plain HTTP leads to HTTPS at once', {
      why: 'Whoever sits between can read and change what travels over plain HTTP.',
      verdict: 'fail',
      because: '5 of 8 proved; 2 fail; 1: timed out',
      coverage: {
        expected: 8,
        proved: 5,
        failed: 2,
        unproved: [{ subject: entrySubject('http://admin.northwind.example/'), because: 'timed out' }],
      },
      standards: { asvs: ['12.2.1'], top10: ['A04'], cwe: [319], mvsp: ['2.2'] },
    }),
    check('session-cookie-flags', 'https', 'Session cookies stay away from scripts and from plain HTTP', {
      why: 'A stolen session outlives every other control.',
      verdict: 'fail',
      because: '2 of 3 proved; 1 fails',
      coverage: { expected: 3, proved: 2, failed: 1, unproved: [] },
      standards: { asvs: ['3.3.1', '3.3.4'], top10: ['A04'], cwe: [614, 1004], mvsp: [] },
    }),
    check('tls-versions', 'https', 'Only TLS 1.2 and 1.3 are accepted', {
      coverage: { expected: 4, proved: 4, failed: 0, unproved: [] },
    }),
    check('error-disclosure', 'logging', 'Errors show nothing of the inside', {
      verdict: 'fail',
      because: '9 of 10 proved; 1 fails',
      coverage: { expected: 10, proved: 9, failed: 1, unproved: [] },
      standards: { asvs: ['16.5.1'], top10: ['A10'], cwe: [209], mvsp: [] },
    }),
    check('edge-recognised', 'edge', 'An edge with a WAF stands in front of every public host', {
      provenance: 'attested',
      coverage: { expected: 4, proved: 4, failed: 0, unproved: [] },
    }),
    check('rollback-drill', 'rollback', 'The previous release was restored within 15 minutes', {
      verdict: 'stale',
      because: 'seen 2026-03-30T09:12:00Z, good for 90 days',
      provenance: 'drilled',
      oldestSeenAt: '2026-03-30T09:12:00Z',
      goodUntil: '2026-06-28T09:12:00Z',
      coverage: { expected: 1, proved: 1, failed: 0, unproved: [] },
      harms: ['downtime'],
      unlock: 'Run the drill again: `launch-ready drill rollback`.',
    }),
    check('latency-p95', 'latency', 'Sign-in, list and record answer within 500 ms at p95', {
      coverage: { expected: 3, proved: 3, failed: 0, unproved: [] },
      harms: ['downtime'],
    }),
  ];
}

function finding(
  own: Omit<Finding, 'id' | 'prompt' | 'says' | 'fixFor'> & {
    readonly words: string;
    readonly fixFor?: Finding['fixFor'];
  },
): Finding {
  const { words, fixFor, ...rest } = own;
  const says = `${own.subject} ${words}`;
  const prompt = [
    'You are working on the source of a web portal. A review of the deployed portal found this problem:',
    '',
    says,
    `What it leads to: ${own.breaks}`,
    '',
    'Change the code so that it is gone, add a test that fails without the change, and touch nothing else.',
    ...own.fix.map((step, index) => `${index + 1}. ${step}`),
  ].join('\n');
  return { ...rest, says, fixFor: fixFor ?? null, id: `${own.problem} ${own.subject}`, prompt };
}

function sampleFindings(evil: (text: string) => string): Finding[] {
  const tenantFix = [
    'Look the object up by its id and by the tenant of the session, in one query:\nconst record = await db.record.findFirst({\n  where: { id: params.id, tenantId: session.tenantId },\n});\nif (record === null) return notFound();',
    'Answer 404 for an object of another tenant, exactly as for one that does not exist.',
    'Add a test with two tenants that asks for the other one’s id.',
  ];
  const crossing = {
    check: 'other-tenant-object',
    criterion: 'authorization' as const,
    problem: 'reads-other-tenant',
    severity: 'critical' as const,
    breaks: 'One client reads another client’s records, by changing a number in the address.',
    fix: tenantFix,
    words: 'hands over a record of tenant a',
  };
  return [
    finding({
      ...crossing,
      subject: routeSubject('GET', '/api/records/{id}', 'client@b'),
      detail: evil('200 with the marker of tenant a in `note`; confirmed in a fresh session'),
      evidence: [{ observation: 'crossing-1', pointer: '/hits/0' }, { observation: 'crossing-2' }],
    }),
    finding({
      ...crossing,
      subject: routeSubject('GET', '/api/records/{id}/export', 'client@b'),
      detail: '200 with the marker of tenant a in the file',
      evidence: [{ observation: 'crossing-2' }],
    }),
    finding({
      check: 'secret-in-asset',
      criterion: 'secrets',
      problem: 'private-key-in-asset',
      subject: evil(assetSubject('https://portal.northwind.example/_next/static/chunks/app-7c21.js')),
      severity: 'critical',
      words: 'holds a private key of Stripe',
      detail: '`sk_live_…` (32 characters), at byte 48,211',
      breaks: 'Whoever reads the script can move money and read customers at the payment provider.',
      fix: [
        'Rotate the key at the provider first: removing it from the file does not take it back.',
        'Read it on the server only, from an environment variable without the prefix `NEXT_PUBLIC_`.',
        'Build and deploy, then run this check again.',
      ],
      fixFor: 'next',
      evidence: [{ observation: 'asset-1', pointer: '/secrets/0' }],
    }),
    finding({
      check: 'https-redirect',
      criterion: 'https',
      problem: 'http-serves-content',
      subject: entrySubject('http://www.northwind.example/'),
      severity: 'high',
      words: 'serves the site over plain HTTP',
      detail: '200 text/html',
      breaks: 'Whoever sits between reads sign-ins and sessions.',
      fix: [
        'In the server block of port 80, answer nothing but a redirect:',
        'return 301 https://portal.northwind.example$request_uri;',
        '`nginx -t && nginx -s reload`',
      ],
      fixFor: 'nginx',
      evidence: [{ observation: 'seen-1', pointer: '/status' }],
    }),
    finding({
      check: 'https-redirect',
      criterion: 'https',
      problem: 'redirect-loop',
      subject: entrySubject('http://old.northwind.example/login'),
      severity: 'high',
      words: 'never ends: its redirects run in a circle',
      detail: null,
      breaks: 'Nobody who comes in this way can sign in.',
      fix: ['Let the edge and the server agree on one of them: send `X-Forwarded-Proto` and redirect on that only.'],
      evidence: [{ observation: 'seen-2' }],
    }),
    finding({
      check: 'session-cookie-flags',
      criterion: 'https',
      problem: 'cookie-without-secure',
      subject: signInSubject('client@a'),
      severity: 'high',
      words: 'sets a session cookie that can travel over plain HTTP',
      detail: 'cookie `sid` without `Secure`',
      breaks: 'A session is stolen on an open network.',
      fix: ['Add `Secure` where the cookie is set.'],
      evidence: [{ observation: 'sign-in-1' }],
    }),
    finding({
      check: 'error-disclosure',
      criterion: 'logging',
      problem: 'stack-trace',
      subject: 'error from broken-json at https://portal.northwind.example/api/session',
      severity: 'medium',
      words: 'shows a stack trace with paths of the server',
      detail: evil('node-stack-frame in the body'),
      breaks: 'An attacker learns versions, paths and the names of functions.',
      fix: ['Answer with a short message and an id, and keep the trace in the log.'],
      evidence: [{ observation: 'error-1', pointer: '/leaks/0' }],
    }),
    finding({
      check: 'tls-versions',
      criterion: 'https',
      problem: 'certificate-near-end',
      subject: tlsSubject('admin.northwind.example', 443),
      severity: 'low',
      words: 'has a certificate that ends within 30 days',
      detail: '19 days left',
      breaks: 'The admin area stops opening on the day it runs out.',
      fix: ['Renew it now, and let a job renew it from here on.'],
      evidence: [{ observation: 'seen-1' }],
    }),
  ];
}

function many(count: number): Finding[] {
  return Array.from({ length: count }, (_, index) =>
    finding({
      check: 'session-cookie-flags',
      criterion: 'https',
      problem: `cookie-problem-${index % 150}`,
      subject: `cookie c${index} of sign-in as client@a`,
      severity: 'low',
      words: 'lives longer than it needs to',
      detail: `${index} days`,
      breaks: 'A stolen session works for longer.',
      fix: ['Shorten `Max-Age`.'],
      evidence: [{ observation: 'sign-in-1' }],
    }),
  );
}

function pictures(evil: (text: string) => string): RunRecord['pictures'] {
  const home = { url: 'https://portal.northwind.example/', status: 200, address: '198.51.100.7' };
  const hop = (url: string, status: number) => ({ url, status, address: '198.51.100.7' });
  const row = {
    addresses: ['198.51.100.7'],
    published: true,
    port80: '301 to https://portal.northwind.example/',
    port443: '200',
    hsts: '365 days, subdomains',
    protocols: ['TLSv1.2' as const, 'TLSv1.3' as const],
    chain: 'complete',
  };
  const certificate = (host: string, notAfter: string) => ({
    subject: `CN=${host}`,
    issuer: 'Example CA R3',
    serial: '04:9a:11',
    notBefore: '2026-05-20T00:00:00Z',
    notAfter,
    names: [host],
    isCa: false,
    key: { type: 'ec', bits: 256 },
    signature: 'ecdsa-with-SHA256',
    selfSigned: false,
    fingerprint: 'ab'.repeat(32),
  });
  return {
    redirects: [
      { entry: home.url, hops: [home], end: 'landed', because: null },
      {
        entry: 'http://portal.northwind.example/',
        hops: [hop('http://portal.northwind.example/', 301), home],
        end: 'landed',
        because: null,
      },
      {
        entry: 'http://northwind.example/',
        hops: [hop('http://northwind.example/', 301), hop('https://northwind.example/', 302), home],
        end: 'landed',
        because: null,
      },
      {
        entry: 'https://www.northwind.example/',
        hops: [hop('https://www.northwind.example/', 301), hop('https://northwind.example/', 302), home],
        end: 'landed',
        because: null,
      },
      {
        entry: 'http://www.northwind.example/',
        hops: [hop('http://www.northwind.example/', 200)],
        end: 'landed',
        because: null,
      },
      {
        entry: 'http://old.northwind.example/login',
        hops: [
          hop('http://old.northwind.example/login', 301),
          hop('https://old.northwind.example/login', 302),
          hop('http://old.northwind.example/login', 301),
        ],
        end: 'loop',
        because: null,
      },
      {
        entry: 'https://go.northwind.example/',
        hops: [...Array.from({ length: 10 }, (_, index) => hop(`https://go.northwind.example/step/${index}`, 307))],
        end: 'too-long',
        because: null,
      },
      {
        entry: 'https://help.northwind.example/',
        hops: [hop('https://help.northwind.example/', 302)],
        end: 'left-scope',
        because: evil('leads to northwind.helpdesk.example, which is not a host of the target'),
      },
      { entry: 'http://admin.northwind.example/', hops: [], end: 'unseen', because: 'timed out' },
    ],
    hosts: [
      {
        ...row,
        host: 'portal.northwind.example',
        role: 'app',
        certificate: certificate('portal.northwind.example', '2026-09-30T00:00:00Z'),
        daysLeft: 62,
      },
      {
        ...row,
        host: 'www.northwind.example',
        role: 'marketing',
        port80: '200',
        hsts: 'none',
        certificate: certificate('www.northwind.example', '2026-09-30T00:00:00Z'),
        daysLeft: 62,
      },
      {
        ...row,
        host: 'admin.northwind.example',
        role: 'admin',
        port80: null,
        port443: evil('401'),
        certificate: certificate('admin.northwind.example', '2026-08-17T00:00:00Z'),
        daysLeft: 19,
      },
      {
        host: 'cdn.northwind.example',
        role: 'assets',
        addresses: [],
        published: false,
        port80: null,
        port443: null,
        hsts: null,
        protocols: null,
        chain: null,
        certificate: null,
        daysLeft: null,
      },
    ],
  };
}

function observations(evil: (text: string) => string): RunRecord['observations'] {
  const seen = (subject: string, kind: string, minute: number, excerpt: string) => ({
    subject,
    kind,
    seenAt: seenAt(minute),
    release: RELEASE,
    vantage: VANTAGE,
    excerpt: evil(excerpt),
    cited: { '/status': evil('200') },
  });
  const crossed = routeSubject('GET', '/api/records/{id}', 'client@b');
  return {
    'crossing-1': seen(
      crossed,
      'crossing-step',
      6,
      'GET /api/records/rec_01J8…\nas client@b\n\n200 application/json, 412 bytes\nfield `note`: marker of tenant a (raw)',
    ),
    'crossing-2': seen(
      crossed,
      'crossing-step',
      7,
      'round 2, fresh session\nGET /api/records/rec_01J8…\n200 application/json, 412 bytes\nfield `note`: rotated marker of tenant a (raw)',
    ),
    'asset-1': seen(
      assetSubject('https://portal.northwind.example/_next/static/chunks/app-7c21.js'),
      'asset',
      4,
      'rule stripe-secret-key\nhint sk_live_… (32 characters)\noffset 48211',
    ),
    'seen-1': seen(
      entrySubject('http://www.northwind.example/'),
      'http-exchange',
      4,
      'GET http://www.northwind.example/\n\n200\nserver: nginx\ncontent-type: text/html; charset=utf-8\ncontent-length: 18233',
    ),
    'seen-2': seen(
      entrySubject('http://old.northwind.example/login'),
      'http-exchange',
      4,
      '301 location: https://old.northwind.example/login\n302 location: http://old.northwind.example/login',
    ),
    'sign-in-1': seen(
      signInSubject('client@a'),
      'signed-in',
      5,
      'set-cookie: sid=[redacted]; Path=/; HttpOnly; SameSite=Lax',
    ),
    'error-1': seen(
      'error from broken-json',
      'http-exchange',
      5,
      'POST /api/session\n\n500\nSyntaxError: Unexpected token\n    at parse (/srv/app/[redacted]/session.js:41:12)',
    ),
  };
}
