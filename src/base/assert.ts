/** A broken invariant of this program (never a guest's fault, never a user's mistake). */
export class AssertionError extends Error {
  override name = 'AssertionError';
}

/** Throws an AssertionError when `condition` does not hold. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/** Closes a switch over a discriminated union: the compiler proves that no case is missing. */
export function assertNever(value: never, what = 'case'): never {
  throw new AssertionError(`unexpected ${what}: ${JSON.stringify(value)}`);
}
