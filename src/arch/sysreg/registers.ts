// The system registers and system instructions, all of them: lookup by name and encoding, fields, traps, and the slot that each register's
// storage has. Knows nothing of values: those are the processor's.
import { assert } from '#base';
import { genericName, parseGenericName } from './encoding.ts';
import {
  type Direction,
  type Field,
  type Head,
  type Reach,
  readFields,
  readReaches,
  readTable,
  readTraps,
  type TrapRule,
} from './notation.ts';
import { INSTRUCTIONS, OPERATION_TABLES, PSTATE_IMMEDIATE, REGISTER_TABLES } from './tables/index.ts';

/** A system register: one row of a table, one element of a register array. Rows are compared by identity. */
export interface Sysreg extends Omit<Head, 'access' | 'operand'> {
  readonly kind: 'register';
  readonly access: 'rw' | 'ro' | 'wo';
  /** The table it stands in: `id`, `control`, `timer`, … */
  readonly group: keyof typeof REGISTER_TABLES;
}

/** A system instruction (SYS): AT, DC, IC, TLBI and others by name. */
export interface SystemOperation extends Pick<Head, 'name' | 'encoding' | 'feature' | 'operand' | 'body'> {
  readonly kind: 'operation';
  /** Lowest Exception level at which it can execute. */
  readonly el: 0 | 1 | 2 | 3;
  readonly group: string;
}

/** MSR (immediate) to a PSTATE field, or an instruction that controls take without its being a register access. */
export interface TrappedInstruction extends Pick<Head, 'name' | 'encoding' | 'feature' | 'body'> {
  readonly kind: 'pstate' | 'instruction';
  readonly el: 0 | 1 | 2 | 3;
}

/** A row that an access or an instruction can be trapped by. */
export type TrapRow = Sysreg | SystemOperation | TrappedInstruction;

/** What each table of registers is about, by its group. */
export const GROUP_TITLES: Readonly<Record<keyof typeof REGISTER_TABLES, string>> = {
  id: 'Identification',
  pstate: 'Processor state',
  control: 'System control',
  memory: 'Translation and memory',
  exception: 'Exceptions',
  hypervisor: 'Virtualization',
  debug: 'Debug',
  timer: 'Timers',
  gic: 'Interrupt controller',
  pmu: 'Performance monitors',
  pauth: 'Pointer authentication',
  mte: 'Memory tagging',
  ras: 'Errors',
  amu: 'Activity monitors',
  mpam: 'Memory partitioning',
  gcs: 'Guarded control stacks',
  brbe: 'Branch records',
  spe: 'Statistical profiling',
  spmu: 'System performance monitors',
  trace: 'Trace',
  el3: 'EL3',
};

/** Every register, in the order of the tables. */
export const SYSREGS: readonly Sysreg[] = (Object.keys(REGISTER_TABLES) as (keyof typeof REGISTER_TABLES)[]).flatMap((group) =>
  readTable(REGISTER_TABLES[group]).map((head): Sysreg => {
    assert(head.access !== 'x', `register row ${head.name} has no access`);
    const { operand: _, ...rest } = head;
    return { ...rest, access: head.access, kind: 'register', group };
  }),
);

/** Every named system instruction, in the order of the tables. */
export const SYSTEM_OPERATIONS: readonly SystemOperation[] = Object.entries(OPERATION_TABLES).flatMap(([group, text]) =>
  readTable(text).map(
    ({ name, encoding, feature, operand, body, readEl }): SystemOperation => ({
      kind: 'operation',
      name,
      encoding,
      feature,
      operand,
      body,
      el: readEl,
      group,
    }),
  ),
);

/** MSR (immediate): PSTATE fields. The encodings have CRm 0, or those of its bits that are fixed. */
export const PSTATE_FIELDS: readonly TrappedInstruction[] = readTable(PSTATE_IMMEDIATE).map((head) => trapped(head, 'pstate'));

/** Instructions that controls trap, by a name for their group: WFI, SVC, SMC, ERET, … */
export const INSTRUCTION_ROWS: readonly TrappedInstruction[] = readTable(INSTRUCTIONS).map((head) =>
  trapped(head, 'instruction'),
);

function trapped({ name, encoding, feature, body, readEl }: Head, kind: TrappedInstruction['kind']): TrappedInstruction {
  return { kind, name, encoding, feature, body, el: readEl };
}

const BY_ENCODING: ReadonlyMap<number, Sysreg> = new Map(SYSREGS.map((row) => [row.encoding, row]));
const OPERATION_BY_ENCODING: ReadonlyMap<number, SystemOperation> = new Map(SYSTEM_OPERATIONS.map((row) => [row.encoding, row]));
const OPERATION_BY_NAME: ReadonlyMap<string, SystemOperation> = new Map(SYSTEM_OPERATIONS.map((row) => [row.name, row]));
const BY_NAME: ReadonlyMap<string, Sysreg> = new Map(
  SYSREGS.flatMap((row): [string, Sysreg][] => {
    const own: [string, Sysreg] = [row.name.toUpperCase(), row];
    return row.writeName === undefined ? [own] : [own, [row.writeName.toUpperCase(), row]];
  }),
);

/** The register with this packed encoding; undefined when the architecture names none. */
export function registerByEncoding(encoding: number): Sysreg | undefined {
  return BY_ENCODING.get(encoding);
}

/** The register of this name, in any case, or of a generic name such as S3_0_C1_C0_0; undefined when there is none. */
export function registerByName(name: string): Sysreg | undefined {
  const row = BY_NAME.get(name.toUpperCase());
  if (row !== undefined) return row;
  const encoding = parseGenericName(name);
  return encoding === undefined ? undefined : BY_ENCODING.get(encoding);
}

/** The register of this name; that it exists is the caller's knowledge. */
export function sysreg(name: string): Sysreg {
  const row = BY_NAME.get(name.toUpperCase());
  assert(row !== undefined, `no system register ${name}`);
  return row;
}

/** The system instruction with this packed encoding. */
export function operationByEncoding(encoding: number): SystemOperation | undefined {
  return OPERATION_BY_ENCODING.get(encoding);
}

/** The system instruction of this name, `DC ZVA`, in any case. */
export function operationByName(name: string): SystemOperation | undefined {
  return OPERATION_BY_NAME.get(
    name
      .trim()
      .replaceAll(/[\s,]+/g, ' ')
      .toUpperCase(),
  );
}

/** What an encoding is called: its register's name (that of writes, where the two differ), its instruction's, or the generic spelling. */
export function encodingName(encoding: number, direction: Direction = 'read'): string {
  const row = BY_ENCODING.get(encoding);
  if (row !== undefined) return direction === 'write' && row.writeName !== undefined ? row.writeName : row.name;
  return OPERATION_BY_ENCODING.get(encoding)?.name ?? genericName(encoding);
}

const FIELDS = new Map<Head['body'], { readonly fields: readonly Field[]; readonly ones: readonly Field[] }>();

function layoutOf(row: Sysreg): { readonly fields: readonly Field[]; readonly ones: readonly Field[] } {
  const target = aliasTarget(row);
  let layout = FIELDS.get(target.body);
  if (layout === undefined) {
    const all = readFields(target.body.fields, target.array?.name ?? target.name);
    layout = { fields: all.filter((field) => field.name !== 'RES1'), ones: all.filter((field) => field.name === 'RES1') };
    FIELDS.set(target.body, layout);
  }
  return layout;
}

/** The fields of a register, as its row lists them; those of the register that it names, for an alias. Bits in none of them are RES0. */
export function fieldsOf(row: Sysreg): readonly Field[] {
  return layoutOf(row).fields;
}

/** The bits that are RES1 whatever features there are, under their presence (E2H). */
export function reservedOnesOf(row: Sysreg): readonly Field[] {
  return layoutOf(row).ones;
}

/** The fields of one name: several when where it stands depends on a mode. */
export function fieldsNamed(row: Sysreg, name: string): readonly Field[] {
  return fieldsOf(row).filter((field) => field.name === name);
}

const TRAPS = new Map<TrapRow, Partial<Record<Direction, readonly TrapRule[]>>>();

/** The rules by which an access or instruction is trapped or UNDEFINED, in the manual's order for each Exception level. */
export function trapsOf(row: TrapRow, direction: Direction): readonly TrapRule[] {
  let known = TRAPS.get(row);
  if (known === undefined) {
    known = {};
    TRAPS.set(row, known);
  }
  known[direction] ??= readTraps(row.body, direction, row.name, row.kind === 'register' ? row.array?.index : undefined);
  return known[direction];
}

/** What a register or system instruction is, in a few words; an alias is what it names. */
export function docOf(row: Sysreg | SystemOperation): string {
  return row.kind === 'register' ? aliasTarget(row).body.doc : row.body.doc;
}

const REACHES = new Map<Head['body'], readonly Reach[]>();

/** Where an access that is allowed goes instead, first that holds; without one it goes to the register itself. */
export function reachesOf(row: Sysreg): readonly Reach[] {
  let reaches = REACHES.get(row.body);
  if (reaches === undefined) {
    reaches = readReaches(row.body.at, row.name);
    REACHES.set(row.body, reaches);
  }
  return reaches;
}

/** The register whose storage this one names: itself unless it is an alias (_EL12, _EL02, …ALIAS_EL1). */
export function aliasTarget(row: Sysreg): Sysreg {
  return row.aliasOf === undefined ? row : sysreg(row.aliasOf);
}

const SLOTS = new Map<Sysreg, number>();
let slots = 0;
for (const row of SYSREGS) {
  // EL3 does not exist here: its registers have rows, so that an access can say why it is UNDEFINED, but no storage.
  if (row.aliasOf !== undefined || row.pstate || row.readEl === 3) continue;
  SLOTS.set(row, slots);
  slots += row.wide ? 2 : 1;
}
for (const row of SYSREGS) {
  const slot = row.aliasOf === undefined ? undefined : SLOTS.get(aliasTarget(row));
  if (slot !== undefined) SLOTS.set(row, slot);
}

/** How many 8-byte slots the storage of all registers takes. */
export const SYSREG_SLOTS: number = slots;

/** The first 8-byte slot of a register's storage (a 128-bit register has two, low half first); undefined when it has none of its own. */
export function storageIndex(row: Sysreg): number | undefined {
  return SLOTS.get(row);
}
