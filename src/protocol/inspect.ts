// What the views of system registers, trap controls and translation ask of the machine as it stands, and what they are told: values with their
// fields in words, who traps an access, what each control takes and has taken, and a translation walk to draw. Requests concern the CPU that
// is shown.

import type { CauseView, Reply, World } from './messages.ts';

/** An Exception level as code is run at. */
export type Level = Exclude<World, 'VMM'>;

/** A run of bits with its name, value and words. A field in several runs is one of these for each. */
export interface FieldView {
  readonly name: string;
  readonly msb: number;
  readonly lsb: number;
  readonly value: bigint;
  /** What this value means; '' where nothing is to be said. */
  readonly meaning: string;
  /** What the field is for; '' where nothing is to be said. */
  readonly doc: string;
  /** Why it is not there, so that its bits are reserved: `needs FEAT_MTE2`; '' when it is there. */
  readonly absent: string;
  /** What its values mean, where each has a meaning of its own. */
  readonly values: readonly { readonly value: bigint; readonly text: string }[];
  /** 0 reserved, 1 to 4 what belongs together. */
  readonly group: 0 | 1 | 2 | 3 | 4;
}

/** Which registers: those of this processor, of them those that changed, or every one of the architecture. */
export type RegisterScope = 'here' | 'changed' | 'all';

export interface RegisterQuery {
  /** Words that all have to be found in name, encoding, group, sentence or field names; '' finds everything. */
  readonly text: string;
  readonly scope: RegisterScope;
}

/** A line of the list of registers: a heading, or a register. */
export type RegisterLine =
  | { readonly kind: 'head'; readonly title: string; readonly count: number }
  | {
      readonly kind: 'register';
      readonly name: string;
      /** `3, 0, 1, 0, 0`. */
      readonly encoding: string;
      readonly access: 'rw' | 'ro' | 'wo';
      readonly doc: string;
      /** Why this processor does not have it; '' when it does. */
      readonly absent: string;
    };

export interface RegisterList {
  readonly lines: readonly RegisterLine[];
  /** Registers among the lines. */
  readonly found: number;
}

/** A register's value as it stands. */
export interface RegisterValue {
  readonly name: string;
  /** Undefined when there is none to show. */
  readonly value: bigint | undefined;
  /** The value before, when it changed since the machine last stood still. */
  readonly before: bigint | undefined;
  /** Whether a hand wrote it since then. */
  readonly byHand: boolean;
}

/** One rule by which an access is taken, in the order in which rules are asked. */
export interface AccessRuleView {
  readonly id: string;
  readonly from: Level;
  readonly to: Level | 'UNDEFINED';
  /** Exception class; 0 for UNDEFINED. */
  readonly ec: number;
  readonly ecName: string;
  /** `HCR_EL2.TVM=1`. */
  readonly condition: string;
  /** It is the one that decides now, at its level. */
  readonly decides: boolean;
  /** False: this processor lacks the control, so the rule never holds. */
  readonly possible: boolean;
}

/** What would become of an access from one level now. */
export interface AccessNowView {
  readonly from: Level;
  readonly outcome: 'done' | 'trapped' | 'undefined';
  /** `reads SCTLR_EL2 in its place`, `trapped to EL2, EC 0x18`, `UNDEFINED`. */
  readonly sentence: string;
  readonly why: readonly CauseView[];
}

export interface AccessView {
  readonly direction: 'read' | 'write';
  readonly now: readonly AccessNowView[];
  readonly rules: readonly AccessRuleView[];
}

/** One register in full. */
export interface RegisterDetail extends RegisterValue {
  /** The name of writes, where it differs. */
  readonly writeName: string | undefined;
  /** `3, 0, 1, 0, 0`, and `S3_0_C1_C0_0`. */
  readonly encoding: string;
  readonly generic: string;
  readonly group: string;
  readonly doc: string;
  readonly access: 'rw' | 'ro' | 'wo';
  /** The register whose storage this one names. */
  readonly aliasOf: string | undefined;
  readonly absent: string;
  /** Why no value is shown; '' when one is. */
  readonly unseen: string;
  /** Why it cannot be written by hand; '' when it can. */
  readonly fixed: string;
  readonly notes: readonly string[];
  readonly fields: readonly FieldView[];
  readonly reads: AccessView;
  readonly writes: AccessView;
}

/** A register of controls, for the choice among them. */
export interface ControlRegisterLine {
  readonly name: string;
  readonly doc: string;
  readonly fine: boolean;
  readonly value: bigint;
  /** Why this processor does not have it; '' when it does. */
  readonly absent: string;
  /** Exits that a field of it decided. */
  readonly exits: number;
}

/** One control. */
export interface ControlView extends FieldView {
  /** How KVM leaves it for a guest: `0`, `1`, or what that depends on. */
  readonly kvm: string;
  /** How many kinds of access it takes. */
  readonly takes: number;
  /** Exits that it decided, and the source lines that they came from. */
  readonly exits: number;
  readonly lines: readonly number[];
}

export interface ControlRegisterView {
  readonly name: string;
  readonly doc: string;
  readonly value: bigint;
  readonly absent: string;
  /** What is to be known about the values: that KVM has not loaded them yet, say. */
  readonly notes: readonly string[];
  readonly controls: readonly ControlView[];
}

/** Accesses that a control takes alike. */
export interface ControlTakes {
  readonly direction: 'read' | 'write' | 'execute';
  readonly from: readonly Level[];
  readonly to: Level | 'UNDEFINED';
  readonly ec: number;
  readonly ecName: string;
  readonly condition: string;
  readonly names: readonly string[];
}

/** One control in full. */
export interface ControlDetail {
  readonly register: string;
  readonly field: string;
  readonly takes: readonly ControlTakes[];
  /** The exits that it decided: how many, the first, and the last few. */
  readonly exits: { readonly count: number; readonly first: number | undefined; readonly last: readonly number[] };
  readonly lines: readonly { readonly line: number; readonly count: number }[];
}

/** What accesses; `ldtr` and `sttr` are reads and writes as those instructions make them. */
export type WalkAccess = 'read' | 'write' | 'fetch' | 'ldtr' | 'sttr';

export interface TranslationQuery {
  /** A number, a register (`pc`, `sp`, `x0` to `x30`), `far` of an exit, or a symbol of the program. */
  readonly address: string;
  readonly access: WalkAccess;
  readonly level: 0 | 1 | 2;
  /** The exit whose FAR `far` is. */
  readonly exit: number | undefined;
}

/** One descriptor that was read. */
export interface WalkStepView {
  readonly stage: 1 | 2;
  readonly level: number;
  readonly table: bigint;
  readonly index: number;
  /** The bits of the input address that are the index. */
  readonly msb: number;
  readonly lsb: number;
  /** Where the descriptor stands, and where it was read from; undefined when nothing is there. */
  readonly address: bigint;
  readonly physical: bigint | undefined;
  readonly descriptor: bigint | undefined;
  readonly kind: 'table' | 'block' | 'page' | 'invalid' | 'reserved' | 'missing';
  readonly output: bigint | undefined;
  /** `next table`, `2 MiB block`, `invalid`. */
  readonly what: string;
  readonly fields: readonly FieldView[];
  /** The stage 2 walk that found this stage 1 descriptor. */
  readonly located: readonly WalkStepView[];
}

/** One stage of a translation. */
export interface WalkStageView {
  readonly stage: 1 | 2;
  /** What it translates and what it gives: VA or IPA, IPA or PA. */
  readonly from: 'VA' | 'IPA';
  readonly to: 'IPA' | 'PA';
  readonly input: bigint;
  /** Undefined when it faults. */
  readonly output: bigint | undefined;
  /** The fact that turns it off; undefined when it is on. */
  readonly off: CauseView | undefined;
  /** The bits of the input address by what they index, and the offset. */
  readonly parts: readonly FieldView[];
  /** Where the tables begin; undefined when it is off. */
  readonly base: { readonly register: string; readonly value: bigint; readonly granule: string } | undefined;
  readonly steps: readonly WalkStepView[];
}

export type WalkOutcome =
  | {
      readonly kind: 'translation';
      readonly address: bigint;
      readonly read: boolean;
      readonly write: boolean;
      readonly execute: boolean;
      /** `Device-nGnRnE`, `Normal write-back, inner shareable`. */
      readonly memory: string;
      /** `2 MiB`: the bytes around the address that translate alike; '' for all of them. */
      readonly size: string;
    }
  | {
      readonly kind: 'fault';
      /** As the manual names it: `Translation fault, level 1`. */
      readonly name: string;
      readonly stage: 1 | 2;
      /** Fault status code, six bits. */
      readonly code: number;
      readonly ipa: bigint | undefined;
      /** A stage 2 fault on the walk of stage 1. */
      readonly onWalk: boolean;
      readonly reasons: readonly CauseView[];
      /** The abort that it would be, as the processor would take it. */
      readonly abort: {
        readonly to: Level;
        readonly ec: number;
        readonly ecName: string;
        readonly esr: bigint;
        readonly fields: readonly FieldView[];
        readonly far: bigint;
        /** HPFAR_EL2; undefined where it is not written. */
        readonly hpfar: bigint | undefined;
        /** Why it goes there. */
        readonly why: readonly CauseView[];
      };
    };

/** What one level may do at the address, both stages and PAN together. */
export interface RightsView {
  readonly level: Level;
  readonly read: boolean;
  readonly write: boolean;
  readonly execute: boolean;
  /** Of the first of these that it may not, the facts. */
  readonly why: readonly CauseView[];
}

/** An entry of the TLB: a page of 4 KiB. */
export interface TlbEntryView {
  readonly va: bigint;
  /** Undefined where the entry lets nobody through. */
  readonly pa: bigint | undefined;
  readonly regime: string;
  /** What each level of the regime may do: `rwx`, `r--`. */
  readonly rights: readonly { readonly level: Level; readonly may: string }[];
  /** Undefined for global entries, and where stage 1 is off. */
  readonly asid: number | undefined;
  /** Undefined in regimes that have none. */
  readonly vmid: number | undefined;
  /** Whether accesses made now can hit it. */
  readonly current: boolean;
  /** The last descriptor of each stage: `L3[12]`; '' for a stage that is off. */
  readonly stage1: string;
  readonly stage2: string;
  /** `2 MiB`: the bytes around it that translate alike. */
  readonly size: string;
  readonly memory: string;
  /** What the walk says now, where that is another thing; '' where it is the same. */
  readonly stale: string;
}

export interface TlbView {
  readonly entries: readonly TlbEntryView[];
  readonly notes: readonly string[];
}

export interface TranslationView {
  readonly address: bigint;
  /** What was asked for, where it is more than a number: `pc`, `x5`, `FAR of exit 3`. */
  readonly named: string;
  readonly access: WalkAccess;
  readonly level: Level;
  /** `EL1&0`. */
  readonly regime: string;
  readonly stages: readonly WalkStageView[];
  readonly outcome: WalkOutcome;
  /** Of each level of the regime; none where the address is not mapped. */
  readonly rights: readonly RightsView[];
  readonly notes: readonly string[];
}

/** PSTATE in the layout of SPSR_ELx. */
export interface PStateView {
  readonly value: bigint;
  readonly fields: readonly FieldView[];
  /** The state machine of software step, and the facts that put it where it is. */
  readonly step: { readonly kind: 'inactive' | 'active-not-pending' | 'active-pending'; readonly why: readonly CauseView[] };
}

/** The SIMD and floating-point registers. */
export interface VectorsView {
  /** V0 to V31, the low half of V<n> at 2n, the high half at 2n + 1. */
  readonly values: BigUint64Array;
  /** The same before, where one changed since the machine last stood still. */
  readonly before: ReadonlyMap<number, { readonly low: bigint; readonly high: bigint; readonly byHand: boolean }>;
  readonly status: readonly { readonly name: 'FPCR' | 'FPSR'; readonly value: bigint; readonly fields: readonly FieldView[] }[];
  /** What would become of an instruction that uses them, from each level. */
  readonly access: readonly AccessNowView[];
}

/** The requests. */
export interface InspectApi {
  registerList(query: RegisterQuery): Reply<RegisterList>;
  registerValues(names: readonly string[]): Reply<readonly RegisterValue[]>;
  registerDetail(name: string): Reply<RegisterDetail>;
  pstate(): Reply<PStateView>;
  vectors(): Reply<VectorsView>;
  controlRegisters(): Reply<readonly ControlRegisterLine[]>;
  controlRegister(name: string): Reply<ControlRegisterView>;
  controlDetail(register: string, field: string): Reply<ControlDetail>;
  translate(query: TranslationQuery): Reply<TranslationView>;
  tlb(): Reply<TlbView>;
}
