// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the scripts under test hold templates of their own
import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { manifestFiles, parseScript } from './script.ts';

const PLACE = { url: 'https://cdn.example/app/assets/index-a1.js', page: 'https://portal.example/login' };
const read = (text: string) => parseScript(text, PLACE);

const LOADS: Readonly<Record<string, readonly [text: string, paths: readonly string[], url?: string]>> = {
  'static imports': [
    'import"./a.js";import x,{y}from"../b.js";export*from "/c.js";import z from "react"',
    ['/app/assets/a.js', '/app/b.js', '/c.js'],
  ],
  'dynamic imports': [
    'const a=()=>import(\'./a.js\'),b=()=>import(/* webpackChunkName: "b" */ `./b.mjs`)',
    ['/app/assets/a.js', '/app/assets/b.mjs'],
  ],
  workers: [
    'new Worker(new URL("./w.js",import.meta.url),{type:"module"});new URL("/n.wasm", import.meta.url)',
    ['/app/assets/w.js', '/n.wasm'],
  ],
  "Vite's preload list": [
    'const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["assets/A-1.js","assets/A-1.css","./rel-2.js"])))=>i.map(i=>d[i]);',
    ['/app/assets/A-1.js', '/app/assets/A-1.css', '/app/assets/rel-2.js'],
  ],
  'a preload list of bare names': [
    'const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["A-1.js","B.x9.css"])))=>i.map(i=>d[i]);',
    ['/app/assets/A-1.js', '/app/assets/B.x9.css'],
  ],
  "webpack's chunk map": [
    'r.p="/_next/",r.u=e=>7===e?"static/chunks/7-a.js":"static/chunks/"+e+"."+({9:"c"})[e]+".js",r.miniCssF=e=>"static/css/"+{9:"d"}[e]+".css"',
    ['/_next/static/chunks/7-a.js', '/_next/static/chunks/9.c.js', '/_next/static/css/d.css'],
    'https://portal.example/_next/static/chunks/webpack-1.js',
  ],
  "webpack 4's chunk map": [
    'function s(e){return l.p+"static/js/"+({1:"admin"}[e]||e)+"."+{1:"aa"}[e]+".chunk.js"}',
    ['/static/js/admin.aa.chunk.js'],
    'https://portal.example/static/js/main.js',
  ],
  "Next's build manifest": [
    'self.__BUILD_MANIFEST=function(s){return{"/":[s,"static/chunks/pages/index-1.js"],"/r/[id]":["static/chunks/pages/r/[id]-2.js"],sortedPages:["/","/r/[id]"]}}("static/chunks/0-3.js")',
    ['/_next/static/chunks/pages/index-1.js', '/_next/static/chunks/pages/r/[id]-2.js', '/_next/static/chunks/0-3.js'],
    'https://portal.example/_next/static/b1/_buildManifest.js',
  ],
  "Turbopack's chunk lists": [
    'e.v(t=>Promise.all(["static/chunks/3f.js","static/chunks/4e.css"].map(t=>e.l(t))))',
    ['/_next/static/chunks/3f.js', '/_next/static/chunks/4e.css'],
    'https://portal.example/_next/static/chunks/main.js',
  ],
  "a worker's precache list": [
    'precache([{url:"assets/x.js",revision:null},{url:"own.js",revision:"1"}])',
    ['/assets/x.js', '/own.js'],
    'https://portal.example/sw.js',
  ],
  'importScripts with several': ['importScripts("/a.js","/b.js")', ['/a.js', '/b.js'], 'https://portal.example/sw.js'],
  'decoys: comments, texts, regular expressions': [
    '// import"./a.js"\n/* import("./b.js") */ var s="import(\'./c.js\')", r=/import"\\.\\/d.js"/',
    [],
  ],
};
for (const [name, [text, paths, url = PLACE.url]] of Object.entries(LOADS))
  it(`follows ${name}`, () =>
    assert.deepEqual(
      // Pages and scripts may come from different hosts: only the path is compared where they are the same.
      parseScript(text, { url, page: url })
        .loads.map((load) => decodeURI(load).replace(/^https:\/\/[^/]+/, ''))
        .sort(),
      [...paths].sort(),
    ));

const CALLS: Readonly<Record<string, readonly [text: string, calls: readonly string[]]>> = {
  fetch: ['fetch("/api/me");window.fetch(`/session`)', ['/api/me', '/session']],
  'a client': ['axios.get("/api/a"),(0,r.post)("/api/b",x),http.delete("/c")', ['/api/a', '/api/b', '/c']],
  'a client with a base': [
    'const c=axios.create({baseURL:"/api/v2"});c.get("/records");c.get("/api/v2/x")',
    ['/api/v2/records'],
  ],
  'a constant that is a whole route': [
    'const r="/api/records",b="/api",v="/api/v1",d="/api/records/";',
    ['/api/records'],
  ],
  "jQuery's routes without a slash": [
    '$.ajax({headers:{Accept:"application/json"},cache:!1,url:"settings",success:f});$.ajax({url:"nodes/"+i});x={url:"plugins"}',
    ['/settings'],
  ],
  XMLHttpRequest: ['x.open("POST","/upload")', ['/upload']],
  'a base constant': ['const B="/api";fetch(B+"/records");fetch(`${B}/people`)', ['/api/records', '/api/people']],
  'a base on another host': [
    'const H="https://api.portal.example";fetch(`${H}/v1/a`)',
    ['https://api.portal.example/v1/a'],
  ],
  'a path in any place': ['const list={url:"/rest/v1/a"},q=["/graphql"]', ['/rest/v1/a', '/graphql']],
  'a query': ['fetch("/api/list?page="+n)', ['/api/list']],
  'no templates': ['fetch(`/api/records/${id}`);fetch("/api/records/"+id);fetch("/api/x".concat(y))', []],
  'decoys: routes, files, comments, texts': [
    '({path:"/settings"});i("/logo.png");fetch("/fonts/a.woff2");/* fetch("/api/old") */"see fetch(\'/api/doc\')";m.get("key")',
    [],
  ],
};
for (const [name, [text, calls]] of Object.entries(CALLS))
  it(`reads calls: ${name}`, () =>
    assert.deepEqual([...read(text).calls].sort(), calls.map((call) => new URL(call, PLACE.page).href).sort()));

const INSECURE: Readonly<Record<string, readonly [text: string, found: readonly string[]]>> = {
  calls: [
    'fetch("http://h.example/a");axios.get("http://h.example/b")',
    ['active http://h.example/a', 'active http://h.example/b'],
  ],
  sockets: ['new WebSocket("ws://h.example/s")', ['socket ws://h.example/s']],
  'a named socket': ['const u="ws://h.example/s";new WebSocket(u)', ['socket ws://h.example/s']],
  'a script put in': ['s.src="http://h.example/s.js"', ['active http://h.example/s.js']],
  'a base': ['axios.create({baseURL:"http://api.example/"})', ['active http://api.example/']],
  imports: ['import("http://h.example/m.js")', ['active http://h.example/m.js']],
  'decoys: namespaces, schemas, docs, comments, loopback': [
    'e.createElementNS("http://www.w3.org/2000/svg");x={$schema:"http://json-schema.org/draft"};throw Error("see http://h.example/errors");// fetch("http://h.example")\nfetch("http://localhost:3000/");',
    [],
  ],
};
for (const [name, [text, found]] of Object.entries(INSECURE))
  it(`finds insecure ${name}`, () =>
    assert.deepEqual(
      read(text).insecure.map(({ use, url }) => `${use} ${url}`),
      found,
    ));

it('names the source map, the last one, and only as a comment', () => {
  assert.equal(read('a//# sourceMappingURL=x.js.map\nb\n//# sourceMappingURL=y.js.map\n').sourceMap, 'y.js.map');
  assert.equal(read('a="sourceMappingURL=x"').sourceMap, null);
});

it('lists the pages of a manifest', () => {
  assert.deepEqual(read('self.__SSG_MANIFEST=new Set(["\\u002F","\\u002Fblog"]);').pages, ['/', '/blog']);
  assert.deepEqual(read('x={sortedPages:["/","/r/[id]"]}').pages, ['/', '/r/[id]']);
});

it('keeps its step over regular expressions, divisions and nested templates', () => {
  for (const before of [
    'a=/["\'`]/g;',
    'b=c/2+"/"+d/3;',
    'if(x)/"/.test(y);',
    'e=`${f?`${g}"`:"`"}`;',
    'h=i++/j;"x"/2;',
    '/[/"]/.test(k);',
  ])
    assert.deepEqual(read(`${before}fetch("/api/me")`).calls, ['https://portal.example/api/me'], before);
});

it('reads manifests', () =>
  assert.deepEqual(
    manifestFiles(['static/js/main.1.js', './x.css', 'Main', 'a/b.png'], {
      url: 'https://a.example/asset-manifest.json',
      page: '',
    }),
    ['https://a.example/static/js/main.1.js', 'https://a.example/x.css'],
  ));

it('never throws, and stays quick', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void read(text)));
  const words = [
    '"',
    "'",
    '`',
    '${',
    '}',
    '{',
    '/',
    '*/',
    '/*',
    '\\',
    '\n',
    'fetch(',
    '"/api/x"',
    'import',
    '+',
    'a',
    ')',
    '=',
  ];
  fc.assert(fc.property(fc.array(fc.constantFrom(...words)), (parts) => void read(parts.join(''))));
  for (const hostile of ['`', '`${', '"', '/[', '/a', 'import(', "'/api/", '"/api/x"+', 'r.u=e=>', '__vite__mapDeps=['])
    read(hostile.repeat(200_000 / hostile.length));
});
