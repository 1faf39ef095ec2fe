import { defineCheck, type Finding, fail, notVerified, pass } from '../../../model/check.ts';
import type { Given } from '../../../model/given.ts';
import { isNonEmpty } from '../../../model/non-empty.ts';
import { type ObservationOf, ofKind, type Sighting } from '../../../model/observation.ts';
import { assetSubject } from '../../../model/subject.ts';
import { hostOf, isOnTarget } from '../../answers.ts';
import { ownAssetSubjects } from '../../subjects.ts';

type ProblemId = 'source-map-public' | 'source-map-names-files';
type Asset = ObservationOf<'asset'>;

/** Beside so many scripts a map is looked for that nobody names: more would be guessing at paths. */
const HIDDEN_MAPS_MAX = 10;

const DROP = {
  vite: [
    'In vite.config.ts:',
    'build: { sourcemap: false }',
    "With 'hidden', delete dist/**/*.map after the upload to your error tracker.",
  ],
  next: ['In next.config.js:', 'productionBrowserSourceMaps: false'],
  nginx: ['location ~ \\.map$ { return 404; }'],
  cloudflare: ['Security → WAF → Custom rule, block:', 'ends_with(http.request.uri.path, ".map")'],
  express: ["app.use((req, res, next) => (req.path.endsWith('.map') ? res.sendStatus(404) : next()));"],
  netlify: ['Leave *.map out of the published folder.'],
  vercel: ['Leave *.map out of the output: the build setting above decides.'],
} as const;

export default defineCheck({
  id: 'source-maps',
  criterion: 'secrets',
  title: 'The original source of the front end is not handed out',
  why: 'A source map turns the shortened script back into the code as your team wrote it, with comments, file names and everything left out of the page.',
  harms: ['data-exposure', 'broken-access-control'],
  requirements: ['LR-013', 'LR-052', 'LR-079'],
  sources: [
    'ECMA-426 (Source map format), sections 9 and 11',
    'OWASP ASVS 5.0, 13.4.7',
    'vite.dev/config/build-options (build.sourcemap)',
  ],
  standards: { asvs: ['13.4.7', '15.2.3'], top10: ['A02'], cwe: [540, 615], mvsp: ['3.3'] },
  cannotSee: [
    `Maps that no file names, unless they lie beside one of the first ${HIDDEN_MAPS_MAX} scripts.`,
    'Maps of files that only signed-in visitors load.',
    'Portals whose source is public anyway: there it is no loss.',
  ],
  needs: ['asset'],
  evidenceLivesDays: 30,
  problems: {
    'source-map-public': {
      severity: 'medium',
      says: 'give the original source of the front end to everybody',
      breaks: 'An attacker reads comments, unused code and every route of your API as your own team does.',
      fix: [
        'Build without source maps, or upload them to your error tracker only and delete them from the build before it is published.',
      ],
      fixIn: DROP,
    },
    'source-map-names-files': {
      severity: 'low',
      says: 'name the files of the project to everybody',
      breaks: 'It shows folders, modules and sometimes names of people on the machine it was built on.',
      fix: ['Leave the map out of what is published, like one with sources.'],
      fixIn: DROP,
    },
  },
  unlock: 'Let us open the start page and read the scripts it loads.',
  subjects: (given, seen) => [
    ...new Set([...ownAssetSubjects(given, seen), ...mapsOfOwnFiles(given, seen), ...mapsBeside(given, seen)]),
  ],
  judge({ asset: assets }) {
    const findings = assets.flatMap(problemsOf);
    if (isNonEmpty(findings)) return fail(findings);
    const unread = assets.find(({ bytesSkipped }) => bytesSkipped > 0);
    // The line that names a map is the last one of a file.
    return unread === undefined ? pass(assets) : notVerified(`${unread.bytesSkipped} bytes were not read`);
  },
});

/** Wherever they lie: an own file may name a map on a file store. */
function mapsOfOwnFiles(given: Given, seen: readonly Sighting[]): string[] {
  return ofKind('asset', seen).flatMap(({ url, sourceMap }) =>
    sourceMap === null || sourceMap === 'inline' || !isOnTarget(url, given) ? [] : [assetSubject(sourceMap)],
  );
}

function mapsBeside(given: Given, seen: readonly Sighting[]): string[] {
  return ofKind('asset', seen)
    .filter(
      ({ form, sourceMap, status, url }) =>
        form === 'script' && sourceMap === null && status === 200 && isOnTarget(url, given),
    )
    .slice(0, HIDDEN_MAPS_MAX)
    .map(({ url }) => assetSubject(`${url.split('?', 1)[0]}.map`));
}

/** A portal that answers every address with its start page answers no map: only what could be read as one counts. */
function problemsOf(asset: Asset): Finding<ProblemId>[] {
  const { mapSources, mapSourcesWithText, sourceMap, status } = asset;
  const found = (problem: ProblemId): Finding<ProblemId>[] => [
    {
      problem,
      subject: `source maps of ${hostOf(asset.url)}`,
      detail: `${asset.url.slice(0, 200)}${sourceMap === 'inline' ? ', within the file,' : ''} names ${mapSources} files, holds the text of ${mapSourcesWithText}`,
      evidence: [{ observation: asset.id, pointer: mapSourcesWithText > 0 ? '/mapSourcesWithText' : '/mapSources' }],
    },
  ];
  if (status >= 300) return [];
  if (mapSourcesWithText > 0) return found('source-map-public');
  return mapSources > 0 ? found('source-map-names-files') : [];
}
