// The controls by which EL2 takes what lower levels do, as rows, and the answer to "what does this bit trap", computed from the rows of the
// system registers. Knows nothing of values that the controls have at some moment.
import {
  type Direction,
  type Field,
  fieldsNamed,
  INSTRUCTION_ROWS,
  PSTATE_FIELDS,
  SYSREGS,
  SYSTEM_OPERATIONS,
  sysreg,
  type TrapRow,
  trapsOf,
} from '#arch/sysreg';
import { assert } from '#base';
import { CONTROLS } from './table.ts';

/** How KVM leaves a control for a guest. */
export type KvmDefault = { readonly kind: 'set' | 'clear' } | { readonly kind: 'depends'; readonly on: string };

/** One control field. */
export interface TrapControl {
  readonly register: string;
  readonly field: string;
  /** Where it stands: two places when that depends on HCR_EL2.E2H. */
  readonly places: readonly Field[];
  readonly doc: string;
  readonly kvm: KvmDefault;
}

/** Something that a control takes. */
export interface TrappedAccess {
  /** The row: a register, a system instruction, a PSTATE field or an instruction. */
  readonly row: TrapRow;
  readonly direction: Direction;
  readonly from: 0 | 1 | 2;
  readonly to: 1 | 2 | 'undefined';
  readonly ec: number;
  /** The whole condition, `HCR_EL2.TVM=1`. */
  readonly condition: string;
}

/** The rows of all registers of controls, in the order of their bits from the top. */
export const TRAP_CONTROLS: readonly TrapControl[] = readControls();

/** The rows of one register; none when it holds no such controls. */
export function trapControls(register: string): readonly TrapControl[] {
  return TRAP_CONTROLS.filter((control) => control.register === register);
}

/** The row of one field. */
export function trapControl(register: string, field: string): TrapControl | undefined {
  return TRAP_CONTROLS.find((control) => control.register === register && control.field === field);
}

let index: Map<string, TrappedAccess[]> | undefined;

/** All that a field of a control register decides about: of any register, those of fine-grained traps and EL1's own included. */
export function trappedBy(register: string, field: string): readonly TrappedAccess[] {
  index ??= buildIndex();
  return index.get(`${register}.${field}`) ?? [];
}

function buildIndex(): Map<string, TrappedAccess[]> {
  const found = new Map<string, TrappedAccess[]>();
  for (const row of [...SYSREGS, ...SYSTEM_OPERATIONS, ...PSTATE_FIELDS, ...INSTRUCTION_ROWS]) {
    for (const direction of row.kind === 'register' ? (['read', 'write'] as const) : (['execute'] as const)) {
      for (const { from, to, ec, condition } of trapsOf(row, direction)) {
        const names = condition.deciding.flatMap((term) => {
          if (term.kind === 'compare') return typeof term.right === 'number' ? [term.left] : [term.left, term.right];
          return term.kind === 'field' ? [term.ref] : [];
        });
        for (const ref of names) {
          const key = `${ref.register}.${ref.field}`;
          let list = found.get(key);
          if (list === undefined) {
            list = [];
            found.set(key, list);
          }
          list.push({ row, direction, from, to, ec, condition: condition.text });
        }
      }
    }
  }
  return found;
}

function readControls(): TrapControl[] {
  const controls: TrapControl[] = [];
  let register = '';
  for (const line of CONTROLS.split('\n')) {
    if (line === '') continue;
    if (!line.startsWith(' ')) {
      register = line;
      continue;
    }
    const match = /^ {2}(\w+) +([01?]) {2}(.*?)(?: \[(.*)\])?$/.exec(line);
    assert(match !== null, `control '${line}'`);
    const [, field, letter, doc, on] = match as unknown as [string, string, string, string, string | undefined];
    assert((letter === '?') === (on !== undefined), `control '${line}'`);
    const kvm: KvmDefault = on !== undefined ? { kind: 'depends', on } : { kind: letter === '1' ? 'set' : 'clear' };
    controls.push({ register, field, places: fieldsNamed(sysreg(register), field), doc, kvm });
  }
  return controls;
}
