/** An action is carried out at most so many times: once, and two paced retries (design rule 1). Ceilings allow for them. */
export const TRIES = 3;
