/** How a cookie gets its attributes, in the words of each stack. */
export const COOKIE_IN = {
  express: [
    "app.set('trust proxy', 1);",
    "res.cookie('__Host-session', id, { secure: true, httpOnly: true, sameSite: 'lax', path: '/' });",
    'With express-session:',
    "session({ name: '__Host-session', cookie: { secure: true, httpOnly: true, sameSite: 'lax', path: '/' } })",
  ],
  next: [
    "(await cookies()).set('__Host-session', id, { secure: true, httpOnly: true, sameSite: 'lax', path: '/' });",
    'With Auth.js: `useSecureCookies: true`, and no `domain` under `cookies.sessionToken.options`.',
  ],
  fastify: ["reply.setCookie('__Host-session', id, { secure: true, httpOnly: true, sameSite: 'lax', path: '/' });"],
  django: [
    'SESSION_COOKIE_SECURE = True',
    'SESSION_COOKIE_HTTPONLY = True',
    "SESSION_COOKIE_SAMESITE = 'Lax'",
    'SESSION_COOKIE_DOMAIN = None',
    'CSRF_COOKIE_SECURE = True',
  ],
  rails: [
    "Rails.application.config.session_store :cookie_store, key: '__Host-session', secure: true, httponly: true, same_site: :lax",
  ],
  laravel: ['SESSION_SECURE_COOKIE=true', 'SESSION_HTTP_ONLY=true', 'SESSION_SAME_SITE=lax', 'SESSION_DOMAIN=null'],
  supabase: [
    "createServerClient(url, key, { cookieOptions: { secure: true, sameSite: 'lax', path: '/' }, cookies: { … } })",
  ],
  nginx: [
    'Where the application cannot be changed, for one cookie by name:',
    'proxy_cookie_flags session secure httponly samesite=lax;',
  ],
  cloudflare: [
    'Cookies are set by the application: change them there. Until then, a Worker can rewrite Set-Cookie:',
    "headers.append('set-cookie', value + '; Secure; HttpOnly; SameSite=Lax')",
  ],
  vercel: ['Cookies are set by the application: change them there; a preview over http keeps none of them.'],
} as const;
