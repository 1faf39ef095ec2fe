/**
 * Addresses that may do something when they are merely fetched. They stay untouched, wherever they are found.
 * Source: design rule 7; RFC 9110, section 9.2.1, on "unsafe" actions behind GET.
 */
const RISKY =
  /(?:^|[^a-z])(?:(?:sign|log)[-_]?(?:out|off)|end[-_]?session|delete|destroy|remove|purge|erase|clear|reset(?![-_/]?password)|revoke|cancel|deactivate|disable|close[-_]?account|unsubscribe|opt[-_]?out|pay|charge|refund|checkout|purchase|buy|order|subscribe|invite|send|resend|notify|publish|approve|reject|accept|confirm|verify|activate|impersonate|switch[-_]?(?:user|tenant|account)|web-?hooks?|trigger|rotate|restart|shutdown|migrate|seed|import|sync|cron)(?:[^a-z]|$)/i;

/** camelCase is read as words, and escapes as what they stand for. */
export function isRiskyUrl(url: string): boolean {
  const { pathname, search } = new URL(url);
  const words = `${pathname}${search}`.replace(/%([0-7][0-9a-f])/gi, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return RISKY.test(words.replace(/([a-z])([A-Z])/g, '$1-$2'));
}
