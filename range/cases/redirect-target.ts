import { defineCases } from '../define-cases.ts';

export default defineCases({
  check: 'redirect-target',
  faults: [
    {
      name: 'the sign-in page leads wherever `returnTo` says',
      change: { echo: [{ path: '/login', from: 'query', name: 'returnTo', into: 'redirect' }] },
      finds: [{ problem: 'redirects-anywhere', subject: 'https://portal.example/login' }],
    },
    {
      name: 'the start page leads wherever `redirect` says',
      change: { echo: [{ path: '/', from: 'query', name: 'redirect', into: 'redirect' }] },
      finds: [{ problem: 'redirects-anywhere', subject: 'https://portal.example/' }],
    },
    {
      name: 'port 80 takes the path for the target',
      change: { edges: { 'portal.example': { plain: { answer: 'path-as-location' } } } },
      finds: [
        { problem: 'redirects-anywhere', subject: 'http://portal.example' },
        { problem: 'plain-http-in-chain', subject: 'http://portal.example' },
        { problem: 'redirect-loop', subject: 'http://portal.example/' },
        { problem: 'redirect-loop', subject: 'http://portal.example/privacy' },
      ],
    },
  ],
  decoys: [
    {
      name: 'the sign-in page loads itself again after a while',
      change: { headerRules: [{ paths: ['/login'], set: { refresh: '600' } }] },
    },
    {
      name: 'the sign-in page shows the return address as text',
      change: { echo: [{ path: '/login', from: 'query', name: 'next', into: 'html-escaped' }] },
    },
    {
      name: 'the start page fails, whatever it is asked',
      change: {
        hostile: [
          {
            host: 'portal.example',
            path: '/',
            scheme: 'https',
            behaviour: 'server-error',
            headers: { 'x-content-type-options': 'nosniff' },
          },
        ],
      },
      notVerified: true,
    },
  ],
});
