// Things that recur (names, sentences, chains of facts), kept once and referred to by number. 0 is "none".

export interface Interned<T> {
  /** The number of a value; equal values (by their JSON) have the same. */
  number(value: T | undefined): number;
  /** The value with this number; undefined for 0. */
  value(number: number): T | undefined;
}

/** Makes an empty store. Values must be plain data; bigint is allowed. */
export function createInterned<T>(): Interned<T> {
  const values: T[] = [];
  const numbers = new Map<string, number>();
  return {
    number(value) {
      if (value === undefined) return 0;
      const key =
        typeof value === 'string' ? value : JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v));
      const known = numbers.get(key);
      if (known !== undefined) return known;
      values.push(value);
      numbers.set(key, values.length);
      return values.length;
    },
    value: (number) => values[number - 1],
  };
}
