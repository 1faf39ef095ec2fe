/**
 * What leaks most in one answer, over the ways portals are built and hosted. A run asks for these twenty and no more
 * (design rule 7): files that nobody meant to publish, and below them consoles and status pages left open.
 */
export const EXPOSED_FILES = [
  '/.env', // keys of the deployment, in one file
  '/.env.local', // the same, as Next and Vite name it
  '/.env.production',
  '/.git/config', // the repository, often with a token in its remote
  '/.git/HEAD', // the repository, where config is denied by name
  '/.aws/credentials', // cloud keys in a home folder served by mistake
  '/.npmrc', // registry token
  '/backup.sql', // the database, as people name it by hand
  '/dump.sql',
  '/backup.zip', // the whole portal
  '/db.sqlite3', // the database of a portal started from a tutorial
  '/wp-config.php.bak', // database password of the marketing site beside the portal
  '/docker-compose.yml', // passwords of every service
  '/config.json', // settings read at start, often with more than the browser needs
  '/.DS_Store', // names of all files beside it
] as const;

export const DEBUG_ENDPOINTS = [
  '/server-status', // Apache: addresses and requests of other visitors
  '/phpinfo.php', // environment with its keys
  '/actuator/env', // Spring: the same
  '/swagger.json', // every route, with those that no page links to
  '/graphql', // a console for strangers
] as const;
