import { defineCases } from '../define-cases.ts';

const script = (src: string, attributes = '') => ({
  inserts: { '/privacy': { head: `<script src="${src}" ${attributes} defer></script>` } },
});

export default defineCases({
  check: 'script-integrity',
  faults: [
    {
      name: 'a page loads a library from a package mirror as it comes',
      change: script('https://cdn.vendor.example/chart.js@4/dist/chart.umd.js'),
      finds: [
        {
          problem: 'third-party-script-unpinned',
          subject: 'script https://cdn.vendor.example/chart.js@4/dist/chart.umd.js',
        },
      ],
    },
  ],
  decoys: [
    {
      name: 'the library is pinned by its digest',
      change: script(
        'https://cdn.vendor.example/chart.js@4/dist/chart.umd.js',
        'integrity="sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC" crossorigin="anonymous"',
      ),
    },
    {
      name: 'a payment widget that its maker changes all the time cannot be pinned',
      change: script('https://js.stripe.com/v3/'),
    },
  ],
});
