import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { SECRET_RULES } from './secret-rules.ts';
import { scanSecrets, secretSpans } from './secret-scan.ts';

// Every value is put together while the test runs, so that this file holds none that a secret scanner would flag.
const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
let state = 7;
const body = (length: number, letters = ALNUM) =>
  Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return letters.charAt(Math.floor((state / 2_147_483_648) * letters.length));
  }).join('');
const hex = (length: number) => body(length, '0123456789abcdef');
const uuid = () => [8, 4, 4, 4, 12].map(hex).join('-');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: unknown) => [base64url({ alg: 'HS256', typ: 'JWT' }), base64url(claims), body(43)].join('.');
const glued = (...parts: readonly string[]) => parts.join('');

const scan = (text: string) => scanSecrets(text, (value) => `digest of ${value.length}`);
const rulesIn = (text: string) => scan(text).map(({ rule }) => rule);

const FOUND: Readonly<Record<string, string>> = {
  'stripe-secret-key': glued('sk_', 'live_51', body(97)),
  'stripe-test-key': glued('sk_', 'test_', body(24)),
  'stripe-publishable-key': glued('pk_', 'live_', body(24)),
  'webhook-signing-secret': glued('whsec', '_', body(32)),
  'clerk-publishable-key': glued('pk_', 'live_', base64('clerk.portal.com$')),
  'workos-api-key': glued('sk_', 'live_a2V5', body(60)),
  'aws-access-key-id': glued('AK', 'IA', body(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')),
  'aws-access-key-pair': `${glued('AK', 'IA', body(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'))}","${glued(body(39), '7')}`,
  'supabase-secret-key': glued('sb_', 'secret_', body(22), '_', body(8)),
  'supabase-publishable-key': glued('sb_', 'publishable_', body(22), '_', body(8)),
  'supabase-service-role-key': jwt({ iss: 'supabase', role: 'service_role', exp: 2_000_000_000 }),
  'supabase-anon-key': jwt({ iss: 'supabase', role: 'anon', exp: 2_000_000_000 }),
  'jwt-privileged-token': jwt({ sub: 'a1', roles: ['admin'] }),
  'jwt-user-token': jwt({ sub: 'a1', exp: 2_000_000_000 }),
  jwt: jwt({ iss: 'x', aud: 'y' }),
  'openai-key': glued('sk-', 'proj-', body(74), 'T3Blbk', 'FJ', body(74)),
  'anthropic-key': glued('sk-', 'ant-api03-', body(93), 'AA'),
  'openrouter-key': glued('sk-', 'or-v1-', hex(64)),
  'langfuse-secret-key': glued('sk-', 'lf-', uuid()),
  'model-provider-key': glued('sk', '-', body(48)),
  'groq-key': glued('gsk', '_', body(52)),
  'google-api-key': glued('AI', 'za', body(35)),
  'google-oauth-client-secret': glued('GOC', 'SPX-', body(28)),
  'gcp-service-account': `{"type":${glued('"service', '_account"')},"private_key_id":"${hex(40)}"}`,
  'github-token': glued('gh', 'p_', body(36)),
  'github-fine-grained-token': glued('github', '_pat_', body(22), '_', body(59)),
  'gitlab-token': glued('gl', 'pat-', body(20)),
  'npm-token': glued('npm', '_', body(36)),
  'resend-key': glued('re', '_', body(8), '_', body(24)),
  'sendgrid-key': glued('S', 'G.', body(22), '.', body(43)),
  'brevo-key': glued('xkey', 'sib-', hex(64), '-', body(16)),
  'mailgun-key': glued('key', '-', hex(32)),
  'postmark-token': `POSTMARK_SERVER_TOKEN:"${uuid()}"`,
  'mailchimp-key': `mailchimpKey="${hex(32)}-us12"`,
  'slack-token': glued('xo', 'xb-', body(12, '0123456789'), '-', body(12, '0123456789'), '-', body(24)),
  'slack-webhook': glued('https://hooks.', 'slack.com/services/', 'T', body(9), '/B', body(9), '/', body(24)),
  'discord-webhook': glued('https://disc', 'ord.com/api/webhooks/', body(19, '123456789'), '/', body(68)),
  'telegram-bot-token': glued('https://api.', 'telegram.org/bot', body(10, '123456789'), ':', body(35), '/send'),
  'twilio-auth-token': `TWILIO_AUTH_TOKEN:"${hex(32)}"`,
  'mapbox-secret-token': glued('sk', '.', base64url({ u: 'portal', a: 'x1y2z3' }), '.', body(22)),
  'mapbox-public-token': glued('pk', '.', base64url({ u: 'portal', a: 'x1y2z3' }), '.', body(22)),
  'algolia-key': `algoliasearch("${body(10, 'ABCDEFGH12345')}","${hex(32)}")`,
  'algolia-admin-key': `algoliaAdminKey:"${hex(32)}"`,
  'sentry-auth-token': glued(
    'sntr',
    'ys_',
    base64url({ iat: 1, url: 'https://sentry.io', org: 'portal' }),
    '_',
    body(43),
  ),
  'sentry-dsn': glued('https://', hex(32), '@o1.ingest.sentry.io/1234'),
  'sentry-dsn-with-secret': glued('https://', hex(32), ':', hex(32), '@o1.ingest.sentry.io/1234'),
  'posthog-project-key': glued('ph', 'c_', body(43)),
  'posthog-personal-key': glued('ph', 'x_', body(43)),
  'private-key': glued('-----BEGIN ', 'PRIVATE KEY-----\\n', body(64), '\\n', body(64), '\\n-----END PRIVATE KEY-----'),
  'connection-url': glued('postgres', '://app:', body(12), '@db.portal.example:5432/app'),
  'url-credentials': glued('https', '://api:', body(12), '@logs.portal.com/x'),
  'cloudflare-token': glued('cf', 'ut_', body(40), hex(8)),
  'turnstile-secret-key': glued('0x4A', 'AAAA', body(27)),
  'turnstile-site-key': glued('0x4A', 'AAAA', body(15)),
  'recaptcha-site-key': glued('6L', 'd', body(37)),
  'recaptcha-secret-key': `RECAPTCHA_SECRET_KEY="${glued('6L', 'd', body(37))}"`,
  'vercel-token': glued('vc', 'p_', body(56)),
  'netlify-token': glued('nf', 'p_', body(36)),
  'digitalocean-token': glued('dop', '_v1_', hex(64)),
  'doppler-token': glued('dp.', 'pt.', body(43)),
  'vault-token': glued('hv', 's.', body(24)),
  'linear-key': glued('lin', '_api_', body(40)),
  'notion-token': glued('nt', 'n_', body(46)),
  'airtable-token': glued('pa', 't', body(14), '.', hex(64)),
  'figma-token': glued('fi', 'gd_', body(40)),
  'shopify-token': glued('shp', 'at_', hex(32)),
  'hubspot-token': glued('pat', '-na1-', uuid()),
  'datadog-client-token': glued('pu', 'b', hex(32)),
  'datadog-key': `DD_API_KEY:"${hex(32)}"`,
  'new-relic-key': glued('NR', 'AK-', body(27)),
  'new-relic-browser-key': glued('NR', 'JS-', hex(19)),
  'grafana-token': glued('gl', 'sa_', body(32), '_', hex(8)),
  'azure-storage-key': glued('Account', 'Key=', body(86), '=='),
  'launchdarkly-sdk-key': glued('sd', 'k-', uuid()),
  'inngest-signing-key': glued('signkey', '-prod-', hex(64)),
  'named-server-secret': `NEXTAUTH_SECRET:"${body(32)}"`,
  'named-server-password': 'adminPassword="Tr1cky-9horse"',
};
for (const [rule, value] of Object.entries(FOUND))
  it(`finds ${rule}`, () =>
    assert.deepEqual(rulesIn(`x={k:${value.includes('"') ? `"${value}"` : `'${value}'`}},y`), [rule]));

const stripe = glued('sk_', 'live_', body(24));
const SILENT: Readonly<Record<string, string>> = {
  'AWS documentation': glued('AK', 'IA', 'IOSFODNN7', 'EXAMPLE'),
  'the sample of jwt.io': jwt({ sub: '1234567890', name: 'John Doe', iat: 1_516_239_022 }),
  'the keys every local Supabase has': jwt({ iss: 'supabase-demo', role: 'service_role' }),
  'a row of x': glued('sk_', 'live_', 'x'.repeat(24)),
  'a request to fill in': glued('sk_', 'live_', 'YOUR_SECRET_KEY_GOES_HERE').replaceAll('_', ''),
  'the key of the Stripe documentation': glued('sk_', 'test_', '4eC39HqLyjWDarjtT1zdp7dc'),
  'a database of this machine': glued('postgres', '://app:', body(12), '@localhost:5432/app'),
  'a database of the documentation': glued('postgres', '://app:', body(12), '@db.example.com:5432/app'),
  'the usual development password': glued('postgres', '://postgres:postgres@db:5432/app'),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the text under test is a template of its own
  'a template': 'postgres://${user}:${password}@${host}/app',
  'a PEM frame without a key': '"-----BEGIN PRIVATE KEY-----"+k+"-----END PRIVATE KEY-----"',
  'a public key': glued('-----BEGIN ', 'PUBLIC KEY-----\n', body(64), '\n', body(64)),
  'the middle of a word': glued('task_', stripe),
  'class names': 'class="sk-chasing-dot mask-image task-item-list-of-things pat-button"',
  'a translated label': 'clientSecret:"Your client secret", smtpPassword:"Password of the mail server"',
  'a hash of a file': `"main.${hex(32)}.js" integrity="sha384-${body(64)}"`,
  'an address with a port': 'https://portal.com:8443/a@b.com',
  'a public JWK': '{"kty":"RSA","n":"abc","e":"AQAB"},{"d":"not of that key, and long enough"}',
};
for (const [name, text] of Object.entries(SILENT))
  it(`is silent about ${name}`, () => assert.deepEqual(rulesIn(text), []));

it('says where, in bytes, and nothing of the value but its prefix', () => {
  const [hit] = scanSecrets(`ä€😀"${stripe}"`, (value) => `digest of ${value.length}`, 'src/pay.ts');
  assert.deepEqual(hit, {
    rule: 'stripe-secret-key',
    issuer: 'Stripe',
    class: 'secret',
    fingerprint: `digest of ${stripe.length}`,
    hint: `${glued('sk_', 'live_')}… (32 characters)`,
    offset: 10,
    source: 'src/pay.ts',
  });
});

it('reads base64 one level deep', () => {
  const encoded = base64(stripe);
  assert.deepEqual(rulesIn(`atob("${encoded}")`), ['stripe-secret-key']);
  assert.deepEqual(rulesIn(`atob("${base64(encoded)}")`), []);
  assert.deepEqual(secretSpans(`atob("${encoded}")`), [[6, 6 + encoded.length]]);
});

it('reads what stands in for a missing setting', () =>
  assert.deepEqual(rulesIn(`process.env.JWT_SECRET || '${body(32)}'`), ['named-server-secret']));

it('reports the same value once, and two values twice', () => {
  const by = (text: string) => scanSecrets(text, (value) => value).length;
  assert.equal(by(`"${stripe}","${stripe}"`), 1);
  assert.equal(by(`"${stripe}","${glued('sk_', 'live_', body(24))}"`), 2);
});

it('gives none of the values away', () =>
  assert.ok(
    Object.values(FOUND).every((value) =>
      scan(`"${value}"`).every((hit) => !JSON.stringify(hit).includes(value.slice(-12))),
    ),
  ));

it('keeps its rules in order', () => {
  assert.equal(new Set(SECRET_RULES.map(({ id }) => id)).size, SECRET_RULES.length);
  for (const { id, prefixes, pattern, rotate, source } of SECRET_RULES) {
    assert.ok(pattern.sticky && !pattern.global, id);
    // Without its character classes, a pattern holds no sign that repeats without end.
    assert.doesNotMatch(pattern.source.replace(/\[(?:[^\]\\]|\\.)*\]|\\./g, 'x'), /[*+]|\{\d+,\}/, id);
    assert.ok(prefixes.length > 0 && prefixes.every((prefix) => prefix.length >= 3), id);
    assert.ok(rotate !== '' && source !== '', id);
  }
});

it('never throws, and stays quick', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void scan(text)));
  const prefixes = SECRET_RULES.flatMap((rule) => rule.prefixes);
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...prefixes), fc.string())), (parts) => void scan(parts.join(''))),
  );
  for (const hostile of [
    'eyJhbGc',
    'eyJhbGc.',
    '"kty":"RSA",',
    '-----BEGIN PRIVATE KEY-----',
    'https://a:',
    'postmark',
    'AKIA',
  ])
    scan(hostile.repeat(200_000 / hostile.length));
});
