import { defineCases } from '../define-cases.ts';

const made = (content: string) => ({ inserts: { '*': { head: `<meta name="generator" content="${content}">` } } });

export default defineCases({
  check: 'generator-version',
  faults: [
    {
      name: 'every page names the software that made it, with its version',
      change: made('WordPress 6.4.2'),
      finds: [{ problem: 'generator-version-shown', subject: 'pages of portal.example' }],
    },
  ],
  decoys: [{ name: 'every page names the software that made it', change: made('Webflow') }],
});
