import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { inlineJson, type ParsedHtml, parseHtml } from './html.ts';

const URL = 'https://portal.example/app/records';
const read = (html: string) => parseHtml(html, URL);

const CASES: Readonly<Record<string, readonly [html: string, parts: Partial<ParsedHtml>]>> = {
  'the head': [
    `<title> A
      b</title><title>c</title><link rel=canonical href=/x><meta name=Generator content="WordPress 6"><meta http-equiv=content-security-policy content="default-src 'self'">`,
    { title: 'A b', canonical: 'https://portal.example/x', generator: 'WordPress 6', metaCsp: ["default-src 'self'"] },
  ],
  links: [
    '<a href="a">1</a><a href="/b#c">2</a><a href="/b">3</a><a href="mailto:Help@portal.example?subject=x">4</a><a href="/x.pdf">5</a><a href="javascript:0">6</a>',
    { links: ['https://portal.example/app/a', 'https://portal.example/b'], mailto: ['help@portal.example'] },
  ],
  'a base': [
    '<head><base href="/v2/"></head><a href=a>1</a><script src=s.js></script>',
    { links: ['https://portal.example/v2/a'], scripts: [{ url: 'https://portal.example/v2/s.js', integrity: false }] },
  ],
  'scripts and styles, with and without integrity': [
    '<script src=/a.js integrity="sha384-x"></script><script src=/b.js type=module integrity=""></script><script src=/c type=text/x-template></script><link rel="preload stylesheet" href=/a.css>',
    {
      scripts: [
        { url: 'https://portal.example/a.js', integrity: true },
        { url: 'https://portal.example/b.js', integrity: false },
      ],
      styles: [{ url: 'https://portal.example/a.css', integrity: false }],
    },
  ],
  preloads: [
    '<link rel=modulepreload href=/m.js><link rel=manifest href=/m.json><link rel=preconnect href=//x.example><script type=importmap>{"imports":{"a":"/i.js","b/":"/b/"}}</script>',
    { preloads: ['https://portal.example/m.js', 'https://portal.example/m.json', 'https://portal.example/i.js'] },
  ],
  forms: [
    '<form method=post action=/login><input name=user><div><input type=PASSWORD name=pass><select name=s></select></div><input></form><form></form>',
    {
      forms: [
        { action: 'https://portal.example/login', method: 'POST', fields: ['user', 'pass', 's'] },
        { action: URL, method: 'GET', fields: [] },
      ],
      hasPasswordField: true,
    },
  ],
  'text that is shown': [
    '<p>shown</p><p hidden>not</p><script>"not"</script><template><b>not</b></template><noscript>not</noscript><footer>foot</footer>',
    { text: 'shown', footText: 'foot' },
  ],
  'a noscript': [
    '<noscript><a href=/n>n</a><img src="http://h.example/p.gif"></noscript>',
    { links: ['https://portal.example/n'] },
  ],
  'a meta refresh': [
    '<meta http-equiv=Refresh content="0; URL=\'/next\'">',
    { refresh: 'https://portal.example/next' },
  ],
  'rows of a table': [
    '<table><tr><th>a<th>b</tr><tr><td>1<td>2</tr><tr><td>1<td>2</tr></table><table><tr><td>1<td>2</tr></table>',
    { tableRows: 2 },
  ],
  'rows of a list': [
    `<nav><ul>${'<li><b>x</b><a href=/>y</a></li>'.repeat(9)}</ul></nav><ul>${'<li><b>x</b><i>y</i></li>'.repeat(3)}<li><p>x</li></ul>`,
    { tableRows: 3 },
  ],
  'rows by role': [
    `<div role=grid>${'<div role=row><div role=cell>1</div><div role=cell>2</div></div>'.repeat(4)}</div>`,
    { tableRows: 4 },
  ],
};
for (const [name, [html, parts]] of Object.entries(CASES))
  it(`reads ${name}`, () => {
    const page = read(html);
    assert.deepEqual({ ...page, ...parts }, page);
  });

const INSECURE: Readonly<Record<string, readonly [html: string, found: readonly string[]]>> = {
  script: ['<script src="http://h.example/a.js"></script>', ['active script src']],
  'style sheet': ['<link rel=stylesheet href="http://h.example/a.css">', ['active link rel=stylesheet']],
  frame: ['<iframe src="http://h.example/"></iframe>', ['active iframe src']],
  'base, whatever hangs on it': ['<base href="http://h.example/"><img src=a>', ['active base href']],
  images: [
    '<img src="http://h.example/a" srcset="/x 1x, http://h.example/b 2x,http://h.example/c 3x">',
    ['passive img srcset', 'passive img srcset', 'passive img src'],
  ],
  'style attribute': ['<p style="background:url(http://h.example/a)">', ['passive style attribute, css url()']],
  'imported style': ['<style>@import "http://h.example/a";</style>', ['active style, css @import']],
  form: [
    '<form action="http://h.example/"><button formaction="http://h.example/b">',
    ['form form action', 'form button formaction'],
  ],
  link: [
    '<a href="http://h.example/">x</a><link rel=alternate href="http://h.example/">',
    ['link a href', 'link link rel=alternate'],
  ],
  refresh: ['<meta http-equiv=refresh content="1;http://h.example/">', ['link meta refresh']],
  'decoys: text, names, comments, loopback, hints, templates of data': [
    '<svg xmlns="http://www.w3.org/2000/svg"></svg><!-- <script src="http://h.example/"> --><p>http://h.example/</p><meta property=og:url content="http://h.example/"><img src="http://localhost:3000/a"><link rel=preconnect href="http://h.example"><link rel=profile href="http://gmpg.org/xfn/11"><script type=application/ld+json>{"@context":"http://schema.org"}</script>',
    [],
  ],
};
for (const [name, [html, found]] of Object.entries(INSECURE))
  it(`finds an insecure ${name}`, () =>
    assert.deepEqual(
      read(html).insecure.map(({ use, by }) => `${use} ${by}`),
      found,
    ));

it('does not blame a page for the scheme it was itself fetched with', () =>
  assert.deepEqual(
    parseHtml('<script src=/a.js></script><img src="//h.example/a">', 'http://portal.example/').insecure,
    [],
  ));

it('gives inline texts for scanning', () => {
  const { inline, comments } = read(
    '<script>a</script><script type=application/json>{"b":1}</script><style>c{}</style><p onclick="d()" data-props="{&quot;long&quot;:&quot;enough&quot;}"></p><!-- e -->',
  );
  assert.deepEqual(
    inline.map(({ form, text }) => `${form} ${text}`),
    ['script a', 'data {"b":1}', 'style c{}', 'script d()', 'data {"long":"enough"}'],
  );
  assert.deepEqual(inline.map(inlineJson), [undefined, { b: 1 }, undefined, undefined, { long: 'enough' }]);
  assert.equal(comments, ' e ');
});

it('never throws, and stays quick', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => void read(`<a href="${text}" srcset="${text}">${text}`)),
  );
  const words = [
    '<p',
    '<a href=',
    '<form>',
    '<table>',
    '<tr>',
    '<td>',
    '</',
    '>',
    '"',
    ' ',
    'http://x',
    '<!--',
    '<svg>',
    '<template>',
  ];
  fc.assert(fc.property(fc.array(fc.constantFrom(...words), { maxLength: 60 }), (parts) => void read(parts.join(''))));
  for (const hostile of ['<b>', '<p><a>', '<table><tr>', '<!--', '<img srcset="a,', '&amp', '<template>'])
    read(hostile.repeat(20_000));
});
