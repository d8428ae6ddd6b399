/** The page cannot do as asked. The message says what to do instead. */
export class Refusal extends Error {}
