import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import type { DataSigns } from '../model/observation.ts';
import { parseHtml } from '../parsers/html.ts';
import { dataSigns, htmlDataSigns, jsonDataSigns } from './data-signs.ts';

const NONE: DataSigns = { records: 0, emails: 0, personFields: [], tenantFields: [] };

const JSONS: Readonly<Record<string, readonly [value: unknown, signs: Partial<DataSigns>]>> = {
  'a list of records': [
    {
      items: [
        { id: 1, tenantId: 't1', title: 'x' },
        { id: 2, tenantId: 't1', title: 'y' },
      ],
    },
    { records: 2, tenantFields: ['tenantId'] },
  ],
  'people in it': [
    [{ first_name: 'Anna', email: 'anna@acme.example', phone: '+49 30 1234567' }],
    { records: 1, emails: 1, personFields: ['first_name', 'email', 'phone'] },
  ],
  'one person': [
    { id: 7, email: 'anna@acme.example', organization_id: 'o1' },
    { emails: 1, personFields: ['email'], tenantFields: ['organization_id'] },
  ],
  'an address without a record': [{ email: 'anna@acme.example' }, { emails: 1, personFields: ['email'] }],
  'a dictionary of labels': [
    { email: 'E-mail address', firstName: 'First name', iban: 'IBAN', tenantId: 'Tenant' },
    {},
  ],
  'a schema': [{ properties: { email: { type: 'string' }, tenantId: { type: 'string' } } }, {}],
  'the contact of the site': [{ id: 1, email: 'support@portal.example', mail: 'No-Reply@portal.example' }, {}],
  'empty fields': [[{ email: null, phone: '' }], { records: 1 }],
  'numbers for text': [[1, 2, 3], {}],
};
for (const [name, [value, signs]] of Object.entries(JSONS))
  it(`reads ${name}`, () => assert.deepEqual(jsonDataSigns(value), { ...NONE, ...signs }));

const PAGES: Readonly<Record<string, readonly [html: string, signs: Partial<DataSigns>]>> = {
  'addresses that are shown': [
    '<p>anna@acme.example</p><p>bob@acme.example</p><p>anna@acme.example</p>',
    { emails: 2 },
  ],
  'a page of contact': [
    '<a href="mailto:carla@portal.example">carla@portal.example</a> info@portal.example <footer>dora@portal.example</footer> dora@portal.example',
    {},
  ],
  'a form': ['<input placeholder="you@company.com"><p>For example name@company.com or jane.doe@example.com</p>', {}],
  'files and versions': ['<p>logo@2x.png react@18.2.0 a@b.js</p>', {}],
  'state in JSON': [
    '<script id=__NEXT_DATA__ type=application/json>{"users":[{"email":"a@acme.example"},{}]}</script>',
    { records: 2, emails: 1, personFields: ['email'] },
  ],
  'state in a script': [
    '<script>window.__STATE__ = {"list":[{"ownerId":"u1"}]};</script>',
    { records: 1, tenantFields: ['ownerId'] },
  ],
  "state in React's rows": [
    `<script>self.__next_f.push([1,${JSON.stringify('1:{"list":[{"id":1,"email":"a@acme.example"}]}\n2:"$Sx"\n')}])</script>`,
    { records: 1, emails: 1, personFields: ['email'] },
  ],
  'a program': ['<script>function a(){return{email:"a@acme.example"}}</script>', {}],
};
for (const [name, [html, signs]] of Object.entries(PAGES))
  it(`reads ${name}`, () =>
    assert.deepEqual(htmlDataSigns(parseHtml(html, 'https://portal.example/')), { ...NONE, ...signs }));

const ANSWERS: Readonly<Record<string, readonly [body: string, type: string, signs: Partial<DataSigns>]>> = {
  'JSON under any type': [
    '[{"email":"a@acme.example"}]',
    'text/html',
    { records: 1, emails: 1, personFields: ['email'] },
  ],
  'a page': ['<!doctype html><p>a@acme.example</p>', 'text/html', { emails: 1 }],
  'an export': ['id,email\n1,a@acme.example\n2,b@acme.example\n', 'text/csv', { emails: 2 }],
  'a script': ['x="a@acme.example"', 'text/javascript', {}],
};
for (const [name, [body, type, signs]] of Object.entries(ANSWERS))
  it(`reads ${name} as what it is`, () =>
    assert.deepEqual(dataSigns({ status: 200, headers: [['content-type', type]], body }), { ...NONE, ...signs }));

it('keeps no value', () =>
  assert.doesNotMatch(JSON.stringify(jsonDataSigns([{ email: 'anna@acme.example', firstName: 'Anna' }])), /anna/i));

it('never throws', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => void jsonDataSigns(value)));
  jsonDataSigns(JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`));
});

it('takes the authors of a program that is carried in a page for no people of the portal', () => {
  const program = `/* by Ada Author <ada@author.dev> */ function run(){${'x();'.repeat(400)}}`;
  const page = (text: string) =>
    `<!doctype html><script type="application/json">${JSON.stringify([
      { id: 1, text },
      { id: 2, text: '' },
    ])}</script>`;
  const emails = (body: string) => dataSigns({ status: 200, headers: [['content-type', 'text/html']], body }).emails;
  assert.equal(emails(page(program)), 0);
  assert.equal(emails(page('write to ada@author.dev')), 1);
});
