/** The portal's hosts by what they are for. */
export const HOSTS = {
  app: 'portal.example',
  www: 'www.portal.example',
  api: 'api.portal.example',
  admin: 'admin.portal.example',
} as const;

export type HostName = (typeof HOSTS)[keyof typeof HOSTS];

export const CANONICAL_ORIGIN = `https://${HOSTS.app}`;
