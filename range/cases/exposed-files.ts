import { defineCases } from '../define-cases.ts';

const at = (path: string) => `path https://portal.example${path}`;
const served = (path: string, body: string, type = 'text/plain; charset=utf-8') => ({
  extra: { [path]: { body, type } },
});
/** Nothing here is a credential; the names are what tells such files. */
const settings = ['NODE_ENV=production', 'PORT=3000', 'APP_NAME=northlight', ''].join('\n');

export default defineCases({
  check: 'exposed-files',
  faults: [
    {
      name: 'the settings of the deployment are served',
      change: served('/.env', settings),
      finds: [{ problem: 'env-file-served', subject: at('/.env') }],
    },
    {
      name: 'the settings are served as a download, under another name',
      change: served('/.env.production', settings, 'application/octet-stream'),
      finds: [{ problem: 'env-file-served', subject: at('/.env.production') }],
    },
    {
      name: 'the repository is served',
      change: {
        extra: {
          '/.git/HEAD': { body: 'ref: refs/heads/main\n' },
          '/.git/config': { body: '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n' },
        },
      },
      finds: [{ problem: 'repository-served', subject: at('/.git/') }],
    },
    {
      name: 'a dump of the database is served',
      change: served('/backup.sql', '--\n-- PostgreSQL database dump\n--\n\nCREATE TABLE records (id text);\n'),
      finds: [{ problem: 'backup-served', subject: at('/backup.sql') }],
    },
    {
      name: 'an archive of the portal is served',
      change: {
        extra: { '/backup.zip': { type: 'application/zip', bodyBase64: 'UEsDBAoAAAAAAAAAIQAAAAAAAAAAAAAAAAAA' } },
      },
      finds: [{ problem: 'backup-served', subject: at('/backup.zip') }],
    },
    {
      name: 'cloud credentials are served',
      change: served(
        '/.aws/credentials',
        ['[default]', `${['aws', 'access', 'key', 'id'].join('_')} = none`, ''].join('\n'),
      ),
      finds: [{ problem: 'key-file-served', subject: at('/.aws/credentials') }],
    },
    {
      name: 'the description of all services is served',
      change: served(
        '/docker-compose.yml',
        'services:\n  portal:\n    image: northlight/portal\n  db:\n    image: postgres\n',
      ),
      finds: [{ problem: 'config-file-served', subject: at('/docker-compose.yml') }],
    },
    {
      name: 'the names of all files of a folder are served',
      change: {
        extra: { '/.DS_Store': { type: 'application/octet-stream', bodyBase64: 'AAAAAUJ1ZDEAABAAAAAIAAAAEAAAAAAA' } },
      },
      finds: [{ problem: 'directory-listed', subject: at('/.DS_Store') }],
    },
    {
      name: 'a folder is listed',
      change: {
        inserts: { '/': { body: '<a href="/files/">Files</a>' } },
        extra: {
          '/files/': {
            type: 'text/html; charset=utf-8',
            body: '<html><head><title>Index of /files/</title></head><body><h1>Index of /files/</h1><pre><a href="../">../</a>\n<a href="plan.txt">plan.txt</a></pre></body></html>',
          },
        },
      },
      finds: [{ problem: 'directory-listed', subject: 'page https://portal.example/files/' }],
    },
  ],
  decoys: [
    { name: 'every address answers with the start page', change: { unknownPaths: 'spa-fallback' } },
    { name: 'every address answers with a friendly page and status 200', change: { unknownPaths: 'soft-404' } },
    { name: 'every address leads to the start page', change: { unknownPaths: 'redirect-home' } },
    {
      name: 'an error with status 200 stands where settings might',
      change: served('/config.json', '{"error":"Not found","errorId":"E-1"}', 'application/json'),
    },
    {
      name: 'settings that may be meant for browsers',
      change: served('/config.json', '{"apiBase":"/api","theme":"light"}', 'application/json'),
      notVerified: true,
    },
  ],
});
