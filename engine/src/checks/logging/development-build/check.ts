import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import type { ObservationOf } from '../../../model/observation.ts';
import { hostOf } from '../../answers.ts';
import { htmlPageSubjects, ownAssetSubjects } from '../../subjects.ts';

type ProblemId = 'development-server-served' | 'development-build-served';
type Asset = ObservationOf<'asset'>;

/** Kinds of marks (extractors/leak-marks.ts): a server that rebuilds while one writes, and a library with its warnings in. */
const SERVER: readonly string[] = ['vite-dev-client', 'webpack-dev-build', 'next-dev-build'];
const BUILD: readonly string[] = ['react-development-build', 'vue-development-build', 'angular-development-build'];
/** A comparison stands in many libraries; only what sets the mode says which one it is. */
const SETS_THE_MODE = /NODE_ENV["']?\s{0,3}[:=]\s{0,3}["']development["']/;

const BUILD_FOR_PRODUCTION = {
  vite: ['vite build', 'and serve dist/ with a web server; `vite` and `vite preview` are for your own machine.'],
  next: ['next build && next start'],
  express: ['NODE_ENV=production node server.js'],
  nginx: ['root /srv/portal/dist;', 'in place of a proxy_pass to the development server.'],
  vercel: ['Build command: npm run build', 'and no `dev` script in it.'],
  netlify: ['[build]', '  command = "npm run build"', '  publish = "dist"'],
  cloudflare: ['Pages → Settings → Builds: npm run build, output dist'],
} as const;

export default defineCheck({
  id: 'development-build',
  criterion: 'logging',
  title: 'The portal is served as built for production',
  why: 'What is made for writing code shows its source, its errors and its tools to whoever opens it, and is slow besides.',
  harms: ['data-exposure', 'downtime'],
  requirements: ['LR-071', 'LR-079'],
  sources: [
    'OWASP ASVS 5.0, 13.4.2',
    'vite.dev/guide/build',
    'nextjs.org/docs/app/guides/production-checklist',
    'CVE-2025-30208 (files read through a development server)',
  ],
  standards: { asvs: ['13.4.2', '15.2.3'], top10: ['A02'], cwe: [489, 215], mvsp: ['3.3'] },
  cannotSee: ['Debug switches of the server that no answer shows.', 'Files that only signed-in visitors load.'],
  needs: ['asset'],
  evidenceLivesDays: 7,
  problems: {
    'development-server-served': {
      severity: 'high',
      says: 'comes from a development server',
      breaks: 'Such a server hands out the source and, in versions with known holes, any file of the machine.',
      fix: ['Build for production and serve the result; let the development server listen on your own machine only.'],
      fixIn: BUILD_FOR_PRODUCTION,
    },
    'development-build-served': {
      severity: 'medium',
      says: 'holds a library in its build for development',
      breaks: 'Warnings and names meant for developers show how the portal works inside, and every page is slower.',
      fix: ['Build with NODE_ENV=production, so that the bundler takes the small build of the library.'],
      fixIn: BUILD_FOR_PRODUCTION,
    },
  },
  unlock: 'Let us open the start page and read the files it loads.',
  subjects: (given, seen) => [...htmlPageSubjects(given, seen, 'asset'), ...ownAssetSubjects(given, seen)],
  judge({ asset: assets }) {
    const findings = assets.filter(({ status }) => status < 300).flatMap(problemsOf);
    if (isNonEmpty(findings)) return fail(findings);
    const unread = assets.find(({ bytesSkipped }) => bytesSkipped > 0);
    return unread === undefined ? pass(assets) : notVerified(`${unread.bytesSkipped} bytes were not read`);
  },
});

function problemsOf(asset: Asset): Finding<ProblemId>[] {
  const marks = asset.leaks.map((leak, index) => ({ ...leak, index }));
  const server = marks.find(({ is }) => SERVER.includes(is));
  const build = marks.find(
    ({ is, excerpt }) => BUILD.includes(is) || (is === 'node-env-development' && SETS_THE_MODE.test(excerpt)),
  );
  const mark = server ?? build;
  if (mark === undefined) return [];
  return [
    {
      problem: server === undefined ? 'development-build-served' : 'development-server-served',
      subject: `build of ${hostOf(asset.url)}`,
      detail: `${mark.is} in ${asset.url}: ${mark.excerpt}`.slice(0, 400),
      evidence: [{ observation: asset.id, pointer: `/leaks/${mark.index}` }],
    },
  ];
}
