import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { after, test } from 'node:test';
import { type RunningPortal, startPortal } from './start-portal.ts';
import { type PartialSwitches, SOUND_CSP, SOUND_HSTS, withSwitches } from './switches.ts';

const running: RunningPortal[] = [];
after(async () => {
  await Promise.all(running.map((portal) => portal.close()));
});

const portalWith = async (change: PartialSwitches = {}): Promise<RunningPortal> => {
  const portal = await startPortal(change);
  running.push(portal);
  return portal;
};

interface Got {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly session?: string;
}

/**
 * Meets the portal as the CLI does: by name, through the world's connect map, over real TLS. Trust is not looked at:
 * Node knows no clock but the machine's.
 */
const ask = async (
  { world }: RunningPortal,
  url: string,
  { method = 'GET', headers = {}, body, session }: Ask = {},
): Promise<Got> => {
  const { protocol, hostname, pathname, search } = new URL(url, 'https://portal.example');
  const secure = protocol === 'https:';
  const sent = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const options = {
    host: '127.0.0.1',
    port: Number(world.connect[`${hostname}:${secure ? 443 : 80}`]?.split(':')[1]),
    path: `${pathname}${search}`,
    method,
    headers: {
      host: hostname,
      'content-length': String(Buffer.byteLength(sent)),
      ...(session === undefined ? {} : { cookie: session }),
      ...headers,
    },
    agent: false as const,
    signal: AbortSignal.timeout(5_000),
  };
  const request = secure
    ? httpsRequest({ ...options, servername: hostname, rejectUnauthorized: false })
    : httpRequest(options);
  request.end(sent);
  const [response] = (await once(request, 'response')) as [IncomingMessage]; // the event's one argument, by Node's contract
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() };
};

/** As `ask`, with a path that goes out as it stands. */
const askRaw = async (
  { world }: RunningPortal,
  path: string,
  host = 'portal.example',
  port = 443,
): Promise<Pick<Got, 'status'>> => {
  const options = {
    host: '127.0.0.1',
    port: Number(world.connect[`${host}:${port}`]?.split(':')[1]),
    path,
    headers: { host },
    agent: false as const,
  };
  const request =
    port === 443 ? httpsRequest({ ...options, servername: host, rejectUnauthorized: false }) : httpRequest(options);
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage]; // the event's one argument, by Node's contract
  response.resume();
  return { status: response.statusCode ?? 0 };
};

const signIn = async (portal: RunningPortal, account: string, cookie?: string): Promise<string> => {
  const person = portal.accounts.find((candidate) => candidate.account === account);
  const { status, headers } = await ask(portal, '/api/session', {
    method: 'POST',
    body: { email: person?.email, password: person?.password },
    ...(cookie === undefined ? {} : { session: cookie }),
  });
  assert.equal(status, 200);
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
};

const recordsOf = (portal: RunningPortal, tenant: string) =>
  portal.state().records.filter((record) => record.tenant === tenant);

const firstOf = (portal: RunningPortal, tenant: string) => {
  const [record] = recordsOf(portal, tenant);
  if (record === undefined) throw new Error(`tenant ${tenant} has no record`);
  return record;
};

test('every route that is not public refuses strangers', async () => {
  const portal = await portalWith();
  const [record] = recordsOf(portal, 'a');
  for (const { method, path, kind, access } of portal.routes().filter((route) => route.access !== 'public')) {
    for (const session of [undefined, '__Host-session=00ff']) {
      const got = await ask(portal, path.replace('{id}', record?.id ?? ''), {
        method,
        body: method === 'GET' ? undefined : {},
        ...(session === undefined ? {} : { session }),
      });
      assert.equal(got.status, kind === 'api' ? 401 : 302, `${method} ${path} ${access}`);
      if (kind === 'page') assert.match(got.headers.location ?? '', /^\/login\?next=%2Fapp/);
      assert.ok(!got.body.includes(record?.title ?? ''));
    }
  }
});

test('a tenant reads and writes its own records, and finds nothing of the other', async () => {
  const portal = await portalWith();
  for (const [own, other] of [
    ['a', 'b'],
    ['b', 'a'],
  ] as const) {
    for (const role of ['client', 'admin']) {
      const session = await signIn(portal, `${role}@${own}`);
      const mine = firstOf(portal, own);
      const foreign = firstOf(portal, other);
      assert.equal((await ask(portal, `/api/records/${mine.id}`, { session })).status, 200);
      assert.equal((await ask(portal, `/app/records/${mine.id}`, { session })).status, 200);
      for (const path of [
        '/api/records',
        '/api/records?q=a',
        '/api/records/export.csv',
        '/app',
        '/app/records',
        '/api/me',
      ]) {
        const got = await ask(portal, path, { session });
        assert.equal(got.status, 200, path);
        for (const record of recordsOf(portal, other))
          assert.ok(!got.body.includes(record.title) && !got.body.includes(record.contactEmail));
      }
      const before = portal.state().records;
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const got = await ask(portal, `/api/records/${foreign.id}`, {
          method,
          session,
          body: method === 'PUT' ? { title: 'taken' } : undefined,
        });
        const missing = await ask(portal, '/api/records/rec-000000', {
          method,
          session,
          body: method === 'PUT' ? { title: 'taken' } : undefined,
        });
        assert.deepEqual([got.status, missing.status], [404, 404]);
      }
      assert.equal((await ask(portal, `/app/records/${foreign.id}`, { session })).status, 404);
      assert.deepEqual(portal.state().records, before);
    }
  }
});

test('a record can be created, changed, read back and deleted', async () => {
  const portal = await portalWith();
  const session = await signIn(portal, 'client@a');
  const made = await ask(portal, '/api/records', {
    method: 'POST',
    session,
    body: { title: 'Canary', note: 'one', tenant: 'b' },
  });
  assert.equal(made.status, 201);
  const { id } = JSON.parse(made.body);
  assert.equal(
    (await ask(portal, `/api/records/${id}`, { method: 'PUT', session, body: { note: 'two' } })).status,
    200,
  );
  assert.match((await ask(portal, `/api/records/${id}`, { session })).body, /two/);
  assert.equal((await ask(portal, `/api/records/${id}`, { method: 'DELETE', session })).status, 204);
  assert.equal((await ask(portal, `/api/records/${id}`, { session })).status, 404);
});

test('only administrators reach administration', async () => {
  const portal = await portalWith();
  const [client, admin] = [await signIn(portal, 'client@a'), await signIn(portal, 'admin@a')];
  for (const path of ['/app/admin', '/api/people', '/api/settings']) {
    assert.equal((await ask(portal, path, { session: client })).status, 403, path);
    const got = await ask(portal, path, { session: admin });
    assert.equal(got.status, 200, path);
    assert.ok(!got.body.includes('birch-dental'));
  }
});

test('signing in is even-handed, limited, and ends for good', async () => {
  const portal = await portalWith();
  const wrong = (email: string) => ask(portal, '/api/session', { method: 'POST', body: { email, password: 'x' } });
  const [known, unknown] = [await wrong('anton.berger@aurora-freight.example'), await wrong('nobody@nowhere.example')];
  assert.deepEqual([known.status, known.body], [unknown.status, unknown.body]);
  const { headers } = await ask(portal, '/api/session', {
    method: 'POST',
    body: { email: portal.accounts[1]?.email, password: portal.accounts[1]?.password, next: '//evil.example' },
  });
  assert.match(
    headers['set-cookie']?.[0] ?? '',
    /^__Host-session=[0-9a-f]{64}; Path=\/; Secure; HttpOnly; SameSite=Lax$/,
  );
  const session = await signIn(portal, 'client@b');
  assert.equal((await ask(portal, '/api/me', { session })).status, 200);
  assert.equal((await ask(portal, '/api/session', { method: 'DELETE', session })).status, 204);
  assert.equal((await ask(portal, '/api/me', { session })).status, 401);
  for (let attempt = 0; attempt < 10; attempt += 1) assert.equal((await wrong('late@nowhere.example')).status, 401);
  assert.deepEqual([(await wrong('late@nowhere.example')).status], [429]);
  const foreign = await ask(portal, '/api/session', {
    method: 'POST',
    headers: { origin: 'https://evil.example' },
    body: {},
  });
  assert.equal(foreign.status, 403);
});

test('every class of answer carries the same sound headers', async () => {
  const portal = await portalWith({ errors: { crashPaths: ['/crash'] } });
  const session = await signIn(portal, 'client@a');
  const answers: readonly (readonly [string, number, Ask?])[] = [
    ['/', 200],
    ['/login', 200],
    ['/privacy', 200],
    ['/app', 302],
    ['/app', 200, { session }],
    ['/crash', 500],
    ['/nothing-here', 404],
    ['/api/nothing', 404],
    ['/api/me', 401],
    ['/api/me', 200, { session }],
    ['/api/plans', 200],
    ['/api/session', 400, { method: 'POST', body: '{' }],
    ['/api/plans', 405, { method: 'DELETE' }],
    ['/robots.txt', 200],
    ['/healthz', 200],
    ['/.well-known/security.txt', 200],
    ['https://www.portal.example/a?b=c', 301],
    ['https://api.portal.example/api/plans', 200],
    ['https://api.portal.example/', 404],
    ['https://admin.portal.example/', 302],
    ['https://admin.portal.example/api/people', 401],
  ];
  for (const [url, status, options] of answers) {
    const { headers, body, ...got } = await ask(portal, url, options);
    assert.equal(got.status, status, url);
    assert.equal(headers['strict-transport-security'], SOUND_HSTS, url);
    assert.equal(headers['content-security-policy'], SOUND_CSP, url);
    assert.equal(headers['x-content-type-options'], 'nosniff', url);
    assert.equal(headers['x-release'], 'r42', url);
    assert.ok(
      headers.server === undefined &&
        headers['x-powered-by'] === undefined &&
        headers['access-control-allow-origin'] === undefined,
    );
    if (options?.session !== undefined) assert.equal(headers['cache-control'], 'no-store', url);
    else assert.equal(headers['set-cookie'], undefined, url);
    assert.ok(!/ at .*\.ts|node_modules|Error:/.test(body), url);
  }
});

test('hosts: www redirects in one hop, plain HTTP goes to https on the same host, admin asks for a sign-in', async () => {
  const portal = await portalWith();
  assert.equal(
    (await ask(portal, 'https://www.portal.example/a/b?c=d')).headers.location,
    'https://portal.example/a/b?c=d',
  );
  for (const host of ['portal.example', 'www.portal.example', 'api.portal.example', 'admin.portal.example']) {
    const got = await ask(portal, `http://${host}/x?y=z`);
    assert.deepEqual([got.status, got.headers.location], [301, `https://${host}/x?y=z`]);
  }
  const admin = await ask(portal, 'https://admin.portal.example/');
  assert.deepEqual(
    [admin.headers['x-robots-tag'], admin.headers.location],
    ['noindex, nofollow', 'https://portal.example/login?next=%2Fapp%2Fadmin'],
  );
});

test('every asset that is linked exists, and chunks are found only by following the code', async () => {
  const portal = await portalWith();
  const landing = (await ask(portal, '/')).body;
  const linked = [...landing.matchAll(/(?:src|href)="(\/[^"#]*)"/g)].map((match) => match[1] ?? '');
  const fetched = new Map<string, string>();
  for (const path of linked) {
    const got = await ask(portal, path);
    assert.equal(got.status, 200, path);
    fetched.set(path, got.body);
  }
  const [index] = [...fetched].find(([path]) => path.startsWith('/assets/index-')) ?? [];
  const code = fetched.get(index ?? '') ?? '';
  const chunks = [...code.matchAll(/"(assets\/[^"]+)"/g)].map((match) => `/${match[1]}`);
  assert.equal(chunks.length, 4);
  for (const path of chunks) assert.equal((await ask(portal, path)).status, 200, path);
  const detail = chunks.find((path) => path.includes('record-detail'));
  assert.ok(detail !== undefined && !landing.includes(detail));
  const manifest = JSON.parse((await ask(portal, '/.vite/manifest.json')).body);
  assert.equal((await ask(portal, `/${manifest['src/reports.ts'].file}`)).status, 200);
  const style = linked.find((path) => path.endsWith('.css')) ?? '';
  const [, picture] = /url\(([^)]+)\)/.exec(fetched.get(style) ?? '') ?? [];
  assert.equal((await ask(portal, `/assets/${picture}`)).status, 200);
  assert.match(code, /pk_live_/);
  assert.ok(!code.includes('sourceMappingURL'));
  assert.equal((await ask(portal, `${index}.map`)).status, 404);
});

test('odd requests get an answer too', async () => {
  const portal = await portalWith({ echo: [{ path: '/x*', from: 'path', name: '', into: 'html' }] });
  for (const path of [
    '//evil.example/',
    '/%ff%fe',
    '/x%ff%',
    '/x%',
    '/a/../../etc/passwd',
    '/[',
    '/app/records/',
    '/app/records/%00',
    '/api/records/a/b',
    '/?%',
    '/\\evil',
  ]) {
    const { status } = await askRaw(portal, path);
    assert.ok(status >= 200 && status < 500, path);
    assert.ok((await askRaw(portal, path, 'www.portal.example')).status === 301, path);
    assert.ok((await askRaw(portal, path, 'portal.example', 80)).status === 301, path);
  }
});

test('a misspelt switch is an error, never a sound portal', () => {
  // a cast on purpose: cases may come from JSON
  assert.throws(() => withSwitches({ hsts: { pages: null } } as unknown as PartialSwitches), /hsts\.pages/);
  assert.doesNotThrow(() =>
    withSwitches({
      extra: { '/.env': { body: 'A=1' } },
      edges: { 'www.portal.example': { plain: { port: 'closed' } } },
    }),
  );
});

test('two portals answer the same, session ids included', async () => {
  const [first, second] = [await portalWith(), await portalWith()];
  assert.equal(await signIn(first, 'client@a'), await signIn(second, 'client@a'));
  assert.equal((await ask(first, '/')).body, (await ask(second, '/')).body);
});

const cases: Readonly<Record<string, readonly [PartialSwitches, (portal: RunningPortal) => Promise<void>]>> = {
  'HSTS missing on the API only': [
    { hsts: { api: null, page: ['max-age=1', 'max-age=2'] } },
    async (portal) => {
      assert.equal((await ask(portal, '/api/plans')).headers['strict-transport-security'], undefined);
      assert.equal((await ask(portal, '/app')).headers['strict-transport-security'], SOUND_HSTS);
      assert.equal((await ask(portal, '/')).headers['strict-transport-security'], 'max-age=1, max-age=2'); // Node joins them
    },
  ],
  'CORS reflects with credentials': [
    { cors: { mode: 'reflect', credentials: true } },
    async (portal) => {
      const { headers } = await ask(portal, '/api/me', { headers: { origin: 'https://evil.example' } });
      assert.deepEqual(
        [headers['access-control-allow-origin'], headers['access-control-allow-credentials']],
        ['https://evil.example', 'true'],
      );
    },
  ],
  'another tenant can read by id, once': [
    { access: { otherTenant: { read: 'leaks-once' } } },
    async (portal) => {
      const session = await signIn(portal, 'client@b');
      const { id, title } = firstOf(portal, 'a');
      assert.match((await ask(portal, `/api/records/${id}`, { session })).body, new RegExp(title));
      assert.equal((await ask(portal, `/api/records/${id}`, { session })).status, 404);
    },
  ],
  'a write is denied and done': [
    { access: { otherTenant: { write: 'writes-and-denies' } } },
    async (portal) => {
      const session = await signIn(portal, 'client@b');
      const { id } = firstOf(portal, 'a');
      assert.equal(
        (await ask(portal, `/api/records/${id}`, { method: 'PUT', session, body: { note: 'changed by b' } })).status,
        404,
      );
      assert.equal(firstOf(portal, 'a').note, 'changed by b');
    },
  ],
  'a soft 204 that does nothing': [
    { access: { otherTenant: { refusal: 'no-content' } } },
    async (portal) => {
      const session = await signIn(portal, 'client@b');
      const before = firstOf(portal, 'a');
      assert.equal(
        (await ask(portal, `/api/records/${before.id}`, { method: 'PUT', session, body: { note: 'x' } })).status,
        204,
      );
      assert.deepEqual(firstOf(portal, 'a'), before);
    },
  ],
  'records are shown to strangers': [
    {
      access: {
        signedOutPages: { '/app/records': 'redirects-with-content', '/app': 'serves-inline-state' },
        signedOutApis: { 'GET /api/records/{id}': 'serves' },
      },
    },
    async (portal) => {
      const { id, title } = firstOf(portal, 'a');
      const behind = await ask(portal, '/app/records');
      assert.equal(behind.status, 302);
      assert.ok(behind.body.includes(title));
      assert.match((await ask(portal, '/app')).body, new RegExp(`__STATE__.*${title}`));
      assert.ok((await ask(portal, `/api/records/${id}`)).body.includes(title));
    },
  ],
  'files lie about, and every unknown path is the start page': [
    {
      extra: {
        '/.git/config': { body: '[core]\n', bare: true },
        'api.portal.example/graphql': { type: 'text/html', body: 'GraphiQL' },
      },
      unknownPaths: 'spa-fallback',
    },
    async (portal) => {
      assert.deepEqual((await ask(portal, '/.git/config')).body, '[core]\n');
      assert.equal((await ask(portal, 'https://api.portal.example/graphql')).body, 'GraphiQL');
      assert.match((await ask(portal, '/backup.sql')).body, /<!doctype html>/);
    },
  ],
  'source maps hold sources': [
    { sourceMaps: { comment: 'file', served: 'with-sources', sourceText: 'const internal = 1;\n' } },
    async (portal) => {
      const [path] = portal
        .routes()
        .map((route) => route.path)
        .filter((candidate) => candidate.endsWith('.map'));
      assert.match((await ask(portal, (path ?? '').replace('.map', ''))).body, /sourceMappingURL=index-.*\.map/);
      assert.match(JSON.parse((await ask(portal, path ?? '')).body).sourcesContent[0], /internal/);
    },
  ],
  'errors tell too much': [
    {
      errors: {
        malformedJson: {
          status: 500,
          type: 'application/json',
          body: '{"stack":"SyntaxError\\n at /srv/app/x.js:1:1"}',
        },
      },
    },
    async (portal) => assert.match((await ask(portal, '/api/session', { method: 'POST', body: '{' })).body, /srv\/app/),
  ],
  'what is asked comes back': [
    {
      echo: [
        { path: '/', from: 'query', name: 'q', into: 'html' },
        { path: '/go', from: 'query', name: 'to', into: 'redirect' },
      ],
    },
    async (portal) => {
      assert.match((await ask(portal, '/?q=%3Cb%3Ex')).body, /<b>x/);
      assert.equal((await ask(portal, '/go?to=https://evil.example/')).headers.location, 'https://evil.example/');
    },
  ],
  'www serves the portal, and another host takes four hops': [
    {
      canonical: { 'www.portal.example': { answer: 'serve' }, 'old.portal.example': { hops: 3 } },
      moreHosts: ['old.portal.example'],
    },
    async (portal) => {
      assert.equal((await ask(portal, 'https://www.portal.example/')).status, 200);
      let url = 'https://old.portal.example/a?b=c';
      let hops = 0;
      for (; !url.startsWith('https://portal.example/'); hops += 1)
        url = (await ask(portal, url)).headers.location ?? '';
      assert.deepEqual([hops, url], [4, 'https://portal.example/a?b=c']);
    },
  ],
  'cookies for anybody, and a session cookie that scripts can read': [
    { anonymousCookies: { '/': ['theme=dark; Path=/'] }, session: { cookieName: 'sid', attributes: ['Path=/'] } },
    async (portal) => {
      assert.deepEqual((await ask(portal, '/')).headers['set-cookie'], ['theme=dark; Path=/']);
      assert.match(await signIn(portal, 'client@a'), /^sid=/);
    },
  ],
};

for (const [name, [change, shows]] of Object.entries(cases)) {
  test(`switched: ${name}`, async () => shows(await portalWith(change)));
}
