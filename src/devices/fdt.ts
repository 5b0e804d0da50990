// The flattened device tree's encoding (Devicetree Specification v0.4, chapter 5): a tree of nodes to a blob of version 17. Knows no node's
// meaning.

/** `true` has no value; a text or several end in NUL each; numbers are 32-bit cells; anything else is bytes. */
export type FdtProperty = true | string | readonly string[] | readonly number[] | Uint8Array;

export interface FdtNode {
  /** With its unit address, `pl011@9000000`; the root's is empty. */
  readonly name: string;
  readonly properties: Readonly<Record<string, FdtProperty>>;
  readonly children?: readonly FdtNode[];
}

const MAGIC = 0xd00d_feed;
const VERSION = 17;
const LAST_COMPATIBLE = 16;
const HEADER_SIZE = 40;
/** One empty entry ends the reserved memory. */
const RESERVATIONS_SIZE = 16;
const TOKEN = { BEGIN_NODE: 1, END_NODE: 2, PROP: 3, END: 9 } as const;

/** 64-bit numbers as pairs of cells, more significant first. */
export function cells64(...values: readonly (number | bigint)[]): readonly number[] {
  return values.flatMap((value) => [Number(BigInt(value) >> 32n), Number(BigInt(value) & 0xffff_ffffn)]);
}

/** The blob of a tree. The same tree gives the same bytes. */
export function encodeFdt(root: FdtNode): Uint8Array {
  const structure: number[] = [];
  const strings: number[] = [];
  const names = new Map<string, number>();
  const encoder = new TextEncoder();

  const word = (value: number): void => {
    structure.push((value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
  };
  const padded = (bytes: Iterable<number>): void => {
    structure.push(...bytes);
    while (structure.length % 4 !== 0) structure.push(0);
  };
  const nameAt = (name: string): number => {
    let at = names.get(name);
    if (at === undefined) {
      at = strings.length;
      names.set(name, at);
      strings.push(...encoder.encode(name), 0);
    }
    return at;
  };
  const visit = ({ name, properties, children = [] }: FdtNode): void => {
    word(TOKEN.BEGIN_NODE);
    padded([...encoder.encode(name), 0]);
    for (const [property, value] of Object.entries(properties)) {
      const bytes = bytesOf(value, encoder);
      word(TOKEN.PROP);
      word(bytes.length);
      word(nameAt(property));
      padded(bytes);
    }
    for (const child of children) visit(child);
    word(TOKEN.END_NODE);
  };
  visit(root);
  word(TOKEN.END);

  const structureAt = HEADER_SIZE + RESERVATIONS_SIZE;
  const stringsAt = structureAt + structure.length;
  const blob = new Uint8Array(Math.ceil((stringsAt + strings.length) / 8) * 8);
  const view = new DataView(blob.buffer);
  const header = [
    ...[MAGIC, blob.length, structureAt, stringsAt, /* reserved memory */ HEADER_SIZE, VERSION, LAST_COMPATIBLE],
    ...[/* boot CPU */ 0, strings.length, structure.length],
  ];
  for (const [i, value] of header.entries()) view.setUint32(4 * i, value);
  blob.set(structure, structureAt);
  blob.set(strings, stringsAt);
  return blob;
}

function bytesOf(value: FdtProperty, encoder: TextEncoder): Uint8Array {
  if (value === true) return new Uint8Array(0);
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string') return encoder.encode(`${value}\0`);
  if (value.every((item) => typeof item === 'string')) return encoder.encode(value.map((item) => `${item}\0`).join(''));
  const bytes = new Uint8Array(4 * value.length);
  const view = new DataView(bytes.buffer);
  for (const [i, cell] of value.entries()) view.setUint32(4 * i, cell as number);
  return bytes;
}
