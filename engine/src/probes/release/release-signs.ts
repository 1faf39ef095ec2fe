import type { Header } from '../wire/wire.ts';

export interface Sign {
  readonly value: string;
  readonly from: string;
}

/** Fields and meta tags in which deployments name their release, the most telling first. */
const HEADERS = [
  'x-release',
  'x-release-id',
  'x-app-version',
  'x-version',
  'x-build-id',
  'x-build',
  'x-commit',
  'x-commit-sha',
  'x-git-commit',
  'x-git-sha',
  'x-revision',
  'x-vercel-deployment-url',
  'x-nf-deploy-id',
  'x-render-deploy-id',
  'fly-machine-version',
] as const;
const META = [
  'release',
  'app-release',
  'version',
  'app-version',
  'build',
  'build-id',
  'commit',
  'git-sha',
  'revision',
  'sentry-release',
] as const;

/** Longest release id kept, characters: a commit and a name beside it. */
const VALUE_CHARS_MAX = 100;

/** What the deployment itself says its release is. */
export function statedRelease(headers: readonly Header[], meta: ReadonlyMap<string, string>): Sign | null {
  const stated = [
    ...HEADERS.map((name) => ({
      value: headers.find(([one]) => one.toLowerCase() === name)?.[1] ?? '',
      from: `header ${name}`,
    })),
    ...META.map((name) => ({ value: meta.get(name) ?? '', from: `meta ${name}` })),
  ];
  const found = stated.find(({ value }) => /^[\x20-\x7e]+$/.test(value.trim()));
  return found === undefined ? null : { ...found, value: found.value.trim().slice(0, VALUE_CHARS_MAX) };
}
