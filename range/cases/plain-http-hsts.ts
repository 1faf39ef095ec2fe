import { defineCases } from '../define-cases.ts';
import { SOUND_HSTS } from '../portal/switches.ts';

export default defineCases({
  check: 'plain-http-hsts',
  faults: [
    {
      name: 'the redirect of port 80 carries it',
      change: { edges: { 'portal.example': { plain: { headers: { 'strict-transport-security': SOUND_HSTS } } } } },
      finds: [{ problem: 'hsts-over-plain-http', subject: 'http://portal.example' }],
    },
  ],
  decoys: [
    {
      name: 'port 80 carries another header with a like name',
      change: { edges: { 'portal.example': { plain: { headers: { 'x-strict-transport-security': 'off' } } } } },
    },
  ],
});
