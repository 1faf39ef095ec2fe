import { pageSubject } from '../../../model/subject.ts';
import { testCheck } from '../../../testing/check-tester.ts';
import { exchange, given, page } from '../../../testing/sightings.ts';
import check from './check.ts';

const url = 'https://portal.test/';

testCheck(check, given, {
  passes: {
    'no such element': [page(url)],
    'a name alone': [page(url, { generator: 'Webflow' })],
    'a name with a digit in it': [page(url, { generator: 'Plan9builder' })],
    'a linked redirect is no page': [
      page(url, { links: [`${url}app`] }),
      exchange(pageSubject(`${url}app`), `${url}app`, {
        purpose: 'page',
        status: 302,
        redirectTo: url,
        content: 'empty',
      }),
    ],
  },
  fails: {
    'a version': [[page(url, { generator: 'WordPress 6.4.2' })], ['generator-version-shown']],
    'a version of one number': [
      [page(url, { generator: 'Drupal 10 (https://www.drupal.org)' })],
      ['generator-version-shown'],
    ],
  },
  notVerified: {
    'a linked page was never opened': [page(url, { links: [`${url}help`] })],
  },
});
