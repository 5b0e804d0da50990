// Why a decision was taken, as facts a person can check: the register and field that decided, the value found there, the rule and its plain
// consequence. Plain data that crosses threads; knows nothing of how decisions are made.

/** One fact in the reason for a trap. */
export interface CauseFact {
  /** `HCR_EL2`, `PSTATE`, … or '' when nothing was read (an instruction that is UNDEFINED at this level). */
  readonly register: string;
  /** Field name, or '' when the whole register counts. */
  readonly field: string;
  /** Value found, hex with 0x; '' when nothing was read. */
  readonly value: string;
  /** Id of the row that decided. */
  readonly rule: string;
  /** The plain consequence, for people. */
  readonly doc: string;
}

/** The facts behind a decision; the first is the one that decided. */
export type Cause = readonly CauseFact[];

/** A cause that is one sentence and reads no register. */
export function because(rule: string, doc: string): Cause {
  return [{ register: '', field: '', value: '', rule, doc }];
}

/** A cause that is one field. */
export function becauseField(register: string, field: string, value: number, rule: string, doc: string): Cause {
  return [{ register, field, value: `0x${value.toString(16)}`, rule, doc }];
}
