import type { ClientHello } from '../world/client-hello.ts';

/** What a server writes, and what it does then. */
export interface Script {
  readonly pieces: readonly Buffer[];
  /** `repeat` sends the last piece again and again as fast as it is taken, `drip` byte by byte, `hang` nothing more. */
  readonly then: 'close' | 'reset' | 'hang' | 'repeat' | 'drip';
}

/** What was asked, as far as an answer depends on it. */
export interface AskedHttp {
  readonly host: string;
  /** Path and query. */
  readonly target: string;
}

export interface BrokenHttp {
  readonly family: 'head' | 'body' | 'chunking';
  readonly says: string;
  /** Where it is broken; the other scheme of the host is sound. */
  readonly at: 'http' | 'https';
  /** Nothing is broken, there is only no end to it: the head was seen whole, and what it says may be judged. */
  readonly isOnlyLong: boolean;
  readonly answer: (asked: AskedHttp) => Script;
}

export interface BrokenTls {
  readonly family: 'certificate';
  readonly says: string;
  /** Undefined: no such version or suite here, which is told in a proper alert. */
  readonly answer: (hello: ClientHello) => Script | undefined;
}

export interface BrokenDns {
  readonly family: 'dns';
  readonly says: string;
  /** The one type of record that is broken; all others of the name are answered properly. */
  readonly type: number;
  /** One datagram or none at all. */
  readonly datagram: (query: Buffer) => Buffer | undefined;
  /** Over TCP, when the datagram says that it was cut. */
  readonly stream?: (query: Buffer) => Script;
}

export type Broken = BrokenHttp | BrokenTls | BrokenDns;

/** A broken answer at the host that is there for it alone. */
export interface Case {
  readonly host: string;
  readonly broken: Broken;
}

/** What nothing may be proved of. */
export function blindedSubjects({ host, broken }: Case): readonly string[] {
  switch (broken.family) {
    case 'certificate':
      return [`tls ${host}:443`, `entry https://${host}/`];
    case 'dns':
      return [`name ${host}`];
    default:
      return broken.isOnlyLong ? [] : [`entry ${broken.at}://${host}/`];
  }
}
