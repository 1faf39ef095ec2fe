import type { RunRecord } from '../../model/run-record.ts';
import { capitalised, OVERALL_WORDS } from '../words.ts';
import { withCode } from './code-text.ts';
import { type FindingGroup, findingTitle, groupAnchor } from './findings.ts';
import { type Html, html } from './html-escape.ts';
import { icon } from './icons.ts';
import { verdictRing } from './verdict-ring.ts';

const LOOKS = {
  ready: { look: 'is-pass', shape: 'pass' },
  not_ready: { look: 'is-fail', shape: 'fail' },
  not_verified: { look: 'is-not-verified', shape: 'not_verified' },
} as const;

/** The answer: one sentence, the worst thing, one next step. */
export function verdictPanel(record: RunRecord, worst: FindingGroup | null): Html {
  const { look, shape } = LOOKS[record.verdict.is];
  return html`<section id="verdict" class="verdict ${look}" aria-labelledby="verdict-title">
<div class="verdict-words"><h2 id="verdict-title" class="verdict-word">${icon(shape)}<span>${OVERALL_WORDS[record.verdict.is]}</span></h2>
<p class="sentence">${withCode(afterHeading(record.verdict.sentence, OVERALL_WORDS[record.verdict.is]))}</p></div>
${verdictRing(record.criteria)}
<div class="verdict-steps">
${worst !== null && html`<div><h3>Worst first</h3><p><a href="#${groupAnchor(0)}">${findingTitle(worst)}</a></p><p class="muted">${withCode(worst.first.breaks)}</p></div>`}
<div><h3>Next step</h3><p>${withCode(record.verdict.next)}</p></div>
</div></section>
`;
}

/** The heading has said the first words of the sentence already. */
function afterHeading(sentence: string, heading: string): string {
  const rest = sentence.startsWith(`${heading}: `) ? sentence.slice(heading.length + 2) : sentence;
  return capitalised(rest);
}
