// All encoding groups of the instruction set in the order of the manual (Arm ARM DDI 0487, C4.1).
import * as addSubCarry from './a64/add-sub-carry.ts';
import * as addSubCheckedPointer from './a64/add-sub-checked-pointer.ts';
import * as addSubExtended from './a64/add-sub-extended.ts';
import * as addSubImmediate from './a64/add-sub-immediate.ts';
import * as addSubImmediateTags from './a64/add-sub-immediate-tags.ts';
import * as addSubShifted from './a64/add-sub-shifted.ts';
import * as atomicMemoryOperations from './a64/atomic-memory-operations.ts';
import * as atomicMemoryOperations128 from './a64/atomic-memory-operations-128.ts';
import * as atomicMemoryOperationsUnprivileged from './a64/atomic-memory-operations-unprivileged.ts';
import * as authenticateImmediate from './a64/authenticate-immediate.ts';
import * as barriers from './a64/barriers.ts';
import * as bitfield from './a64/bitfield.ts';
import * as branchImmediate from './a64/branch-immediate.ts';
import * as branchRegister from './a64/branch-register.ts';
import * as compareAndBranch from './a64/compare-and-branch.ts';
import * as compareAndSwap from './a64/compare-and-swap.ts';
import * as compareRegistersAndBranch from './a64/compare-registers-and-branch.ts';
import * as conditionalBranch from './a64/conditional-branch.ts';
import * as conditionalCompare from './a64/conditional-compare.ts';
import * as conditionalSelect from './a64/conditional-select.ts';
import * as evaluateIntoFlags from './a64/evaluate-into-flags.ts';
import * as exceptionGeneration from './a64/exception-generation.ts';
import * as extract from './a64/extract.ts';
import * as hints from './a64/hints.ts';
import * as ldaprStlrUnscaled from './a64/ldapr-stlr-unscaled.ts';
import * as ldaprStlrWriteBack from './a64/ldapr-stlr-write-back.ts';
import * as loadAuthenticated from './a64/load-authenticated.ts';
import * as loadLiteral from './a64/load-literal.ts';
import * as loadStoreExclusive from './a64/load-store-exclusive.ts';
import * as loadStoreExclusiveUnprivileged from './a64/load-store-exclusive-unprivileged.ts';
import * as loadStoreGcs from './a64/load-store-gcs.ts';
import * as loadStoreOrdered from './a64/load-store-ordered.ts';
import * as loadStorePair from './a64/load-store-pair.ts';
import * as loadStoreRegisterImmediate from './a64/load-store-register-immediate.ts';
import * as loadStoreRegisterOffset from './a64/load-store-register-offset.ts';
import * as loadStoreSimd from './a64/load-store-simd.ts';
import * as loadStoreTags from './a64/load-store-tags.ts';
import * as loadStoreUnprivileged from './a64/load-store-unprivileged.ts';
import * as loadStoreUnscaled from './a64/load-store-unscaled.ts';
import * as loadStoreWriteBack from './a64/load-store-write-back.ts';
import * as logicalImmediate from './a64/logical-immediate.ts';
import * as logicalShifted from './a64/logical-shifted.ts';
import * as memoryCopyAndSet from './a64/memory-copy-and-set.ts';
import * as minMaxImmediate from './a64/min-max-immediate.ts';
import * as miscellaneousBranch from './a64/miscellaneous-branch.ts';
import * as moveWide from './a64/move-wide.ts';
import * as oneSource from './a64/one-source.ts';
import * as pcRelative from './a64/pc-relative.ts';
import * as pstate from './a64/pstate.ts';
import * as reserved from './a64/reserved.ts';
import * as rotateIntoFlags from './a64/rotate-into-flags.ts';
import * as scalable from './a64/scalable.ts';
import * as simdAndFloatingPoint from './a64/simd-and-floating-point.ts';
import * as systemInstructions from './a64/system-instructions.ts';
import * as systemInstructionsWithRegister from './a64/system-instructions-with-register.ts';
import * as systemInstructionsWithResult from './a64/system-instructions-with-result.ts';
import * as systemPair from './a64/system-pair.ts';
import * as systemRegisterMove from './a64/system-register-move.ts';
import * as testAndBranch from './a64/test-and-branch.ts';
import * as threeSource from './a64/three-source.ts';
import * as trustedContextChange from './a64/trusted-context-change.ts';
import * as twoSource from './a64/two-source.ts';
import type { Alias, Instruction } from './row.ts';

/** One encoding group of the Arm manual. */
export interface InstructionGroup {
  readonly title: string;
  readonly instructions: readonly { readonly name: string; readonly row: Instruction }[];
  readonly aliases: readonly { readonly name: string; readonly alias: Alias }[];
}

type Rows = Readonly<Record<string, Instruction | Alias>>;

const SOURCES: readonly (readonly [title: string, rows: Rows])[] = [
  ['Reserved', reserved],
  ['SME and SVE encodings', scalable],
  // Data Processing -- Immediate
  ['Data-processing (1 source immediate)', authenticateImmediate],
  ['PC-rel. addressing', pcRelative],
  ['Add/subtract (immediate)', addSubImmediate],
  ['Add/subtract (immediate, with tags)', addSubImmediateTags],
  ['Min/max (immediate)', minMaxImmediate],
  ['Logical (immediate)', logicalImmediate],
  ['Move wide (immediate)', moveWide],
  ['Bitfield', bitfield],
  ['Extract', extract],
  // Branches, Exception Generating and System instructions
  ['Conditional branch (immediate)', conditionalBranch],
  ['Miscellaneous branch (immediate)', miscellaneousBranch],
  ['Exception generation', exceptionGeneration],
  ['System instructions with register argument', systemInstructionsWithRegister],
  ['Hints', hints],
  ['Barriers', barriers],
  ['PSTATE', pstate],
  ['System with result', systemInstructionsWithResult],
  ['System instructions', systemInstructions],
  ['System register move', systemRegisterMove],
  ['System pair instructions and register pair move', systemPair],
  ['Trusted context change', trustedContextChange],
  ['Unconditional branch (register)', branchRegister],
  ['Unconditional branch (immediate)', branchImmediate],
  ['Compare and branch (immediate)', compareAndBranch],
  ['Test and branch (immediate)', testAndBranch],
  ['Compare registers and branch', compareRegistersAndBranch],
  // Data Processing -- Register
  ['Data-processing (2 source)', twoSource],
  ['Data-processing (1 source)', oneSource],
  ['Logical (shifted register)', logicalShifted],
  ['Add/subtract (shifted register)', addSubShifted],
  ['Add/subtract (extended register)', addSubExtended],
  ['Add/subtract (with carry)', addSubCarry],
  ['Add/subtract (checked pointer)', addSubCheckedPointer],
  ['Rotate right into flags', rotateIntoFlags],
  ['Evaluate into flags', evaluateIntoFlags],
  ['Conditional compare', conditionalCompare],
  ['Conditional select', conditionalSelect],
  ['Data-processing (3 source)', threeSource],
  // Data Processing -- Scalar Floating-Point and Advanced SIMD
  ['Floating-point and Advanced SIMD', simdAndFloatingPoint],
  // Loads and Stores
  ['Advanced SIMD load/store structures', loadStoreSimd],
  ['Compare and swap', compareAndSwap],
  ['128-bit atomic memory operations', atomicMemoryOperations128],
  ['Atomic memory operations (unprivileged)', atomicMemoryOperationsUnprivileged],
  ['Guarded Control Stack', loadStoreGcs],
  ['Load/store memory tags', loadStoreTags],
  ['Load/store exclusive', loadStoreExclusive],
  ['Load/store exclusive (unprivileged)', loadStoreExclusiveUnprivileged],
  ['Load/store ordered', loadStoreOrdered],
  ['LDAPR/STLR (write-back) and LDIAPP/STILP', ldaprStlrWriteBack],
  ['LDAPR/STLR (unscaled immediate)', ldaprStlrUnscaled],
  ['Load register (literal)', loadLiteral],
  ['Memory copy and memory set', memoryCopyAndSet],
  ['Load/store register pair', loadStorePair],
  // Before the unscaled forms, which accept the same text with other words.
  ['Load/store register (unsigned immediate)', loadStoreRegisterImmediate],
  ['Load/store register (unscaled immediate)', loadStoreUnscaled],
  ['Load/store register (immediate, with write-back)', loadStoreWriteBack],
  ['Load/store register (unprivileged)', loadStoreUnprivileged],
  ['Atomic memory operations', atomicMemoryOperations],
  ['Load/store register (register offset)', loadStoreRegisterOffset],
  ['Load/store register (pac)', loadAuthenticated],
];

const byOrder = (a: { order: number }, b: { order: number }): number => a.order - b.order;

/** All rows and aliases: groups in the order of the manual, in each the order of declaration. */
export const instructionGroups: readonly InstructionGroup[] = SOURCES.map(([title, rows]) => ({
  title,
  instructions: Object.entries(rows)
    .flatMap(([name, row]) => (row.kind === 'instruction' ? [{ name, row }] : []))
    .sort((a, b) => byOrder(a.row, b.row)),
  aliases: Object.entries(rows)
    .flatMap(([name, alias]) => (alias.kind === 'alias' ? [{ name, alias }] : []))
    .sort((a, b) => byOrder(a.alias, b.alias)),
}));
