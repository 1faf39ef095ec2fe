import { defineCases } from '../define-cases.ts';

const to = (origin: string) => `references from portal.example to ${origin}`;
const OWN = to('http://portal.example');
const onPrivacy = (body: string) => ({ inserts: { '/privacy': { body } } });

export default defineCases({
  check: 'mixed-content',
  faults: [
    {
      name: 'a frame over plain HTTP',
      change: onPrivacy('<iframe title="Terms" src="http://portal.example/terms"></iframe>'),
      finds: [{ problem: 'mixed-active', subject: OWN }],
    },
    {
      name: 'a script calls an API over plain HTTP',
      change: { assetText: { 'index.js': ';fetch("http://status.other.example/now");' } },
      finds: [{ problem: 'mixed-active', subject: to('http://status.other.example') }],
    },
    {
      name: 'a form over plain HTTP',
      change: onPrivacy('<form method="post" action="http://portal.example/contact"><input name="question"></form>'),
      finds: [{ problem: 'mixed-form', subject: OWN }],
    },
    {
      name: 'a socket without encryption',
      change: { assetText: { 'index.js': ';new WebSocket("ws://portal.example/live");' } },
      finds: [{ problem: 'mixed-socket', subject: to('ws://portal.example') }],
    },
    {
      name: 'a picture over plain HTTP, mended by browsers only',
      change: {
        ...onPrivacy('<img alt="" src="http://portal.example/favicon.svg">'),
        headerRules: [
          {
            paths: ['/privacy'],
            set: {
              'content-security-policy':
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'; upgrade-insecure-requests",
            },
          },
        ],
      },
      finds: [{ problem: 'mixed-passive', subject: OWN }],
    },
    {
      name: 'a background over plain HTTP in a style file',
      change: { assetText: { 'style.css': '.hero{background:url(http://images.other.example/hero.jpg)}' } },
      finds: [{ problem: 'mixed-passive', subject: to('http://images.other.example') }],
    },
    {
      name: 'a link to the portal itself over plain HTTP',
      change: onPrivacy('<p><a href="http://portal.example/login">Sign in</a></p>'),
      finds: [{ problem: 'insecure-link', subject: OWN }],
    },
  ],
  decoys: [
    {
      name: 'a link to another site over plain HTTP',
      change: onPrivacy('<p><a href="http://www.law.example/act">The act</a></p>'),
    },
    {
      name: 'names of formats that look like addresses',
      change: onPrivacy(
        '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg><script type="application/ld+json">{"@context":"http://schema.org"}</script>',
      ),
    },
    {
      name: 'a socket with encryption, and a check for http in a script',
      change: {
        assetText: { 'index.js': ';if(location.href.startsWith("http://"))location.protocol="https:";' },
      },
    },
    {
      name: 'a page does not answer',
      change: { hostile: [{ host: 'portal.example', path: '/privacy', scheme: 'https', behaviour: 'hang' }] },
      notVerified: true,
    },
  ],
});
