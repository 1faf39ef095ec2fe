import { type Answer, type Asked, json, noContent, redirect, withHeaders } from './answer.ts';
import type { Desk } from './desk.ts';
import { errorIdOf } from './pages.ts';
import type { Route } from './route.ts';
import { profileOf, signIn, signOut } from './sign-in.ts';
import { type Person, type PortalRecord, people, plans, tenants } from './tenants.ts';

export const apiError = (status: number, error: string, asked: Asked): Answer =>
  json(status, { error, errorId: errorIdOf(`${status} ${asked.method} ${asked.path}`) });

export const unauthorized = (): Answer =>
  withHeaders(json(401, { error: 'Please sign in' }), { 'www-authenticate': 'Session realm="Northlight"' });

const notFound = (asked: Asked): Answer => apiError(404, 'Not found', asked);

const asAnswer = ({
  status,
  type,
  body,
}: {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}): Answer => ({
  status,
  kind: 'api',
  audience: 'private',
  type,
  body,
  headers: {},
});

/** The body's JSON object, or the answer to give when it is none. */
const withJsonBody = (desk: Desk, asked: Asked, then: (given: Readonly<Record<string, unknown>>) => Answer): Answer => {
  let given: unknown;
  try {
    given = JSON.parse(asked.body);
  } catch {
    const shown = desk.switches.errors.malformedJson;
    return shown === null ? apiError(400, 'The request is not valid JSON', asked) : asAnswer(shown);
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return apiError(400, 'A JSON object is expected', asked);
  return then({ ...given });
};

const textOf = (value: unknown, fallback: string): string =>
  typeof value === 'string' ? value.slice(0, 2_000) : fallback;
const centsOf = (value: unknown, fallback: number): number => (Number.isSafeInteger(value) ? Number(value) : fallback);

const shown = ({ id, title, note, amountCents, contactEmail }: PortalRecord) => ({
  id,
  title,
  note,
  amountCents,
  contactEmail,
});

const refuseRecord = (desk: Desk, asked: Asked): Answer => {
  switch (desk.switches.access.otherTenant.refusal) {
    case 'not-found':
      return notFound(asked);
    case 'forbidden':
      return apiError(403, 'Not for this account', asked);
    case 'no-content':
      return noContent();
    case 'empty':
      return json(200, {});
    case 'redirect':
      return redirect(302, '/app/records');
  }
};

const leakedRecord = (desk: Desk, asked: Asked, record: PortalRecord): Answer => {
  switch (desk.switches.access.otherTenant.read) {
    case 'refuses':
      return refuseRecord(desk, asked);
    case 'leaks':
      return json(200, shown(record));
    case 'leaks-once':
      return desk.firstTime(`read ${record.id}`) ? json(200, shown(record)) : refuseRecord(desk, asked);
    case 'leaks-in-redirect':
      return { ...json(302, shown(record)), headers: { location: '/app/records' } };
    case 'leaks-in-error':
      return json(403, { error: 'Not for this account', record: shown(record) });
    case 'leaks-contact':
      return json(200, { id: record.id, contactEmail: record.contactEmail });
  }
};

const isWellFormed = (id: string): boolean => /^rec-[0-9a-z]{6}$/.test(id);

/** The record when it is the person's own, else the answer to give. */
const ownRecord = (
  desk: Desk,
  asked: Asked,
  person: Person,
  id: string,
): { readonly record: PortalRecord } | { readonly other: PortalRecord } | { readonly answer: Answer } => {
  if (!isWellFormed(id) && desk.switches.errors.badId !== null) return { answer: asAnswer(desk.switches.errors.badId) };
  const record = desk.records.find(id);
  if (record === undefined) return { answer: notFound(asked) };
  return record.tenant === person.tenant ? { record } : { other: record };
};

const listed = (desk: Desk, asked: Asked, person: Person): Answer => {
  const { list } = desk.switches.access.otherTenant;
  const wanted = asked.query.get('q')?.toLowerCase();
  const chosen = asked.query.get('tenant');
  const everything = list === 'leaks' || (list === 'leaks-in-search' && wanted !== undefined);
  const own = everything ? desk.records.all() : desk.records.of(person.tenant);
  const seen =
    list === 'leaks-by-query' && chosen !== null ? desk.records.all().filter(({ tenant }) => tenant === chosen) : own;
  const records = seen.filter(
    ({ title, note }) => wanted === undefined || `${title} ${note}`.toLowerCase().includes(wanted),
  );
  const total = list === 'leaks-total' ? desk.records.all().length : records.length;
  return json(200, { records: records.map(shown), total });
};

const created = (desk: Desk, asked: Asked, person: Person): Answer =>
  withJsonBody(desk, asked, (given) => {
    if (typeof given.title !== 'string' || given.title === '') return apiError(422, 'A record needs a title', asked);
    const chosen = tenants.find(({ id }) => id === given.tenant)?.id;
    const tenant =
      desk.switches.access.otherTenant.create === 'by-body' && chosen !== undefined ? chosen : person.tenant;
    const record: PortalRecord = {
      id: `rec-${desk.random().slice(0, 6)}`,
      tenant,
      title: textOf(given.title, ''),
      note: textOf(given.note, ''),
      amountCents: centsOf(given.amountCents, 0),
      contactEmail: textOf(given.contactEmail, person.email),
    };
    desk.records.put(record);
    return withHeaders(json(201, shown(record)), { location: `/api/records/${record.id}` });
  });

const changed = (desk: Desk, record: PortalRecord, given: Readonly<Record<string, unknown>>): PortalRecord => {
  const next: PortalRecord = {
    ...record,
    title: textOf(given.title, record.title),
    note: textOf(given.note, record.note),
    amountCents: centsOf(given.amountCents, record.amountCents),
    contactEmail: textOf(given.contactEmail, record.contactEmail),
  };
  desk.records.put(next);
  return next;
};

const updated = (desk: Desk, asked: Asked, person: Person, id: string): Answer =>
  withJsonBody(desk, asked, (given) => {
    const found = ownRecord(desk, asked, person, id);
    if ('answer' in found) return found.answer;
    if ('record' in found) return json(200, shown(changed(desk, found.record, given)));
    const { write } = desk.switches.access.otherTenant;
    if (write === 'writes' || (write === 'writes-once' && desk.firstTime(`write ${id}`))) {
      return json(200, shown(changed(desk, found.other, given)));
    }
    if (write === 'writes-and-denies') changed(desk, found.other, given);
    return refuseRecord(desk, asked);
  });

const deleted = (desk: Desk, asked: Asked, person: Person, id: string): Answer => {
  const found = ownRecord(desk, asked, person, id);
  if ('answer' in found) return found.answer;
  const rule = desk.switches.access.otherTenant.delete;
  if ('record' in found || rule !== 'refuses') desk.records.remove(id);
  return 'record' in found || rule === 'deletes' ? noContent() : refuseRecord(desk, asked);
};

/** Source: RFC 4180; a leading apostrophe keeps spreadsheets from reading a formula. */
const csvField = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

const exported = (desk: Desk, person: Person): Answer => {
  const records =
    desk.switches.access.otherTenant.export === 'leaks' ? desk.records.all() : desk.records.of(person.tenant);
  const rows = records.map((record) =>
    [record.id, record.title, record.note, String(record.amountCents), record.contactEmail].map(csvField).join(','),
  );
  return {
    status: 200,
    kind: 'api',
    audience: 'private',
    type: 'text/csv; charset=utf-8',
    body: ['id,title,note,amountCents,contactEmail', ...rows, ''].join('\r\n'),
    headers: { 'content-disposition': 'attachment; filename="records.csv"' },
  };
};

const settingsOf = (desk: Desk, person: Person) =>
  desk.settings.get(person.tenant) ?? { displayName: profileOf(person).tenant.name };

/** The API, the same on portal.example/api and on api.portal.example/api. */
export const apiRoutes: readonly Route[] = [
  { method: 'GET', pattern: '/api/plans', kind: 'api', access: 'public', handle: () => json(200, { plans }, 'public') },
  {
    method: 'GET',
    pattern: '/api/status',
    kind: 'api',
    access: 'public',
    handle: ({ switches }) => json(200, { status: 'ok', release: switches.release.id }, 'public'),
  },
  {
    method: 'POST',
    pattern: '/api/session',
    kind: 'api',
    access: 'public',
    handle: (desk, asked) => withJsonBody(desk, asked, (given) => signIn(desk, asked, given)),
  },
  { method: 'DELETE', pattern: '/api/session', kind: 'api', access: 'public', handle: signOut },
  {
    method: 'GET',
    pattern: '/api/me',
    kind: 'api',
    access: 'signed-in',
    handle: (_, __, { person }) => json(200, profileOf(person)),
  },
  {
    method: 'GET',
    pattern: '/api/records',
    kind: 'api',
    access: 'signed-in',
    handle: (desk, asked, { person }) => listed(desk, asked, person),
  },
  {
    method: 'POST',
    pattern: '/api/records',
    kind: 'api',
    access: 'signed-in',
    handle: (desk, asked, { person }) => created(desk, asked, person),
  },
  {
    method: 'GET',
    pattern: '/api/records/export.csv',
    kind: 'api',
    access: 'signed-in',
    handle: (desk, _, { person }) => exported(desk, person),
  },
  {
    method: 'GET',
    pattern: '/api/records/{id}',
    kind: 'api',
    access: 'signed-in',
    handle: (desk, asked, { person, id }) => {
      const found = ownRecord(desk, asked, person, id);
      if ('answer' in found) return found.answer;
      return 'record' in found ? json(200, shown(found.record)) : leakedRecord(desk, asked, found.other);
    },
  },
  {
    method: 'PUT',
    pattern: '/api/records/{id}',
    kind: 'api',
    access: 'signed-in',
    handle: (desk, asked, { person, id }) => updated(desk, asked, person, id),
  },
  {
    method: 'DELETE',
    pattern: '/api/records/{id}',
    kind: 'api',
    access: 'signed-in',
    handle: (desk, asked, { person, id }) => deleted(desk, asked, person, id),
  },
  {
    method: 'GET',
    pattern: '/api/people',
    kind: 'api',
    access: 'admin',
    handle: (_, __, { person }) =>
      json(200, { people: people.filter(({ tenant }) => tenant === person.tenant).map(profileOf) }),
  },
  {
    method: 'GET',
    pattern: '/api/settings',
    kind: 'api',
    access: 'admin',
    handle: (desk, _, { person }) => json(200, settingsOf(desk, person)),
  },
  {
    method: 'PUT',
    pattern: '/api/settings',
    kind: 'api',
    access: 'admin',
    handle: (desk, asked, { person }) =>
      withJsonBody(desk, asked, (given) => {
        desk.settings.set(person.tenant, {
          displayName: textOf(given.displayName, settingsOf(desk, person).displayName),
        });
        return json(200, settingsOf(desk, person));
      }),
  },
];
