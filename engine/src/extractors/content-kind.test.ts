import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { CONTENT_KINDS, contentKind } from './content-kind.ts';

const kindOf = (body: string, type = '') => contentKind({ status: 200, headers: [['Content-Type', type]], body });

const SHELL =
  '<!doctype html><html><head><title>Portal</title></head><body><div id="root"></div><script type="module" src="/a.js"></script></body></html>';
const CASES: Readonly<Record<string, readonly [body: string, kind: string, essence?: string]>> = {
  'a page': [
    '<!DOCTYPE html><html><body><h1>Not found</h1><p>We looked everywhere, and it is not here. Go back home.</p></body></html>',
    'html',
  ],
  'a page that answers to /.env as text': [SHELL, 'spa-shell', 'text/plain'],
  'a page that mentions settings': ['<html><body><pre>\nAPI_KEY=abc\nB_KEY=2\n</pre></body></html>', 'html'],
  'a JSON error': ['{"error":"not found"}', 'json', 'text/plain'],
  'an env file': ['# portal\nAPP_KEY=base64:abc=\nDB_URL="postgres://x"\nexport DEBUG=1\n', 'env-file', 'text/html'],
  'an env file of one line': ['SECRET_KEY=abc', 'env-file'],
  'a key in an env file': [
    'A_KEY="-----BEGIN CERTIFICATE-----\nMIIabc\n-----END CERTIFICATE-----"\nB=1\nC_D=2',
    'env-file',
  ],
  'an env file with odd values': ['A_KEY=a(b{c\nB_KEY=\'x;y\'\nC_KEY={"a":1}\nD_KEY=<p;w>\nE_KEY=', 'env-file'],
  'robots.txt': ['User-agent: *\nDisallow: /admin\nSitemap: https://a.example/s.xml', 'text'],
  'a sentence with an equals sign': ['Set LOG_LEVEL=debug to see more.', 'text'],
  'a script of settings': ['window.ENV = {API_URL: "x"};\nA_B=1;', 'script', 'application/javascript'],
  'git config': ['[core]\n\trepositoryformatversion = 0\n\tbare = false\n[remote "origin"]', 'git-config'],
  'git head': ['ref: refs/heads/main\n', 'git-head'],
  'git head of a commit': [`${'0123456789'.repeat(4)}\n`, 'git-head'],
  'a word': ['ok', 'text'],
  'a dump': ['-- MySQL dump 10.13\nCREATE TABLE `a` (b int);', 'sql-dump'],
  'a dump without a head': ['CREATE TABLE a (b int);\nINSERT INTO a VALUES (1);', 'sql-dump'],
  'a SQLite file': ['SQLite format 3\u0000x', 'sql-dump'],
  zip: ['PK\u0003\u0004x', 'archive'],
  'gzip read as UTF-8': ['\u001f\ufffd\u0008x', 'archive'],
  'gzip read as Latin-1': ['\u001f\u008b\u0008x', 'archive'],
  'a private key': [`-----BEGIN ${'RSA'} PRIVATE KEY-----\nMIIabc\n`, 'private-key'],
  'a certificate': ['-----BEGIN CERTIFICATE-----\nMIIabc\n', 'text'],
  'a source map': ['{"version":3,"sources":["a.ts"],"mappings":""}', 'source-map'],
  'a source map that was cut': ['{"version":3,"sources":["a.ts"],"sourcesContent":["abc', 'source-map'],
  phpinfo: [
    '<!DOCTYPE html><html><head><title>PHP 8.3 - phpinfo()</title></head><body><h1>PHP Version 8.3</h1></body></html>',
    'php-info',
  ],
  'a listing of Apache': [
    '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n<html><head><title>Index of /backup</title></head><body><h1>Index of /backup</h1></body></html>',
    'directory-listing',
  ],
  'a listing of nginx': [
    '<html>\n<head><title>Index of /a/</title></head><body><h1>Index of /a/</h1><hr><pre><a href="../">../</a></pre></body></html>',
    'directory-listing',
  ],
  'an article about indexes': [
    '<html><head><title>Index of products</title></head><body>A long list of many products, one by one, in a table.</body></html>',
    'html',
  ],
  '.DS_Store': ['\u0000\u0000\u0000\u0001Bud1x', 'ds-store'],
  'AWS credentials': ['[default]\naws_access_key_id = x\naws_secret_access_key = y', 'aws-credentials'],
  npmrc: ['registry=https://r.example/\n//r.example/:_authToken=x', 'npmrc'],
  compose: ['version: "3"\nservices:\n  db:\n    image: postgres', 'docker-compose'],
  'Apache status': [
    '<html><head><title>Apache Status</title></head><body><h1>Apache Server Status for a.example</h1></body></html>',
    'server-status',
  ],
  OpenAPI: ['{"openapi":"3.1.0","paths":{}}', 'openapi'],
  'OpenAPI in YAML': ['openapi: 3.0.0\ninfo: {}\npaths:\n  /a: {}', 'openapi'],
  introspection: ['{"data":{"__schema":{"types":[]}}}', 'graphql-schema'],
  GraphiQL: [
    '<!doctype html><html><head><title>GraphiQL</title></head><body><script src=x></script></body></html>',
    'graphql-playground',
  ],
  'an image': ['\u0089PNG\r\n\u001a\nx', 'image'],
  svg: ['<svg xmlns="http://www.w3.org/2000/svg"></svg>', 'image'],
  nothing: [' \n', 'empty'],
  binary: ['\u0000\u0001\u0002\u0003\u0004\u0005', 'unknown'],
};
for (const [name, [body, kind, essence]] of Object.entries(CASES))
  it(`recognises ${name}`, () => assert.equal(kindOf(body, essence), kind));

it('never throws, and stays quick', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.ok(CONTENT_KINDS.includes(kindOf(text)))));
  for (const hostile of [
    '<!--',
    'A_B=',
    '<script',
    '<div>',
    '[a]\n',
    ' ',
    '{"',
    'A=1\n',
    '<script src=x>',
    '<div id="root">',
  ])
    kindOf(hostile.repeat(100_000 / hostile.length));
});
