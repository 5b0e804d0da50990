// Syndromes put together by whoever takes an exception: words of ISS and ISS2 from fields by name, and the register from its parts. The field
// names are checked by the compiler against the layouts; a value that does not fit, or a field that is not in the layout, is a bug.
import { assert } from '#base';
import { type FieldRow, holds, ISS_LAYOUTS, ISS2_LAYOUTS, type Iss2Format, type IssFormat } from './layouts.ts';

/** The fields of one ISS layout, those left out being 0. */
export type IssFields<Format extends IssFormat> = Readonly<Partial<Record<keyof (typeof ISS_LAYOUTS)[Format], number>>>;
/** The fields of one ISS2 layout, likewise. */
export type Iss2Fields<Format extends Iss2Format> = Readonly<Partial<Record<keyof (typeof ISS2_LAYOUTS)[Format], number>>>;

/** The 25 bits of an ISS. */
export function iss<Format extends IssFormat>(format: Format, fields: IssFields<Format>): number {
  return word(ISS_LAYOUTS[format], fields as Readonly<Record<string, number>>);
}

/** The 24 bits of an ISS2. */
export function iss2<Format extends Iss2Format>(format: Format, fields: Iss2Fields<Format>): number {
  return word(ISS2_LAYOUTS[format], fields as Readonly<Record<string, number>>);
}

/** The register ESR_ELx: EC 6 bits, IL 1, ISS 25, ISS2 24. */
export function esr(ec: number, il: 0 | 1, issWord: number, iss2Word = 0): bigint {
  assert(ec >= 0 && ec < 1 << 6, `EC ${ec} has more than 6 bits`);
  assert(issWord >= 0 && issWord < 2 ** 25, `ISS ${issWord} has more than 25 bits`);
  assert(iss2Word >= 0 && iss2Word < 2 ** 24, `ISS2 ${iss2Word} has more than 24 bits`);
  return (BigInt(iss2Word) << 32n) | BigInt(ec * 2 ** 26 + il * 2 ** 25 + issWord);
}

/** ISS of a Data Abort (EC 0x24, 0x25). */
export function issDataAbort(fields: IssFields<'dataAbort'>): number {
  return iss('dataAbort', fields);
}

/** ISS of an Instruction Abort (EC 0x20, 0x21). */
export function issInstructionAbort(fields: IssFields<'instructionAbort'>): number {
  return iss('instructionAbort', fields);
}

/** An encoding in the System register or System instruction space, by the manual's field names in lower case. */
export type SystemEncoding = {
  readonly op0: number;
  readonly op1: number;
  readonly crn: number;
  readonly crm: number;
  readonly op2: number;
};

/** ISS of a trapped MRS, MSR or System instruction (EC 0x18). */
export function issSysReg({
  op0,
  op1,
  crn,
  crm,
  op2,
  rt,
  isRead,
}: SystemEncoding & { readonly rt: number; readonly isRead: boolean }): number {
  return iss('systemRegister', { Op0: op0, Op1: op1, CRn: crn, CRm: crm, Op2: op2, Rt: rt, Direction: isRead ? 1 : 0 });
}

/** ISS of a trapped WFI (0), WFE (1), WFIT (2) or WFET (3) from AArch64 (EC 0x01); `rn` is the register of the last two. */
export function issWfx(ti: 0 | 1 | 2 | 3, rn = 0): number {
  return iss('wfx', { ...FROM_AARCH64, TI: ti, ...(ti >= 2 ? { RV: 1, RN: rn } : {}) });
}

/** ISS of an SVC, HVC or SMC (EC 0x11, 0x12, 0x15, 0x16, 0x17): the immediate. BRK and BKPT (EC 0x3c, 0x38) have the same bits. */
export function issImm16(immediate: number): number {
  return iss('imm16', { imm16: immediate });
}

/** ISS of a trapped SIMD or floating-point access from AArch64 (EC 0x07). */
export function issFpAccess(): number {
  return iss('fpAccess', FROM_AARCH64);
}

// An exception from AArch64 reports a valid condition, AL (Arm ARM DDI 0487, the CV and COND fields).
const FROM_AARCH64 = { CV: 1, COND: 0b1110 } as const;

function word(layout: Readonly<Record<string, FieldRow>>, fields: Readonly<Record<string, number>>): number {
  let value = 0;
  for (const [name, field] of Object.entries(fields)) {
    const row = layout[name];
    assert(row !== undefined, `no field ${name} in the layout`);
    assert(field >= 0 && field < 2 ** (row.msb - row.lsb + 1), `${name} does not hold ${field}`);
    // EL is not known here, and ISS2's conditions are on ISS: what is not among the fields is taken to allow it.
    const known = (controlling: string): boolean => controlling !== 'EL' && controlling in layout;
    const condition = row.when && Object.fromEntries(Object.entries(row.when).filter(([controlling]) => known(controlling)));
    assert(
      holds(condition, (controlling) => fields[controlling] ?? 0),
      `${name} is not in this layout: ${JSON.stringify(row.when)}`,
    );
    value |= field << row.lsb;
  }
  return value >>> 0;
}
