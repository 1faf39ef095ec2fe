import { defineCases } from '../define-cases.ts';
import { SOUND_CSP } from '../portal/switches.ts';

const PAGES = 'pages of portal.example';
const REST = "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const onPages = (policy: string) => ({ csp: { page: policy } });

export default defineCases({
  check: 'content-security-policy',
  faults: [
    {
      name: 'pages are sent without a policy',
      change: { csp: { page: null } },
      finds: [{ problem: 'csp-missing', subject: PAGES }],
    },
    {
      name: 'the page for unknown addresses is sent without a policy',
      change: { csp: { error: null } },
      finds: [{ problem: 'csp-missing', subject: 'errors of portal.example' }],
    },
    {
      name: 'the policy was never switched from reporting to enforcing',
      change: { csp: { page: null }, cspReportOnly: { page: SOUND_CSP } },
      finds: [{ problem: 'csp-report-only', subject: PAGES }],
    },
    {
      name: 'the policy lets scripts within the page run',
      change: onPages(`default-src 'self'; script-src 'self' 'unsafe-inline'; ${REST}`),
      finds: [{ problem: 'csp-allows-inline-script', subject: PAGES }],
    },
    {
      name: 'the policy says nothing about scripts',
      change: onPages(`upgrade-insecure-requests; ${REST}`),
      finds: [{ problem: 'csp-allows-inline-script', subject: PAGES }],
    },
    {
      name: 'the policy takes scripts from any host over https',
      change: onPages(`default-src 'self'; script-src 'self' https:; ${REST}`),
      finds: [{ problem: 'csp-allows-any-host', subject: PAGES }],
    },
    {
      name: 'the policy trusts a package mirror',
      change: onPages(`default-src 'self'; script-src 'self' https://unpkg.com; ${REST}`),
      finds: [{ problem: 'csp-known-bypass-host', subject: PAGES }],
    },
    {
      name: 'the policy leaves base-uri open',
      change: onPages("default-src 'none'; script-src 'self'; style-src 'self'; frame-ancestors 'none'"),
      finds: [{ problem: 'csp-without-base-uri-or-object-src', subject: PAGES }],
    },
  ],
  decoys: [
    {
      name: 'unsafe-inline stands beside a nonce, for browsers of ten years ago',
      change: onPages(
        `default-src 'self'; script-src 'nonce-4AEemGb0xJptoIGFP3Nd' 'strict-dynamic' 'unsafe-inline' https:; ${REST}`,
      ),
    },
    {
      name: 'a second policy only reports',
      change: { cspReportOnly: { page: "default-src 'self' 'unsafe-inline' *" } },
    },
    {
      name: 'styles within the page are allowed, scripts are not',
      change: onPages(`default-src 'self'; style-src 'self' 'unsafe-inline'; ${REST}`),
    },
    {
      name: "an error page whose policy is default-src 'none' and no more",
      change: { headerRules: [{ statuses: [404], set: { 'content-security-policy': "default-src 'none'" } }] },
    },
    { name: 'JSON answers have no policy: nothing in them is run', change: { csp: { api: null, asset: null } } },
    ...(['challenge', 'rate-limited', 'server-error', 'unavailable'] as const).map((behaviour) => ({
      name: `${behaviour} in place of a page, without any header`,
      change: { hostile: [{ host: 'portal.example', path: '/privacy', scheme: 'https' as const, behaviour }] },
      notVerified: true,
    })),
  ],
});
