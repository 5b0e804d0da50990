// All operand kinds by the name that templates use.
import type { OperandKind } from '../syntax.ts';
import { immediateKinds } from './immediates.ts';
import { registerKinds } from './registers.ts';

const OPERAND_KINDS = { ...registerKinds, ...immediateKinds } as const;

/** Names that a template hole may use. */
export type OperandName = keyof typeof OPERAND_KINDS;

/** The kind with this name; templates are checked, so it exists. */
export function operandKind(name: string): OperandKind {
  return OPERAND_KINDS[name as OperandName];
}
