import { createHmac } from 'node:crypto';
import { DEBUG_ENDPOINTS, EXPOSED_FILES } from '../../model/exposed-paths.ts';
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

const EXPOSURE_PATHS = [...EXPOSED_FILES, ...DEBUG_ENDPOINTS];

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
