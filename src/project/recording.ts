// The recording: every input from outside the machine, with the moment at which it came. Image, configuration and recording determine a run.
import type { Answer, AnswerRule } from './rules.ts';

/** A moment of a run: instructions retired over all CPUs, and exits taken. Two moments between the same two instructions differ in `exits`. */
export interface Moment {
  readonly instructions: number;
  readonly exits: number;
}

/** One input from outside. */
export type OutsideInput =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** Bytes typed at the guest's console, hex pairs. */
  | { readonly kind: 'console'; readonly bytes: string }
  /** A register written by hand: `x0`–`x30`, `sp_el0`, `sp_el1`, `pc`, `pstate`, or a system register's name. */
  | { readonly kind: 'register'; readonly cpu: number; readonly register: string; readonly value: string }
  /** An ID register written by hand, as a VMM does: KVM_SET_ONE_REG. */
  | { readonly kind: 'id-register'; readonly register: string; readonly value: string }
  /** Guest memory written by hand, hex pairs. */
  | { readonly kind: 'memory'; readonly address: string; readonly bytes: string }
  /** An interrupt line set by hand. */
  | { readonly kind: 'interrupt'; readonly intid: number; readonly level: 0 | 1 }
  /** This CPU has its turn now (somebody steps it alone). */
  | { readonly kind: 'turn'; readonly cpu: number }
  /** The answer rules were replaced. */
  | { readonly kind: 'rules'; readonly rules: readonly AnswerRule[] };

export interface RecordedInput {
  readonly at: Moment;
  readonly input: OutsideInput;
}

export interface Recording {
  readonly version: 1;
  readonly inputs: readonly RecordedInput[];
  /** Where the run stood when the recording was taken. */
  readonly end: Moment;
}
