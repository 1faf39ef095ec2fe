import { defineCases } from '../define-cases.ts';

export default defineCases({
  check: 'development-build',
  faults: [
    {
      name: 'pages come from a development server',
      change: { inserts: { '*': { head: '<script type="module" src="/@vite/client"></script>' } } },
      finds: [{ problem: 'development-server-served', subject: 'build of portal.example' }],
    },
    {
      name: 'a library is in its build for development',
      change: {
        assetText: { 'vendor.js': ';console.info("Download the React DevTools for a better development experience");' },
      },
      finds: [{ problem: 'development-build-served', subject: 'build of portal.example' }],
    },
    {
      name: 'the state of the page sets the mode to development',
      change: { inserts: { '*': { body: '<script type="application/json">{"NODE_ENV":"development"}</script>' } } },
      finds: [{ problem: 'development-build-served', subject: 'build of portal.example' }],
    },
  ],
  decoys: [
    {
      name: 'a library asks which mode it is in',
      change: {
        assetText: { 'vendor.js': ';"development"===globalThis.mode&&console.info("NODE_ENV===\\"production\\"");' },
      },
    },
    {
      name: 'a library compares the mode with development',
      change: { assetText: { 'vendor.js': ';var p=globalThis.process;p&&p.env.NODE_ENV==="development"&&p.exit();' } },
    },
  ],
});
