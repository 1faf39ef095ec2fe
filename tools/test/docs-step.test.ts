import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { documentProblems, missingFiles } from './docs-step.ts';

const problems = (text: string, file = 'docs/page.md') =>
  documentProblems(file, text, { scripts: ['gen'], commands: ['check'], exists: (one) => one === 'docs/there.md' });

describe('documents', () => {
  it('is content with what is there', () =>
    assert.deepEqual(
      problems('`npm run gen`, `launch-ready check https://x`, [a](there.md#part), [b](https://x.example)'),
      [],
    ));
  it('names a script that is not there', () =>
    assert.deepEqual(problems('```sh\nnpm run gone\n```'), ['docs/page.md: there is no script gone']));
  it('names a command that is not there', () =>
    assert.deepEqual(problems('`npx launch-ready gone`'), ['docs/page.md: there is no command gone']));
  it('names a link that leads nowhere', () =>
    assert.deepEqual(problems('[a](gone.md)'), ['docs/page.md: gone.md leads nowhere']));
  it('reads prose as prose', () => assert.deepEqual(problems('launch-ready prose, npm run prose'), []));
  it('wants the two commands in the README', () =>
    assert.deepEqual(problems('`npm ci`', 'README.md'), ['README.md: it does not show npm test']));
  it('names a file that a script runs and that is not there', () =>
    assert.deepEqual(
      missingFiles({ start: "node docs/there.md && node a.ts 'x/**/*.test.ts'" }, (one) => one === 'b.ts'),
      ['package.json: script start runs a.ts, which is not there'],
    ));
});
