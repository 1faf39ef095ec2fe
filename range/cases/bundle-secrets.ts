import { createHash } from 'node:crypto';
import { defineCases } from '../define-cases.ts';

/** Made at run time, so that a secret scanner finds nothing in this repository. */
const made = (what: string, length: number): string =>
  createHash('sha512')
    .update(`bundle-secrets ${what}`)
    .digest('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, length);
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (role: string): string =>
  [
    part({ alg: 'HS256', typ: 'JWT' }),
    part({ iss: 'supabase', ref: 'abcdefghijklmnopqrst', role, iat: 1_767_225_600, exp: 2_082_758_400 }),
    createHash('sha256').update(role).digest('base64url'),
  ].join('.');

const liveKey = ['sk', 'live', `51${made('live', 50)}`].join('_');
const testKey = ['sk', 'test', `51${made('test', 50)}`].join('_');
const googleKey = ['AI', 'za', 'Sy', made('google', 33)].join('');
const inScript = (name: string, value: string) => ({ assetText: { [name]: `;globalThis.__k="${value}";` } });

export default defineCases({
  check: 'bundle-secrets',
  faults: [
    {
      name: 'a payment key stands in the main script',
      change: inScript('index.js', liveKey),
      finds: [{ problem: 'secret-in-bundle', subject: 'stripe-secret-key in https://portal.example/assets/index*' }],
    },
    {
      name: 'a payment key stands in a chunk that only a script loads',
      change: inScript('records.js', liveKey),
      finds: [{ problem: 'secret-in-bundle', subject: 'stripe-secret-key in https://portal.example/assets/records*' }],
    },
    {
      name: 'a payment key stands in a chunk that a preload list names without its folder',
      change: {
        assetText: {
          'index.js': ';{const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["lazy-4711.js"])))=>i.map(i=>d[i])}',
        },
        extra: {
          '/assets/lazy-4711.js': {
            type: 'text/javascript; charset=utf-8',
            body: `const e="${liveKey}";export{e as key};`,
          },
        },
      },
      finds: [{ problem: 'secret-in-bundle', subject: 'stripe-secret-key in https://portal.example/assets/lazy*' }],
    },
    {
      name: 'the key that overrides row level security stands in the inline state',
      change: { inlineState: { supabaseKey: token('service_role') } },
      finds: [{ problem: 'secret-in-bundle', subject: 'supabase-service-role-key in pages of portal.example' }],
    },
    {
      name: 'a comment in a source map holds a payment key',
      change: {
        sourceMaps: { comment: 'file', served: 'with-sources', sourceText: `// old: ${liveKey}\n` },
      },
      finds: [
        { problem: 'secret-in-bundle', subject: 'stripe-secret-key in https://portal.example/assets/index*' },
        { problem: 'source-map-public', subject: 'source maps of portal.example' },
      ],
    },
    {
      name: 'a payment key of the test mode stands in the main script',
      change: inScript('index.js', testKey),
      finds: [{ problem: 'test-secret-in-bundle', subject: 'stripe-test-key in https://portal.example/assets/index*' }],
    },
  ],
  decoys: [
    {
      name: 'keys that are meant for browsers',
      change: {
        inlineState: { stripe: ['pk', 'live', `51${made('publishable', 40)}`].join('_'), anon: token('anon') },
      },
    },
    {
      name: 'an example of a key in a help text',
      change: { inserts: { '/privacy': { body: `<p>A key looks like <code>sk_live_${'x'.repeat(24)}</code>.</p>` } } },
    },
    {
      name: 'a web key whose limits nobody can see from outside',
      change: inScript('index.js', googleKey),
      notVerified: true,
    },
  ],
});
