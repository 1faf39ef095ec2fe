import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exchange } from '../testing/sightings.ts';
import { type Answer, answersLike, withoutQuery } from './answers.ts';

const URL = 'https://portal.test/x';
const answer = (said: Partial<Answer>) => exchange('page', URL, { purpose: 'page', bodyBytes: 10, ...said });

const cases: Readonly<Record<string, readonly [said: Partial<Answer>, is: string]>> = {
  'a page': [{}, 'pages of portal.test'],
  'a page that opens the portal': [{ purpose: 'entry' }, 'pages of portal.test'],
  'odd input that is answered with a page': [{ purpose: 'error' }, 'pages of portal.test'],
  'an empty answer': [{ content: 'empty', bodyBytes: 0 }, 'pages of portal.test'],
  'a script': [{ purpose: 'asset', content: 'script' }, 'files of portal.test'],
  'a download that is linked like a page': [{ content: 'binary' }, 'files of portal.test'],
  'an API answer': [{ purpose: 'api', content: 'csv' }, 'API answers of portal.test'],
  'JSON at the start of an API host': [{ purpose: 'entry', content: 'json' }, 'API answers of portal.test'],
  'a redirect': [{ status: 301, redirectTo: 'https://portal.test/' }, 'redirects of portal.test'],
  'a page that is not there': [{ status: 404 }, 'errors of portal.test'],
  'an API that refuses': [{ purpose: 'api', content: 'json', status: 401 }, 'errors of portal.test'],
  'another host': [{ url: 'https://www.portal.test:8443/' }, 'pages of www.portal.test'],
};

describe('answersLike', () => {
  for (const [name, [said, is]] of Object.entries(cases)) it(name, () => assert.equal(answersLike(answer(said)), is));
});

describe('withoutQuery', () => {
  it('cuts a query off', () =>
    assert.equal(withoutQuery('page https://portal.test/list?page=2#top'), 'page https://portal.test/list'));
  it('leaves the rest alone', () => assert.equal(withoutQuery(URL), URL));
});
