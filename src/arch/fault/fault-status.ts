// The fault status codes of aborts: which number names which fault at which level of the walk, and in which kind of syndrome it may stand
// (Arm ARM DDI 0487, ESR_ELx: IFSC of an Instruction Abort, DFSC of a Data Abort, xFSC of a Granule Protection Check exception).
// Knows nothing of how a fault comes about, and nothing of the rest of a syndrome.
import { assert } from '#base';

/** A level of a translation table walk; −2 exists with FEAT_D128, −1 with FEAT_LPA2 or FEAT_D128. */
export type FaultLevel = -2 | -1 | 0 | 1 | 2 | 3;

type FaultRow = {
  readonly kind: string;
  readonly name: string;
  /** One code, or one for each level. */
  readonly codes: number | Readonly<Partial<Record<`${FaultLevel}`, number>>>;
  /** The syndromes that may hold it: I instruction abort, D data abort, G granule protection check. */
  readonly where: string;
  readonly feature?: string;
};

// biome-ignore format: one row a line reads as the manual's table
const FAULT_ROWS = [
  { kind: 'address-size', name: 'Address size fault', codes: { '-2': 0x2c, '-1': 0x29, '0': 0x00, '1': 0x01, '2': 0x02, '3': 0x03 }, where: 'ID' },
  { kind: 'translation', name: 'Translation fault', codes: { '-2': 0x2a, '-1': 0x2b, '0': 0x04, '1': 0x05, '2': 0x06, '3': 0x07 }, where: 'ID' },
  { kind: 'access-flag', name: 'Access flag fault', codes: { '0': 0x08, '1': 0x09, '2': 0x0a, '3': 0x0b }, where: 'ID' },
  { kind: 'permission', name: 'Permission fault', codes: { '0': 0x0c, '1': 0x0d, '2': 0x0e, '3': 0x0f }, where: 'ID' },
  { kind: 'external', name: 'Synchronous External abort', codes: 0x10, where: 'ID' },
  { kind: 'tag-check', name: 'Synchronous Tag Check Fault', codes: 0x11, where: 'D', feature: 'FEAT_MTE2' },
  { kind: 'external-on-walk', name: 'Synchronous External abort on a table walk or update', codes: { '-2': 0x12, '-1': 0x13, '0': 0x14, '1': 0x15, '2': 0x16, '3': 0x17 }, where: 'ID' },
  { kind: 'parity', name: 'Synchronous parity or ECC error (before FEAT_RAS)', codes: 0x18, where: 'ID' },
  { kind: 'parity-on-walk', name: 'Synchronous parity or ECC error on a table walk or update (before FEAT_RAS)', codes: { '-1': 0x1b, '0': 0x1c, '1': 0x1d, '2': 0x1e, '3': 0x1f }, where: 'ID' },
  { kind: 'alignment', name: 'Alignment fault', codes: 0x21, where: 'D' },
  { kind: 'granule-protection-on-walk', name: 'Granule Protection Fault on a table walk or update', codes: { '-2': 0x22 }, where: 'ID', feature: 'FEAT_RME and FEAT_D128' },
  { kind: 'granule-protection-on-walk', name: 'Granule Protection Fault on a table walk or update', codes: { '-1': 0x23, '0': 0x24, '1': 0x25, '2': 0x26, '3': 0x27 }, where: 'IDG', feature: 'FEAT_RME' },
  { kind: 'granule-protection', name: 'Granule Protection Fault on the access itself', codes: 0x28, where: 'IDG', feature: 'FEAT_RME' },
  { kind: 'tlb-conflict', name: 'TLB conflict abort', codes: 0x30, where: 'ID' },
  { kind: 'hardware-update', name: 'Unsupported atomic hardware update fault', codes: 0x31, where: 'ID', feature: 'FEAT_HAFDBS' },
  { kind: 'lockdown', name: 'IMPLEMENTATION DEFINED fault (lockdown)', codes: 0x34, where: 'D' },
  { kind: 'exclusive-or-atomic', name: 'IMPLEMENTATION DEFINED fault (unsupported exclusive or atomic access)', codes: 0x35, where: 'D' },
] as const satisfies readonly FaultRow[];

export type FaultKind = (typeof FAULT_ROWS)[number]['kind'];

export type FaultStatus = {
  /** The fault status code, 0 to 63. */
  readonly code: number;
  readonly kind: FaultKind;
  /** The level of the walk that the code names; absent where it names none. */
  readonly level?: FaultLevel;
  /** As the manual names it, with the level: `Translation fault, level 1`. */
  readonly name: string;
  /** Whether it may stand in an Instruction Abort, a Data Abort, a Granule Protection Check exception. */
  readonly instruction: boolean;
  readonly data: boolean;
  readonly granuleProtectionCheck: boolean;
  readonly feature?: string;
};

/** Every allocated fault status code, in numeric order. */
export const FAULT_STATUSES: readonly FaultStatus[] = FAULT_ROWS.flatMap(statuses).sort((a, b) => a.code - b.code);

const BY_CODE: ReadonlyMap<number, FaultStatus> = new Map(FAULT_STATUSES.map((status) => [status.code, status]));

/** What a fault status code says; undefined for a reserved one. */
export function faultStatus(code: number): FaultStatus | undefined {
  return BY_CODE.get(code);
}

/** The code of a fault. `level` is needed where the code depends on it; asking for a fault that has no code is a bug. */
export function faultStatusCode(kind: FaultKind, level?: FaultLevel): number {
  const status = FAULT_STATUSES.find((s) => s.kind === kind && s.level === level);
  assert(status !== undefined, `no fault status code for ${kind} at level ${level}`);
  return status.code;
}

function statuses(row: FaultRow): FaultStatus[] {
  const common = {
    kind: row.kind as FaultKind,
    instruction: row.where.includes('I'),
    data: row.where.includes('D'),
    granuleProtectionCheck: row.where.includes('G'),
    ...(row.feature === undefined ? {} : { feature: row.feature }),
  };
  if (typeof row.codes === 'number') return [{ ...common, code: row.codes, name: row.name }];
  return Object.entries(row.codes).map(([level, code]) => ({
    ...common,
    code,
    level: Number(level) as FaultLevel,
    name: `${row.name}, level ${level}${code === 0 ? ' or table base' : ''}`,
  }));
}
