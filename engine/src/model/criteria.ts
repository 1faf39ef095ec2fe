import { CRITERIA, type Criterion, type CriterionFacts, type Harm } from './criterion.ts';

/** What a founder is told about each row and threshold of the scorecard. Row numbers are their order. */
const FACTS: Readonly<Record<Criterion, Omit<CriterionFacts, 'id'>>> = {
  authentication: {
    title: 'Every protected route asks for sign-in',
    passWhen:
      'Every protected route answers 401 or leads to the sign-in page, and nothing private stands in the answer.',
    why: 'A page that opens without sign-in shows private data to anybody who finds its address.',
    breaks: 'Client data is exposed, and the security review stops there.',
    method: 'Pages and APIs are called without credentials, by direct address, and the answers are searched for data.',
    fixPath:
      'Guard routes in the application and check the session on the server for every API call; never rely on hidden buttons.',
    harms: ['data-exposure', 'broken-access-control'],
    requirements: ['LR-010', 'LR-033', 'LR-035'],
    standards: ['ASVS 8.3.1', 'ASVS 8.2.1', 'Top 10 A01', 'MVSP 3.3'],
    unlock: 'Give one test account, so that the protected routes are known and each can be tried without it.',
    openParts: [
      {
        requirements: ['LR-004', 'LR-010', 'LR-034', 'LR-035'],
        what: 'every protected route called without credentials, beside the same call signed in',
        unlock: 'Give test accounts; the inventory of protected routes is not part of this version yet.',
      },
    ],
  },
  authorization: {
    title: 'Users see only their own tenant',
    passWhen:
      'No tenant and no lower role can read or change what belongs to another, shown with both sides signed in.',
    why: 'A portal looks fine until somebody tests another account.',
    breaks: "One client reads another client's records.",
    method:
      'One tenant plants a unique text; everything another tenant receives is searched for it, with controls on both sides.',
    fixPath: 'Look up every object by its id and by the tenant of the session in one query, on the server, every time.',
    harms: ['data-exposure', 'broken-access-control'],
    requirements: ['LR-011', 'LR-039', 'LR-048'],
    standards: ['ASVS 8.2.2', 'ASVS 8.4.1', 'Top 10 A01', 'MVSP 3.3'],
    unlock: 'Give at least two test accounts of two tenants in the target file (`accounts:`), and prove ownership.',
    openParts: [
      {
        requirements: ['LR-038', 'LR-041', 'LR-043', 'LR-044', 'LR-045', 'LR-098'],
        what: 'lists, search, exports, files and role pairs',
        unlock:
          'Only objects by id are crossed in this version; the full matrix of roles, actions and data sets comes later.',
      },
    ],
  },
  secrets: {
    title: 'No secret in code or browser bundles',
    passWhen: 'No private key or token in the repository, its history, or anything a browser is given.',
    why: 'A key that was published once is compromised until it is rotated.',
    breaks: 'Somebody else acts with your account at the provider that issued the key.',
    method: 'Every script, style, source map, inline state and well-known file a stranger can load is scanned.',
    fixPath: 'Move secrets to server-only environment variables, rotate whatever was exposed, and rebuild.',
    harms: ['account-takeover', 'data-exposure'],
    requirements: ['LR-012', 'LR-013', 'LR-049', 'LR-052', 'LR-053'],
    standards: ['ASVS 13.3.1', 'ASVS 13.4.1', 'Top 10 A02', 'CWE-798', 'MVSP 3.3'],
    unlock: 'Give the repository, so that code, history and build output can be scanned too.',
    openParts: [
      {
        requirements: ['LR-012', 'LR-050', 'LR-051', 'LR-055'],
        what: 'the repository, its history, build output and CI logs',
        unlock: 'The repository is not read by this version yet.',
      },
    ],
  },
  https: {
    title: 'HTTPS only, one canonical host',
    passWhen:
      'Every request ends on TLS 1.2 or 1.3 with a sound certificate at one host, cookies are protected, nothing is mixed.',
    why: 'A session that travels once over plain HTTP can be taken over by anybody on the way.',
    breaks: 'Logins are hijacked, and sign-in breaks between www and the bare domain.',
    method:
      'Every host is tried over http and https, with and without www; handshakes are made by hand; pages are read for http references.',
    fixPath:
      'Redirect everything once with 301 to one https host, send HSTS, mark cookies Secure, renew certificates automatically.',
    harms: ['account-takeover', 'data-exposure'],
    requirements: ['LR-014', 'LR-015', 'LR-060', 'LR-061', 'LR-065', 'LR-067', 'LR-069', 'LR-097'],
    standards: ['ASVS 12.1.1', 'ASVS 12.2.1', 'ASVS 3.3.1', 'ASVS 3.4.1', 'Top 10 A04', 'MVSP 2.2'],
    unlock: 'Give test accounts, so that session cookies are seen too.',
    openParts: [
      {
        requirements: ['LR-015', 'LR-063'],
        what: 'pages behind sign-in, and what pages load at run time',
        unlock: 'No browser is driven by this version yet; pages are read as a stranger gets them.',
      },
    ],
  },
  mail: {
    title: 'Mail authenticates',
    passWhen: 'SPF, DKIM and DMARC all pass on a real message of the portal.',
    why: 'Without them anybody can send mail in your name, and your own mail lands in spam.',
    breaks: 'Password resets do not arrive; phishing in your name does.',
    method: 'DNS records are read and a received message is verified.',
    fixPath: 'Publish SPF with only your senders, sign with DKIM, move DMARC from none to quarantine to reject.',
    harms: ['email-spoofing', 'account-takeover'],
    requirements: ['LR-016', 'LR-017', 'LR-018', 'LR-030'],
    standards: ['RFC 7208', 'RFC 6376', 'RFC 9989'],
    unlock: 'Mail records and messages are not judged by this version yet.',
    openParts: [
      {
        requirements: ['LR-016', 'LR-017', 'LR-018'],
        what: 'SPF, DKIM and DMARC',
        unlock: 'Mail records and messages are not judged by this version yet.',
      },
    ],
  },
  edge: {
    title: 'An edge with WAF and safe caching',
    passWhen: 'A WAF and DDoS protection stand in front of every public host, and nothing private is ever cached.',
    why: 'It takes the load and the noise before they reach the application.',
    breaks: "A traffic spike takes the portal down, or a cache hands one client's page to another.",
    method: 'The edge is recognised by independent signals; caches are tried with canaries.',
    fixPath: 'Put every public host behind the edge, block direct access to the origin, cache static files only.',
    harms: ['downtime', 'data-exposure'],
    requirements: ['LR-019', 'LR-020', 'LR-021'],
    standards: ['ASVS 14.2.2', 'ASVS 14.2.5', 'Top 10 A02', 'MVSP 2.8'],
    unlock: 'The edge is not judged by this version yet.',
    openParts: [
      {
        requirements: ['LR-019', 'LR-020', 'LR-021'],
        what: 'WAF, DDoS protection and caching',
        unlock: 'The edge is not judged by this version yet.',
      },
    ],
  },
  'rate-limits': {
    title: 'Sign-in and sensitive APIs are throttled',
    passWhen: 'Repeated wrong passwords and bursts on sensitive APIs are slowed down or refused.',
    why: 'It makes guessing passwords slow and abuse expensive.',
    breaks: 'Passwords are guessed at full speed.',
    method: 'A bounded burst against a burn account, with consent.',
    fixPath: 'Limit by account and by address on sign-in, reset, codes, invites, exports and uploads.',
    harms: ['account-takeover', 'downtime'],
    requirements: ['LR-022', 'LR-023'],
    standards: ['ASVS 6.3.1', 'ASVS 2.4.1', 'Top 10 A07', 'MVSP 2.4'],
    unlock: 'Needs consent and a burn account; not part of this version yet.',
    openParts: [
      {
        requirements: ['LR-022', 'LR-023'],
        what: 'throttling of sign-in and sensitive APIs',
        unlock: 'Needs consent and a burn account; not part of this version yet.',
      },
    ],
  },
  logging: {
    title: 'Errors and logs give nothing away',
    passWhen:
      'No stack trace, path, version or token in any answer, and no password, token or personal data in the logs.',
    why: 'An error page that shows its insides is a map for an attacker; a log with passwords is a second leak.',
    breaks: 'Compliance questions, and an attacker who knows where to look.',
    method: 'Errors are provoked with harmless bad input; tokens of ours are sent and searched for in what comes back.',
    fixPath:
      'Answer errors with a short message and an id, keep details in the log, redact tokens before they are written.',
    harms: ['data-exposure', 'account-takeover'],
    requirements: ['LR-024', 'LR-071', 'LR-072', 'LR-079'],
    standards: ['ASVS 16.5.1', 'ASVS 16.2.5', 'ASVS 13.4.2', 'Top 10 A10', 'CWE-209'],
    unlock: 'Give a sample of the logs, so that it can be searched for passwords, tokens and personal data.',
    openParts: [
      {
        requirements: ['LR-003', 'LR-024', 'LR-073'],
        what: 'the logs themselves',
        unlock: 'Logs are not read by this version yet.',
      },
    ],
  },
  monitoring: {
    title: 'An outage alerts somebody within 5 minutes',
    passWhen: 'A timed drill shows that an alert was delivered within 300 seconds.',
    why: 'A broken release is found by you, not by your clients.',
    breaks: 'Silent downtime.',
    method: 'A drill makes a health target fail and stops the time until the alert arrives.',
    fixPath: 'Add an uptime check from outside with an alert channel that reaches a person.',
    harms: ['downtime'],
    requirements: ['LR-025'],
    standards: ['CAIQ LOG-03.2', 'CAIQ LOG-13.1', 'CAIQ LOG-13.2'],
    unlock: 'Needs a timed drill; not part of this version yet.',
    openParts: [
      {
        requirements: ['LR-025'],
        what: 'the alert drill',
        unlock: 'Needs a timed drill; not part of this version yet.',
      },
    ],
  },
  rollback: {
    title: 'The last release is back within 15 minutes',
    passWhen: 'A timed drill shows the previous release restored and healthy within 900 seconds.',
    why: 'It limits how long a bad deploy hurts.',
    breaks: 'Long outages after a release.',
    method: 'A drill watches the release fingerprint from outside while the owner rolls back.',
    fixPath:
      'Keep the previous release deployable with one command, and make database changes that the old code can live with.',
    harms: ['downtime'],
    requirements: ['LR-026'],
    standards: ['CAIQ CCC-09.1'],
    unlock: 'Needs a timed drill; not part of this version yet.',
    openParts: [
      {
        requirements: ['LR-026'],
        what: 'the rollback drill',
        unlock: 'Needs a timed drill; not part of this version yet.',
      },
    ],
  },
  latency: {
    title: 'Usual actions answer within 500 ms',
    passWhen: 'The 95th percentile of sign-in, list view and record fetch is under 500 ms.',
    why: 'A slow portal makes support tickets before it makes friends.',
    breaks: 'Users retry, and the load doubles.',
    method: 'At least 50 paced samples for each of the three actions, with an interval.',
    fixPath: 'Index what lists filter by, page long lists, and keep hashing and network calls out of transactions.',
    harms: ['downtime'],
    requirements: ['LR-031'],
    standards: ['CAIQ IVS-02.1'],
    unlock: 'Needs test accounts and the three actions; not part of this version yet.',
    openParts: [
      {
        requirements: ['LR-031'],
        what: 'the latency of sign-in, list view and record fetch',
        unlock: 'Needs test accounts and the three actions; not part of this version yet.',
      },
    ],
  },
  resilience: {
    title: 'Bad input and noisy traffic do no harm',
    passWhen: 'Malformed input is refused with 4xx, a small burst is served, and the portal is healthy afterwards.',
    why: 'Real clients paste odd things and press buttons twice.',
    breaks: 'One bad request takes the portal down for everybody.',
    method: 'Bounded malformed input and a small capped load, with consent.',
    fixPath: 'Validate input at the edge of every handler, cap sizes and times, and let static files be cached.',
    harms: ['downtime'],
    requirements: ['LR-006', 'LR-007'],
    standards: ['ASVS 2.2.1', 'ASVS 16.5.3', 'Top 10 A10'],
    unlock: 'Needs consent; not part of this version yet.',
    openParts: [
      {
        requirements: ['LR-006', 'LR-007'],
        what: 'malformed input on forms and APIs, and a small load',
        unlock: 'Needs consent; not part of this version yet.',
      },
    ],
  },
};

export const criteria: readonly CriterionFacts[] = CRITERIA.map((id) => ({ id, ...FACTS[id] }));

export const HARM_TITLES: Readonly<Record<Harm, string>> = {
  'data-exposure': 'Client data is exposed',
  'broken-access-control': 'Somebody reaches what is not theirs',
  'account-takeover': 'Somebody takes over an account',
  downtime: 'The portal is down',
  'email-spoofing': 'Somebody sends mail in your name',
};
