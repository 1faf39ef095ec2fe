import assert from 'node:assert/strict';
import { it } from 'node:test';
import { exchange, given, mark, page } from '../../testing/sightings.ts';
import { PAGES_NAMED_MAX, signInPage, wantedPages } from './wanted-pages.ts';

const start = 'https://portal.test/';
const at = (path: string) => `https://portal.test${path}`;

it('begins with the start page and the given paths', () => {
  const view = { given: { ...given, paths: ['/', '/login'] }, seen: [] };
  assert.deepEqual(wantedPages(view), [start, at('/login')]);
});

it('opens the other hosts of the target too, once they are known to exist', () => {
  const roles = {
    'portal.test': 'app',
    'www.portal.test': 'app',
    'admin.portal.test': 'admin',
    'api.portal.test': 'api',
    'gone.portal.test': 'app',
  } as const;
  const hosts = Object.entries(roles).map(([host, role]) => ({ host, role }));
  const seen = hosts.map(({ host }) => {
    const is = host.startsWith('gone') ? ('no-such-name' as const) : ('found' as const);
    return {
      kind: 'dns-answer',
      ...mark(`name ${host}`, `name ${host} A`),
      host,
      type: 'A',
      is,
      records: [] as string[],
    } as const;
  });
  assert.deepEqual(wantedPages({ given: { ...given, hosts }, seen }), [start, 'https://admin.portal.test/']);
});

it('follows links and redirects on the target, and to nothing that is a file', () => {
  const links = ['/a#top', '/a', '/logout', '/report.pdf', '/records/1/delete'].map(at);
  const seen = [
    page(start, { links: [...links, 'https://other.example/', 'mailto:a@portal.test', 'https://u:p@portal.test/x'] }),
    exchange('page x', start, { purpose: 'page', redirectTo: at('/sign-in') }),
    exchange('entry x', start, { purpose: 'entry', redirectTo: at('/not-this') }),
  ];
  assert.deepEqual(wantedPages({ given, seen }), [
    start,
    at('/a'),
    at('/logout'),
    at('/records/1/delete'),
    at('/sign-in'),
  ]);
});

it('reads a few queries of one path only, and names no more pages than it must', () => {
  const filters = Array.from({ length: 20 }, (_, n) => at(`/list?page=${n}`));
  assert.equal(wantedPages({ given, seen: [page(start, { links: filters })] }).length, 4);
  const many = Array.from({ length: 500 }, (_, n) => at(`/p/${n}`));
  assert.equal(wantedPages({ given, seen: [page(start, { links: many })] }).length, PAGES_NAMED_MAX);
});

it('keeps the place of a page when a later round adds more', () => {
  const first = [page(start, { links: [at('/a'), at('/b')] })];
  const before = wantedPages({ given, seen: first });
  const later = wantedPages({ given, seen: [...first, page(at('/a'), { links: [at('/0')] })] });
  assert.deepEqual(later.slice(0, before.length), before);
});

it('knows the sign-in page by its password field', () => {
  assert.equal(signInPage({ seen: [page(start), page(at('/z'), { hasPasswordField: true })] }), at('/z'));
  assert.equal(signInPage({ seen: [page(at('/z'), { hasPasswordField: true, status: 404 })] }), null);
});
