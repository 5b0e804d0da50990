// Things that recur (names, sentences, chains of facts), kept once and referred to by number. 0 is "none".

export interface Interned<T> {
  /** The number of a value; equal values have the same. */
  number(value: T | undefined): number;
  /** The value with this number; undefined for 0. */
  value(number: number): T | undefined;
}

/** A text that is the same for equal values and for no others: every part says how long it is. */
function keyOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `${value.length}"${value}`;
    case 'bigint':
      return `${value}n`;
    case 'object': {
      if (Array.isArray(value)) return `[${value.map(keyOf).join()}]`;
      if (value === null) return 'null';
      let text = '{';
      for (const name in value) text += `${name}:${keyOf((value as Record<string, unknown>)[name])},`;
      return `${text}}`;
    }
    default:
      return String(value);
  }
}

/** Makes an empty store. Values must be plain data: strings, numbers, bigints, lists and objects of them. */
export function createInterned<T>(): Interned<T> {
  const values: T[] = [];
  const numbers = new Map<string, number>();
  return {
    number(value) {
      if (value === undefined) return 0;
      const key = keyOf(value);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      values.push(value);
      numbers.set(key, values.length);
      return values.length;
    },
    value: (number) => values[number - 1],
  };
}
