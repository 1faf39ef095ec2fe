import { defineCases } from '../define-cases.ts';

const APP = 'http://portal.example';
const WWW = 'http://www.portal.example';

export default defineCases({
  check: 'plain-http',
  faults: [
    {
      name: 'port 80 serves the portal itself',
      change: { edges: { 'portal.example': { plain: { answer: 'serve' } } } },
      finds: [{ problem: 'plain-http-serves', subject: APP }],
    },
    {
      name: 'port 80 refuses with an error instead of leading to https',
      change: { edges: { 'portal.example': { plain: { answer: 'refuse' } } } },
      finds: [{ problem: 'plain-http-not-redirected', subject: APP }],
    },
    {
      name: 'the redirect to https is a temporary one',
      change: { edges: { 'portal.example': { plain: { status: 302 } } } },
      finds: [{ problem: 'plain-http-redirect-temporary', subject: APP }],
    },
    {
      name: 'www leads from http to another host at once',
      change: { edges: { 'www.portal.example': { plain: { origin: 'https://portal.example' } } } },
      finds: [{ problem: 'plain-http-redirect-elsewhere', subject: WWW }],
    },
    {
      name: 'www leads to the bare domain over http first',
      change: { edges: { 'www.portal.example': { plain: { origin: 'http://portal.example' } } } },
      finds: [{ problem: 'plain-http-in-chain', subject: WWW }],
    },
    {
      name: 'www leads back to http after https',
      change: { canonical: { 'www.portal.example': { to: 'http://portal.example' } } },
      finds: [
        { problem: 'plain-http-in-chain', subject: 'https://www.portal.example' },
        { problem: 'redirect-chain-long', subject: WWW },
      ],
    },
    {
      name: 'the redirect to https forgets the query',
      change: { edges: { 'portal.example': { plain: { keepsQuery: false } } } },
      finds: [{ problem: 'plain-http-path-lost', subject: `${APP}/privacy` }],
    },
    {
      name: 'the redirect to https forgets the path',
      change: { edges: { 'portal.example': { plain: { keepsPath: false } } } },
      finds: [{ problem: 'plain-http-path-lost', subject: `${APP}/privacy` }],
    },
    {
      name: 'a cookie is set on the redirect',
      change: { edges: { 'portal.example': { plain: { cookies: ['visitor=4711; Path=/; HttpOnly'] } } } },
      finds: [{ problem: 'plain-http-cookie', subject: 'cookie visitor of portal.example' }],
    },
  ],
  decoys: [
    { name: 'the redirect is a 308', change: { edges: { 'portal.example': { plain: { status: 308 } } } } },
    {
      name: 'port 80 is closed on every host',
      change: {
        edges: {
          'portal.example': { plain: { port: 'closed' } },
          'www.portal.example': { plain: { port: 'closed' } },
          'api.portal.example': { plain: { port: 'closed' } },
          'admin.portal.example': { plain: { port: 'closed' } },
        },
      },
    },
    {
      name: 'the API refuses plain HTTP, as ASVS 4.1.2 wants it',
      change: { edges: { 'api.portal.example': { plain: { answer: 'refuse' } } } },
    },
    {
      name: 'an HSTS header over http, which browsers ignore',
      change: {
        edges: { 'portal.example': { plain: { headers: { 'strict-transport-security': 'max-age=63072000' } } } },
      },
    },
    {
      name: 'port 80 does not answer',
      change: { hostile: [{ host: 'portal.example', path: '*', scheme: 'http', behaviour: 'hang' }] },
      notVerified: true,
    },
    {
      name: 'port 80 fails',
      change: { hostile: [{ host: 'portal.example', path: '*', scheme: 'http', behaviour: 'unavailable' }] },
      notVerified: true,
    },
    {
      name: 'an edge keeps us out on port 80',
      change: { hostile: [{ host: 'portal.example', path: '*', scheme: 'http', behaviour: 'challenge' }] },
      notVerified: true,
    },
  ],
});
