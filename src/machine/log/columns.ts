// Growable columns: a table whose rows are positions in typed arrays, declared as column name → type. It knows nothing of what it holds.

interface ArrayOf {
  u8: Uint8Array;
  u16: Uint16Array;
  u32: Uint32Array;
  f64: Float64Array;
  u64: BigUint64Array;
}

export type ColumnType = keyof ArrayOf;
export type Schema = Readonly<Record<string, ColumnType>>;

/** The columns of a schema; the arrays are replaced when the table grows, so hold the Columns and not an array. */
export type Columns<S extends Schema> = { readonly [Name in keyof S]: ArrayOf[S[Name]] } & {
  /** Rows in use. */
  readonly rows: number;
  /** Adds a row of zeros and gives its index. */
  add(): number;
  /** Forgets every row from `rows` on. */
  truncate(rows: number): void;
};

const MAKE: { readonly [Type in ColumnType]: (length: number) => ArrayOf[Type] } = {
  u8: (length) => new Uint8Array(length),
  u16: (length) => new Uint16Array(length),
  u32: (length) => new Uint32Array(length),
  f64: (length) => new Float64Array(length),
  u64: (length) => new BigUint64Array(length),
};

/** Makes an empty table. */
export function createColumns<const S extends Schema>(schema: S): Columns<S> {
  let capacity = 64;
  const arrays: Record<string, ArrayOf[ColumnType]> = {};
  for (const [name, type] of Object.entries(schema)) arrays[name] = MAKE[type](capacity);
  const table = {
    rows: 0,
    add() {
      if (table.rows === capacity) {
        capacity *= 2;
        for (const [name, type] of Object.entries(schema)) {
          const bigger = MAKE[type](capacity);
          // Both arrays are of the column's type.
          (bigger as Uint8Array).set(arrays[name] as Uint8Array);
          arrays[name] = bigger;
        }
      }
      table.rows += 1;
      return table.rows - 1;
    },
    truncate(rows: number) {
      for (const array of Object.values(arrays)) {
        if (array instanceof BigUint64Array) array.fill(0n, rows, table.rows);
        else array.fill(0, rows, table.rows);
      }
      table.rows = rows;
    },
  };
  for (const name of Object.keys(schema)) Object.defineProperty(table, name, { get: () => arrays[name], enumerable: true });
  return table as unknown as Columns<S>;
}
