import type { Stack } from '../../model/check.ts';
import type { Header } from '../wire/wire.ts';

export interface StackSign {
  readonly stack: Stack;
  readonly from: string;
}

interface Tell {
  readonly stack: Stack;
  /** Field name in lower case, with what its value must match. */
  readonly header?: readonly [name: string, value: RegExp];
  readonly cookie?: RegExp;
  readonly html?: RegExp;
  readonly asset?: RegExp;
}

/** What gives a stack away. Names of fields, cookies and paths come from each one's own documentation. */
const TELLS: readonly Tell[] = [
  { stack: 'nginx', header: ['server', /^nginx|openresty/i] },
  { stack: 'apache', header: ['server', /^apache/i] },
  { stack: 'caddy', header: ['server', /^caddy/i] },
  { stack: 'caddy', header: ['via', /\bcaddy\b/i] },
  { stack: 'cloudflare', header: ['cf-ray', /./] },
  { stack: 'cloudflare', header: ['server', /^cloudflare/i] },
  { stack: 'vercel', header: ['x-vercel-id', /./] },
  { stack: 'vercel', header: ['server', /^vercel/i] },
  { stack: 'netlify', header: ['x-nf-request-id', /./] },
  { stack: 'netlify', header: ['server', /^netlify/i] },
  { stack: 'fly', header: ['fly-request-id', /./] },
  { stack: 'fly', header: ['server', /^fly\//i] },
  { stack: 'cloudfront', header: ['x-amz-cf-id', /./] },
  { stack: 'cloudfront', header: ['via', /cloudfront/i] },
  { stack: 'next', header: ['x-powered-by', /next\.js/i] },
  { stack: 'next', header: ['x-nextjs-cache', /./] },
  { stack: 'next', asset: /\/_next\/static\// },
  { stack: 'next', html: /id="__NEXT_DATA__"|self\.__next_f/ },
  { stack: 'vite', asset: /\/@vite\/client|\/assets\/[\w.-]{1,80}-[\w-]{8}\.(?:js|css)(?:\?|$)/ },
  { stack: 'express', header: ['x-powered-by', /^express/i] },
  { stack: 'express', cookie: /^connect\.sid$/ },
  { stack: 'fastify', header: ['x-powered-by', /fastify/i] },
  { stack: 'django', cookie: /^csrftoken$/ },
  { stack: 'django', html: /name="csrfmiddlewaretoken"/ },
  { stack: 'rails', html: /<meta name="csrf-param" content="authenticity_token"/ },
  { stack: 'rails', header: ['x-powered-by', /phusion passenger/i] },
  { stack: 'laravel', cookie: /^(?:laravel_session|XSRF-TOKEN)$/ },
  { stack: 'supabase', html: /https:\/\/[a-z0-9]{20}\.supabase\.co/ },
  { stack: 'supabase', cookie: /^sb-[a-z0-9]{1,40}-auth-token/ },
  { stack: 'firebase', html: /\.firebaseapp\.com|\/__\/firebase\/|gstatic\.com\/firebasejs/ },
  { stack: 'firebase', asset: /\/__\/firebase\/|firebasejs\// },
];

/** Characters of the document that are looked through. */
const HTML_CHARS_MAX = 500_000;

export function stackSigns(headers: readonly Header[], html: string, assets: readonly string[]): StackSign[] {
  const cookies = headers
    .filter(([name]) => name.toLowerCase() === 'set-cookie')
    .map(([, value]) => value.split('=', 1)[0]?.trim() ?? '');
  const text = html.slice(0, HTML_CHARS_MAX);
  const found = TELLS.flatMap(({ stack, header, cookie, html: mark, asset }): StackSign[] => {
    if (
      header !== undefined &&
      headers.some(([name, value]) => name.toLowerCase() === header[0] && header[1].test(value))
    )
      return [{ stack, from: `header ${header[0]}` }];
    if (cookie !== undefined && cookies.some((name) => cookie.test(name))) return [{ stack, from: 'name of a cookie' }];
    if (mark?.test(text)) return [{ stack, from: 'document' }];
    if (asset !== undefined && assets.some((url) => asset.test(url))) return [{ stack, from: 'path of an asset' }];
    return [];
  });
  return [...new Map(found.reverse().map((sign) => [sign.stack, sign])).values()].reverse();
}
