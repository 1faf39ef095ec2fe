export interface Pacing {
  /** Per host, over any longer time. */
  readonly requestsPerSecond: number;
  readonly concurrentPerHost: number;
}

/** The wait that a host has asked for is longer than we grant, so it is cut to this, ms. */
export const PAUSE_MS_MAX = 10_000;

/** Keeps the pace of one run: a token bucket and a number of places per host. */
export interface Pace {
  /** Resolves when the host may be asked; the caller gives the place back. Rejects when the signal says so. */
  readonly enter: (host: string, signal: AbortSignal) => Promise<() => void>;
  /** A host asked for a break. It gets one in a run. */
  readonly pause: (host: string, ms: number) => void;
}

interface Lane {
  free: number;
  tokens: number;
  filledMs: number;
  pausedUntilMs: number;
  hasPaused: boolean;
  readonly queue: (() => void)[];
}

export function createPace({ requestsPerSecond, concurrentPerHost }: Pacing, ticks: () => number): Pace {
  const lanes = new Map<string, Lane>();
  const burst = Math.max(1, Math.min(requestsPerSecond, concurrentPerHost));
  const laneOf = (host: string): Lane => {
    const known = lanes.get(host);
    if (known !== undefined) return known;
    const lane: Lane = {
      free: concurrentPerHost,
      tokens: burst,
      filledMs: ticks(),
      pausedUntilMs: 0,
      hasPaused: false,
      queue: [],
    };
    lanes.set(host, lane);
    return lane;
  };
  /** Takes a token, and says how long to wait for the next one when there is none, ms. */
  const take = (lane: Lane): number => {
    const nowMs = ticks();
    if (nowMs < lane.pausedUntilMs) return lane.pausedUntilMs - nowMs;
    lane.tokens = Math.min(burst, lane.tokens + ((nowMs - lane.filledMs) / 1000) * requestsPerSecond);
    lane.filledMs = nowMs;
    if (lane.tokens >= 1) {
      lane.tokens -= 1;
      return 0;
    }
    return ((1 - lane.tokens) / requestsPerSecond) * 1000;
  };
  return {
    async enter(host, signal) {
      const lane = laneOf(host);
      if (lane.free > 0) lane.free -= 1;
      else await turn(lane.queue, signal);
      let left = false;
      const leave = () => {
        if (left) return;
        left = true;
        const next = lane.queue.shift();
        if (next === undefined) lane.free += 1;
        else next();
      };
      try {
        for (let ms = take(lane); ms > 0; ms = take(lane)) await pauseFor(ms, signal);
      } catch (cause) {
        leave();
        throw cause;
      }
      return leave;
    },
    pause(host, ms) {
      const lane = laneOf(host);
      if (lane.hasPaused) return;
      lane.hasPaused = true;
      lane.pausedUntilMs = ticks() + Math.min(ms, PAUSE_MS_MAX);
    },
  };
}

function turn(queue: (() => void)[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const go = () => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    };
    const giveUp = () => {
      const at = queue.indexOf(go);
      if (at >= 0) queue.splice(at, 1);
      reject(signal.reason);
    };
    if (signal.aborted) return giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    queue.push(go);
  });
}

function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = () => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    };
    const timer = setTimeout(done, Math.ceil(ms));
    const giveUp = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    if (signal.aborted) return giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
  });
}
