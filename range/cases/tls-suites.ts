import { defineCases } from '../define-cases.ts';
import { SOUND_CIPHERS } from '../world/tls-edge.ts';

const APP = 'tls portal.example:443';
const takes = (suite: number) => ({
  edges: { 'portal.example': { tls: { canned: [{ version: 0x0303, suites: [suite] }] } } },
});

export default defineCases({
  check: 'tls-suites',
  faults: [
    {
      name: 'RC4 is accepted',
      change: takes(0x0005),
      finds: [{ problem: 'weak-suite-accepted', subject: APP }],
    },
    {
      name: '3DES is accepted',
      change: takes(0x000a),
      finds: [{ problem: 'weak-suite-accepted', subject: APP }],
    },
    {
      name: 'a suite without encryption is accepted',
      change: takes(0x0002),
      finds: [{ problem: 'weak-suite-accepted', subject: APP }],
    },
    {
      name: 'suites without forward secrecy are accepted',
      change: {
        edges: {
          'portal.example': {
            tls: { ciphers: `${SOUND_CIPHERS}:AES128-GCM-SHA256` },
            certificate: { key: 'rsa-2048' },
          },
        },
      },
      finds: [{ problem: 'legacy-suite-accepted', subject: APP }],
    },
    {
      name: 'CBC suites are accepted',
      change: {
        edges: {
          'portal.example': { tls: { ciphers: `${SOUND_CIPHERS}:ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA` } },
        },
      },
      finds: [{ problem: 'legacy-suite-accepted', subject: APP }],
    },
  ],
  decoys: [
    {
      name: 'one suite of TLS 1.2 and no other',
      change: { edges: { 'portal.example': { tls: { ciphers: 'ECDHE-ECDSA-CHACHA20-POLY1305' } } } },
    },
    { name: 'TLS 1.3 alone', change: { edges: { 'portal.example': { tls: { minVersion: 'TLSv1.3' } } } } },
    {
      name: 'the endpoint answers with noise',
      change: { edges: { 'api.portal.example': { tls: { behaviour: 'garbage' } } } },
      notVerified: true,
    },
  ],
});
