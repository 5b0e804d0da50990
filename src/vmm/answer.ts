// Questions that exits put to userspace, and the answers that rules, devices and people give. Shapes only, as numbers; texts of rules and
// answers (files, links) are read elsewhere.
import type { Walk } from '#mmu';

/** What a person or a rule says to an exit. */
export type Answer =
  /** A read gets this value; a write is accepted and forgotten. */
  | { readonly do: 'value'; readonly value: bigint }
  /** The place behaves as memory: a read gives what was last written there (0 at first), a write is kept. */
  | { readonly do: 'storage' }
  /** Reads 0, writes are ignored. */
  | { readonly do: 'raz-wi' }
  /** A synchronous external abort (MMIO and accesses without syndrome). */
  | { readonly do: 'abort' }
  /** Not handled: UNDEFINED in the guest (IMPLEMENTATION DEFINED registers). */
  | { readonly do: 'undef' }
  /** Accesses without syndrome: go on behind the instruction without doing it. */
  | { readonly do: 'skip' }
  /** Accesses without syndrome: read and decode the instruction, and emulate it piece by piece. */
  | { readonly do: 'decode' }
  /** Hypercalls: x0 to x3. */
  | { readonly do: 'values'; readonly values: readonly bigint[] };

export type AnswerKind = Answer['do'];
export type RuleAccess = 'read' | 'write' | 'any';

/** Answers in advance; the first rule that matches counts. */
export type Rule =
  | {
      readonly on: 'mmio';
      readonly address: bigint;
      /** Bytes from `address` on in which an access may start; a value of up to 8 bytes lies there byte by byte. */
      readonly size: bigint;
      readonly access: RuleAccess;
      readonly answer: Extract<Answer, { readonly do: 'value' | 'storage' | 'raz-wi' | 'abort' }>;
    }
  | {
      readonly on: 'sysreg';
      /** Packed encoding of #arch/sysreg; undefined: every register. */
      readonly encoding: number | undefined;
      readonly access: RuleAccess;
      readonly answer: Extract<Answer, { readonly do: 'value' | 'storage' | 'raz-wi' | 'undef' }>;
    }
  | { readonly on: 'nisv'; readonly answer: Extract<Answer, { readonly do: 'decode' | 'skip' | 'abort' }> }
  | { readonly on: 'hypercall'; readonly function: number; readonly answer: Extract<Answer, { readonly do: 'values' }> };

/** An exit that nobody has answered yet. */
export interface Question {
  readonly kind: 'mmio' | 'sysreg' | 'nisv' | 'hypercall';
  readonly access: 'read' | 'write';
  /** Guest physical address, for mmio and nisv. */
  readonly address: bigint | undefined;
  /** Bytes of the access; 8 for registers, 0 where there is no value. */
  readonly bytes: number;
  /** Register name (`S3_0_C15_C2_0`), for sysreg. */
  readonly register: string | undefined;
  /** Function id, for hypercall. */
  readonly function: number | undefined;
  /** What the guest writes. */
  readonly value: bigint | undefined;
  /** General register that a read lands in: `x5`, `w3`, `xzr`. */
  readonly lands: string | undefined;
  readonly permitted: readonly AnswerKind[];
  /** Why the rule that matches could not be carried out. */
  readonly refused?: string;
  /** Set while an instruction is emulated in userspace: this is one of its accesses. */
  readonly piece?: Piece;
}

/** One access of an instruction that userspace emulates. */
export interface Piece {
  /** From 0, in the order of the instruction's accesses. */
  readonly index: number;
  readonly pc: bigint;
  readonly word: number;
  readonly text: string;
  readonly va: bigint;
}

/** Who answered. */
export type AnsweredBy =
  | { readonly kind: 'person' }
  /** Index among the rules. */
  | { readonly kind: 'rule'; readonly index: number }
  /** Type of the device. */
  | { readonly kind: 'device'; readonly device: string }
  /** The VMM itself, for exits that ask for nothing from outside. */
  | { readonly kind: 'vmm' };

/** An answer as it was given. */
export interface Given {
  readonly by: AnsweredBy;
  readonly answer: Answer;
  /** What a read got. */
  readonly value: bigint | undefined;
  /** Something that deserves to be said: a device that refused the width, an instruction that could not be emulated. */
  readonly note?: string;
  /** The instruction that userspace read and decoded, with the way to it, and the accesses that it was carried out as. */
  readonly fetched?: FetchedInstruction;
  readonly accesses?: readonly EmulatedAccess[];
}

/** One access of an instruction that userspace has carried out. */
export interface EmulatedAccess {
  readonly where: 'device' | 'memory';
  readonly access: 'read' | 'write';
  readonly va: bigint;
  readonly ipa: bigint;
  readonly bytes: number;
  /** What was read or written, as it lies in memory. */
  readonly value: bigint;
}

/** The instruction as userspace reads it: through the guest's own tables. */
export interface FetchedInstruction {
  readonly pc: bigint;
  readonly walk: Walk;
  readonly word: number;
  readonly text: string;
}

/** What came of an exit. */
export type Disposition =
  | { readonly kind: 'answered'; readonly given: Given }
  | { readonly kind: 'ask'; readonly question: Question }
  /** Other vCPUs run before userspace looks at this exit: call `handleExit` again when this one's turn comes. */
  | { readonly kind: 'late' }
  | { readonly kind: 'ended'; readonly reason: 'shutdown' | 'reset'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

/** What an answer to an MMIO or register read would do to the register it lands in. */
export interface AnswerEffect {
  readonly register: string | undefined;
  readonly old: bigint | undefined;
  readonly new: bigint | undefined;
  /** The rules that shape the value, in order. */
  readonly rules: readonly { readonly rule: string; readonly value: bigint; readonly doc: string }[];
}
