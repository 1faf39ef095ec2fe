import { defineCases } from '../define-cases.ts';

const APP = 'tls portal.example:443';

export default defineCases({
  check: 'tls-versions',
  faults: [
    {
      name: 'SSL 3.0 is accepted',
      change: { edges: { 'portal.example': { tls: { canned: [{ version: 0x0300, suites: [0x0035] }] } } } },
      // SSL 3.0 cannot name a host, so one endpoint for all of them answers alike.
      finds: [{ problem: 'ssl3-accepted', subject: 'tls *' }],
    },
    {
      name: 'TLS 1.0 is accepted',
      change: { edges: { 'portal.example': { tls: { canned: [{ version: 0x0301, suites: [0x002f] }] } } } },
      finds: [{ problem: 'old-tls-accepted', subject: APP }],
    },
    {
      name: 'TLS 1.1 is accepted by the API alone',
      change: { edges: { 'api.portal.example': { tls: { canned: [{ version: 0x0302, suites: [0x002f] }] } } } },
      finds: [{ problem: 'old-tls-accepted', subject: 'tls api.portal.example:443' }],
    },
    {
      name: 'TLS 1.3 is switched off',
      change: { edges: { 'portal.example': { tls: { maxVersion: 'TLSv1.2' } } } },
      finds: [{ problem: 'tls13-missing', subject: APP }],
    },
  ],
  decoys: [
    { name: 'TLS 1.3 alone', change: { edges: { 'portal.example': { tls: { minVersion: 'TLSv1.3' } } } } },
    {
      name: 'the endpoint takes every hello and stays silent',
      change: { edges: { 'api.portal.example': { tls: { behaviour: 'hang' } } } },
      notVerified: true,
    },
    {
      name: 'the endpoint hangs up on every hello',
      change: { edges: { 'api.portal.example': { tls: { behaviour: 'reset' } } } },
      notVerified: true,
    },
  ],
});
