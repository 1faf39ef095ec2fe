import { defineCases } from '../define-cases.ts';

const PAGES = { problem: 'version-shown', subject: 'page https://portal.example/*' };
const CALLS = { problem: 'version-shown', subject: 'api GET https://portal.example/*' };
const ERROR = { problem: 'version-shown', subject: 'error from an unknown route at https://portal.example/*' };

export default defineCases({
  check: 'version-banners',
  faults: [
    {
      name: 'the server names its version',
      change: { banners: { server: 'nginx/1.25.3 (Ubuntu)' } },
      finds: [PAGES, CALLS, ERROR],
    },
    {
      name: 'the language names its version',
      change: { banners: { 'x-powered-by': 'PHP/8.2.1' } },
      finds: [PAGES, CALLS, ERROR],
    },
    {
      name: 'only errors name the version of the server',
      change: { headerRules: [{ paths: ['/launch-ready/*'], set: { server: 'Apache/2.4.62' } }] },
      finds: [ERROR],
    },
  ],
  decoys: [
    { name: 'the server names itself without a version', change: { banners: { server: 'nginx' } } },
    { name: 'the framework names itself without a version', change: { banners: { 'x-powered-by': 'Express' } } },
    { name: 'a proxy names the version of the protocol', change: { banners: { via: '1.1 varnish' } } },
  ],
});
