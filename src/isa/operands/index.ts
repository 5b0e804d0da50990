// All operand kinds by the name that templates use.
import type { OperandKind } from '../syntax.ts';
import { addressKinds } from './addresses.ts';
import { bitmaskKinds } from './bitmask.ts';
import { conditionKinds } from './conditions.ts';
import { immediateKinds } from './immediates.ts';
import { registerKinds } from './registers.ts';
import { shiftKinds } from './shifts.ts';
import { structureKinds } from './structures.ts';
import { systemKinds } from './system.ts';

const OPERAND_KINDS = {
  ...registerKinds,
  ...conditionKinds,
  ...immediateKinds,
  ...bitmaskKinds,
  ...shiftKinds,
  ...addressKinds,
  ...structureKinds,
  ...systemKinds,
} as const;

/** Names that a template hole may use. */
export type OperandName = keyof typeof OPERAND_KINDS;

/** Every kind by its name. */
export const operandKinds: ReadonlyMap<string, OperandKind> = new Map(Object.entries(OPERAND_KINDS));

/** The kind with this name; templates are checked, so it exists. */
export function operandKind(name: string): OperandKind {
  return operandKinds.get(name) as OperandKind;
}
