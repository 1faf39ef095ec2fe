import type { Stack } from '../model/check.ts';
import type { NonEmpty } from '../model/non-empty.ts';

/** The exact lines that send a header field with every answer, errors included. */
export function sendHeaderIn(name: string, value: string): Readonly<Partial<Record<Stack, NonEmpty<string>>>> {
  return {
    nginx: [`add_header ${name} "${value}" always;`],
    apache: [`Header always set ${name} "${value}"`],
    caddy: [`header ${name} "${value}"`],
    cloudflare: [
      'Rules → Transform Rules → Modify Response Header, for all incoming requests:',
      `Set static  ${name}  ${value}`,
    ],
    vercel: [
      'In vercel.json:',
      `"headers": [{ "source": "/(.*)", "headers": [{ "key": "${name}", "value": "${value}" }] }]`,
    ],
    netlify: ['In public/_headers:', '/*', `  ${name}: ${value}`],
    next: [
      'In next.config.js:',
      `async headers() { return [{ source: '/:path*', headers: [{ key: '${name}', value: "${value}" }] }]; }`,
    ],
    vite: [
      'A Vite build is static files: set it where they are served (nginx, Cloudflare, Vercel, Netlify). For `vite preview`:',
      `preview: { headers: { '${name}': "${value}" } }`,
    ],
    express: ['Before all routes:', `app.use((req, res, next) => { res.setHeader('${name}', "${value}"); next(); });`],
    fastify: [`app.addHook('onSend', async (req, reply) => { reply.header('${name}', "${value}"); });`],
    django: ['In a middleware:', `response.headers["${name}"] = "${value}"`],
  };
}
