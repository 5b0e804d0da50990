// Moving SIMD structures between registers and memory (Arm ARM C7.2, LD1 to LD4, LD1R to LD4R, ST1 to ST4), over bigint. Memory and
// registers are passed in. A load reads everything before it writes a register, so that one which faults has written none.
import type { AccessBytes, StructureTransfer } from '../operations.ts';

/** What the algorithm works on. */
export interface StructureMachine {
  load(address: bigint, bytes: AccessBytes): bigint;
  store(address: bigint, bytes: AccessBytes, value: bigint): void;
  v(n: number, half: 0 | 1): bigint;
  setV(n: number, low: bigint, high: bigint): void;
}

const at = (base: bigint, offset: number): bigint => BigInt.asUintN(64, base + BigInt(offset));

/** An element of `bytes` bytes at `offset` in a register, in its half. */
const placed = (value: bigint, offset: number): bigint => value << BigInt(8 * (offset & 7));
const masked = (bytes: number, offset: number): bigint => placed((1n << BigInt(8 * bytes)) - 1n, offset);

export function loadStructures(machine: StructureMachine, address: bigint, transfer: StructureTransfer): void {
  const { Rt, registers, interleaved, bytes, lanes } = transfer;
  const count = lanes.kind === 'all' ? lanes.width / bytes : 1;
  const halves: [bigint, bigint][] = Array.from({ length: registers }, (_, i) =>
    lanes.kind === 'one' ? [machine.v((Rt + i) & 31, 0), machine.v((Rt + i) & 31, 1)] : [0n, 0n],
  );
  for (let n = 0; n < registers * count; n += 1) {
    const i = interleaved ? n % registers : Math.floor(n / count);
    const lane = lanes.kind === 'one' ? lanes.index : interleaved ? Math.floor(n / registers) : n % count;
    const value = machine.load(at(address, n * bytes), bytes);
    const target = halves[i] as [bigint, bigint];
    if (lanes.kind === 'every') {
      let filled = value;
      for (let width = bytes * 8; width < 64; width *= 2) filled |= filled << BigInt(width);
      target[0] = filled;
      target[1] = lanes.width === 16 ? filled : 0n;
    } else {
      const offset = lane * bytes;
      const half = offset < 8 ? 0 : 1;
      target[half] = (target[half] & ~masked(bytes, offset)) | placed(value, offset);
    }
  }
  for (const [i, [low, high]] of halves.entries()) machine.setV((Rt + i) & 31, low, high);
}

/** Elements are stored in the order of their addresses; those before one that faults stay stored. */
export function storeStructures(machine: StructureMachine, address: bigint, transfer: StructureTransfer): void {
  const { Rt, registers, interleaved, bytes, lanes } = transfer;
  const count = lanes.kind === 'all' ? lanes.width / bytes : 1;
  for (let n = 0; n < registers * count; n += 1) {
    const i = interleaved ? n % registers : Math.floor(n / count);
    const lane = lanes.kind === 'one' ? lanes.index : interleaved ? Math.floor(n / registers) : n % count;
    const offset = lane * bytes;
    const half = machine.v((Rt + i) & 31, offset < 8 ? 0 : 1);
    machine.store(at(address, n * bytes), bytes, BigInt.asUintN(8 * bytes, half >> BigInt(8 * (offset & 7))));
  }
}
