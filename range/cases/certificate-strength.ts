import { defineCases } from '../define-cases.ts';

const APP = 'tls portal.example:443';

export default defineCases({
  check: 'certificate-strength',
  faults: [
    {
      name: 'a key of 1024 bits',
      change: { edges: { 'portal.example': { certificate: { key: 'rsa-1024' } } } },
      finds: [{ problem: 'certificate-key-weak', subject: APP }],
    },
    {
      name: 'a leaf signed with SHA-1',
      change: { edges: { 'portal.example': { certificate: { hash: 'sha1' } } } },
      finds: [{ problem: 'certificate-signature-weak', subject: APP }],
    },
    {
      name: 'an intermediate signed with SHA-1',
      change: { edges: { 'portal.example': { certificate: { intermediateHash: 'sha1' } } } },
      finds: [{ problem: 'certificate-signature-weak', subject: APP }],
    },
  ],
  decoys: [
    {
      name: 'RSA with 2048 bits',
      change: { edges: { 'portal.example': { certificate: { key: 'rsa-2048' } } } },
    },
    {
      name: 'the root is sent along, whatever it is signed with',
      change: { edges: { 'portal.example': { certificate: { chain: 'with-root' } } } },
    },
    {
      name: 'the endpoint stays silent',
      change: { edges: { 'api.portal.example': { tls: { behaviour: 'hang' } } } },
      notVerified: true,
    },
  ],
});
