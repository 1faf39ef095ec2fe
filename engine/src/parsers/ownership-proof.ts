/** The owner's line, as it stands in DNS (TXT at `_launch-ready.<host>`) or in `/.well-known/launch-ready.txt`. */
export interface OwnershipLine {
  readonly key: string;
  readonly effects: readonly ('reads' | 'writes' | 'disrupts')[];
  /** First day on which it no longer holds, `2026-12-31`. */
  readonly expires: string;
}

const EFFECTS = ['reads', 'writes', 'disrupts'] as const;

/** Reads `launch-ready=1; key=…; effects=reads,writes; expires=2026-12-31`. Anything else is undefined, never half a proof. */
export function parseOwnershipLine(text: string): OwnershipLine | undefined {
  const fields = new Map(
    text
      .slice(0, 512)
      .split(';')
      .map((part) => part.split('=', 2).map((word) => word.trim()) as [string, string | undefined]),
  );
  const [key, expires] = [fields.get('key'), fields.get('expires')];
  const effects =
    fields
      .get('effects')
      ?.split(',')
      .map((word) => word.trim()) ?? [];
  if (fields.get('launch-ready') !== '1' || key === undefined || !/^[\w-]{16,64}$/.test(key)) return undefined;
  if (expires === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(expires)) return undefined;
  const known = EFFECTS.filter((effect) => effects.includes(effect));
  return known.length === 0 || known.length !== effects.length ? undefined : { key, effects: known, expires };
}

export function ownershipLine({ key, effects, expires }: OwnershipLine): string {
  return `launch-ready=1; key=${key}; effects=${effects.join(',')}; expires=${expires}`;
}
