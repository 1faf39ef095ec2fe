/** What a judgement is about, spelled one way, so that two runs name it alike. */
export const nameSubject = (host: string): string => `name ${host}`;
export const tlsSubject = (host: string, port: number): string => `tls ${host}:${port}`;
/** One way in: a scheme, a host and a path, followed to where it ends. IPv6 is a way of its own: not every reviewer has it. */
export const entrySubject = (url: string, family: 'IPv4' | 'IPv6' = 'IPv4'): string =>
  family === 'IPv4' ? `entry ${url}` : `entry ${url} over IPv6`;
export const pageSubject = (url: string): string => `page ${url}`;
export const assetSubject = (url: string): string => `asset ${url}`;
/** A path that must not be served. */
export const exposureSubject = (url: string): string => `path ${url}`;
/** An input that no portal should choke on. */
export const errorSubject = (input: string, url: string): string => `error from ${input} at ${url}`;
export const echoSubject = (carrier: string, url: string): string => `echo of a ${carrier} token at ${url}`;
export const corsSubject = (origin: string, url: string): string => `cross-origin call from ${origin} at ${url}`;
export const apiSubject = (method: string, url: string): string => `api ${method} ${url}`;
export const releaseSubject = (host: string): string => `release of ${host}`;
export const signInSubject = (account: string): string => `sign-in as ${account}`;
export const routeSubject = (method: string, path: string, account: string): string =>
  `route ${method} ${path} as ${account}`;
export const ownershipSubject = (host: string): string => `ownership of ${host}`;
export const cleanupSubject = (kind: string, account: string): string => `clean-up of ${kind} of ${account}`;
