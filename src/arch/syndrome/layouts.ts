// The layouts of ISS and ISS2: every field with its bits, what its values mean, and when it is there (Arm ARM DDI 0487 M.a.a, the "ISS encoding
// for …" and "ISS2 encoding for …" parts of ESR_EL1, ESR_EL2 and ESR_EL3). Every feature is assumed present; bits that no field covers are RES0.
// ISS2 is numbered within itself: its bit 0 is bit 32 of the register. `ELx` in a text stands for the exception level that the syndrome is
// reported to. Knows nothing of exception classes.
import { FAULT_STATUSES, type FaultStatus } from '#arch/fault';

/** What the other fields of the same ISS must hold, each one of the listed numbers; `EL` is the level that the syndrome is reported to. */
export type Condition = Readonly<Record<string, readonly number[]>>;

/** Which part of the story a field tells: 2 the instruction, 3 the circumstances, 4 the outcome (1 is the class: EC and IL). */
export type FieldGroup = 2 | 3 | 4;

export type FieldRow = {
  readonly msb: number;
  readonly lsb: number;
  readonly group: FieldGroup;
  /** What the field tells, as a noun. */
  readonly about: string;
  /** What each value means; a value that is not listed is reserved. Absent where every number is meaningful. */
  readonly values?: Readonly<Record<number, string>>;
  /** How a number without a text is read: `xN` (a pair counts in twos, `transfer` is W or X by SF), a condition code, an immediate. */
  readonly reads?: 'register' | 'transfer' | 'pair' | 'condition' | 'immediate';
  /** The field is in the layout only then. */
  readonly when?: Condition;
  /** The field is in the layout always, but must be 0 otherwise. */
  readonly res0Unless?: Condition;
  /** Values that are reserved in these circumstances only. */
  readonly reserved?: { readonly when: Condition; readonly values: readonly number[] };
  readonly feature?: string;
};

type Options = Partial<Pick<FieldRow, 'reads' | 'when' | 'res0Unless' | 'reserved' | 'feature'>>;
type Values = readonly string[] | Readonly<Record<number, string>>;

function field(group: FieldGroup, bits: string, about: string, values: Values | undefined, options: Options): FieldRow {
  const [msb, lsb = msb] = bits.split(':').map(Number) as [number, number?];
  return { msb, lsb, group, about, ...(values === undefined ? {} : { values: { ...values } }), ...options };
}

// The three kinds of row; `bits` is `msb:lsb` or one bit number. A list of texts counts its values from 0.
function instruction(bits: string, about: string, values?: Values, options: Options = {}): FieldRow {
  return field(2, bits, about, values, options);
}
function circumstance(bits: string, about: string, values?: Values, options: Options = {}): FieldRow {
  return field(3, bits, about, values, options);
}
function outcome(bits: string, about: string, values?: Values, options: Options = {}): FieldRow {
  return field(4, bits, about, values, options);
}
function register(bits: string, about: string, options: Options = {}): FieldRow {
  return instruction(bits, about, undefined, { reads: 'register', ...options });
}

function faultCodes(which: (status: FaultStatus) => boolean): Record<number, string> {
  return Object.fromEntries(FAULT_STATUSES.filter(which).map(({ code, name }) => [code, name]));
}
function codesOf(...kinds: readonly FaultStatus['kind'][]): readonly number[] {
  return FAULT_STATUSES.filter(({ kind }) => kinds.includes(kind)).map(({ code }) => code);
}

const EXTERNAL = codesOf('external');
const EXTERNAL_ANY = codesOf('external', 'external-on-walk');
const EXTERNAL_OR_PARITY = codesOf('external', 'external-on-walk', 'parity', 'parity-on-walk');
const PERMISSION = codesOf('permission');
const NAMES_64_BYTE_ACCESS = codesOf('translation', 'access-flag', 'permission');
// The dirty state tracking structure was full (a permission fault), or the walk could not write to it.
const NAMES_HDBSS = codesOf('permission', 'external-on-walk', 'granule-protection-on-walk');
const DEBUG_EXCEPTION = { 34: 'Debug exception' };

// Fields that several layouts share.
const CV = instruction('24', 'condition code valid', ['COND is not valid', 'COND is valid']);
const COND = instruction('23:20', 'condition code of the instruction', undefined, { reads: 'condition' });
const CRn = instruction('13:10', 'CRn of the encoding');
const CRm = instruction('4:1', 'CRm of the encoding');
const DIRECTION = instruction('0', 'direction of the move', ['A write, or a System instruction', 'A read']);
const MOVE_FROM_AARCH64 = {
  Op0: instruction('21:20', 'op0 of the encoding'),
  Op2: instruction('19:17', 'op2 of the encoding'),
  Op1: instruction('16:14', 'op1 of the encoding'),
  CRn,
};
const FNV = ['FAR_ELx holds the address', 'FAR_ELx is not valid'];
const PFV = ['PFAR_ELx is not valid', 'PFAR_ELx holds the physical address'];
const SYNCHRONOUS_ERROR = { 0: 'Recoverable (UER)', 2: 'Uncontainable (UC), before FEAT_RASv2', 3: 'Restartable (UEO)' };
const WRITE_UPDATE = {
  0: 'No store, or the location may have been written',
  2: 'A store that did not write the location',
  3: 'A store that wrote the location',
};
const CM = circumstance('8', 'cache maintenance or address translation', [
  'Not cache maintenance',
  'A cache maintenance or address translation instruction',
]);
const S1PTW = circumstance('7', 'stage 2 fault on a stage 1 walk', [
  'The access itself, not a stage 1 walk',
  'Stage 2 of a stage 1 table walk',
]);
const EXTERNAL_ABORT_CLASS = ['No external abort class', 'An IMPLEMENTATION DEFINED class of external abort'];
const READ_OR_WRITE = ['A read', 'A write'];
const WnR = circumstance('6', 'write, not read', READ_OR_WRITE);
const VNCR_VALUES = ['Not a VNCR_EL2 access', 'An access through VNCR_EL2'];
const TOP_LEVEL = ['Not the TopLevel check', 'The TopLevel check failed'];

/** The layouts of ISS, fields from the most significant on; alternatives for the same bits stand side by side with their conditions. */
export const ISS_LAYOUTS = {
  none: {},

  implementationDefined: { IMPDEF: outcome('24:0', 'IMPLEMENTATION DEFINED syndrome') },

  wfx: {
    CV,
    COND,
    RN: register('9:5', 'operand of WFIT or WFET', { feature: 'FEAT_WFxT' }),
    RV: instruction('2', 'RN valid', ['RN is not valid', 'RN is valid'], { res0Unless: { TI: [2, 3] }, feature: 'FEAT_WFxT' }),
    TI: instruction('1:0', 'which instruction', ['WFI', 'WFE', 'WFIT', 'WFET']),
  },

  mcrMrc: {
    CV,
    COND,
    Opc2: instruction('19:17', 'opc2 of the encoding, 0 for VMRS'),
    Opc1: instruction('16:14', 'opc1 of the encoding, 7 for VMRS'),
    CRn,
    Rt: register('9:5', 'register moved, in the AArch64 view'),
    CRm,
    Direction: instruction('0', 'direction of the move', ['A write: MCR', 'A read: MRC or VMRS']),
  },

  mcrrMrrc: {
    CV,
    COND,
    Opc1: instruction('19:16', 'opc1 of the encoding'),
    Rt2: register('14:10', 'second register moved, in the AArch64 view'),
    Rt: register('9:5', 'first register moved, in the AArch64 view'),
    CRm,
    Direction: instruction('0', 'direction of the move', ['A write: MCRR', 'A read: MRRC']),
  },

  ldcStc: {
    CV,
    COND,
    imm8: instruction('19:12', 'immediate, in words', undefined, { reads: 'immediate' }),
    Rn: register('9:5', 'base register, where AM is no literal form'),
    Offset: instruction('4', 'sign of the offset', ['The offset is subtracted', 'The offset is added']),
    AM: instruction(
      '3:1',
      'addressing mode',
      {
        0: 'Immediate, unindexed',
        1: 'Immediate, post-indexed',
        2: 'Immediate, offset',
        3: 'Immediate, pre-indexed',
        4: 'Literal, unindexed',
        6: 'Literal, offset',
      },
      { reserved: { when: { Direction: [0] }, values: [4, 6] } },
    ),
    Direction: instruction('0', 'direction of the transfer', ['A write to memory: STC', 'A read from memory: LDC']),
  },

  fpAccess: { CV, COND },

  otherInstruction: {
    ISS: instruction('24:0', 'which instruction', ['ST64BV', 'ST64BV0', 'LD64B or ST64B', 'TSB CSYNC', 'PSB CSYNC']),
  },

  branchTarget: { BTYPE: circumstance('1:0', 'PSTATE.BTYPE at the landing pad that failed') },

  imm16: { imm16: instruction('15:0', 'immediate of the instruction', undefined, { reads: 'immediate' }) },

  // Filled in for an SMC trapped to EL2 by HCR_EL2.TSC; an SMC that reaches EL3 leaves all of it 0.
  smcAArch32: {
    CV: { ...CV, res0Unless: { EL: [2], CCKNOWNPASS: [1] } },
    COND: { ...COND, res0Unless: { EL: [2], CCKNOWNPASS: [1] } },
    CCKNOWNPASS: instruction(
      '19',
      'condition check known to pass',
      ['Unconditional, or known to pass its condition', 'Conditional, and may have failed its condition'],
      { res0Unless: { EL: [2] } },
    ),
  },

  systemRegister: {
    ...MOVE_FROM_AARCH64,
    Rt: register('9:5', 'register moved'),
    CRm,
    Direction: DIRECTION,
  },

  systemRegister128: {
    ...MOVE_FROM_AARCH64,
    Rt: instruction('9:6', 'pair of registers moved', undefined, { reads: 'pair' }),
    CRm,
    Direction: DIRECTION,
  },

  eret: {
    ERET: instruction('1', 'plain or authenticated return', ['ERET', 'ERETAA or ERETAB']),
    ERETA: instruction('0', 'key of the authenticated return', ['ERETAA', 'ERETAB'], { res0Unless: { ERET: [1] } }),
  },

  tstart: { Rd: register('9:5', 'destination of TSTART', { feature: 'FEAT_TME' }) },

  pacFail: {
    DnI: outcome('1', 'data key, not instruction key', ['An instruction key', 'A data key']),
    BnA: outcome('0', 'B key, not A key', ['An A key', 'A B key']),
  },

  smeAccess: {
    SMTC: outcome('2:0', 'why it trapped', [
      'Access to SME is disabled by CPACR or CPTR',
      'Illegal in Streaming SVE mode (PSTATE.SM 1)',
      'Needs Streaming SVE mode (PSTATE.SM 1)',
      'Needs the ZA array (PSTATE.ZA 1)',
      'Access to ZT0 is disabled',
    ]),
  },

  granuleProtectionCheck: {
    S2PTW: circumstance('21', 'on a stage 2 walk', ['Not on a stage 2 table walk', 'On a stage 2 table walk']),
    InD: circumstance('20', 'instruction, not data', ['A data access', 'An instruction access']),
    GPCSC: outcome('19:14', 'granule protection check status', {
      0: 'GPT address size fault, level 0',
      4: 'GPT walk fault, level 0',
      5: 'GPT walk fault, level 1',
      12: 'Granule protection fault, level 0',
      13: 'Granule protection fault, level 1',
      20: 'Synchronous External abort on the GPT fetch, level 0',
      21: 'Synchronous External abort on the GPT fetch, level 1',
    }),
    VNCR: circumstance('13', 'access through VNCR_EL2', VNCR_VALUES, { res0Unless: { InD: [0] }, feature: 'FEAT_NV2' }),
    CM,
    S1PTW,
    WnR: { ...WnR, res0Unless: { InD: [0] } },
    xFSC: outcome(
      '5:0',
      'fault status code',
      faultCodes((s) => s.granuleProtectionCheck),
    ),
  },

  instructionAbort: {
    TopLevel: circumstance('21', 'TopLevel check', TOP_LEVEL, { when: { EL: [2] }, feature: 'FEAT_THE' }),
    PFV: circumstance('14', 'PFAR_ELx valid', PFV, { when: { IFSC: EXTERNAL_ANY }, feature: 'FEAT_PFAR' }),
    SET: circumstance('12:11', 'state of the PE after the error', SYNCHRONOUS_ERROR, {
      when: { IFSC: EXTERNAL },
      feature: 'FEAT_RAS',
    }),
    FnV: circumstance('10', 'FAR_ELx not valid', FNV, { when: { IFSC: EXTERNAL } }),
    EA: circumstance('9', 'external abort class', EXTERNAL_ABORT_CLASS, {
      res0Unless: { IFSC: EXTERNAL_OR_PARITY },
    }),
    S1PTW,
    IFSC: outcome(
      '5:0',
      'fault status code',
      faultCodes((s) => s.instruction),
    ),
  },

  dataAbort: {
    ISV: instruction('24', 'instruction syndrome valid', [
      'Bits 23:14 do not describe the instruction',
      'Bits 23:14 describe the instruction',
    ]),
    SAS: instruction('23:22', 'size of the access', ['Byte', 'Halfword', 'Word', 'Doubleword'], { when: { ISV: [1] } }),
    SSE: instruction('21', 'sign extension', ['The loaded value is not sign-extended', 'The loaded value is sign-extended'], {
      when: { ISV: [1] },
    }),
    TopLevel: circumstance('21', 'TopLevel check', TOP_LEVEL, { when: { EL: [2], ISV: [0] }, feature: 'FEAT_THE' }),
    SRT: instruction('20:16', 'register transferred', undefined, { reads: 'transfer', when: { ISV: [1] } }),
    WU: circumstance('17:16', 'what an aborted store wrote', WRITE_UPDATE, {
      when: { ISV: [0], DFSC: EXTERNAL_ANY },
      feature: 'FEAT_RASv2',
    }),
    SF: instruction('15', 'width of the register', ['32-bit register', '64-bit register'], { when: { ISV: [1] } }),
    FnP: circumstance(
      '15',
      'FAR_ELx not precise',
      ['FAR_ELx holds the faulting address', 'FAR_ELx holds an address in the same granule'],
      {
        when: { ISV: [0] },
        feature: 'FEAT_SVE or FEAT_SME',
      },
    ),
    AR: instruction('14', 'acquire or release', ['No acquire or release', 'Acquire or release'], { when: { ISV: [1] } }),
    PFV: circumstance('14', 'PFAR_ELx valid', PFV, { when: { ISV: [0], DFSC: EXTERNAL_ANY }, feature: 'FEAT_PFAR' }),
    VNCR: circumstance('13', 'access through VNCR_EL2', VNCR_VALUES, { when: { EL: [2, 3] }, feature: 'FEAT_NV2' }),
    LST: instruction('12:11', '64-byte load or store', ['Not specified', 'ST64BV', 'LD64B or ST64B', 'ST64BV0'], {
      when: { DFSC: NAMES_64_BYTE_ACCESS },
      feature: 'FEAT_LS64',
    }),
    SET: circumstance('12:11', 'state of the PE after the error', SYNCHRONOUS_ERROR, {
      when: { DFSC: EXTERNAL_ANY },
      feature: 'FEAT_RAS',
    }),
    FnV: circumstance('10', 'FAR_ELx not valid', FNV, { res0Unless: { DFSC: EXTERNAL } }),
    EA: circumstance('9', 'external abort class', EXTERNAL_ABORT_CLASS, {
      res0Unless: { DFSC: EXTERNAL_OR_PARITY },
    }),
    CM,
    S1PTW,
    WnR,
    DFSC: outcome(
      '5:0',
      'fault status code',
      faultCodes((s) => s.data),
    ),
  },

  memoryOperation: {
    MemInst: instruction('24', 'family of the instruction', ['CPY: a memory copy', 'SET: a memory set']),
    isSETG: instruction('23', 'sets tags too', ['No SETG instruction', 'A SETG instruction']),
    // Insn[15:12] of a copy; of a set only insn[13:12], in the two low bits.
    Options: instruction('22:19', 'options of the instruction', undefined, {
      reserved: { when: { MemInst: [1] }, values: [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] },
    }),
    FromEpilogue: instruction('18', 'epilogue instruction', ['A prologue or main instruction', 'An epilogue instruction']),
    // Formerly two bits, WrongOption (17) and OptionA (16), which say the same only together.
    FormatOption: circumstance('17:16', 'format of the registers', ['Option B', 'Option A', 'Option A', 'Option B']),
    destreg: register('14:10', 'destination address register'),
    srcreg: register('9:5', 'source address or data register'),
    sizereg: register('4:0', 'size register'),
  },

  floatingPoint: {
    TFV: outcome('23', 'exception bits valid', ['The exception bits are not valid', 'The exception bits are valid']),
    VECITR: outcome('10:8', 'RES1 from AArch32, UNKNOWN from AArch64'),
    IDF: outcome('7', 'input denormal', ['No input denormal', 'Input denormal']),
    IXF: outcome('4', 'inexact', ['No inexact result', 'Inexact result']),
    UFF: outcome('3', 'underflow', ['No underflow', 'Underflow']),
    OFF: outcome('2', 'overflow', ['No overflow', 'Overflow']),
    DZF: outcome('1', 'divide by zero', ['No division by zero', 'Division by zero']),
    IOF: outcome('0', 'invalid operation', ['No invalid operation', 'Invalid operation']),
  },

  gcs: {
    ExType: outcome('23:20', 'kind of exception', ['Data check', 'EXLOCK', 'Trapped GCSSTR or GCSSTTR']),
    Raddr: register('14:10', 'address register', { when: { ExType: [2] } }),
    Rn: register('9:5', 'register of the instruction', { when: { ExType: [0] } }),
    Rvalue: register('9:5', 'value register', { when: { ExType: [2] } }),
    // Linux' header numbers the last two 6 and 7; the manual and QEMU say 8 and 9.
    IT: instruction(
      '4:0',
      'which instruction',
      {
        0: 'RET',
        1: 'GCSPOPM',
        2: 'RET with pointer authentication, key A',
        3: 'RET with pointer authentication, key B',
        4: 'GCSSS1',
        5: 'GCSSS2',
        8: 'GCSPOPCX',
        9: 'GCSPOPX',
      },
      { when: { ExType: [0] } },
    ),
  },

  serror: {
    IDS: circumstance('24', 'IMPLEMENTATION DEFINED syndrome', [
      'The syndrome is architected',
      'The syndrome is IMPLEMENTATION DEFINED',
    ]),
    IMPDEF: outcome('23:0', 'IMPLEMENTATION DEFINED syndrome', undefined, { when: { IDS: [1] } }),
    ...serrorFields({
      ELS: circumstance(
        '18',
        'what ELR_ELx says',
        ['ELR_ELx does not name the trigger', 'The instruction at ELR_ELx triggered it'],
        {
          feature: 'FEAT_RASv2',
        },
      ),
      WU: circumstance('17:16', 'what an aborted store wrote', WRITE_UPDATE, { feature: 'FEAT_RASv2' }),
      VFV: circumstance('15', 'FAR_ELx valid', ['FAR_ELx is not valid', 'FAR_ELx holds the address'], { feature: 'FEAT_RASv2' }),
      PFV: circumstance('14', 'PFAR_ELx valid', PFV, { feature: 'FEAT_PFAR' }),
      IESB: circumstance(
        '13',
        'implicit error synchronization',
        ['Not synchronized implicitly, or not taken at once', 'Synchronized implicitly and taken at once'],
        { feature: 'FEAT_IESB' },
      ),
      AET: outcome(
        '12:10',
        'state of the PE after the error',
        {
          0: 'Uncontainable (UC)',
          1: 'Unrecoverable (UEU)',
          2: 'Restartable (UEO)',
          3: 'Recoverable (UER)',
          6: 'Corrected (CE)',
        },
        { feature: 'FEAT_RAS' },
      ),
      EA: circumstance('9', 'external abort class', EXTERNAL_ABORT_CLASS, {
        feature: 'FEAT_RAS',
      }),
      WnRV: circumstance('7', 'WnR valid', ['WnR is not valid', 'WnR is valid'], { feature: 'FEAT_RASv2' }),
      WnR: circumstance('6', 'write, not read', READ_OR_WRITE, { res0Unless: { WnRV: [1] }, feature: 'FEAT_RASv2' }),
    }),
    DFSC: outcome(
      '5:0',
      'category of the error',
      { 0: 'Uncategorized error', 17: 'Asynchronous SError' },
      { when: { IDS: [0] } },
    ),
  },

  breakpoint: { IFSC: outcome('5:0', 'fault status code', DEBUG_EXCEPTION) },

  softwareStep: {
    ISV: instruction('24', 'EX valid', ['EX is not valid', 'EX is valid']),
    EX: instruction('6', 'exclusive load stepped', ['Not a load-exclusive', 'A load-exclusive was stepped'], {
      when: { ISV: [1] },
    }),
    IFSC: outcome('5:0', 'fault status code', DEBUG_EXCEPTION),
  },

  watchpoint: {
    WPT: outcome('23:18', 'number of the watchpoint', undefined, { feature: 'FEAT_Debugv8p2' }),
    WPTV: outcome('17', 'WPT valid', ['WPT is not valid', 'WPT is valid'], { feature: 'FEAT_Debugv8p2' }),
    WPF: circumstance(
      '16',
      'may be a false positive',
      ['The watched address was accessed', 'The watched address may not have been accessed'],
      {
        feature: 'FEAT_SVE or FEAT_SME',
      },
    ),
    FnP: circumstance('15', 'FAR_ELx not precise', ['FAR_ELx is precise', 'FAR_ELx holds an address in the same granule'], {
      feature: 'FEAT_SVE or FEAT_SME',
    }),
    VNCR: circumstance('13', 'access through VNCR_EL2', VNCR_VALUES, { when: { EL: [2] }, feature: 'FEAT_NV2' }),
    FnV: circumstance('10', 'FAR_ELx not valid', FNV),
    CM: circumstance('8', 'cache maintenance', ['Not cache maintenance', 'A cache maintenance instruction']),
    WnR,
    DFSC: outcome('5:0', 'fault status code', DEBUG_EXCEPTION),
  },

  breakpointInstruction: { Comment: instruction('15:0', 'immediate of the instruction', undefined, { reads: 'immediate' }) },

  profiling: {
    FSC: outcome('5:1', 'source', ['Performance monitors (PMU)', 'Statistical profiling buffer (SPE)', 'Trace buffer (TRBE)']),
    SYNC: circumstance('0', 'taken synchronously', ['Asynchronous', 'Synchronous'], { feature: 'FEAT_SEBEP' }),
  },
} satisfies Readonly<Record<string, Readonly<Record<string, FieldRow>>>>;

/** Between IDS and DFSC an SError's fields are there only for an architected, categorised syndrome. */
function serrorFields<Name extends string>(fields: Record<Name, FieldRow>): Record<Name, FieldRow> {
  const entries = Object.entries<FieldRow>(fields).map(([name, row]) => [name, { ...row, when: { IDS: [0], DFSC: [0x11] } }]);
  return Object.fromEntries(entries) as Record<Name, FieldRow>;
}

const HDBSSF = ['Not the dirty state tracking structure', 'The dirty state tracking structure caused it'];
const OVERLAY = ['Not the permission overlay', 'The permission overlay refused it'];
const ASSURED_ONLY = ['Not the AssuredOnly attribute', 'The AssuredOnly attribute refused it'];
const DIRTY_BIT = ['Not the dirty state', 'The dirty state refused it'];

/** The layouts of ISS2, in its own bit numbers; conditions are on the fields of the ISS beside it. */
export const ISS2_LAYOUTS = {
  none: {},

  dataAbort: {
    HDBSSF: circumstance('11', 'dirty state tracking structure', HDBSSF, {
      res0Unless: { DFSC: NAMES_HDBSS },
      feature: 'FEAT_HDBSS',
    }),
    TnD: circumstance(
      '10',
      'tag, not data',
      ['Not a tag write to canonically tagged memory', 'A tag write to canonically tagged memory'],
      {
        res0Unless: { DFSC: PERMISSION },
        feature: 'FEAT_MTE_CANONICAL_TAGS',
      },
    ),
    TagAccess: circumstance(
      '9',
      'NoTagAccess attribute',
      ['Not the NoTagAccess attribute', 'The NoTagAccess attribute refused it'],
      {
        when: { EL: [1, 2] },
        res0Unless: { DFSC: PERMISSION },
        feature: 'FEAT_MTE_PERM',
      },
    ),
    GCS: circumstance(
      '8',
      'Guarded Control Stack access',
      ['Not a Guarded Control Stack access', 'A Guarded Control Stack access'],
      {
        feature: 'FEAT_GCS',
      },
    ),
    AssuredOnly: circumstance('7', 'AssuredOnly attribute', ASSURED_ONLY, {
      when: { EL: [1, 2] },
      res0Unless: { DFSC: PERMISSION },
      feature: 'FEAT_THE',
    }),
    Overlay: circumstance('6', 'permission overlay', OVERLAY, {
      res0Unless: { DFSC: PERMISSION },
      feature: 'FEAT_S1POE or FEAT_S2POE',
    }),
    DirtyBit: circumstance('5', 'dirty state', DIRTY_BIT, {
      res0Unless: { DFSC: PERMISSION },
      feature: 'FEAT_S1PIE or FEAT_S2PIE',
    }),
    Xs: register('4:0', 'status register of ST64BV or ST64BV0', { res0Unless: { LST: [1, 3] }, feature: 'FEAT_LS64_V' }),
  },

  instructionAbort: {
    HDBSSF: circumstance('11', 'dirty state tracking structure', HDBSSF, {
      res0Unless: { IFSC: NAMES_HDBSS },
      feature: 'FEAT_HDBSS',
    }),
    AssuredOnly: circumstance('7', 'AssuredOnly attribute', ASSURED_ONLY, {
      when: { EL: [1, 2] },
      res0Unless: { IFSC: PERMISSION },
      feature: 'FEAT_THE',
    }),
    Overlay: circumstance('6', 'permission overlay', OVERLAY, {
      res0Unless: { IFSC: PERMISSION },
      feature: 'FEAT_S1POE or FEAT_S2POE',
    }),
    DirtyBit: circumstance('5', 'dirty state', DIRTY_BIT, {
      when: { EL: [2] },
      res0Unless: { IFSC: PERMISSION },
      feature: 'FEAT_S2PIE',
    }),
  },

  watchpoint: {
    GCS: circumstance(
      '8',
      'Guarded Control Stack access',
      ['Not a Guarded Control Stack access', 'A Guarded Control Stack access'],
      {
        feature: 'FEAT_GCS',
      },
    ),
  },

  granuleProtectionCheck: {
    HDBSSF: circumstance('11', 'dirty state tracking structure', HDBSSF, { feature: 'FEAT_HDBSS' }),
    GCS: circumstance(
      '8',
      'Guarded Control Stack access',
      ['Not a Guarded Control Stack access', 'A Guarded Control Stack access'],
      {
        feature: 'FEAT_GCS',
      },
    ),
  },
} satisfies Readonly<Record<string, Readonly<Record<string, FieldRow>>>>;

export type IssFormat = keyof typeof ISS_LAYOUTS;
export type Iss2Format = keyof typeof ISS2_LAYOUTS;

/** The rows of a layout with their names, most significant first. */
export type Layout = readonly (readonly [name: string, row: FieldRow])[];

function rows(layouts: Readonly<Record<string, Readonly<Record<string, FieldRow>>>>): ReadonlyMap<string, Layout> {
  return new Map(Object.entries(layouts).map(([format, fields]) => [format, Object.entries(fields)]));
}
const ISS_ROWS = rows(ISS_LAYOUTS);
const ISS2_ROWS = rows(ISS2_LAYOUTS);

/** The rows of one ISS layout. */
export function issLayout(format: IssFormat): Layout {
  return ISS_ROWS.get(format) ?? [];
}

/** The rows of one ISS2 layout. */
export function iss2Layout(format: Iss2Format): Layout {
  return ISS2_ROWS.get(format) ?? [];
}

/** Whether a condition holds, given the fields by name (absent ones count as 0) and the level as `EL`. */
export function holds(condition: Condition | undefined, value: (name: string) => number): boolean {
  if (condition === undefined) return true;
  return Object.entries(condition).every(([name, allowed]) => allowed.includes(value(name)));
}
