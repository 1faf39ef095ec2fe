/** The public standards that checks stand on, with the versions that their ids belong to. */
export const STANDARDS = {
  asvs: { title: 'OWASP ASVS', version: '5.0.0', link: 'https://github.com/OWASP/ASVS/tree/v5.0.0' },
  top10: { title: 'OWASP Top 10', version: '2025', link: 'https://owasp.org/Top10/2025/' },
  cwe: { title: 'CWE', version: '4.18', link: 'https://cwe.mitre.org/data/definitions/' },
  mvsp: { title: 'MVSP', version: '3.0', link: 'https://mvsp.dev/mvsp.en/' },
} as const;
