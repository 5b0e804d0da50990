/** The outcome of something that can fail through no bug of ours; `error` is data, not text. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** A successful Result. */
export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

/** A failed Result. */
export function err<E>(error: E): Result<never, E> {
  return { ok: false, error };
}
