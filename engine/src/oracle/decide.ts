import type { NonEmpty } from '../model/non-empty.ts';
import type { CanaryHit, ObservationOf, Step } from '../model/observation.ts';

type Exchange = ObservationOf<'crossing-step'>;
/** An answer in which something of ours was found. */
type Sighted = Exchange & { readonly hits: NonEmpty<CanaryHit> };

/** One round with every control in place. No field is optional, so no pass can lack one. */
export interface ControlledRound {
  /** The other tenant's session worked, before and after: the portal answered with its name. */
  readonly aliveBefore: Sighted;
  readonly aliveAfter: Sighted;
  /** The owner saw the canary, before and after: the object was there to be taken. */
  readonly control: Sighted;
  readonly readBack: Sighted;
  /** How the portal answers when there is nothing to protect. */
  readonly notFound: Exchange;
  readonly attempt: Exchange;
}

/** An uncontrolled trial can fail, for a fail needs only its witnesses. It has nothing to pass with. */
export type Trial =
  | { readonly kind: 'controlled'; readonly answers: readonly Exchange[]; readonly round: ControlledRound }
  | { readonly kind: 'uncontrolled'; readonly answers: readonly Exchange[]; readonly because: string };

export type Decision =
  | { readonly is: 'leaked'; readonly witnesses: NonEmpty<Exchange> }
  | { readonly is: 'held'; readonly round: ControlledRound }
  | { readonly is: 'undecided'; readonly because: string };

const finds = (of: CanaryHit['of'], answer: Exchange | undefined): answer is Sighted =>
  answer?.hits.some((hit) => hit.of === of) ?? false;

/** The other tenant was handed the owner's canary, or the owner reads what the other tenant wrote. Status is no witness. */
export function breaches(answer: Exchange): boolean {
  const byOwner = answer.step === 'plant' || answer.step === 'control' || answer.step === 'read-back';
  return byOwner ? answer.step === 'read-back' && finds('intruder', answer) : finds('owner', answer);
}

/** A breakdown, a timeout and a limiter say nothing about access (checks/access.md, 2.6: VOID). */
const isAnswer = ({ status }: Exchange) => status < 500 && status !== 429 && status !== 408;

export function decide(trial: Trial): Decision {
  const [first, ...more] = trial.answers.filter(breaches);
  if (first && more.some(({ round }) => round !== first.round)) return { is: 'leaked', witnesses: [first, ...more] };
  if (first) return { is: 'undecided', because: 'a leak was seen once, and not again with a new canary' };
  return trial.kind === 'controlled' ? { is: 'held', round: trial.round } : { is: 'undecided', because: trial.because };
}

/** Sorts the answers of one crossing into a trial. */
export function trialOf(answers: readonly Exchange[]): Trial {
  const at = (step: Step) => answers.find((one) => one.round === 1 && one.step === step);
  const [aliveBefore, aliveAfter, control, readBack] = [
    at('alive-before'),
    at('alive-after'),
    at('control'),
    at('read-back'),
  ];
  const [attempt, notFound] = [at('attempt'), at('not-found')];
  const uncontrolled = (because: string): Trial => ({ kind: 'uncontrolled', answers, because });

  if (!finds('owner', control)) return uncontrolled('the owner could not see the planted canary');
  if (!finds('self', aliveBefore)) return uncontrolled("the other tenant's session was not alive before");
  if (!attempt || !isAnswer(attempt)) return uncontrolled('the attempt was not answered');
  if (attempt.bodyCut) return uncontrolled('the answer to the attempt was too long to be searched');
  if (!notFound || !isAnswer(notFound)) return uncontrolled('nothing shows how a missing object is answered');
  if (!finds('owner', readBack)) return uncontrolled('the owner could not read the object back');
  if (!finds('self', aliveAfter)) return uncontrolled("the other tenant's session was not alive after");
  return { kind: 'controlled', answers, round: { aliveBefore, aliveAfter, control, readBack, notFound, attempt } };
}
