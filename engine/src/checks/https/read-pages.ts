import type { Given } from '../../model/given.ts';
import type { Sighting } from '../../model/observation.ts';
import { pageSubjects } from '../subjects.ts';

/**
 * The addresses that hold a page, or may hold one. What answered without anything in the way and was no HTML (a redirect,
 * a download) is no page: of it, nothing is to be read.
 */
export function readPages(given: Given, seen: readonly Sighting[]): string[] {
  const bySubject = Map.groupBy(seen, ({ subject }) => subject);
  return pageSubjects(given, seen).filter((subject) => {
    const own = bySubject.get(subject) ?? [];
    const answered = own.some(({ kind }) => kind === 'http-exchange');
    return !answered || own.some((one) => one.kind === 'page' || one.kind === 'obstacle' || isHtml(one));
  });
}

const isHtml = (one: Sighting) => one.kind === 'http-exchange' && one.content === 'html';
