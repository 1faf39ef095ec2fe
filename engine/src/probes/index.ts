import api from './api/probe.ts';
import asset from './asset/probe.ts';
import cleanup from './cleanup/probe.ts';
import cors from './cors/probe.ts';
import crossing from './crossing/probe.ts';
import dns from './dns/probe.ts';
import echo from './echo/probe.ts';
import entry from './entry/probe.ts';
import error from './error/probe.ts';
import exposure from './exposure/probe.ts';
import objects from './objects/probe.ts';
import openRedirect from './open-redirect/probe.ts';
import ownership from './ownership/probe.ts';
import page from './page/probe.ts';
import type { AnyProbe } from './probe.ts';
import release from './release/probe.ts';
import signIn from './sign-in/probe.ts';
import tlsChain from './tls-chain/probe.ts';
import tlsOffer from './tls-offer/probe.ts';

/** Every probe, in the order of the stages; within one, what names the release comes first. */
export const probes: readonly AnyProbe[] = [
  release,
  dns,
  entry,
  tlsOffer,
  tlsChain,
  page,
  asset,
  exposure,
  api,
  error,
  echo,
  cors,
  openRedirect,
  ownership,
  signIn,
  objects,
  crossing,
  cleanup,
];
