import type { Asked } from './answer.ts';
import type { Desk } from './desk.ts';
import { CANONICAL_ORIGIN } from './hosts.ts';
import type { PageContext } from './pages.ts';

/** The portal's own origin; a forwarded host counts only where the portal was told to trust it. */
export const originFor = ({ switches }: Desk, asked: Asked): string => {
  const forwarded = asked.headers['x-forwarded-host'];
  return switches.forwardedHost === 'echoed' && typeof forwarded === 'string'
    ? `https://${forwarded}`
    : CANONICAL_ORIGIN;
};

export const pageContext = (desk: Desk, asked: Asked): PageContext => ({
  switches: desk.switches,
  frontEnd: desk.frontEnd,
  path: asked.path,
  origin: originFor(desk, asked),
  person: asked.session?.person,
});
