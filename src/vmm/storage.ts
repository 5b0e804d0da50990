// Memory that answers of the kind "storage" keep: MMIO bytes by address and registers by encoding, in cells of the machine's memory, so that
// snapshots and hashes see them. Knows nothing of rules.
import { type Bytes, layout } from '#base';

/** Places of 8 bytes that can be in use at a time. */
export const STORAGE_CELLS = 1024;

const STORAGE = layout({ used: 'u32', keys: `u64[${STORAGE_CELLS}]`, values: `u64[${STORAGE_CELLS}]` });

/** Bytes of state. */
export const STORAGE_SIZE = STORAGE.size;

/** Registers and addresses share the cells: addresses are below 2^56. */
const REGISTER = 1n << 63n;

export interface Storage {
  /** `bytes` from an address, little-endian; what was never written is 0. */
  read(address: bigint, bytes: number): bigint;
  /** False when all cells are in use. */
  write(address: bigint, bytes: number, value: bigint): boolean;
  readRegister(encoding: number): bigint;
  writeRegister(encoding: number, value: bigint): boolean;
}

export function makeStorage(bytes: Bytes): Storage {
  const state = STORAGE.attach(bytes);

  function find(key: bigint): number {
    for (let i = 0; i < state.used; i++) if (state.keys.get(i) === key) return i;
    return -1;
  }

  function get(key: bigint): bigint {
    const i = find(key);
    return i < 0 ? 0n : state.values.get(i);
  }

  function set(key: bigint, value: bigint): boolean {
    let i = find(key);
    if (i < 0) {
      if (state.used === STORAGE_CELLS) return false;
      i = state.used++;
      state.keys.set(i, key);
    }
    state.values.set(i, value);
    return true;
  }

  return {
    read(address, count) {
      let value = 0n;
      for (let i = count - 1; i >= 0; i--) {
        const at = address + BigInt(i);
        value = (value << 8n) | ((get(at >> 3n) >> (8n * (at & 7n))) & 0xffn);
      }
      return value;
    },
    write(address, count, value) {
      const cells = new Map<bigint, bigint>();
      for (let i = 0; i < count; i++) {
        const at = address + BigInt(i);
        const key = at >> 3n;
        const place = 8n * (at & 7n);
        const before = cells.get(key) ?? get(key);
        cells.set(key, (before & ~(0xffn << place)) | (((value >> BigInt(8 * i)) & 0xffn) << place));
      }
      const free = STORAGE_CELLS - state.used;
      if ([...cells.keys()].filter((key) => find(key) < 0).length > free) return false;
      for (const [key, cell] of cells) set(key, cell);
      return true;
    },
    readRegister: (encoding) => get(REGISTER | BigInt(encoding)),
    writeRegister: (encoding, value) => set(REGISTER | BigInt(encoding), value),
  };
}
