import type { Answer, Asked } from './answer.ts';
import type { Desk } from './desk.ts';
import type { Person } from './tenants.ts';

/** Who is asking and for what; `person` is somebody only on routes that need a sign-in. */
export interface RouteInput {
  readonly person: Person;
  readonly id: string;
  /** Pages only: put the data into the inline state instead of the markup. */
  readonly inline: boolean;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly pattern: string;
  readonly kind: 'page' | 'api' | 'asset';
  readonly access: 'public' | 'signed-in' | 'admin';
  readonly handle: (desk: Desk, asked: Asked, input: RouteInput) => Answer;
}

/** The id in a path, an empty string when the pattern has none, undefined when the path is another one. */
export const matchPattern = (pattern: string, path: string): string | undefined => {
  if (pattern === path) return '';
  if (!pattern.endsWith('/{id}')) return undefined;
  const start = pattern.slice(0, -'{id}'.length);
  const rest = path.slice(start.length);
  return path.startsWith(start) && rest !== '' && !rest.includes('/') ? rest : undefined;
};
