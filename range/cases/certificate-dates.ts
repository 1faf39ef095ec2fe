import { defineCases } from '../define-cases.ts';

const APP = 'tls portal.example:443';
/** Days from the world's clock; negative ones lie before it. */
const valid = (validFromDays: number, validToDays: number) => ({
  edges: { 'portal.example': { certificate: { validFromDays, validToDays } } },
});

export default defineCases({
  check: 'certificate-dates',
  faults: [
    {
      name: 'the certificate ran out yesterday',
      change: valid(-91, -1),
      finds: [{ problem: 'certificate-expired', subject: APP }],
    },
    {
      name: 'the certificate begins tomorrow',
      change: valid(1, 91),
      finds: [{ problem: 'certificate-not-yet-valid', subject: APP }],
    },
    {
      name: 'ten of ninety days are left',
      change: valid(-80, 10),
      finds: [{ problem: 'certificate-expires-soon', subject: APP }],
    },
    {
      name: 'one of six days is left',
      change: valid(-5, 1),
      finds: [{ problem: 'certificate-expires-soon', subject: APP }],
    },
    {
      name: 'a year, issued when 200 days are allowed',
      change: valid(-30, 335),
      finds: [{ problem: 'certificate-lives-too-long', subject: APP }],
    },
  ],
  decoys: [
    { name: 'three of six days are left', change: valid(-3, 3) },
    { name: '17 of 47 days are left', change: valid(-30, 17) },
    { name: 'a year, issued when that was allowed', change: valid(-260, 130) },
    { name: '22 of 90 days are left', change: valid(-68, 22) },
    {
      name: 'the endpoint stays silent',
      change: { edges: { 'api.portal.example': { tls: { behaviour: 'hang' } } } },
      notVerified: true,
    },
  ],
});
