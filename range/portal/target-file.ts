import type { World } from '../world/world.ts';
import { CANONICAL_ORIGIN, HOSTS } from './hosts.ts';

/** What the scorer writes as the target file. The engine's schema decides its names: change them here only. */
export const targetFileFor = (world: World) => ({
  version: 1,
  target: {
    name: 'Northlight Client Portal',
    environment: 'staging',
    url: CANONICAL_ORIGIN,
    hosts: [
      { host: HOSTS.app, role: 'app' },
      { host: HOSTS.www, role: 'app' },
      { host: HOSTS.api, role: 'api' },
      { host: HOSTS.admin, role: 'admin' },
    ],
    canonicalHost: HOSTS.app,
    paths: ['/', '/privacy'],
  },
  network: world.targetNetwork,
});

export type TargetFile = ReturnType<typeof targetFileFor>;
