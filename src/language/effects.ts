// Which flags an instruction reads and writes, and what may trap it: both read off its operation.
import {
  INSTRUCTION_ROWS,
  isImplementationDefined,
  operationByEncoding,
  PSTATE_FIELDS,
  registerByEncoding,
  sysreg,
  type TrapRow,
  trapsOf,
} from '#arch/sysreg';
import type { Fields, Flag, Instruction } from '#isa';
import { listen } from './listen.ts';

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
  const writesAll = (): undefined => {
    for (const flag of ALL) writes.add(flag);
  };
  listen(row, fields, {
    flag: (flag) => void reads.add(flag),
    condition: (code) => {
      for (const flag of CONDITION_FLAGS[(code >> 1) & 7] as readonly Flag[]) reads.add(flag);
    },
    setFlags: (flags) => {
      for (const flag of ALL) if (flags[flag] !== undefined) writes.add(flag);
    },
    addSetFlags: writesAll,
    logicSetFlags: writesAll,
    checkedAtomic: writesAll as () => never,
  });
  return { reads: ALL.filter((f) => reads.has(f)), writes: ALL.filter((f) => writes.has(f)) };
}

/** Something that may trap an instruction. */
export interface PossibleTrap {
  /** The row that decides. */
  readonly rule: string;
  readonly from: 0 | 1 | 2;
  readonly to: 1 | 2 | 'undefined';
  readonly ec: number;
}

/** What may trap an access of a register or an instruction of a group, as the tables have it. */
export function trapsOfRow(row: TrapRow, direction: 'read' | 'write' | 'execute'): readonly PossibleTrap[] {
  return trapsOf(row, direction).map(({ id, from, to, ec }) => ({ rule: id, from, to, ec }));
}

const TRAPPED = new Map<string, TrapRow>([...INSTRUCTION_ROWS, ...PSTATE_FIELDS].map((row) => [row.name.toLowerCase(), row]));

/** What may trap an instruction with these fields, before it does anything; faults of its memory accesses are not among it. */
export function possibleTraps(row: Instruction, fields: Fields): readonly PossibleTrap[] {
  const found = new Map<string, PossibleTrap>();
  const hit = (trapped: TrapRow | undefined, direction: 'read' | 'write' | 'execute' = 'execute'): void => {
    for (const trap of trapped === undefined ? [] : trapsOfRow(trapped, direction)) found.set(`${trap.rule} ${trap.from}`, trap);
  };
  const named = (name: string): void => hit(TRAPPED.get(name.toLowerCase()));
  const pac = (): void => named('PAC');
  const system = (encoding: number, direction: 'read' | 'write' | 'execute'): void => {
    const known = direction === 'execute' ? operationByEncoding(encoding) : registerByEncoding(encoding);
    if (known !== undefined) hit(known, direction);
    else if (isImplementationDefined(encoding)) named('IMPLEMENTATION DEFINED');
  };
  listen(row, fields, {
    wait: named,
    raise: ({ kind }) => named(kind),
    exceptionReturn: (key) => {
      named('ERET');
      if (key !== undefined) pac();
    },
    addPac: pac,
    authenticate: pac,
    stripPac: pac,
    genericPac: pac,
    // SIMD and floating point are taken by what takes FPCR.
    requireSimd: () => hit(sysreg('FPCR'), 'read'),
    requireSve: () => named('SVE'),
    requireBlockAccess: (form) => named(form === 'st64b' ? 'LD64B' : form),
    moveMemory: () => named('MOPS'),
    barrier: named,
    readSystem: (encoding) => system(encoding, 'read'),
    writeSystem: (encoding) => system(encoding, 'write'),
    system: (encoding) => system(encoding, 'execute'),
    systemResult: (encoding) => system(encoding, 'execute'),
    writePState: named,
  });
  return [...found.values()];
}
