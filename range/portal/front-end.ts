import { createHash } from 'node:crypto';
import type { Switches } from './switches.ts';

export interface AssetFile {
  readonly path: string;
  readonly type: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface FrontEnd {
  readonly files: ReadonlyMap<string, AssetFile>;
  /** Path of an asset by its name without hash: `index.js`. */
  readonly pathOf: (name: string) => string;
}

const SCRIPT = 'text/javascript; charset=utf-8';

/** Keys that are public by design; made at run time, so that a secret scanner finds nothing in this repository. */
export const publicKeys = (): Readonly<Record<'stripe' | 'sentry' | 'supabaseUrl' | 'supabaseAnon', string>> => {
  const made = (text: string, length: number): string =>
    createHash('sha512')
      .update(text)
      .digest('base64')
      .replace(/[^A-Za-z0-9]/g, '')
      .slice(0, length);
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const reference = made('project', 40).toLowerCase().replace(/\d/g, 'x').slice(0, 20);
  const claims = { iss: 'supabase', ref: reference, role: 'anon', iat: 1_767_225_600, exp: 2_082_758_400 };
  return {
    stripe: ['pk', 'live', `51${made('publishable', 60)}`].join('_'),
    sentry: `https://${createHash('md5').update('dsn').digest('hex')}@o450${'7'.repeat(4)}.ingest.de.sentry.io/450${'8'.repeat(4)}`,
    supabaseUrl: `https://${reference}.supabase.co`,
    supabaseAnon: [
      part({ alg: 'HS256', typ: 'JWT' }),
      part(claims),
      createHash('sha256').update('anon').digest('base64url'),
    ].join('.'),
  };
};

/** Small real programs, written as a bundler would leave them. `$NAME$` is replaced by a hashed file name. */
const sources = {
  'vendor.js': () =>
    `const e=(e,t)=>{const n=document.createElement(e);return t!==void 0&&(n.textContent=t),n},t=async(e,t={})=>{const n=await fetch(e,{credentials:"same-origin",headers:{"content-type":"application/json",accept:"application/json"},...t});return n.status===204?null:n.json()},n=e=>new Intl.NumberFormat("en-US",{style:"currency",currency:"USD"}).format(e/100);export{e as a,t as b,n as c};`,
  'record-detail.js': () =>
    `import{b as t}from"./$vendor.js$";const n="/api/records/";async function r(e){return t(n+encodeURIComponent(e))}async function o(e,r){return t(n+encodeURIComponent(e),{method:"PUT",body:JSON.stringify(r)})}export{r as load,o as save};`,
  'records.js': () =>
    `import{a as e,b as t,c as n}from"./$vendor.js$";const r="/api/records",o="/api/records/export.csv";async function i(a){const c=await t(r);a.replaceChildren(...c.records.map(t=>{const r=e("tr"),o=e("td"),i=e("a",t.title);return i.href="/app/records/"+t.id,o.append(i),r.append(o,e("td",t.note),e("td",n(t.amountCents)),e("td",t.contactEmail)),r}))}export{i as mount,o as exportPath};`,
  'admin.js': () =>
    `import{a as e,b as t}from"./$vendor.js$";const n="/api/people",r="/api/settings";async function o(r){const o=await t(n);r.replaceChildren(...o.people.map(t=>e("li",t.name+" ("+t.role+")")))}export{o as mount,r as settingsPath};`,
  'reports.js': () =>
    `import{b as t}from"./$vendor.js$";const n="/api/status";async function r(){return t(n)}export{r as load};`,
  'index.js': (release: string) => {
    const keys = publicKeys();
    return `const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["assets/$records.js$","assets/$vendor.js$","assets/$record-detail.js$","assets/$admin.js$"])))=>i.map(i=>d[i]);import{b as t}from"./$vendor.js$";const n={apiBase:"/api",apiOrigin:"https://api.portal.example",release:"${release}",stripeKey:"${keys.stripe}",sentryDsn:"${keys.sentry}",supabaseUrl:"${keys.supabaseUrl}",supabaseAnonKey:"${keys.supabaseAnon}"},r=(e,t)=>Promise.all(t.map(e=>{const t=document.createElement("link");t.rel="modulepreload",t.href="/"+e,document.head.append(t)})).then(e),o=document.querySelector("#sign-in");o&&o.addEventListener("submit",async e=>{e.preventDefault();const r=Object.fromEntries(new FormData(o)),i=await t(n.apiBase+"/session",{method:"POST",body:JSON.stringify(r)});i&&i.next?location.assign(i.next):document.querySelector("#sign-in-error").textContent=i&&i.error||"Sign-in failed"});const i=document.querySelector("#sign-out");i&&i.addEventListener("click",async()=>{await fetch(n.apiBase+"/session",{method:"DELETE"}),location.assign("/login")});const a=document.querySelector("#records");a&&r(()=>import("./$records.js$"),__vite__mapDeps([0,1,2])).then(e=>e.mount(a));const c=document.querySelector("#people");c&&r(()=>import("./$admin.js$"),__vite__mapDeps([3,1])).then(e=>e.mount(c));`;
  },
} as const;

const STYLE = `:root{--ink:#16233a;--muted:#5a6880;--line:#d9e0ea;--accent:#0b5cad;--paper:#fff;--mist:#f4f7fb}*{box-sizing:border-box}body{margin:0;font:16px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--mist) url($pattern.svg$) top right no-repeat}header,main,footer{max-width:68rem;margin:0 auto;padding:1.25rem 1.5rem}header{display:flex;gap:1.5rem;align-items:center;justify-content:space-between}header a{color:inherit;text-decoration:none}header nav{display:flex;gap:1.25rem;align-items:center}h1{font-size:2.1rem;line-height:1.2;margin:.5rem 0 1rem}.brand{font-weight:700;letter-spacing:-.01em}.card{background:var(--paper);border:1px solid var(--line);border-radius:.75rem;padding:1.5rem;margin:1rem 0}.lead{font-size:1.15rem;color:var(--muted);max-width:44rem}a{color:var(--accent)}.button,button{display:inline-block;border:0;border-radius:.5rem;background:var(--accent);color:#fff;padding:.65rem 1.1rem;font:inherit;text-decoration:none;cursor:pointer}label{display:block;margin:.75rem 0 .25rem;font-weight:600}input{width:100%;max-width:24rem;padding:.6rem .7rem;border:1px solid var(--line);border-radius:.5rem;font:inherit}table{width:100%;border-collapse:collapse}th,td{text-align:left;padding:.6rem .5rem;border-bottom:1px solid var(--line)}:focus-visible{outline:3px solid #f2a900;outline-offset:2px}footer{color:var(--muted);font-size:.9rem}.error{color:#a31621;min-height:1.5em}`;

const PATTERN = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="240"><g fill="none" stroke="#d9e6f5" stroke-width="2"><path d="M0 200Q240 20 480 120"/><path d="M40 240Q280 60 480 160"/></g></svg>`;

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b5cad"/><path d="M9 23V9l14 14V9" fill="none" stroke="#fff" stroke-width="3" stroke-linejoin="round"/></svg>`;

/** Named by its content, as bundlers do: a changed asset has a changed name. */
const hashedName = (name: string, body: string): string => {
  const dot = name.lastIndexOf('.');
  const hash = createHash('sha256').update(body).digest('base64url').replace(/[-_]/g, 'x').slice(0, 8);
  return `${name.slice(0, dot)}-${hash}${name.slice(dot)}`;
};

const sourceMapOf = (
  fileName: string,
  name: string,
  body: string,
  { served, sourceText }: Switches['sourceMaps'],
): string =>
  JSON.stringify({
    version: 3,
    file: fileName,
    names: [],
    mappings: 'AAAA',
    sources: [`../../src/${name.replace('.js', '.ts')}`, '../../src/api/client.ts'],
    ...(served === 'with-sources'
      ? { sourcesContent: [`${sourceText}// ${name}\n${body.replaceAll(';', ';\n')}`, 'export const client = {};\n'] }
      : {}),
  });

export const buildFrontEnd = ({ assetText, sourceMaps, release }: Switches): FrontEnd => {
  const files = new Map<string, AssetFile>();
  const names = new Map<string, string>();
  const linked = (text: string): string =>
    text.replace(/\$([a-z-]+\.[a-z]+)\$/g, (_, name: string) => names.get(name) ?? name);

  const add = (name: string, type: string, text: string): void => {
    const plain = linked(text) + (assetText[name] ?? '');
    const fileName = hashedName(name, plain);
    const isMapped = sourceMaps.assets.includes(name);
    const map = isMapped ? sourceMapOf(fileName, name, plain, sourceMaps) : '';
    const comments: Readonly<Record<Switches['sourceMaps']['comment'], string>> = {
      none: '',
      header: '',
      file: `\n//# sourceMappingURL=${fileName}.map\n`,
      inline: `\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}\n`,
    };
    const body = isMapped ? plain + comments[sourceMaps.comment] : plain;
    const path = `/assets/${fileName}`;
    const headers: Record<string, string> =
      isMapped && sourceMaps.comment === 'header' ? { sourcemap: `${path}.map` } : {};
    names.set(name, fileName);
    files.set(path, { path, type, body, headers });
    if (isMapped && sourceMaps.served !== 'absent') {
      files.set(`${path}.map`, { path: `${path}.map`, type: 'application/json', body: map, headers: {} });
    }
  };

  add('pattern.svg', 'image/svg+xml', PATTERN);
  add('style.css', 'text/css; charset=utf-8', STYLE);
  for (const name of ['vendor.js', 'record-detail.js', 'records.js', 'admin.js', 'reports.js'] as const)
    add(name, SCRIPT, sources[name]());
  add('index.js', SCRIPT, sources['index.js'](release.id));

  const manifest = Object.fromEntries(
    [...names].map(([name, fileName]) => [
      `src/${name.replace('.js', '.ts')}`,
      {
        file: `assets/${fileName}`,
        isEntry: name === 'index.js',
        isDynamicEntry: !['index.js', 'vendor.js', 'style.css'].includes(name),
      },
    ]),
  );
  const fixed = (path: string, type: string, body: string): void =>
    void files.set(path, { path, type, body, headers: {} });
  fixed('/.vite/manifest.json', 'application/json', JSON.stringify(manifest));
  fixed('/favicon.svg', 'image/svg+xml', ICON);
  fixed('/favicon.ico', 'image/svg+xml', ICON);
  return { files, pathOf: (name) => `/assets/${names.get(name) ?? name}` };
};
