import { startWorld, type World } from '../world/world.ts';
import { HOSTS } from './hosts.ts';
import { createPortal, type Portal } from './portal.ts';
import { portalDns } from './portal-zones.ts';
import { edgeOf, type PartialSwitches, withSwitches } from './switches.ts';
import { type TargetFile, targetFileFor } from './target-file.ts';
import { type Person, people } from './tenants.ts';

export interface RunningPortal extends Pick<Portal, 'routes' | 'requests' | 'state'> {
  readonly world: World;
  readonly targetFile: TargetFile;
  readonly accounts: readonly Person[];
  readonly close: () => Promise<void>;
}

/** Brings up a world with the portal in it: sound, but for the given differences. */
export const startPortal = async (change: PartialSwitches = {}, seed = 'northlight'): Promise<RunningPortal> => {
  const switches = withSwitches(change);
  const portal = createPortal(switches, { seed, nowMs: () => performance.now() });
  const world = await startWorld({
    dns: portalDns(switches),
    hosts: [...Object.values(HOSTS), ...switches.moreHosts].map((host) => {
      const { tls, certificate, plain } = edgeOf(switches, host);
      return { host, tls: { ...tls, certificate }, plain };
    }),
    hostile: switches.hostile,
    serve: portal.serve,
    onRequest: portal.onRequest,
  });
  return {
    world,
    targetFile: targetFileFor(world),
    accounts: people,
    routes: portal.routes,
    requests: portal.requests,
    state: portal.state,
    close: world.close,
  };
};
