import { pageSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { entry, exchange, given, noData, page } from '../../../testing/sightings.ts';
import check from './check.ts';

const url = 'https://portal.test/';
const admin = `${url}admin`;
const start = page(url, { links: [admin, `${url}help/admin`] });
const help = page(`${url}help/admin`, { tableRows: 9 });
const host = 'https://admin.portal.test/';

testCheck(check, given, {
  passes: {
    'it asks for a sign-in': [start, help, page(admin, { hasPasswordField: true })],
    'a sign-in page that lists its news': [start, help, page(admin, { hasPasswordField: true, tableRows: 4 })],
    'it refuses, in a page': [start, help, page(admin, { status: 403 })],
    'it leads elsewhere, without a page': [
      start,
      help,
      exchange(pageSubject(admin), admin, { purpose: 'page', status: 302, redirectTo: url, content: 'empty' }),
    ],
    'there is no administration that we know of': [page(url)],
    'a help page about administration is none': [page(url, { links: [`${url}help/admin`] }), help],
    'it leads elsewhere, with a page': [start, help, page(admin, { status: 302 })],
  },
  fails: {
    'it shows a table': [[start, help, page(admin, { tableRows: 3 })], ['admin-page-open']],
    'it shows people': [[start, help, page(admin, { data: { ...noData, emails: 2 } })], ['admin-page-open']],
    'below it as well': [
      [page(url, { links: [`${admin}/users`] }), page(`${admin}/users`, { tableRows: 3 })],
      ['admin-page-open'],
    ],
  },
  notVerified: {
    'the page was never opened': [start, help],
    'a shell, of which nobody knows what it shows': [start, help, page(admin)],
    'a form that may be a sign-in by mail': [
      start,
      help,
      page(admin, { forms: [{ action: admin, method: 'post', fields: ['email'] }] }),
    ],
  },
});

testCheck(
  check,
  { ...given, hosts: [...given.hosts, { host: 'admin.portal.test', role: 'admin' }] },
  {
    passes: {
      'the admin host asks for a sign-in': [page(url), page(host, { hasPasswordField: true })],
      'the admin host leads to the sign-in page': [page(url), ...entry(host, [host, { content: 'empty' }], [url])],
    },
    fails: {
      'the admin host shows people': [[page(url), page(host, { data: { ...noData, emails: 1 } })], ['admin-page-open']],
    },
    notVerified: { 'the admin host was never opened': [page(url)] },
  },
);
