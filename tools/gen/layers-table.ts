import { LAYERS, PURE, type Row } from '../check-layers.ts';
import { code, table } from './markdown.ts';

const BLOCK = /(<!-- layers: generated from tools\/check-layers\.ts -->\n)[\s\S]*?(<!-- \/layers -->)/;

/** ARCHITECTURE.md with the table of `npm run layers` in its place; the rest is written by hand. */
export function withLayers(page: string): string {
  if (!BLOCK.test(page)) throw new Error('ARCHITECTURE.md has no place for the table of layers');
  return page.replace(BLOCK, (_, open: string, close: string) => `${open}\n${layersTable(LAYERS)}\n\n${close}`);
}

const layersTable = (layers: readonly Row[]) =>
  table(
    ['folder', 'holds', 'may import'],
    layers.map(({ layer, holds, may }) => [
      code(layer),
      PURE.test(`${layer}/`) ? `${holds}. **Pure**` : holds,
      may
        .map((name) => (name.startsWith('engine/src/') ? name.slice('engine/src/'.length) : name))
        .map(code)
        .join(', '),
    ]),
  );
