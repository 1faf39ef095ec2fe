import { createHmac } from 'node:crypto';
import type { Purpose } from '../../model/observation.ts';
import { exposureSubject } from '../../model/subject.ts';
import { get } from '../ask.ts';
import { exchangeSeen } from '../exchange-seen.ts';
import { obstaclesOf } from '../obstacle.ts';
import { type Action, defineProbe } from '../probe.ts';
import { canonicalOrigin, endpointOf } from '../target-urls.ts';
import { TRIES } from '../tries.ts';

interface Look extends Action {
  readonly url: string;
  readonly purpose: Purpose;
}

/** Twenty and no more (design rule 7): what leaks most in one answer, over the ways portals are built and hosted. */
export const EXPOSURE_PATHS = [
  '/.env', // keys of the deployment, in one file
  '/.env.local', // the same, as Next and Vite name it
  '/.env.production',
  '/.git/config', // the repository, often with a token in its remote
  '/.git/HEAD', // the repository, where config is denied by name
  '/.aws/credentials', // cloud keys in a home folder served by mistake
  '/.npmrc', // registry token
  '/backup.sql', // the database, as people name it by hand
  '/dump.sql',
  '/backup.zip', // the whole portal
  '/db.sqlite3', // the database of a portal started from a tutorial
  '/wp-config.php.bak', // database password of the marketing site beside the portal
  '/docker-compose.yml', // passwords of every service
  '/config.json', // settings read at start, often with more than the browser needs
  '/.DS_Store', // names of all files beside it
  '/server-status', // Apache: addresses and requests of other visitors
  '/phpinfo.php', // environment with its keys
  '/actuator/env', // Spring: the same
  '/swagger.json', // every route, with those that no page links to
  '/graphql', // a console for strangers
] as const;

/** Tells a path that is there from a portal that answers everything alike: one plain name, one that looks like a hidden file. */
const CONTROLS = ['/lr-?', '/.lr-?.json'] as const;

const BYTES_MAX = 262_144;

/** Looks whether files and consoles that no portal should show are shown. Says what came, not what it means. */
export default defineProbe<Look>({
  id: 'exposure',
  stage: 'outside',
  effect: 'looks',
  budgetMs: 40_000,
  templates: (given) => [
    {
      id: 'exposure/look',
      says: `GET ${canonicalOrigin(given)}{${EXPOSURE_PATHS.join(', ')}}`,
      unit: 'requests',
      ceiling: EXPOSURE_PATHS.length * TRIES,
    },
    {
      id: 'exposure/not-found',
      says: `GET ${canonicalOrigin(given)}{${CONTROLS.length} paths that cannot exist}`,
      unit: 'requests',
      ceiling: CONTROLS.length * TRIES,
    },
  ],
  plan: ({ given, seed }) => {
    const origin = canonicalOrigin(given);
    const controls = CONTROLS.map((path) => path.replace('?', token(seed, path)));
    return [
      ...controls.map((path) => lookAt(`${origin}${path}`, 'exposure/not-found', 'not-found')),
      ...EXPOSURE_PATHS.map((path) => lookAt(`${origin}${path}`, 'exposure/look', 'exposure')),
    ];
  },
  async *run({ url, template, purpose }, context, signal) {
    const subject = exposureSubject(url);
    const answer = await context.wire.ask(get(template, url, { maxBytes: BYTES_MAX }), signal);
    const seen = exchangeSeen(context, { subject, id: `${subject} #0`, purpose, url }, answer);
    yield seen;
    yield* obstaclesOf(seen, answer);
  },
});

const lookAt = (url: string, template: string, purpose: Purpose): Look => ({
  id: `exposure ${url}`,
  template,
  subjects: [exposureSubject(url)],
  endpoint: endpointOf(url),
  says: `GET ${url}`,
  url,
  purpose,
});

const token = (seed: string, label: string) => createHmac('sha256', seed).update(label).digest('hex').slice(0, 16);
