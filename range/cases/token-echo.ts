import { defineCases } from '../define-cases.ts';

const START = 'https://portal.example/';

export default defineCases({
  check: 'token-echo',
  faults: [
    {
      name: 'the start page writes the token of its address into the page',
      change: { echo: [{ path: '/', from: 'query', name: 'token', into: 'html' }] },
      finds: [{ problem: 'token-echoed', subject: `echo of a query token at ${START}` }],
    },
    {
      name: 'the start page repeats the Authorization header in a header of its own',
      change: { echo: [{ path: '/', from: 'header', name: 'authorization', into: 'header', header: 'x-seen' }] },
      finds: [{ problem: 'token-echoed', subject: `echo of a header token at ${START}` }],
    },
    {
      name: 'the API tells callers which Authorization header it got',
      change: { echo: [{ path: '/api/*', from: 'header', name: 'authorization', into: 'json' }] },
      finds: [{ problem: 'token-echoed', subject: 'echo of a header token at https://portal.example/api/*' }],
    },
    {
      name: 'the start page repeats the cookies it got',
      change: { echo: [{ path: '/', from: 'header', name: 'cookie', into: 'html-escaped' }] },
      finds: [{ problem: 'token-echoed', subject: `echo of a cookie token at ${START}` }],
    },
  ],
  decoys: [
    {
      name: 'a redirect leads on within the portal with the token in the address',
      change: { echo: [{ path: '/', from: 'query', name: 'token', into: 'redirect' }] },
    },
    {
      name: 'the start page repeats a search word',
      change: { echo: [{ path: '/', from: 'query', name: 'q', into: 'html-escaped' }] },
    },
  ],
});
