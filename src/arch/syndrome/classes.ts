// The exception classes: what EC in ESR_ELx can hold, from where such an exception comes, to which exception levels it is reported, what IL
// means there, and which layouts ISS and ISS2 have (Arm ARM DDI 0487 M.a.a, ESR_EL1, ESR_EL2, ESR_EL3). Knows nothing of the layouts themselves.
import type { Iss2Format, IssFormat } from './layouts.ts';

/** The exception level that a syndrome is reported to: which of ESR_EL1, ESR_EL2, ESR_EL3 holds it. */
export type El = 1 | 2 | 3;

/** What IL means: `instruction` its length (16 bits 0, 32 bits 1), `always-1` that, `isv` the length where ISV is 1 and 1 where it is 0. */
export type IlRule = 'instruction' | 'always-1' | 'isv';

export type ExceptionClass = {
  /** The value of EC, 0 to 63. */
  readonly ec: number;
  /** A name for code: `EC.DataAbortLowerEl`. */
  readonly id: string;
  readonly name: string;
  /** The Execution states that can cause it. */
  readonly from: 'any' | 'AArch32' | 'AArch64';
  /** The registers ESR_EL1, ESR_EL2, ESR_EL3 in which it can be found. */
  readonly els: readonly El[];
  readonly il: IlRule;
  readonly iss: IssFormat;
  readonly iss2: Iss2Format;
};

// biome-ignore format: one row a line reads as the manual's table
const ROWS = [
  { ec: 0x00, id: 'Unknown', name: 'Unknown reason', from: 'any', els: [1, 2, 3], il: 'always-1', iss: 'none', iss2: 'none' },
  { ec: 0x01, id: 'Wfx', name: 'Trapped WFI, WFE, WFIT or WFET', from: 'any', els: [1, 2, 3], il: 'instruction', iss: 'wfx', iss2: 'none' },
  { ec: 0x03, id: 'McrMrcCp15', name: 'Trapped MCR or MRC, coproc 15', from: 'AArch32', els: [1, 2, 3], il: 'instruction', iss: 'mcrMrc', iss2: 'none' },
  { ec: 0x04, id: 'McrrMrrcCp15', name: 'Trapped MCRR or MRRC, coproc 15', from: 'AArch32', els: [1, 2, 3], il: 'instruction', iss: 'mcrrMrrc', iss2: 'none' },
  { ec: 0x05, id: 'McrMrcCp14', name: 'Trapped MCR or MRC, coproc 14', from: 'AArch32', els: [1, 2, 3], il: 'instruction', iss: 'mcrMrc', iss2: 'none' },
  { ec: 0x06, id: 'LdcStc', name: 'Trapped LDC or STC', from: 'AArch32', els: [1, 2, 3], il: 'instruction', iss: 'ldcStc', iss2: 'none' },
  { ec: 0x07, id: 'FpAccess', name: 'Trapped SME, SVE, Advanced SIMD or floating-point access', from: 'any', els: [1, 2, 3], il: 'instruction', iss: 'fpAccess', iss2: 'none' },
  { ec: 0x08, id: 'Vmrs', name: 'Trapped VMRS, ID group trap', from: 'AArch32', els: [2], il: 'instruction', iss: 'mcrMrc', iss2: 'none' },
  { ec: 0x09, id: 'PointerAuthentication', name: 'Trapped pointer authentication instruction', from: 'AArch64', els: [1, 2, 3], il: 'instruction', iss: 'none', iss2: 'none' },
  { ec: 0x0a, id: 'OtherInstruction', name: 'Trapped instruction without a class of its own', from: 'AArch64', els: [1, 2, 3], il: 'instruction', iss: 'otherInstruction', iss2: 'none' },
  { ec: 0x0c, id: 'MrrcCp14', name: 'Trapped MRRC, coproc 14', from: 'AArch32', els: [1, 2, 3], il: 'instruction', iss: 'mcrrMrrc', iss2: 'none' },
  { ec: 0x0d, id: 'BranchTarget', name: 'Branch Target Exception', from: 'AArch64', els: [1, 2, 3], il: 'instruction', iss: 'branchTarget', iss2: 'none' },
  { ec: 0x0e, id: 'IllegalExecutionState', name: 'Illegal Execution state', from: 'any', els: [1, 2, 3], il: 'always-1', iss: 'none', iss2: 'none' },
  { ec: 0x11, id: 'SvcAArch32', name: 'SVC from AArch32', from: 'AArch32', els: [1, 2], il: 'instruction', iss: 'imm16', iss2: 'none' },
  { ec: 0x12, id: 'HvcAArch32', name: 'HVC from AArch32', from: 'AArch32', els: [2], il: 'instruction', iss: 'imm16', iss2: 'none' },
  { ec: 0x13, id: 'SmcAArch32', name: 'SMC from AArch32', from: 'AArch32', els: [2, 3], il: 'instruction', iss: 'smcAArch32', iss2: 'none' },
  { ec: 0x14, id: 'SystemRegister128', name: 'Trapped MSRR, MRRS or 128-bit System instruction', from: 'AArch64', els: [1, 2, 3], il: 'instruction', iss: 'systemRegister128', iss2: 'none' },
  { ec: 0x15, id: 'SvcAArch64', name: 'SVC from AArch64', from: 'AArch64', els: [1, 2, 3], il: 'instruction', iss: 'imm16', iss2: 'none' },
  { ec: 0x16, id: 'HvcAArch64', name: 'HVC from AArch64', from: 'AArch64', els: [2, 3], il: 'instruction', iss: 'imm16', iss2: 'none' },
  { ec: 0x17, id: 'SmcAArch64', name: 'SMC from AArch64', from: 'AArch64', els: [2, 3], il: 'instruction', iss: 'imm16', iss2: 'none' },
  { ec: 0x18, id: 'SystemRegister', name: 'Trapped MSR, MRS or System instruction', from: 'AArch64', els: [1, 2, 3], il: 'instruction', iss: 'systemRegister', iss2: 'none' },
  { ec: 0x19, id: 'SveAccess', name: 'Trapped SVE access', from: 'AArch64', els: [1, 2, 3], il: 'instruction', iss: 'none', iss2: 'none' },
  { ec: 0x1a, id: 'Eret', name: 'Trapped ERET, ERETAA or ERETAB', from: 'AArch64', els: [1, 2], il: 'instruction', iss: 'eret', iss2: 'none' },
  // FEAT_TME was in Arm's data until 2025-06 and is gone from DDI 0487 M.a.a; old logs may hold it.
  { ec: 0x1b, id: 'Tstart', name: 'Trapped TSTART (withdrawn)', from: 'AArch64', els: [1, 2, 3], il: 'instruction', iss: 'tstart', iss2: 'none' },
  { ec: 0x1c, id: 'PacFail', name: 'PAC Fail', from: 'AArch64', els: [1, 2, 3], il: 'instruction', iss: 'pacFail', iss2: 'none' },
  { ec: 0x1d, id: 'SmeAccess', name: 'Trapped SME access', from: 'any', els: [1, 2, 3], il: 'instruction', iss: 'smeAccess', iss2: 'none' },
  { ec: 0x1e, id: 'GranuleProtectionCheck', name: 'Granule Protection Check exception', from: 'any', els: [3], il: 'always-1', iss: 'granuleProtectionCheck', iss2: 'granuleProtectionCheck' },
  { ec: 0x1f, id: 'ImplementationDefined', name: 'IMPLEMENTATION DEFINED exception to EL3', from: 'any', els: [3], il: 'instruction', iss: 'implementationDefined', iss2: 'none' },
  { ec: 0x20, id: 'InstructionAbortLowerEl', name: 'Instruction Abort from a lower EL', from: 'any', els: [1, 2, 3], il: 'always-1', iss: 'instructionAbort', iss2: 'instructionAbort' },
  { ec: 0x21, id: 'InstructionAbortSameEl', name: 'Instruction Abort from the same EL', from: 'AArch64', els: [1, 2, 3], il: 'always-1', iss: 'instructionAbort', iss2: 'instructionAbort' },
  { ec: 0x22, id: 'PcAlignment', name: 'PC alignment fault', from: 'any', els: [1, 2, 3], il: 'always-1', iss: 'none', iss2: 'none' },
  { ec: 0x24, id: 'DataAbortLowerEl', name: 'Data Abort from a lower EL', from: 'any', els: [1, 2, 3], il: 'isv', iss: 'dataAbort', iss2: 'dataAbort' },
  { ec: 0x25, id: 'DataAbortSameEl', name: 'Data Abort from the same EL', from: 'AArch64', els: [1, 2, 3], il: 'isv', iss: 'dataAbort', iss2: 'dataAbort' },
  { ec: 0x26, id: 'SpAlignment', name: 'SP alignment fault', from: 'AArch64', els: [1, 2, 3], il: 'always-1', iss: 'none', iss2: 'none' },
  { ec: 0x27, id: 'MemoryOperation', name: 'Memory Operation Exception', from: 'AArch64', els: [1, 2, 3], il: 'instruction', iss: 'memoryOperation', iss2: 'none' },
  { ec: 0x28, id: 'FloatingPointAArch32', name: 'Trapped floating-point exception from AArch32', from: 'AArch32', els: [1, 2], il: 'instruction', iss: 'floatingPoint', iss2: 'none' },
  { ec: 0x2c, id: 'FloatingPointAArch64', name: 'Trapped floating-point exception from AArch64', from: 'AArch64', els: [1, 2, 3], il: 'instruction', iss: 'floatingPoint', iss2: 'none' },
  { ec: 0x2d, id: 'Gcs', name: 'GCS exception', from: 'AArch64', els: [1, 2, 3], il: 'instruction', iss: 'gcs', iss2: 'none' },
  { ec: 0x2f, id: 'SError', name: 'SError', from: 'any', els: [1, 2, 3], il: 'always-1', iss: 'serror', iss2: 'none' },
  { ec: 0x30, id: 'BreakpointLowerEl', name: 'Breakpoint from a lower EL', from: 'any', els: [1, 2], il: 'always-1', iss: 'breakpoint', iss2: 'none' },
  { ec: 0x31, id: 'BreakpointSameEl', name: 'Breakpoint from the same EL', from: 'AArch64', els: [1, 2], il: 'always-1', iss: 'breakpoint', iss2: 'none' },
  { ec: 0x32, id: 'SoftwareStepLowerEl', name: 'Software Step from a lower EL', from: 'any', els: [1, 2], il: 'always-1', iss: 'softwareStep', iss2: 'none' },
  { ec: 0x33, id: 'SoftwareStepSameEl', name: 'Software Step from the same EL', from: 'AArch64', els: [1, 2], il: 'always-1', iss: 'softwareStep', iss2: 'none' },
  { ec: 0x34, id: 'WatchpointLowerEl', name: 'Watchpoint from a lower EL', from: 'any', els: [1, 2], il: 'always-1', iss: 'watchpoint', iss2: 'watchpoint' },
  { ec: 0x35, id: 'WatchpointSameEl', name: 'Watchpoint from the same EL', from: 'AArch64', els: [1, 2], il: 'always-1', iss: 'watchpoint', iss2: 'watchpoint' },
  { ec: 0x38, id: 'BkptAArch32', name: 'BKPT from AArch32', from: 'AArch32', els: [1, 2], il: 'instruction', iss: 'breakpointInstruction', iss2: 'none' },
  { ec: 0x3a, id: 'VectorCatch', name: 'Vector Catch from AArch32', from: 'AArch32', els: [2], il: 'always-1', iss: 'breakpoint', iss2: 'none' },
  { ec: 0x3c, id: 'BrkAArch64', name: 'BRK from AArch64', from: 'AArch64', els: [1, 2, 3], il: 'instruction', iss: 'breakpointInstruction', iss2: 'none' },
  { ec: 0x3d, id: 'Profiling', name: 'Profiling exception', from: 'any', els: [1, 2, 3], il: 'instruction', iss: 'profiling', iss2: 'none' },
] as const satisfies readonly ExceptionClass[];

/** Every allocated exception class, in order of EC. */
export const EXCEPTION_CLASSES: readonly ExceptionClass[] = ROWS;

/** The values of EC by name, so that code reads `EC.HvcAArch64` and no number stands twice. */
export const EC = Object.fromEntries(ROWS.map((row) => [row.id, row.ec])) as {
  readonly [Row in (typeof ROWS)[number] as Row['id']]: Row['ec'];
};

const BY_EC: readonly (ExceptionClass | undefined)[] = Array.from({ length: 64 }, (_, ec) => ROWS.find((row) => row.ec === ec));

/** The class of an EC value (0 to 63); undefined for a reserved one. */
export function exceptionClass(ec: number): ExceptionClass | undefined {
  return BY_EC[ec];
}
