import type { Socket } from 'node:net';
import type { ObstacleReason } from '../../model/observation.ts';

export type Header = readonly [name: string, value: string];

export interface HttpRequest {
  /** The line of the printed plan that allows this request. */
  readonly template: string;
  readonly method: string;
  readonly url: string;
  /** Address to send it to; null asks the resolver. */
  readonly address: string | null;
  readonly headers: readonly Header[];
  readonly body: string | null;
  /** Bytes of the decoded body to read at most. */
  readonly maxBytes: number;
  /** Carries credentials, so the certificate must be good. */
  readonly secret: boolean;
}

/** An answer as it came off the wire. It lives in memory only: no probe yields it. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: readonly Header[];
  /** Decoded from its content encoding; cut at `maxBytes`. */
  readonly bytes: Buffer;
  readonly cut: boolean;
  readonly address: string | null;
  /** From the last byte sent to the first byte of the answer, ms. */
  readonly waitMs: number;
}

export type DnsType = 'A' | 'AAAA' | 'CNAME' | 'NS' | 'MX' | 'TXT' | 'CAA';

export interface DnsReply {
  readonly is: 'found' | 'none' | 'no-such-name';
  readonly records: readonly string[];
}

/** The only way out. It keeps the pace, the budget and the scope, and counts what was sent. */
export interface Wire {
  /** One request, no redirect followed. Throws `WireTrouble`. */
  readonly ask: (request: HttpRequest, signal: AbortSignal) => Promise<RawAnswer>;
  /** A bare TCP connection, counted as one handshake. Throws `WireTrouble`. */
  readonly connect: (
    to: { readonly template: string; readonly host: string; readonly port: number; readonly address: string | null },
    signal: AbortSignal,
  ) => Promise<Socket>;
  /** Throws `WireTrouble`, also for an answer that is none (SERVFAIL, garbage, silence). */
  readonly resolve: (template: string, host: string, type: DnsType, signal: AbortSignal) => Promise<DnsReply>;
  /** Whether a request to this host would be let out at all. */
  readonly mayReach: (host: string) => boolean;
  /** Whether the operator's own settings lead this host to this machine: there is nobody to ask for consent. */
  readonly leadsToLoopback: (host: string) => boolean;
}

/** The target, or the way to it, did not answer as it should. A probe turns it into an obstacle. */
export class WireTrouble extends Error {
  override readonly name = 'WireTrouble';
  readonly reason: ObstacleReason;

  constructor(reason: ObstacleReason, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.reason = reason;
  }
}
