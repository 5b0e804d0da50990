// Which flags an instruction reads and writes, found by running its operation over an interface that only listens.
import type { Fields, Flag, Instruction, Operations } from '#isa';

export interface FlagUse {
  readonly reads: readonly Flag[];
  readonly writes: readonly Flag[];
}

const ALL: readonly Flag[] = ['N', 'Z', 'C', 'V'];

/** Flags that each condition code looks at (Arm ARM C1.2.4), by code bits 3:1. */
const CONDITION_FLAGS: readonly (readonly Flag[])[] = [['Z'], ['C'], ['N'], ['V'], ['Z', 'C'], ['N', 'V'], ['Z', 'N', 'V'], []];

/** The flags that an instruction with these fields may read and write. */
export function flagUse(row: Instruction, fields: Fields): FlagUse {
  const reads = new Set<Flag>();
  const writes = new Set<Flag>();
  const value = Symbol('value');
  const heard: Partial<Operations<unknown>> = {
    flag: (flag) => {
      reads.add(flag);
      return value;
    },
    condition: (code) => {
      for (const flag of CONDITION_FLAGS[(code >> 1) & 7] as readonly Flag[]) reads.add(flag);
      return value;
    },
    setFlags: (flags) => {
      for (const flag of ALL) if (flags[flag] !== undefined) writes.add(flag);
    },
    addSetFlags: () => {
      for (const flag of ALL) writes.add(flag);
      return value;
    },
    logicSetFlags: () => {
      for (const flag of ALL) writes.add(flag);
    },
    checkedAtomic: () => {
      for (const flag of ALL) writes.add(flag);
      return [value, value];
    },
    when: (_condition, then, otherwise) => {
      then();
      otherwise?.();
    },
  };
  // Every other operation is of no interest; those that give two halves are destructured.
  const silent = new Proxy(heard, {
    get: (target, name) => Reflect.get(target, name) ?? (() => (/pair|128/i.test(String(name)) ? [value, value] : value)),
  });
  row.exec?.(silent as Operations<unknown>, fields);
  return { reads: ALL.filter((f) => reads.has(f)), writes: ALL.filter((f) => writes.has(f)) };
}
