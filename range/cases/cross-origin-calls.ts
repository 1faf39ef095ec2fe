import { defineCases } from '../define-cases.ts';

const PATHS = ['/api/*'];
const from = (origin: string) => `cross-origin calls from ${origin} to portal.example`;
const FOREIGN = from('https://lr-foreign.invalid');
const NOWHERE = from('null');
const BEGINS = from('https://portal.example.evil.invalid');
const ENDS = from('https://evil-portal.example');
const PLAIN = from('http://portal.example');

export default defineCases({
  check: 'cross-origin-calls',
  faults: [
    {
      name: 'the API lends the session to any site that asks',
      change: { cors: { mode: 'reflect', credentials: true, paths: PATHS } },
      finds: [
        { problem: 'cors-reflects-with-credentials', subject: FOREIGN },
        { problem: 'cors-null-with-credentials', subject: NOWHERE },
        { problem: 'cors-suffix-match', subject: BEGINS },
        { problem: 'cors-suffix-match', subject: ENDS },
        { problem: 'cors-plain-http-origin', subject: PLAIN },
      ],
    },
    {
      name: 'the API trusts sandboxed frames',
      change: { cors: { mode: 'null-origin', credentials: true, paths: PATHS } },
      finds: [{ problem: 'cors-null-with-credentials', subject: NOWHERE }],
    },
    {
      name: 'the API trusts every name that ends like its own',
      change: { cors: { mode: 'suffix', credentials: true, paths: PATHS } },
      finds: [
        { problem: 'cors-suffix-match', subject: ENDS },
        { problem: 'cors-plain-http-origin', subject: PLAIN },
      ],
    },
    {
      name: 'the API trusts every name that begins like its own',
      change: { cors: { mode: 'prefix', credentials: true, paths: PATHS } },
      finds: [{ problem: 'cors-suffix-match', subject: BEGINS }],
    },
    {
      name: 'the API trusts its own name over plain http',
      change: { cors: { mode: 'listed', origins: ['http://portal.example'], credentials: true, paths: PATHS } },
      finds: [{ problem: 'cors-plain-http-origin', subject: PLAIN }],
    },
  ],
  decoys: [
    {
      name: 'the API is open to all sites, but lends them no session',
      change: { cors: { mode: 'star', credentials: false, paths: PATHS } },
    },
    {
      name: 'the API names whoever asks, but lends no session',
      change: { cors: { mode: 'reflect', credentials: false, paths: PATHS } },
    },
    {
      name: 'the API lends the session to one partner, by its whole name',
      change: { cors: { mode: 'listed', origins: ['https://partner.example'], credentials: true, paths: PATHS } },
    },
  ],
});
