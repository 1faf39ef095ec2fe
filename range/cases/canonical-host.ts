import { defineCases } from '../define-cases.ts';

const WWW = 'https://www.portal.example';
const PLAIN_WWW = 'http://www.portal.example';
/** At every host two paths are tried. */
const atEach = (problem: string, origin: string) =>
  [
    { problem, subject: `${origin}/` },
    { problem, subject: `${origin}/privacy` },
  ] as const;

export default defineCases({
  check: 'canonical-host',
  faults: [
    {
      name: 'www serves the portal under its own name',
      change: { canonical: { 'www.portal.example': { answer: 'serve' } } },
      finds: [{ problem: 'hosts-split', subject: WWW }],
    },
    {
      name: 'www leads to itself for ever',
      change: { canonical: { 'www.portal.example': { to: 'https://www.portal.example' } } },
      finds: atEach('redirect-loop', WWW),
    },
    {
      name: 'port 80 leads to itself for ever',
      change: { edges: { 'portal.example': { plain: { answer: 'loop' } } } },
      finds: [
        ...atEach('redirect-loop', 'http://portal.example'),
        { problem: 'plain-http-in-chain', subject: 'http://portal.example' },
      ],
    },
    {
      name: 'one detour too many from http and www',
      change: { canonical: { 'www.portal.example': { hops: 1 } } },
      finds: [{ problem: 'redirect-chain-long', subject: PLAIN_WWW }],
    },
    {
      name: 'redirects without an end',
      change: { canonical: { 'www.portal.example': { hops: 40 } } },
      finds: [
        { problem: 'redirect-chain-long', subject: WWW },
        { problem: 'redirect-chain-long', subject: PLAIN_WWW },
      ],
    },
    {
      name: 'www leads to the bare domain only for now',
      change: { canonical: { 'www.portal.example': { status: 302 } } },
      finds: [{ problem: 'redirect-temporary-to-canonical', subject: WWW }],
    },
    {
      name: 'www forgets the query',
      change: { canonical: { 'www.portal.example': { keepsQuery: false } } },
      finds: [{ problem: 'redirect-loses-path', subject: `${WWW}/privacy` }],
    },
    {
      name: 'www forgets the path',
      change: { canonical: { 'www.portal.example': { keepsPath: false } } },
      finds: [{ problem: 'redirect-loses-path', subject: `${WWW}/privacy` }],
    },
  ],
  decoys: [
    { name: 'www leads on with 308', change: { canonical: { 'www.portal.example': { status: 308 } } } },
    {
      name: 'one detour on www over https, within two redirects, and port 80 of www closed',
      change: {
        canonical: { 'www.portal.example': { hops: 1 } },
        edges: { 'www.portal.example': { plain: { port: 'closed' } } },
      },
    },
    {
      name: 'the admin host answers under its own name',
      change: { extra: { 'admin.portal.example/': { status: 403, type: 'text/plain', body: 'Not for you' } } },
    },
    {
      name: 'www does not answer',
      change: { hostile: [{ host: 'www.portal.example', path: '*', scheme: 'https', behaviour: 'hang' }] },
      notVerified: true,
    },
  ],
});
