import type { SecretHit } from '../model/observation.ts';

/** A test beyond the shape; the scanner knows how to carry each out. */
export type Proof =
  | 'aws-secret-nearby'
  | 'clerk-host'
  | 'connection-with-password'
  | 'jwt-anonymous-role'
  | 'jwt-claims'
  | 'jwt-privileged'
  | 'jwt-service-role'
  | 'jwt-user'
  | 'looks-random'
  | 'not-a-word'
  | 'url-with-password';

interface Format {
  readonly id: string;
  /** What whoever finds it can do with it. */
  readonly what: string;
  readonly class: SecretHit['class'];
  /** Texts that the scan looks for: where one stands, `pattern` is tried. At least three ASCII characters each. */
  readonly prefixes: readonly string[];
  /** Sticky and bounded. Its first group, where it has one, is the value; else the whole match is. */
  readonly pattern: RegExp;
  readonly proof?: Proof;
}

interface Issuer {
  readonly issuer: string;
  /** Where the formats are described. */
  readonly source: string;
  /** How a leaked one is replaced. */
  readonly rotate: string;
  readonly formats: readonly Format[];
}

/** One credential format, with all that a finding needs to say about it. */
export interface SecretRule extends Format, Omit<Issuer, 'formats'> {}

/** `name`, `Name` and `NAME`: how a word begins the names of variables. */
const spelled = (...words: readonly string[]) =>
  words.flatMap((word) => [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()]);

/** A quoted value that is assigned to a name, or handed to a call, beginning with the word that was found. */
const named = (value: string) =>
  new RegExp(
    `[\\w$.-]{1,60}\\\\?["'\`]?\\s{0,5}(?:=>|\\|\\||\\?\\?|[:=(,])\\s{0,5}(?:\\\\?["'\`][A-Z0-9]{10}\\\\?["'\`]\\s{0,5},\\s{0,5})?\\\\?["'\`](${value})\\\\?["'\`]`,
    'y',
  );

const HEX = '[0-9a-f]';
const UUID = `${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}`;
const JWT = /eyJ[\w-]{10,2000}\.eyJ[\w-]{5,6000}\.[\w-]{10,2000}/y;
const JWT_STARTS = ['eyJhbGc', 'eyJ0eXA', 'eyJraWQ', 'eyJ4NXQ', 'eyJjdHk', 'eyJqa3U', 'eyJlbmM'];

const DASHBOARD = 'Make a new one in the dashboard, deploy it to the server only, then revoke this one.';

/** Formats that matter in what a browser is given. The first that matches wins: the more exact one stands first. */
const ISSUERS: readonly Issuer[] = [
  {
    issuer: 'WorkOS',
    source: 'workos.com/docs/reference/api-keys',
    rotate: DASHBOARD,
    formats: [
      {
        id: 'workos-api-key',
        what: 'acts as the server towards all organisations',
        class: 'secret',
        prefixes: ['sk_live_a2V5', 'sk_test_a2V5'],
        pattern: /sk_(?:live|test)_a2V5[\w=]{20,200}/y,
      },
    ],
  },
  {
    issuer: 'Clerk',
    source: 'clerk.com/docs/deployments/clerk-environment-variables',
    rotate: 'Nothing to do: a publishable key is meant for browsers.',
    formats: [
      {
        id: 'clerk-publishable-key',
        what: 'names the sign-in service',
        class: 'public',
        prefixes: ['pk_live_', 'pk_test_'],
        pattern: /pk_(?:live|test)_[\w+/=]{12,200}/y,
        proof: 'clerk-host',
      },
    ],
  },
  {
    issuer: 'Stripe',
    source: 'docs.stripe.com/keys',
    rotate:
      'Roll the key in the Stripe dashboard (Developers, API keys), then look through the request log for use by others.',
    formats: [
      {
        id: 'stripe-secret-key',
        what: 'charges, refunds and reads customers (Clerk and Paystack write their keys alike)',
        class: 'secret',
        prefixes: ['sk_live_', 'rk_live_'],
        pattern: /[sr]k_live_[0-9A-Za-z]{16,250}/y,
      },
      {
        id: 'stripe-test-key',
        what: 'the same in the test mode',
        class: 'test',
        prefixes: ['sk_test_', 'rk_test_'],
        pattern: /[sr]k_test_[0-9A-Za-z]{16,250}/y,
      },
      {
        id: 'webhook-signing-secret',
        what: 'forges webhook calls (Stripe, Svix, Clerk, Resend)',
        class: 'secret',
        prefixes: ['whsec_'],
        pattern: /whsec_[0-9A-Za-z+/=]{24,120}/y,
      },
      {
        id: 'stripe-publishable-key',
        what: 'names the merchant account',
        class: 'public',
        prefixes: ['pk_live_', 'pk_test_'],
        pattern: /pk_(?:live|test)_[0-9A-Za-z]{16,250}/y,
      },
    ],
  },
  {
    issuer: 'Amazon Web Services',
    source: 'docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
    rotate: 'Deactivate the access key in IAM, make a new one for the server, delete this one, and read CloudTrail.',
    formats: [
      {
        id: 'aws-access-key-pair',
        what: 'acts as an IAM user: its secret stands beside it',
        class: 'secret',
        prefixes: ['AKIA', 'ASIA', 'ABIA', 'ACCA'],
        pattern: /(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])/y,
        proof: 'aws-secret-nearby',
      },
      {
        id: 'aws-access-key-id',
        what: 'names an IAM user; of use only with its secret',
        class: 'restrictable',
        prefixes: ['AKIA', 'ASIA', 'ABIA', 'ACCA'],
        pattern: /(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])/y,
      },
      {
        id: 'aws-secret-access-key',
        what: 'signs requests as an IAM user',
        class: 'secret',
        prefixes: [
          'secretAccessKey',
          'SecretAccessKey',
          'secret_access_key',
          'SECRET_ACCESS_KEY',
          'aws_secret',
          'AWS_SECRET',
        ],
        pattern: named('[0-9A-Za-z+/]{40}'),
        proof: 'looks-random',
      },
      {
        id: 'aws-bedrock-key',
        what: 'calls models at the account’s cost',
        class: 'secret',
        prefixes: ['ABSK'],
        pattern: /ABSK[0-9A-Za-z+/]{109,269}={0,2}/y,
      },
    ],
  },
  {
    issuer: 'Supabase',
    source: 'supabase.com/docs/guides/api/api-keys',
    rotate:
      'Make a new secret key, put it on the server, delete this one; legacy keys are replaced by rotating the JWT secret.',
    formats: [
      {
        id: 'supabase-secret-key',
        what: 'reads and writes every row past row level security',
        class: 'secret',
        prefixes: ['sb_secret_'],
        pattern: /sb_secret_[\w-]{20,64}/y,
      },
      {
        id: 'supabase-publishable-key',
        what: 'what row level security lets anybody do',
        class: 'public',
        prefixes: ['sb_publishable_'],
        pattern: /sb_publishable_[\w-]{20,64}/y,
      },
      {
        id: 'supabase-access-token',
        what: 'manages the projects of an account',
        class: 'secret',
        prefixes: ['sbp_'],
        pattern: /sbp_[0-9a-f]{40}/y,
      },
      {
        id: 'supabase-service-role-key',
        what: 'reads and writes every row past row level security',
        class: 'secret',
        prefixes: JWT_STARTS,
        pattern: JWT,
        proof: 'jwt-service-role',
      },
      {
        id: 'supabase-anon-key',
        what: 'what row level security lets anybody do',
        class: 'public',
        prefixes: JWT_STARTS,
        pattern: JWT,
        proof: 'jwt-anonymous-role',
      },
    ],
  },
  {
    issuer: 'an identity provider',
    source: 'RFC 7519',
    rotate: 'End the session or rotate the signing key, and keep tokens out of files that everybody gets.',
    formats: [
      {
        id: 'jwt-privileged-token',
        what: 'acts as an administrator or a service',
        class: 'secret',
        prefixes: JWT_STARTS,
        pattern: JWT,
        proof: 'jwt-privileged',
      },
      {
        id: 'jwt-user-token',
        what: 'acts as the person it names, until it expires',
        class: 'secret',
        prefixes: JWT_STARTS,
        pattern: JWT,
        proof: 'jwt-user',
      },
      {
        id: 'jwt',
        what: 'whatever its issuer grants; its claims name no person and no role',
        class: 'restrictable',
        prefixes: JWT_STARTS,
        pattern: JWT,
        proof: 'jwt-claims',
      },
      {
        id: 'jwk-private',
        what: 'signs or decrypts in the owner’s name',
        class: 'secret',
        prefixes: ['"kty"', '\\"kty\\"'],
        pattern:
          /\\?"kty\\?"\s{0,5}:\s{0,5}\\?"(?:RSA|EC|OKP)\\?"[^{}]{0,1500}?\\?"d\\?"\s{0,5}:\s{0,5}\\?"([\w-]{20,1000})/y,
      },
    ],
  },
  {
    issuer: 'OpenAI',
    source: 'platform.openai.com/docs/api-reference/authentication',
    rotate: DASHBOARD,
    formats: [
      {
        id: 'openai-key',
        what: 'calls models at the account’s cost',
        class: 'secret',
        prefixes: ['sk-proj-', 'sk-svcacct-', 'sk-admin-'],
        pattern: /sk-(?:proj|svcacct|admin)-[\w-]{40,220}/y,
      },
    ],
  },
  {
    issuer: 'Anthropic',
    source: 'docs.anthropic.com/en/api/overview',
    rotate: DASHBOARD,
    formats: [
      {
        id: 'anthropic-key',
        what: 'calls models at the account’s cost',
        class: 'secret',
        prefixes: ['sk-ant-'],
        pattern: /sk-ant-[a-z]{2,10}\d{2}-[\w-]{40,140}/y,
      },
    ],
  },
  {
    issuer: 'OpenRouter',
    source: 'openrouter.ai/docs/api-reference/authentication',
    rotate: DASHBOARD,
    formats: [
      {
        id: 'openrouter-key',
        what: 'calls models at the account’s cost',
        class: 'secret',
        prefixes: ['sk-or-v1-'],
        pattern: /sk-or-v1-[0-9a-f]{64}/y,
      },
    ],
  },
  {
    issuer: 'Langfuse',
    source: 'langfuse.com/docs/api',
    rotate: DASHBOARD,
    formats: [
      {
        id: 'langfuse-secret-key',
        what: 'reads all traces and prompts',
        class: 'secret',
        prefixes: ['sk-lf-'],
        pattern: new RegExp(`sk-lf-${UUID}`, 'y'),
      },
    ],
  },
  {
    issuer: 'a model provider',
    source: 'format shared by OpenAI (before 2024), DeepSeek, Moonshot, Stability',
    rotate: DASHBOARD,
    formats: [
      {
        id: 'model-provider-key',
        what: 'calls models at the account’s cost',
        class: 'secret',
        prefixes: ['sk-'],
        pattern: /sk-(?:[0-9A-Za-z]{48}|[0-9a-f]{32})(?![\w-])/y,
        proof: 'looks-random',
      },
    ],
  },
  ...simple(
    'Groq',
    'console.groq.com/docs/quickstart',
    'groq-key',
    'gsk_',
    '[0-9A-Za-z]{52}',
    'calls models at the account’s cost',
  ),
  ...simple(
    'xAI',
    'docs.x.ai/docs/overview',
    'xai-key',
    'xai-',
    '[0-9A-Za-z]{70,120}',
    'calls models at the account’s cost',
  ),
  ...simple(
    'Perplexity',
    'docs.perplexity.ai',
    'perplexity-key',
    'pplx-',
    '[0-9A-Za-z]{48}',
    'calls models at the account’s cost',
  ),
  ...simple(
    'Hugging Face',
    'huggingface.co/docs/hub/security-tokens',
    'hugging-face-token',
    'hf_',
    '[A-Za-z]{34}',
    'reads private models and data',
  ),
  ...simple(
    'Replicate',
    'replicate.com/docs/reference/http',
    'replicate-token',
    'r8_',
    '[0-9A-Za-z_-]{37}',
    'runs models at the account’s cost',
  ),
  ...simple(
    'Pinecone',
    'docs.pinecone.io/guides/projects/manage-api-keys',
    'pinecone-key',
    'pcsk_',
    '[0-9A-Za-z]{5,6}_[0-9A-Za-z]{63}',
    'reads and writes every index',
  ),
  ...simple(
    'LangSmith',
    'docs.smith.langchain.com',
    'langsmith-key',
    ['lsv2_pt_', 'lsv2_sk_'],
    '[0-9a-f]{32}_[0-9a-f]{10}',
    'reads all traces',
  ),
  ...simple(
    'Tavily',
    'docs.tavily.com',
    'tavily-key',
    'tvly-',
    '[0-9A-Za-z-]{28,60}',
    'searches at the account’s cost',
  ),
  {
    issuer: 'Google',
    source:
      'cloud.google.com/docs/authentication/api-keys; trufflesecurity.com/blog/google-api-keys-werent-secrets-but-then-gemini-changed-the-rules',
    rotate: 'Limit the key to the APIs and sites that need it (Google Cloud console, Credentials), or replace it.',
    formats: [
      {
        id: 'google-api-key',
        what: 'calls every API that is switched on in the project and not excluded by the key’s limits, models included',
        class: 'restrictable',
        prefixes: ['AIza'],
        pattern: /AIza[\w-]{35}(?![\w-])/y,
      },
      {
        id: 'google-oauth-client-secret',
        what: 'acts as the application in a sign-in',
        class: 'secret',
        prefixes: ['GOCSPX-'],
        pattern: /GOCSPX-[\w-]{28}/y,
      },
      {
        id: 'google-oauth-token',
        what: 'acts as a Google account',
        class: 'secret',
        prefixes: ['ya29.'],
        pattern: /ya29\.[\w-]{40,1000}/y,
      },
      {
        id: 'gemini-key',
        what: 'calls models at the account’s cost',
        class: 'secret',
        prefixes: ['AQ.Ab8RN6'],
        pattern: /AQ\.Ab8RN6[\w-]{30,60}/y,
      },
      {
        id: 'gcp-service-account',
        what: 'acts as a service account of the project',
        class: 'secret',
        prefixes: ['"service_account', '\\"service_account'],
        pattern: /\\?"service_account\\?"[^{}]{0,600}?\\?"private_key_id\\?"\s{0,5}:\s{0,5}\\?"([0-9a-f]{40})/y,
      },
    ],
  },
  {
    issuer: 'GitHub',
    source: 'github.blog/engineering/behind-githubs-new-authentication-token-formats',
    rotate: 'Revoke it (Settings, Developer settings, or the App’s page), and read the audit log.',
    formats: [
      {
        id: 'github-token',
        what: 'reads or writes repositories',
        class: 'secret',
        prefixes: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
        pattern: /gh[pousr]_[0-9A-Za-z]{36}(?![0-9A-Za-z])/y,
      },
      {
        id: 'github-fine-grained-token',
        what: 'reads or writes the repositories it names',
        class: 'secret',
        prefixes: ['github_pat_'],
        pattern: /github_pat_[0-9A-Za-z]{22}_[0-9A-Za-z]{59}/y,
      },
    ],
  },
  {
    issuer: 'GitLab',
    source: 'docs.gitlab.com/security/tokens/#token-prefixes',
    rotate: 'Revoke it where it was made (access tokens of the user, project or group).',
    formats: [
      {
        id: 'gitlab-token',
        what: 'reads or writes projects, runners or deployments',
        class: 'secret',
        prefixes: ['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-', 'glft-', 'glsoat-', 'glimt-', 'glagent-'],
        pattern: /gl(?:pat|dt|rt|cbt|ptt|ft|soat|imt|agent)-[\w.-]{20,300}/y,
      },
    ],
  },
  ...simple(
    'npm',
    'docs.npmjs.com/about-access-tokens',
    'npm-token',
    'npm_',
    '[0-9A-Za-z]{36}(?![0-9A-Za-z])',
    'publishes or reads private packages',
  ),
  ...simple('PyPI', 'pypi.org/help/#apitoken', 'pypi-token', 'pypi-AgEI', '[\\w-]{50,1000}', 'publishes packages'),
  ...simple(
    'Docker',
    'docs.docker.com/security/access-tokens',
    'docker-token',
    ['dckr_pat_', 'dckr_oat_'],
    '[\\w-]{27,60}',
    'pulls and pushes images',
  ),
  ...simple(
    'Resend',
    'resend.com/docs/dashboard/api-keys/introduction',
    'resend-key',
    're_',
    '[0-9A-Za-z]{8}_[0-9A-Za-z]{24}(?![\\w])',
    'sends mail as the domain',
  ),
  ...simple(
    'SendGrid',
    'www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys',
    'sendgrid-key',
    'SG.',
    '[\\w-]{22}\\.[\\w-]{43}',
    'sends mail as the domain',
  ),
  ...simple(
    'Brevo',
    'developers.brevo.com/docs/getting-started',
    'brevo-key',
    ['xkeysib-', 'xsmtpsib-'],
    '[0-9a-f]{64}-[0-9A-Za-z]{16}',
    'sends mail as the domain and reads contacts',
  ),
  ...simple(
    'MailerSend',
    'developers.mailersend.com',
    'mailersend-key',
    'mlsn.',
    '[0-9a-f]{64}',
    'sends mail as the domain',
  ),
  {
    issuer: 'Mailgun',
    source: 'documentation.mailgun.com/docs/mailgun/user-manual/api-key-mgmt',
    rotate: DASHBOARD,
    formats: [
      {
        id: 'mailgun-key',
        what: 'sends mail as the domain',
        class: 'secret',
        prefixes: ['key-', ...spelled('mailgun')],
        pattern: new RegExp(
          `key-[0-9a-f]{32}(?![0-9A-Za-z])|${named(`(?:key-${HEX}{32}|${HEX}{32}-${HEX}{8}-${HEX}{8})`).source}`,
          'y',
        ),
      },
    ],
  },
  ...contextual(
    'Postmark',
    'postmarkapp.com/developer/api/overview',
    'postmark-token',
    ['postmark'],
    UUID,
    'sends mail as the domain',
  ),
  ...contextual(
    'Mailchimp',
    'mailchimp.com/developer/marketing/docs/fundamentals',
    'mailchimp-key',
    ['mailchimp'],
    `${HEX}{32}-us\\d{1,2}`,
    'reads and mails all contacts',
  ),
  {
    issuer: 'Slack',
    source: 'docs.slack.dev/authentication/tokens',
    rotate: 'Revoke it on the app’s page (api.slack.com/apps) and install the app again.',
    formats: [
      {
        id: 'slack-token',
        what: 'reads or writes in the workspace',
        class: 'secret',
        prefixes: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxe-', 'xoxe.'],
        pattern: /xox[abeprs][-.][0-9A-Za-z.-]{20,250}/y,
        proof: 'looks-random',
      },
      {
        id: 'slack-app-token',
        what: 'opens a socket as the app',
        class: 'secret',
        prefixes: ['xapp-'],
        pattern: /xapp-\d-[0-9A-Z]{8,14}-\d{8,16}-[0-9a-f]{40,80}/y,
      },
      {
        id: 'slack-webhook',
        what: 'posts into a channel',
        class: 'secret',
        prefixes: ['hooks.slack.com/'],
        pattern:
          /hooks\.slack\.com\/(?:services|workflows|triggers)\/([0-9A-Za-z]{8,14}\/[0-9A-Za-z]{8,14}\/[0-9A-Za-z/]{16,60})/y,
      },
    ],
  },
  {
    issuer: 'Discord',
    source: 'discord.com/developers/docs/resources/webhook',
    rotate: 'Delete the webhook in the channel’s settings and make a new one.',
    formats: [
      {
        id: 'discord-webhook',
        what: 'posts into a channel',
        class: 'secret',
        prefixes: ['discord.com/api/', 'discordapp.com/api/'],
        pattern: /discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/(\d{17,20}\/[\w-]{60,80})/y,
      },
    ],
  },
  {
    issuer: 'Telegram',
    source: 'core.telegram.org/bots/api#authorizing-your-bot',
    rotate: 'Ask @BotFather for a new token.',
    formats: [
      {
        id: 'telegram-bot-token',
        what: 'acts as the bot and reads its chats',
        class: 'secret',
        prefixes: ['api.telegram.org/bot', ...spelled('telegram')],
        pattern: new RegExp(
          `api\\.telegram\\.org/bot(\\d{8,10}:[\\w-]{35})|${named('\\d{8,10}:[\\w-]{35}').source}`,
          'y',
        ),
      },
    ],
  },
  {
    issuer: 'Twilio',
    source: 'www.twilio.com/docs/iam/api-keys',
    rotate: 'Rotate the auth token or delete the API key in the Twilio console.',
    formats: [
      {
        id: 'twilio-auth-token',
        what: 'sends messages and reads the log of calls',
        class: 'secret',
        prefixes: spelled('twilio'),
        pattern: named(`${HEX}{32}`),
        proof: 'looks-random',
      },
    ],
  },
  {
    issuer: 'Mapbox',
    source: 'docs.mapbox.com/help/glossary/access-token',
    rotate: DASHBOARD,
    formats: [
      {
        id: 'mapbox-secret-token',
        what: 'changes maps and tokens of the account',
        class: 'secret',
        prefixes: ['sk.eyJ'],
        pattern: /sk\.eyJ[\w-]{20,300}\.[\w-]{20,60}/y,
      },
      {
        id: 'mapbox-public-token',
        what: 'shows maps at the account’s cost unless limited to sites',
        class: 'restrictable',
        prefixes: ['pk.eyJ'],
        pattern: /pk\.eyJ[\w-]{20,300}\.[\w-]{20,60}/y,
      },
    ],
  },
  {
    issuer: 'Algolia',
    source: 'www.algolia.com/doc/guides/security/api-keys',
    rotate: 'Regenerate the admin key; in browsers use a search-only key limited to the site’s indices.',
    formats: [
      {
        id: 'algolia-admin-key',
        what: 'reads, changes and deletes every index',
        class: 'secret',
        prefixes: ['algoliaAdmin', 'ALGOLIA_ADMIN', 'algolia_admin', 'AlgoliaAdmin', 'ALGOLIA_WRITE', 'algoliaWrite'],
        pattern: named(`${HEX}{32}`),
      },
      {
        id: 'algolia-key',
        what: 'what its access list says; an admin key looks the same',
        class: 'restrictable',
        prefixes: spelled('algolia'),
        pattern: named(`${HEX}{32}`),
        proof: 'looks-random',
      },
    ],
  },
  {
    issuer: 'Sentry',
    source: 'docs.sentry.io/account/auth-tokens; docs.sentry.io/concepts/key-terms/dsn-explainer',
    rotate: 'Revoke the token (Settings, Auth tokens); a DSN without a secret part may stay.',
    formats: [
      {
        id: 'sentry-auth-token',
        what: 'reads events and uploads releases',
        class: 'secret',
        prefixes: ['sntrys_', 'sntryu_'],
        pattern: /sntry(?:s_eyJ[\w+/=-]{40,800}|u_[0-9a-f]{64})/y,
      },
      {
        id: 'sentry-dsn-with-secret',
        what: 'reads and writes events by an old key',
        class: 'secret',
        prefixes: ['https://'],
        pattern: /https:\/\/([0-9a-f]{32}:[0-9a-f]{32})@[\w.-]{1,200}\/\d{1,20}/y,
      },
      {
        id: 'sentry-dsn',
        what: 'sends events',
        class: 'public',
        prefixes: ['https://'],
        pattern: /https:\/\/[0-9a-f]{32}@[\w.-]{1,200}\/\d{1,20}/y,
      },
    ],
  },
  {
    issuer: 'PostHog',
    source: 'posthog.com/docs/api',
    rotate: DASHBOARD,
    formats: [
      {
        id: 'posthog-personal-key',
        what: 'reads all analytics',
        class: 'secret',
        prefixes: ['phx_', 'phs_'],
        pattern: /ph[xs]_[0-9A-Za-z]{40,60}/y,
      },
      {
        id: 'posthog-project-key',
        what: 'sends events',
        class: 'public',
        prefixes: ['phc_'],
        pattern: /phc_[0-9A-Za-z]{40,60}/y,
      },
    ],
  },
  {
    issuer: 'the owner of the key',
    source: 'RFC 7468; RFC 4716',
    rotate: 'Make a new key pair, replace the certificate or the authorised key, and revoke the old one.',
    formats: [
      {
        id: 'private-key',
        what: 'acts or decrypts in the owner’s name',
        class: 'secret',
        prefixes: ['-----BEGIN '],
        pattern:
          /-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED )?PRIVATE KEY-----((?:\\{1,2}[nr]|\s|[A-Za-z0-9+/=]){64,12000})/y,
      },
    ],
  },
  {
    issuer: 'the database or broker',
    source: 'RFC 3986, section 3.2.1; www.postgresql.org/docs/current/libpq-connect.html',
    rotate: 'Change the password, close the database to the internet, and move every call to the server.',
    formats: [
      {
        id: 'connection-url',
        what: 'signs in to a database, broker or mail server',
        class: 'secret',
        prefixes: [
          'postgres://',
          'postgresql://',
          'mysql://',
          'mysql2://',
          'mariadb://',
          'mongodb://',
          'mongodb+srv://',
          'redis://',
          'rediss://',
          'amqp://',
          'amqps://',
          'mssql://',
          'sqlserver://',
          'clickhouse://',
          'libsql://',
          'nats://',
          'smtp://',
          'smtps://',
          'ldap://',
          'ldaps://',
          'ftp://',
          'sftp://',
          'cockroachdb://',
        ],
        pattern: /[a-z0-9+]{3,12}:\/\/[^\s:@/"'`<>{}$]{0,100}:[^\s@/"'`<>{}$]{3,200}@[A-Za-z0-9.-]{1,253}/y,
        proof: 'connection-with-password',
      },
    ],
  },
  {
    issuer: 'the site',
    source: 'RFC 3986, section 3.2.1',
    rotate: 'Change the password and send it from the server only.',
    formats: [
      {
        id: 'url-credentials',
        what: 'signs in with the name and password in the address',
        class: 'secret',
        prefixes: ['https://', 'http://'],
        pattern: /https?:\/\/[^\s:@/"'`<>{}$?#]{1,100}:[^\s:@/"'`<>{}$?#]{6,200}@[A-Za-z0-9.-]{3,253}/y,
        proof: 'url-with-password',
      },
    ],
  },
  ...simple(
    'Prisma',
    'www.prisma.io/docs/accelerate',
    'prisma-accelerate-url',
    'prisma://',
    '[A-Za-z0-9.-]{3,200}/\\?api_key=[\\w.-]{30,1000}',
    'queries the database',
  ),
  ...simple(
    'PlanetScale',
    'planetscale.com/docs/concepts/service-tokens',
    'planetscale-token',
    ['pscale_tkn_', 'pscale_pw_', 'pscale_oauth_'],
    '[\\w.=-]{32,64}',
    'manages or queries databases',
  ),
  ...simple('Neon', 'neon.com/docs/manage/api-keys', 'neon-key', 'napi_', '[0-9a-z]{40,80}', 'manages databases'),
  ...simple(
    'Databricks',
    'docs.databricks.com/dev-tools/auth/pat',
    'databricks-token',
    'dapi',
    '[0-9a-f]{32}(?:-\\d)?(?![0-9A-Za-z])',
    'reads all tables',
  ),
  ...simple(
    'Tinybird',
    'www.tinybird.co/docs/api-reference/token-api',
    'tinybird-token',
    'p.eyJ',
    '[\\w-]{20,400}\\.[\\w-]{20,100}',
    'queries or changes data sources',
  ),
  ...simple(
    'Cloudflare',
    'developers.cloudflare.com/fundamentals/api/get-started/token-formats',
    'cloudflare-token',
    ['cfut_', 'cfat_', 'cfk_'],
    '[0-9A-Za-z_-]{40,60}',
    'changes zones, workers or DNS',
  ),
  {
    issuer: 'Cloudflare',
    source: 'developers.cloudflare.com/turnstile/get-started',
    rotate: 'Rotate the secret key of the widget.',
    formats: [
      {
        id: 'turnstile-secret-key',
        what: 'validates challenges in the site’s name',
        class: 'secret',
        prefixes: ['0x4AAAAA'],
        pattern: /0x4AAAAA[\w-]{25,32}(?![\w-])/y,
      },
      {
        id: 'turnstile-site-key',
        what: 'names the widget',
        class: 'public',
        prefixes: ['0x4AAAAA'],
        pattern: /0x4AAAAA[\w-]{12,20}(?![\w-])/y,
      },
    ],
  },
  {
    issuer: 'Google reCAPTCHA',
    source: 'developers.google.com/recaptcha/docs/verify',
    rotate: 'Make a new key pair for the site.',
    formats: [
      {
        id: 'recaptcha-secret-key',
        what: 'validates challenges in the site’s name',
        class: 'secret',
        prefixes: ['RECAPTCHA_SECRET', 'recaptchaSecret', 'recaptcha_secret', 'RecaptchaSecret'],
        pattern: named('6L[\\w-]{38}'),
      },
      {
        id: 'recaptcha-site-key',
        what: 'names the widget',
        class: 'public',
        prefixes: ['6Lc', '6Ld', '6Le', '6Lf'],
        pattern: /6L[c-f][\w-]{37}(?![\w-])/y,
      },
    ],
  },
  ...simple(
    'Vercel',
    'vercel.com/docs/rest-api',
    'vercel-token',
    ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'],
    '[0-9A-Za-z]{50,60}',
    'deploys and reads the environment',
  ),
  ...simple(
    'Vercel',
    'vercel.com/docs/vercel-blob',
    'vercel-blob-token',
    'vercel_blob_rw_',
    '[0-9A-Za-z]{10,30}_[0-9A-Za-z]{24,50}',
    'reads and writes every blob',
  ),
  ...simple(
    'Netlify',
    'docs.netlify.com/api/get-started',
    'netlify-token',
    'nfp_',
    '[0-9A-Za-z]{36,50}',
    'deploys and reads the environment',
  ),
  ...simple(
    'Render',
    'render.com/docs/api',
    'render-key',
    'rnd_',
    '[0-9A-Za-z]{28,40}',
    'deploys and reads the environment',
  ),
  ...simple(
    'Fly.io',
    'fly.io/docs/security/tokens',
    'fly-token',
    ['fm1r_', 'fm2_'],
    '[0-9A-Za-z+/=,_]{80,2000}',
    'deploys and reads the machines',
  ),
  ...simple(
    'DigitalOcean',
    'docs.digitalocean.com/reference/api/create-personal-access-token',
    'digitalocean-token',
    ['dop_v1_', 'doo_v1_', 'dor_v1_'],
    '[0-9a-f]{64}',
    'manages the account',
  ),
  ...simple(
    'Heroku',
    'devcenter.heroku.com/articles/authentication',
    'heroku-key',
    'HRKU-AA',
    '[\\w-]{58,64}',
    'deploys and reads the environment',
  ),
  ...simple(
    'Doppler',
    'docs.doppler.com/reference/auth-token-formats',
    'doppler-token',
    ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.', 'dp.scim.', 'dp.audit.'],
    '(?:[\\w-]{2,35}\\.)?[0-9A-Za-z]{40,44}',
    'reads all secrets of a project',
  ),
  ...simple(
    'HashiCorp Vault',
    'developer.hashicorp.com/vault/docs/concepts/tokens',
    'vault-token',
    ['hvs.', 'hvb.', 'hvr.'],
    '[\\w-]{24,300}',
    'reads secrets',
    'looks-random',
  ),
  ...simple(
    '1Password',
    'developer.1password.com/docs/service-accounts',
    'onepassword-token',
    'ops_eyJ',
    '[\\w-]{200,2000}',
    'reads vaults',
  ),
  ...simple(
    'Pulumi',
    'www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens',
    'pulumi-token',
    'pul-',
    '[0-9a-f]{40}',
    'changes the infrastructure',
  ),
  ...simple(
    'Tailscale',
    'tailscale.com/kb/1101/api',
    'tailscale-key',
    'tskey-',
    '[a-z]{2,10}-[0-9A-Za-z]{8,24}-[0-9A-Za-z]{20,40}',
    'joins the private network',
  ),
  ...simple(
    'age',
    'age-encryption.org/v1',
    'age-key',
    'AGE-SECRET-KEY-1',
    '[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}',
    'decrypts files',
  ),
  ...simple(
    'Linear',
    'linear.app/developers',
    'linear-key',
    ['lin_api_', 'lin_oauth_'],
    '[0-9A-Za-z]{40,64}',
    'reads and writes issues',
  ),
  ...simple(
    'Notion',
    'developers.notion.com/reference/authentication',
    'notion-token',
    ['ntn_', 'secret_'],
    '(?<=ntn_)[0-9A-Za-z]{44,50}|(?<=secret_)[0-9A-Za-z]{43}(?![0-9A-Za-z])',
    'reads and writes pages',
    'looks-random',
  ),
  ...simple(
    'Airtable',
    'airtable.com/developers/web/guides/personal-access-tokens',
    'airtable-token',
    'pat',
    '[0-9A-Za-z]{14}\\.[0-9a-f]{64}',
    'reads and writes bases',
  ),
  ...simple(
    'Figma',
    'developers.figma.com/docs/rest-api/authentication',
    'figma-token',
    ['figd_', 'figu_', 'figo_'],
    '[\\w-]{38,60}',
    'reads designs',
  ),
  ...simple(
    'Shopify',
    'shopify.dev/docs/apps/build/authentication-authorization',
    'shopify-token',
    ['shpat_', 'shpca_', 'shppa_', 'shpss_'],
    '[0-9a-fA-F]{32}',
    'reads orders and customers',
  ),
  ...simple(
    'HubSpot',
    'developers.hubspot.com/docs/apps/legacy-apps/private-apps/overview',
    'hubspot-token',
    ['pat-na1-', 'pat-na2-', 'pat-eu1-', 'pat-ap1-'],
    UUID,
    'reads and writes contacts',
  ),
  ...simple(
    'New Relic',
    'docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys',
    'new-relic-key',
    ['NRAK-', 'NRII-', 'NRAA-'],
    '[\\w-]{27,42}',
    'reads or writes telemetry',
  ),
  {
    issuer: 'New Relic',
    source: 'docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys',
    rotate: 'Nothing to do: a browser licence key is meant for browsers.',
    formats: [
      {
        id: 'new-relic-browser-key',
        what: 'sends events',
        class: 'public',
        prefixes: ['NRJS-', 'NRBR-'],
        pattern: /NR(?:JS|BR)-[0-9a-f]{19,40}/y,
      },
    ],
  },
  ...simple(
    'Grafana',
    'grafana.com/docs/grafana/latest/administration/service-accounts',
    'grafana-token',
    ['glsa_', 'glc_'],
    '(?:[0-9A-Za-z]{32}_[0-9A-Fa-f]{8}|eyJ[0-9A-Za-z+/=]{60,400})',
    'reads dashboards and data',
  ),
  {
    issuer: 'Datadog',
    source: 'docs.datadoghq.com/account_management/api-app-keys',
    rotate: DASHBOARD,
    formats: [
      {
        id: 'datadog-client-token',
        what: 'sends events',
        class: 'public',
        prefixes: ['pub'],
        pattern: /pub[0-9a-f]{32}(?![0-9A-Za-z])/y,
      },
      {
        id: 'datadog-key',
        what: 'sends or reads telemetry',
        class: 'secret',
        prefixes: [...spelled('datadog'), 'DD_API_KEY', 'DD_APP_KEY', 'ddApiKey'],
        pattern: named(`${HEX}{32}(?:${HEX}{8})?`),
        proof: 'looks-random',
      },
    ],
  },
  ...simple('Axiom', 'axiom.co/docs/reference/tokens', 'axiom-token', ['xaat-', 'xapt-'], UUID, 'reads or writes logs'),
  ...simple(
    'Honeycomb',
    'docs.honeycomb.io/configure/environments/manage-api-keys',
    'honeycomb-key',
    ['hcaik_', 'hcamk_', 'hcxik_'],
    '[0-9a-z]{50,64}',
    'sends or reads telemetry',
  ),
  ...simple(
    'LaunchDarkly',
    'launchdarkly.com/docs/sdk/concepts/client-side-server-side',
    'launchdarkly-sdk-key',
    'sdk-',
    UUID,
    'reads all flags and rules',
  ),
  ...simple(
    'LaunchDarkly',
    'launchdarkly.com/docs/home/account/api',
    'launchdarkly-api-key',
    'api-',
    UUID,
    'changes flags',
  ),
  {
    issuer: 'Microsoft Azure',
    source: 'learn.microsoft.com/azure/storage/common/storage-account-keys-manage',
    rotate: 'Regenerate the key of the account; in browsers use a signature that is short-lived and limited.',
    formats: [
      {
        id: 'azure-storage-key',
        what: 'reads and writes the whole storage account',
        class: 'secret',
        prefixes: ['AccountKey=', 'SharedAccessKey='],
        pattern: /(?:AccountKey|SharedAccessKey)=([0-9A-Za-z+/]{42,86}={0,2})/y,
        proof: 'looks-random',
      },
      {
        id: 'azure-client-secret',
        what: 'signs in as the application',
        class: 'secret',
        prefixes: ['7Q~', '8Q~'],
        pattern: /[78]Q~[\w.~-]{31,34}(?![\w.~-])/y,
      },
    ],
  },
  ...simple(
    'Cloudinary',
    'cloudinary.com/documentation/solution_overview',
    'cloudinary-url',
    'cloudinary://',
    '\\d{10,18}:[\\w-]{20,40}@[\\w-]{2,60}',
    'changes and deletes all media',
  ),
  ...simple(
    'Contentful',
    'www.contentful.com/developers/docs/references/authentication',
    'contentful-management-token',
    'CFPAT-',
    '[\\w-]{40,50}',
    'changes all content',
  ),
  ...simple(
    'Sanity',
    'www.sanity.io/docs/content-lake/http-auth',
    'sanity-token',
    'sk79',
    '[0-9A-Za-z]{70,200}',
    'reads drafts and changes content',
    'looks-random',
  ),
  ...simple(
    'Square',
    'developer.squareup.com/docs/build-basics/access-tokens',
    'square-token',
    ['sq0atp-', 'sq0csp-', 'EAAAl', 'EAAAE'],
    '[\\w-]{22,64}',
    'takes payments',
    'looks-random',
  ),
  ...simple(
    'Braintree',
    'developer.paypal.com/braintree/articles',
    'braintree-token',
    'access_token$production$',
    '[0-9a-z]{16}\\$[0-9a-f]{32}',
    'takes payments',
  ),
  ...simple(
    'Razorpay',
    'razorpay.com/docs/api/authentication',
    'razorpay-key-id',
    ['rzp_live_', 'rzp_test_'],
    '[0-9A-Za-z]{14}(?![0-9A-Za-z])',
    'names the merchant account',
    undefined,
    'public',
  ),
  ...simple(
    'Paddle',
    'developer.paddle.com/api-reference/about/authentication',
    'paddle-key',
    'pdl_live_apikey_',
    '[0-9a-z]{26}_[0-9A-Za-z]{22}_[0-9A-Za-z]{3}',
    'charges and reads customers',
  ),
  ...simple(
    'Postman',
    'learning.postman.com/docs/developer/postman-api/authentication',
    'postman-key',
    'PMAK-',
    '[0-9a-f]{24}-[0-9a-f]{34}',
    'reads collections and their secrets',
  ),
  ...simple(
    'Atlassian',
    'support.atlassian.com/atlassian-account/docs/manage-api-tokens',
    'atlassian-token',
    ['ATATT3', 'ATCTT3', 'ATBB'],
    '[\\w=-]{28,250}',
    'reads and writes as a person',
    'looks-random',
  ),
  ...simple(
    'Unkey',
    'www.unkey.com/docs/security/root-keys',
    'unkey-root-key',
    'unkey_',
    '[0-9A-Za-z]{20,60}',
    'makes and reads API keys',
    'looks-random',
  ),
  ...simple(
    'Inngest',
    'www.inngest.com/docs/platform/signing-keys',
    'inngest-signing-key',
    ['signkey-prod-', 'signkey-branch-'],
    '[0-9a-f]{32,64}',
    'forges and reads events',
  ),
  ...simple(
    'Trigger.dev',
    'trigger.dev/docs/apikeys',
    'trigger-key',
    ['tr_prod_', 'tr_stg_'],
    '[0-9A-Za-z]{20,40}',
    'runs tasks',
  ),
  ...simple(
    'Liveblocks',
    'liveblocks.io/docs/authentication',
    'liveblocks-secret-key',
    'sk_prod_',
    '[\\w-]{30,80}',
    'enters every room',
  ),
  ...simple(
    'Facebook',
    'developers.facebook.com/docs/facebook-login/guides/access-tokens',
    'facebook-token',
    ['EAACE', 'EAABs', 'EAAG', 'EAAM'],
    '[0-9A-Za-z]{90,300}',
    'acts as a person or page',
    'looks-random',
  ),
  {
    issuer: 'the portal itself',
    source: 'names that frameworks give their server secrets (NextAuth, Rails, Django, Laravel, Express)',
    rotate:
      'Replace the secret on the server, which ends all sessions, and take its name out of what is built for browsers.',
    formats: [
      {
        id: 'named-server-secret',
        what: 'signs sessions or acts as the server',
        class: 'secret',
        prefixes: [
          'JWT_SECRET',
          'jwtSecret',
          'SESSION_SECRET',
          'sessionSecret',
          'COOKIE_SECRET',
          'cookieSecret',
          'AUTH_SECRET',
          'authSecret',
          'NEXTAUTH_SECRET',
          'ENCRYPTION_KEY',
          'encryptionKey',
          'SECRET_KEY',
          'APP_KEY',
          'CLIENT_SECRET',
          'client_secret',
          'clientSecret',
          'API_SECRET',
          'api_secret',
          'apiSecret',
          'SERVICE_ROLE',
          'serviceRole',
          'WEBHOOK_SECRET',
          'webhookSecret',
          'PRIVATE_API_KEY',
          'VAPID_PRIVATE',
          'vapidPrivate',
          'ADMIN_SECRET',
          'adminSecret',
        ],
        pattern: named('(?:base64:)?[\\w+/=.~!@#%^&*-]{20,200}'),
        proof: 'looks-random',
      },
      {
        id: 'named-server-password',
        what: 'signs in to a server of the portal',
        class: 'secret',
        prefixes: [
          'DB_PASS',
          'dbPassword',
          'DATABASE_PASSWORD',
          'POSTGRES_PASSWORD',
          'MYSQL_PASSWORD',
          'MYSQL_ROOT_PASSWORD',
          'REDIS_PASSWORD',
          'SMTP_PASS',
          'smtpPassword',
          'ADMIN_PASSWORD',
          'adminPassword',
          'MAIL_PASSWORD',
        ],
        pattern: named('[^"\'`\\s<>{}$]{8,100}'),
        proof: 'not-a-word',
      },
    ],
  },
];

export const SECRET_RULES: readonly SecretRule[] = ISSUERS.flatMap(({ formats, ...issuer }) =>
  formats.map((format) => ({ ...format, ...issuer })),
);

/** A format that is a prefix and a body, and secret. */
function simple(
  issuer: string,
  source: string,
  id: string,
  prefixes: string | readonly string[],
  body: string,
  what: string,
  proof?: Proof,
  kind: SecretHit['class'] = 'secret',
): Issuer[] {
  const list = typeof prefixes === 'string' ? [prefixes] : prefixes;
  const pattern = new RegExp(`(?:${list.map(literally).join('|')})(?:${body})`, 'y');
  const format = { id, what, class: kind, prefixes: list, pattern };
  return [{ issuer, source, rotate: DASHBOARD, formats: [proof === undefined ? format : { ...format, proof }] }];
}

/** A format without a prefix of its own: only the name it is assigned to gives it away. */
function contextual(
  issuer: string,
  source: string,
  id: string,
  words: readonly string[],
  value: string,
  what: string,
): Issuer[] {
  const format = {
    id,
    what,
    class: 'secret',
    prefixes: spelled(...words),
    pattern: named(value),
    proof: 'looks-random',
  } as const;
  return [{ issuer, source, rotate: DASHBOARD, formats: [format] }];
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
