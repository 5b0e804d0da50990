// Reads flattened device trees (Devicetree Specification v0.4, chapter 5), so that ours can be compared with QEMU's.

/** A node as a blob has it. */
export interface FdtRead {
  readonly name: string;
  readonly properties: ReadonlyMap<string, Uint8Array>;
  readonly children: readonly FdtRead[];
}

const TOKEN = { BEGIN_NODE: 1, END_NODE: 2, PROP: 3, NOP: 4 } as const;

/** The tree of a blob. */
export function readFdt(blob: Uint8Array): FdtRead {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  if (view.getUint32(0) !== 0xd00d_feed || view.getUint32(4) > blob.length) throw new Error('not a device tree');
  const structureAt = view.getUint32(8);
  const stringsAt = view.getUint32(12);
  const decoder = new TextDecoder();
  let at = structureAt;
  const word = (): number => {
    const value = view.getUint32(at);
    at += 4;
    return value;
  };
  const text = (from: number): string => decoder.decode(blob.subarray(from, blob.indexOf(0, from)));
  const align = (): void => {
    at = Math.ceil(at / 4) * 4;
  };
  const node = (): FdtRead => {
    const name = text(at);
    at += name.length + 1;
    align();
    const properties = new Map<string, Uint8Array>();
    const children: FdtRead[] = [];
    for (;;) {
      const token = word();
      if (token === TOKEN.BEGIN_NODE) children.push(node());
      else if (token === TOKEN.PROP) {
        const length = word();
        const property = text(stringsAt + word());
        properties.set(property, blob.slice(at, at + length));
        at += length;
        align();
      } else if (token !== TOKEN.NOP) return { name, properties, children };
    }
  };
  if (word() !== TOKEN.BEGIN_NODE) throw new Error('a device tree without a root');
  return node();
}
