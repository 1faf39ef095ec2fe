const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `2026-07-29T14:03:00Z` → `29 Jul 2026, 14:03 UTC`; a text that is no such moment comes back as it is. */
export function moment(iso: string): string {
  const parts = partsOf(iso);
  return parts === null ? iso : `${parts.day} ${parts.month} ${parts.year}, ${parts.time} UTC`;
}

export function day(iso: string): string {
  const parts = partsOf(iso);
  return parts === null ? iso : `${parts.day} ${parts.month} ${parts.year}`;
}

/** A sentence of the engine's with its timestamps in words. */
export function withMoments(text: string): string {
  return text.replace(/\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z/g, moment);
}

/** How long before `at` something was: `under a minute`, `3 hours`, `12 days`; null when either is no moment. */
export function ageAt(at: string, seenAt: string): string | null {
  const ms = Date.parse(at) - Date.parse(seenAt);
  return Number.isFinite(ms) ? lasting(Math.max(0, ms)) : null;
}

export function lasting(ms: number): string {
  if (ms < MINUTE_MS) return 'under a minute';
  if (ms < HOUR_MS) return counted(Math.floor(ms / MINUTE_MS), 'minute');
  if (ms < 2 * DAY_MS) return counted(Math.floor(ms / HOUR_MS), 'hour');
  return counted(Math.floor(ms / DAY_MS), 'day');
}

/** 1234567 → `1,234,567`, in every locale alike. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 host`, `3 hosts`; the plural is handed in where it is not the word with an s. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

function partsOf(iso: string) {
  const [, year, month, dayOfMonth, time] = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2})/.exec(iso) ?? [];
  const name = MONTHS[Number(month) - 1];
  if (year === undefined || dayOfMonth === undefined || time === undefined || name === undefined) return null;
  return { year, month: name, day: String(Number(dayOfMonth)), time };
}
