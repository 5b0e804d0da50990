// Answer rules and answers: what a VMM, or the person at the screen, says to an exit. The same shapes are used on the command line, in
// project files, in share links and in the recording.

export type RuleAccess = 'read' | 'write' | 'any';

/** The answers that a rule can give, by what it is for. */
export const RULE_ANSWERS = {
  mmio: ['value', 'storage', 'raz-wi', 'abort'],
  sysreg: ['value', 'storage', 'raz-wi', 'undef'],
  nisv: ['decode', 'skip', 'abort'],
  hypercall: ['value'],
} as const;

type AnswerTo<On extends keyof typeof RULE_ANSWERS> = (typeof RULE_ANSWERS)[On][number];

export const RULE_ACCESSES: readonly RuleAccess[] = ['read', 'write', 'any'];

/** First match wins. Addresses and values are hex strings with `0x`. */
export type AnswerRule =
  | {
      readonly on: 'mmio';
      readonly address: string;
      /** Bytes covered from `address`; default 1. */
      readonly size?: number;
      readonly access?: RuleAccess;
      readonly do: AnswerTo<'mmio'>;
      readonly value?: string;
    }
  | {
      readonly on: 'sysreg';
      /** `S3_0_C15_C2_0`, a name, or `*`. */
      readonly register: string;
      readonly access?: RuleAccess;
      readonly do: AnswerTo<'sysreg'>;
      readonly value?: string;
    }
  | { readonly on: 'nisv'; readonly do: AnswerTo<'nisv'> }
  | {
      readonly on: 'hypercall';
      readonly function: string;
      readonly do: AnswerTo<'hypercall'>;
      readonly values: readonly string[];
    };

/** What a person answers to the exit that waits. */
export type Answer =
  /** A read gets this value (hex string); it must fit the access. A write is accepted and forgotten. */
  | { readonly do: 'value'; readonly value: string }
  /** The place behaves as memory: a read gives what was last written there (0 at first), a write is kept. */
  | { readonly do: 'storage' }
  /** Reads 0, writes are ignored. */
  | { readonly do: 'raz-wi' }
  /** A synchronous external abort (MMIO, no-syndrome). */
  | { readonly do: 'abort' }
  /** Not handled: UNDEFINED in the guest (implementation-defined registers). */
  | { readonly do: 'undef' }
  /** No-syndrome accesses: go on behind the instruction without doing it. */
  | { readonly do: 'skip' }
  /** No-syndrome accesses: read and decode the instruction, and emulate it. */
  | { readonly do: 'decode' }
  /** Hypercalls: x0 to x3. */
  | { readonly do: 'values'; readonly values: readonly string[] };
