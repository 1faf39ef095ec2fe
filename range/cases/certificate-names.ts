import { defineCases } from '../define-cases.ts';

const names = (host: 'portal.example' | 'www.portal.example' | 'api.portal.example', ...given: string[]) => ({
  edges: { [host]: { certificate: { names: given } } },
});

export default defineCases({
  check: 'certificate-names',
  faults: [
    {
      name: 'the certificate is that of another site',
      change: names('portal.example', 'shop.example'),
      finds: [{ problem: 'certificate-name-mismatch', subject: 'tls portal.example:443' }],
    },
    {
      name: 'a wildcard is thought to cover the bare domain',
      change: names('portal.example', '*.portal.example'),
      finds: [{ problem: 'certificate-name-mismatch', subject: 'tls portal.example:443' }],
    },
    {
      name: 'www shows the certificate of the bare domain',
      change: names('www.portal.example', 'portal.example'),
      finds: [{ problem: 'certificate-name-mismatch', subject: 'tls www.portal.example:443' }],
    },
  ],
  decoys: [
    { name: 'a wildcard one level up', change: names('api.portal.example', '*.portal.example') },
    {
      name: 'many names, the right one last',
      change: names('portal.example', 'a.example', 'b.example', 'portal.example'),
    },
    { name: 'letters of another case', change: names('portal.example', 'PORTAL.Example') },
    {
      name: 'the endpoint stays silent',
      change: { edges: { 'api.portal.example': { tls: { behaviour: 'hang' } } } },
      notVerified: true,
    },
  ],
});
