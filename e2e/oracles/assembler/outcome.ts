// What a campaign comes to.
export interface Outcome {
  readonly compared: number;
  /** One line for people each. */
  readonly differences: readonly string[];
}
