import { defineCases } from '../define-cases.ts';

const at = (field: string) => [{ problem: 'version-shown', subject: `header ${field} of *` }] as const;

export default defineCases({
  check: 'version-banners',
  faults: [
    {
      name: 'the server names its version',
      change: { banners: { server: 'nginx/1.25.3 (Ubuntu)' } },
      finds: at('server'),
    },
    {
      name: 'the language names its version',
      change: { banners: { 'x-powered-by': 'PHP/8.2.1' } },
      finds: at('x-powered-by'),
    },
    {
      name: 'only errors name the version of the server',
      change: { headerRules: [{ paths: ['/launch-ready/*'], set: { server: 'Apache/2.4.62' } }] },
      finds: at('server'),
    },
  ],
  decoys: [
    { name: 'the server names itself without a version', change: { banners: { server: 'nginx' } } },
    { name: 'the framework names itself without a version', change: { banners: { 'x-powered-by': 'Express' } } },
    { name: 'a proxy names the version of the protocol', change: { banners: { via: '1.1 varnish' } } },
  ],
});
