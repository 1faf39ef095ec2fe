import { WireTrouble } from './wire.ts';

/** What a URL means on the wire. The path is kept as it was written: some probes ask for odd ones on purpose. */
export interface RequestLine {
  readonly scheme: 'http' | 'https';
  /** Lower case, without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  /** Value of the Host field. */
  readonly authority: string;
  readonly path: string;
}

const ABSOLUTE = /^(https?):\/\/([^/?#\\]+)([^#]*)/i;
const percent = (char: string) => encodeURIComponent(char.isWellFormed() ? char : '\uFFFD');

/** Splits an absolute URL without the clean-up of `new URL`, which would turn `/\x` into `//x` and drop `/../`. */
export function requestLine(url: string): RequestLine {
  const [, scheme, authority, rest] = ABSOLUTE.exec(url) ?? [];
  if (
    scheme === undefined ||
    authority === undefined ||
    rest === undefined ||
    !URL.canParse(`${scheme}://${authority}`)
  )
    throw new WireTrouble('not-allowed', 'the URL is not one of http or https');
  const { protocol, hostname, port, host } = new URL(`${scheme}://${authority}`);
  const secure = protocol === 'https:';
  return {
    scheme: secure ? 'https' : 'http',
    host: bareHost(hostname),
    port: port === '' ? (secure ? 443 : 80) : Number(port),
    authority: host,
    path: (rest.startsWith('/') ? rest : `/${rest}`).replace(/[^\x21-\x7e]/gu, percent),
  };
}

/** A host as it is compared: lower case, no brackets, no final dot. */
export const bareHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
