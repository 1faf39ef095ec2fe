import { defineCases } from '../define-cases.ts';

const APP = 'tls portal.example:443';

export default defineCases({
  check: 'certificate-trust',
  faults: [
    {
      name: 'the root is one that nobody knows',
      change: { edges: { 'portal.example': { certificate: { issuer: 'unknown-root' } } } },
      finds: [{ problem: 'certificate-untrusted', subject: APP }],
    },
    {
      name: 'the certificate signed itself',
      change: { edges: { 'portal.example': { certificate: { issuer: 'self' } } } },
      finds: [{ problem: 'certificate-self-signed', subject: APP }],
    },
    {
      name: 'the intermediate is not sent',
      change: { edges: { 'portal.example': { certificate: { chain: 'leaf-only' } } } },
      finds: [{ problem: 'chain-incomplete', subject: APP }],
    },
    {
      name: 'the chain is sent in the wrong order',
      change: { edges: { 'portal.example': { certificate: { chain: 'reversed' } } } },
      finds: [{ problem: 'chain-disordered', subject: APP }],
    },
    {
      name: 'the leaf is sent twice',
      change: { edges: { 'portal.example': { certificate: { chain: 'duplicated' } } } },
      finds: [{ problem: 'chain-disordered', subject: APP }],
    },
  ],
  decoys: [
    {
      name: 'the root is sent along',
      change: { edges: { 'portal.example': { certificate: { chain: 'with-root' } } } },
    },
    { name: 'no certificate timestamps', change: { edges: { 'portal.example': { certificate: { timestamps: 0 } } } } },
    {
      name: 'the endpoint hangs up',
      change: { edges: { 'api.portal.example': { tls: { behaviour: 'reset' } } } },
      notVerified: true,
    },
  ],
});
