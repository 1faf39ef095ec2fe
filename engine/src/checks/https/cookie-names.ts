/**
 * Cookies that a content delivery network or load balancer sets by itself, with its own attributes; no portal can change
 * them and none holds a session. Sources: developers.cloudflare.com/fundamentals/reference/policies-compliances/cloudflare-cookies;
 * AWS Elastic Load Balancing, sticky sessions; techdocs.akamai.com, Bot Manager; docs.imperva.com, cookies; Azure App Service, ARR affinity.
 */
const EDGE_COOKIES =
  /^(?:__cf_bm|__cfruid|__cfseq|__cflb|__cfwaitingroup|_cfuvid|cf_clearance|cf_ob_info|cf_use_ob|AWSALB|AWSALBCORS|AWSALBTG|AWSALBTGCORS|AWSELB|AWSELBCORS|ak_bmsc|bm_s[vz]|bm_mi|_abck|ARRAffinity(?:SameSite)?|(?:incap_ses|visid_incap|nlbi)_[\w-]{1,64})$/;

export const isEdgeCookie = (name: string): boolean => EDGE_COOKIES.test(name);

/** Names that stand for a session or a credential, as frameworks and identity services give them. */
const SESSION_NAMES =
  /sess(?:ion)?|(?:^|[._-])(?:sid|jsessionid|phpsessid|jwt|auth|login|remember)(?:$|[._-])|auth[._-]?token|access[._-]?token|refresh[._-]?token|id[._-]?token|^token$|[._-]token$|remember_|^laravel_|\.AspNetCore\.(?:Identity|Cookies)|\.ASPXAUTH/i;
/** A token against forged requests has to be read by scripts; it opens nothing by itself. Source: OWASP CSRF Prevention Cheat Sheet, double submit. */
const REQUEST_TOKEN_NAMES = /csrf|xsrf/i;

export const isRequestToken = (name: string): boolean => REQUEST_TOKEN_NAMES.test(name);
export const looksLikeSession = (name: string): boolean =>
  SESSION_NAMES.test(name) && !isRequestToken(name) && !isEdgeCookie(name);
