/** An answer as text, as far as it was read. It lives in memory only. */
export interface AnswerText {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}
