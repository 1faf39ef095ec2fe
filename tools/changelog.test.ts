import assert from 'node:assert/strict';
import { it } from 'node:test';
import { changelog } from './changelog.ts';

it('puts what is not released first, then versions from the newest', () => {
  const text = changelog([
    { file: '0.9.0/a.md', text: 'old\n' },
    { file: '0.10.0/b.md', text: 'newer, b\n' },
    { file: 'unreleased/z.md', text: 'to come\n' },
    { file: '0.10.0/a.md', text: 'newer, a\n' },
  ]);
  assert.deepEqual(
    text.split('\n').filter((line) => /^(?:##|-) /.test(line)),
    ['## unreleased', '- to come', '## 0.10.0', '- newer, a', '- newer, b', '## 0.9.0', '- old'],
  );
});
