/** Mail providers by what stands in MX and SPF records. Source: the providers' own set-up pages. */
const PROVIDERS: readonly (readonly [name: string, sign: RegExp])[] = [
  ['Google Workspace', /aspmx\.l\.google\.com|googlemail\.com|include:_spf\.google\.com|smtp\.google\.com/i],
  ['Microsoft 365', /mail\.protection\.outlook\.com|include:spf\.protection\.outlook\.com/i],
  ['Amazon SES', /amazonses\.com/i],
  ['Resend', /resend\.com/i],
  ['SendGrid', /sendgrid\.net/i],
  ['Mailgun', /mailgun\.org/i],
  ['Postmark', /mtasv\.net|postmarkapp\.com/i],
  ['Brevo', /sendinblue\.com|brevo\.com/i],
  ['Fastmail', /messagingengine\.com/i],
  ['Proton Mail', /protonmail\.ch/i],
  ['Zoho', /zoho\.(?:com|eu)/i],
];

/** Who handles mail, as far as the records tell; null when they name nobody we know. */
export function mailProvider(records: readonly string[]): string | null {
  const found = PROVIDERS.filter(([, sign]) => records.some((record) => sign.test(record.slice(0, 2_000))));
  return found.length === 0 ? null : found.map(([name]) => name).join(', ');
}
