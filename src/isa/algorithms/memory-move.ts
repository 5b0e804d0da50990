// The memory copy and memory set instructions (FEAT_MOPS), step by step over a machine's registers and memory, as Option A of the
// architecture (Arm ARM C3.2.13, C6.2 CPYP and SETP): the flags are clear, and a count that goes up to zero from below moves forwards from
// addresses that lie at the end. Registers are right after every chunk, so that a fault can be taken and the instruction resumed. The
// prologue here only prepares, and the main part moves everything, which the architecture leaves open.
import type { MemoryMove } from '../operations.ts';

/** What a move needs of the machine. A load or store that faults does not return. */
export interface MoveMachine {
  x(n: number): bigint;
  setX(n: number, value: bigint): void;
  /** The flags as N:Z:C:V. */
  nzcv(): number;
  setNzcv(value: number): void;
  load(address: bigint, bytes: 1 | 2 | 4 | 8, unprivileged: boolean): bigint;
  /** `unchecked`: not subject to tag checking. */
  store(address: bigint, bytes: 1 | 2 | 4 | 8, value: bigint, unprivileged: boolean, unchecked?: boolean): void;
  /** Sets the tag of the granule at an address. */
  storeTag(address: bigint, tag: bigint, unprivileged: boolean): void;
  /** A Memory Copy or Memory Set exception; does not return. */
  raiseMops(iss: number): void;
  /** An alignment fault at an address (SETG); does not return. */
  raiseAlignment(address: bigint): void;
}

/** PSTATE.C tells the options apart: 0 is Option A. The other flags are not looked at. */
const OPTION_B = 0b0010;

const MASK = 0xffff_ffff_ffff_ffffn;
const COPY_LIMIT = 0x007f_ffff_ffff_ffffn;
const FORWARD_LIMIT = 0x7fff_ffff_ffff_ffffn;
const TAG_LIMIT = 0x7fff_ffff_ffff_fff0n;

/** ISS of the exception class 0x27 for a wrong option (Arm ARM D24.2). */
function wrongOption(move: MemoryMove): number {
  const set = move.kind !== 'copy' && move.kind !== 'copy-forward';
  const tags = move.kind === 'set-tags' || move.kind === 'set-tags-only';
  return (
    ((set ? 1 : 0) << 24) |
    ((tags ? 1 : 0) << 23) |
    (move.options << 19) |
    ((move.stage === 2 ? 1 : 0) << 18) |
    (1 << 17) |
    (1 << 16) |
    (move.Rd << 10) |
    (move.Rs << 5) |
    move.Rn
  );
}

/**
 * The greatest power of two up to 8 that is no more than `left` and divides `places`, the bitwise OR of the addresses: each access is aligned,
 * so that neither SCTLR_ELx.A nor Device memory minds it.
 */
function chunk(left: bigint, places: bigint): 1 | 2 | 4 | 8 {
  const low = Number(places & 7n);
  const aligned = low === 0 ? 8 : low & -low;
  const most = left >= 8n ? 8 : left >= 4n ? 4 : left >= 2n ? 2 : 1;
  return Math.min(aligned, most) as 1 | 2 | 4 | 8;
}

/** Performs one of the three instructions of a copy or set. */
export function moveMemory(machine: MoveMachine, move: MemoryMove): void {
  if (move.kind === 'copy' || move.kind === 'copy-forward') copy(machine, move);
  else set(machine, move);
}

function copy(machine: MoveMachine, move: MemoryMove): void {
  const { Rd, Rs, Rn } = move;
  if (move.stage === 0) {
    const limit = move.kind === 'copy' ? COPY_LIMIT : FORWARD_LIMIT;
    const wanted = machine.x(Rn);
    const count = wanted > limit ? limit : wanted;
    const to = machine.x(Rd);
    const from = machine.x(Rs);
    const address = 0x00ff_ffff_ffff_ffffn;
    const backward =
      move.kind === 'copy' && (from & address) < (to & address) && (((from & address) + count) & address) > (to & address);
    machine.setNzcv(0);
    if (backward) {
      machine.setX(Rn, count);
      return;
    }
    machine.setX(Rd, (to + count) & MASK);
    machine.setX(Rs, (from + count) & MASK);
    machine.setX(Rn, (MASK + 1n - count) & MASK);
    return;
  }
  if (machine.nzcv() & OPTION_B) machine.raiseMops(wrongOption(move));
  const to = machine.x(Rd);
  const from = machine.x(Rs);
  let count = BigInt.asIntN(64, machine.x(Rn));
  while (count < 0n) {
    const bytes = chunk(-count, (from + count) | (to + count));
    const value = machine.load((from + count) & MASK, bytes, move.readUnprivileged);
    machine.store((to + count) & MASK, bytes, value, move.writeUnprivileged);
    count += BigInt(bytes);
    machine.setX(Rn, BigInt.asUintN(64, count));
  }
  while (count > 0n) {
    const bytes = chunk(count, (from + count) | (to + count));
    count -= BigInt(bytes);
    const value = machine.load((from + count) & MASK, bytes, move.readUnprivileged);
    machine.store((to + count) & MASK, bytes, value, move.writeUnprivileged);
    machine.setX(Rn, count);
  }
}

function set(machine: MoveMachine, move: MemoryMove): void {
  const { Rd, Rs, Rn } = move;
  const tags = move.kind !== 'set';
  if (move.stage === 0) {
    const limit = tags ? TAG_LIMIT : FORWARD_LIMIT;
    const wanted = machine.x(Rn);
    const count = wanted > limit ? limit : wanted;
    const to = machine.x(Rd);
    if (tags && count !== 0n && ((to | count) & 15n) !== 0n) machine.raiseAlignment(to);
    machine.setNzcv(0);
    machine.setX(Rd, (to + count) & MASK);
    machine.setX(Rn, (MASK + 1n - count) & MASK);
    return;
  }
  if (machine.nzcv() & OPTION_B) machine.raiseMops(wrongOption(move));
  const to = machine.x(Rd);
  let count = BigInt.asIntN(64, machine.x(Rn));
  if (tags && count !== 0n && ((to | count) & 15n) !== 0n) machine.raiseAlignment(to);
  const value = (machine.x(Rs) & 0xffn) * 0x0101_0101_0101_0101n;
  while (count < 0n) {
    const address = (to + count) & MASK;
    if (tags) {
      if (move.kind === 'set-tags') {
        machine.store(address, 8, value, move.writeUnprivileged, true);
        machine.store((address + 8n) & MASK, 8, value, move.writeUnprivileged, true);
      }
      machine.storeTag(address, (address >> 56n) & 15n, move.writeUnprivileged);
      count += 16n;
    } else {
      const bytes = chunk(-count, address);
      machine.store(address, bytes, value, move.writeUnprivileged);
      count += BigInt(bytes);
    }
    machine.setX(Rn, BigInt.asUintN(64, count));
  }
}
