import type { Given } from '../model/given.ts';
import type { DataSigns, ExchangeFacts, Mark, ObservationOf, Obstacle } from '../model/observation.ts';
import type { RunMeta } from '../model/run-record.ts';
import { assetSubject, entrySubject, pageSubject, signInSubject, tlsSubject } from '../model/subject.ts';

/** Two tenants with one client each. */
export const given: Given = {
  judgedAt: '2026-03-02T09:00:00.000Z',
  name: 'Test portal',
  url: 'https://portal.test/',
  environment: 'staging',
  hosts: [{ host: 'portal.test', role: 'app' }],
  canonicalHost: 'portal.test',
  paths: ['/'],
  accounts: [
    { name: 'client@a', tenant: 'a', role: 'client' },
    { name: 'client@b', tenant: 'b', role: 'client' },
  ],
  objects: [
    {
      name: 'record',
      create: { path: '/api/records', body: { title: 'Launch Ready' }, idAt: '/id' },
      path: '/api/records/{id}',
      field: 'note',
    },
  ],
  identityPath: '/api/me',
  scope: [],
  public: [],
  consent: ['reads', 'writes'],
  rehearsal: false,
};

export const mark = (subject: string, id = subject): Mark => ({
  id,
  subject,
  seenAt: '2026-03-02T08:00:00.000Z',
  release: 'r42',
  vantage: 'test',
});

export const noData: DataSigns = { records: 0, emails: 0, personFields: [], tenantFields: [] };

export const facts = (status = 200): ExchangeFacts => ({
  status,
  responseHeaders: [],
  bodyDigest: 'none',
  bodyBytes: 0,
  bodyCut: false,
  bodyShape: null,
  hits: [],
});

/** An exchange about any subject; the rest is a plain answer of 200 unless said otherwise. */
export const exchange = (
  subject: string,
  url: string,
  said: Partial<ObservationOf<'http-exchange'>> = {},
): ObservationOf<'http-exchange'> => ({
  kind: 'http-exchange',
  ...mark(subject, `${subject} #${said.hop ?? 0}`),
  ...facts(said.status),
  purpose: 'entry',
  method: 'GET',
  url,
  address: '192.0.2.1',
  hop: 0,
  chainEnd: null,
  redirectTo: null,
  content: 'html',
  data: noData,
  leaks: [],
  waitMs: 5,
  ...said,
});

/** The hops that begin at one entry; the last one landed. Each hop: URL, and what was answered. */
export const entry = (
  url: string,
  ...hops: readonly (readonly [url: string, said?: Partial<ObservationOf<'http-exchange'>>])[]
): ObservationOf<'http-exchange'>[] =>
  hops.map(([hopUrl, said], hop) =>
    exchange(entrySubject(url), hopUrl, {
      hop,
      redirectTo: hops[hop + 1]?.[0] ?? null,
      status: hop === hops.length - 1 ? 200 : 301,
      chainEnd: hop === hops.length - 1 ? 'landed' : null,
      ...said,
    }),
  );

export const page = (url: string, said: Partial<ObservationOf<'page'>> = {}): ObservationOf<'page'> => ({
  kind: 'page',
  ...mark(pageSubject(url), `${pageSubject(url)} facts`),
  url,
  status: 200,
  title: 'Portal',
  links: [],
  scripts: [],
  styles: [],
  forms: [],
  hasPasswordField: false,
  insecure: [],
  metaCsp: [],
  canonical: null,
  generator: null,
  data: noData,
  tableRows: 0,
  ...said,
});

export const asset = (url: string, said: Partial<ObservationOf<'asset'>> = {}): ObservationOf<'asset'> => ({
  kind: 'asset',
  ...mark(assetSubject(url), `${assetSubject(url)} read`),
  url,
  form: 'script',
  status: 200,
  bytes: 1_000,
  bytesSkipped: 0,
  digest: 'none',
  secrets: [],
  loads: [],
  calls: [],
  insecure: [],
  sourceMap: null,
  mapSources: 0,
  mapSourcesWithText: 0,
  leaks: [],
  ...said,
});

export const tlsOffer = (said: Partial<ObservationOf<'tls-offer'>> = {}): ObservationOf<'tls-offer'> => ({
  kind: 'tls-offer',
  ...mark(tlsSubject('portal.test', 443), 'tls offer'),
  host: 'portal.test',
  port: 443,
  address: null,
  versions: [
    { version: 'SSLv3', is: 'refused' },
    { version: 'TLSv1.0', is: 'refused' },
    { version: 'TLSv1.1', is: 'refused' },
    { version: 'TLSv1.2', is: 'accepted' },
    { version: 'TLSv1.3', is: 'accepted' },
  ],
  suites: [
    { version: 'TLSv1.2', accepted: [0xc02f, 0xc030], complete: true },
    { version: 'TLSv1.3', accepted: [0x1301, 0x1302, 0x1303], complete: true },
  ],
  handshakes: 12,
  ...said,
});

export const tlsChain = (said: Partial<ObservationOf<'tls-chain'>> = {}): ObservationOf<'tls-chain'> => ({
  kind: 'tls-chain',
  ...mark(tlsSubject('portal.test', 443), 'tls chain'),
  host: 'portal.test',
  port: 443,
  address: null,
  protocol: 'TLSv1.3',
  sent: [
    certificate({}),
    certificate({ subject: 'CN=Test Intermediate', issuer: 'CN=Test Root', names: [], isCa: true }),
  ],
  trust: 'sent',
  misplaced: 0,
  ...said,
});

type CertificateFacts = ObservationOf<'tls-chain'>['sent'][number];

/** A leaf of 90 days, issued 2026-02-01. */
export const certificate = (said: Partial<CertificateFacts>): CertificateFacts => ({
  subject: 'CN=portal.test',
  issuer: 'CN=Test Intermediate',
  serial: '01',
  notBefore: '2026-02-01T00:00:00.000Z',
  notAfter: '2026-05-02T00:00:00.000Z',
  names: ['portal.test', 'www.portal.test'],
  isCa: false,
  key: { type: 'ec-p256', bits: 256 },
  signature: 'ecdsa-with-SHA256',
  selfSigned: false,
  fingerprint: 'f0',
  ...said,
});

export const signedIn = (account: string, ...cookies: string[]): ObservationOf<'signed-in'> => ({
  kind: 'signed-in',
  ...mark(signInSubject(account)),
  account,
  tenant: account.endsWith('a') ? 'a' : 'b',
  role: 'client',
  identityAt: '/api/me',
  cookies,
});

export const obstacle = (subject: string, reason: Obstacle['reason'] = 'timed-out'): Obstacle => ({
  kind: 'obstacle',
  ...mark(subject, `obstacle: ${subject}`),
  reason,
  detail: 'no answer within 10 s',
});

/** How a whole run of the test went: nothing was sent, nothing was left. */
export const run: RunMeta = {
  tool: { name: 'launch-ready', version: '0.1.0' },
  id: 'a-run',
  startedAt: '2026-03-02T08:00:00.000Z',
  endedAt: '2026-03-02T09:00:00.000Z',
  provenance: 'self-run',
  vantage: 'test',
  egress: null,
  cutShort: null,
  stages: [],
  sent: [],
  bytesReceived: 0,
  waitedMs: 0,
  wallMs: 0,
  left: [],
};
