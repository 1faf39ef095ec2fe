import { defineCases } from '../define-cases.ts';

const news = (canonical: string) => ({
  inserts: { '/': { body: '<p><a href="/news">News</a></p>' } },
  extra: {
    '/news': {
      type: 'text/html; charset=utf-8',
      body: `<!doctype html><html lang="en"><head><title>News</title>${canonical}</head><body><h1>News</h1></body></html>`,
    },
  },
});

export default defineCases({
  check: 'canonical-link',
  faults: [
    {
      name: 'a page names the preview it was built on',
      change: news('<link rel="canonical" href="https://portal-git-main.preview.example/news">'),
      finds: [
        {
          problem: 'canonical-link-elsewhere',
          subject: 'canonical links of portal.example to portal-git-main.preview.example',
        },
      ],
    },
    {
      name: 'a page names www, which is not the canonical host',
      change: news('<link rel="canonical" href="https://www.portal.example/news">'),
      finds: [
        { problem: 'canonical-link-elsewhere', subject: 'canonical links of portal.example to www.portal.example' },
      ],
    },
  ],
  decoys: [
    { name: 'a page without a canonical link', change: news('') },
    { name: 'a canonical link without a host', change: news('<link rel="canonical" href="/news?page=1">') },
    {
      name: 'another language on another host is no canonical link',
      change: news('<link rel="alternate" hreflang="de" href="https://de.other.example/news">'),
    },
    {
      name: 'a linked page does not answer',
      change: {
        ...news(''),
        hostile: [{ host: 'portal.example', path: '/news', scheme: 'https', behaviour: 'hang' }],
      },
      notVerified: true,
    },
  ],
});
