import { EXPOSED_FILES } from '../../../model/exposed-paths.ts';
import { exposureSubject, pageSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { exchange, given, page } from '../../../testing/sightings.ts';
import check from './check.ts';

const url = 'https://portal.test';
type Said = Parameters<typeof exchange>[2];
const start = exchange(pageSubject(`${url}/`), `${url}/`, { purpose: 'page', bodyBytes: 900 });
/** Every path refused, but for those that are said. */
const all = (served: Readonly<Record<string, Said>> = {}) => [
  start,
  ...EXPOSED_FILES.map((path) =>
    exchange(exposureSubject(`${url}${path}`), `${url}${path}`, {
      purpose: 'exposure',
      status: path in served ? 200 : 404,
      bodyBytes: 300,
      ...served[path],
    }),
  ),
];
const fallback = Object.fromEntries(EXPOSED_FILES.map((path) => [path, { content: 'spa-shell' }]));

testCheck(check, given, {
  passes: {
    'nothing is there': all(),
    'the start page in place of everything': all(fallback),
    'a kept-back file is named as such': all({ '/.env': { status: 403 }, '/.git/HEAD': { status: 401 } }),
    'a refusal that happens to look like one': all({ '/.env': { status: 404, content: 'env-file' } }),
    'an error with status 200': all({ '/config.json': { content: 'json', bodyShape: '{error:string,code:number}' } }),
    'an empty answer': all({ '/.env': { content: 'empty', bodyBytes: 0 } }),
    'a redirect to the start page': all({ '/.env': { status: 302, redirectTo: `${url}/`, content: 'empty' } }),
    'a page that is only text': [
      ...all(),
      page(`${url}/`, { links: [`${url}/about`] }),
      exchange(pageSubject(`${url}/about`), `${url}/about`, { purpose: 'page', content: 'text', bodyBytes: 20 }),
    ],
  },
  fails: {
    'settings of the deployment': [all({ '/.env.production': { content: 'env-file' } }), ['env-file-served']],
    'the repository': [
      all({ '/.git/config': { content: 'git-config' }, '/.git/HEAD': { content: 'git-head' } }),
      ['repository-served', 'repository-served'],
    ],
    'a dump of the database': [all({ '/backup.sql': { content: 'sql-dump' } }), ['backup-served']],
    'an archive': [all({ '/backup.zip': { content: 'archive' } }), ['backup-served']],
    'cloud credentials': [all({ '/.aws/credentials': { content: 'aws-credentials' } }), ['key-file-served']],
    'what the services are made of': [
      all({ '/docker-compose.yml': { content: 'docker-compose' } }),
      ['config-file-served'],
    ],
    'names of files': [all({ '/.DS_Store': { content: 'ds-store' } }), ['directory-listed']],
    'a page that lists a folder': [
      [
        ...all(),
        page(`${url}/`, { links: [`${url}/files/`] }),
        exchange(pageSubject(`${url}/files/`), `${url}/files/`, { purpose: 'page', content: 'directory-listing' }),
      ],
      ['directory-listed'],
    ],
  },
  notVerified: {
    'one path was not asked for': all().slice(0, -1),
    'the server failed': all({ '/.env': { status: 500 } }),
    'a text of which nobody can tell what it is': all({ '/wp-config.php.bak': { content: 'text' } }),
    'settings that may be meant for browsers': all({
      '/config.json': { content: 'json', bodyShape: '{apiUrl:string,key:string}' },
    }),
  },
});

testCheck(
  check,
  { ...given, public: [{ url: `${url}/config.json`, signedBy: 'Owner', signedAt: '2026-02-01T00:00:00.000Z' }] },
  {
    passes: {
      'settings that the owner signed': all({
        '/config.json': { content: 'json', bodyShape: '{apiUrl:string,key:string}' },
      }),
    },
    fails: {
      'settings of the deployment': [all({ '/.env': { content: 'env-file' } }), ['env-file-served']],
      'the repository': [all({ '/.git/HEAD': { content: 'git-head' } }), ['repository-served']],
      'a backup': [all({ '/dump.sql': { content: 'sql-dump' } }), ['backup-served']],
      'a key': [all({ '/.aws/credentials': { content: 'private-key' } }), ['key-file-served']],
      'settings of a server': [all({ '/.npmrc': { content: 'npmrc' } }), ['config-file-served']],
      'a signature does not make a listing public': [
        all({ '/config.json': { content: 'directory-listing' } }),
        ['directory-listed'],
      ],
    },
    notVerified: {},
  },
);
