// The encoding of a system register or system instruction: op0, op1, CRn, CRm, op2, packed into one number (Arm ARM DDI 0487, C5.1).
// Knows nothing of which encodings have names.

/** The five numbers of an encoding, in the manual's order. */
export interface EncodingParts {
  /** 0 to 3: 0 PSTATE writes, 1 system instructions, 2 debug and trace registers, 3 other registers. */
  readonly op0: number;
  readonly op1: number;
  readonly crn: number;
  readonly crm: number;
  readonly op2: number;
}

/** 16 bits: op0 15:14, op1 13:11, CRn 10:7, CRm 6:3, op2 2:0, as KVM's ONE_REG ids pack them. */
export function packEncoding(op0: number, op1: number, crn: number, crm: number, op2: number): number {
  return (op0 << 14) | (op1 << 11) | (crn << 7) | (crm << 3) | op2;
}

export function unpackEncoding(encoding: number): EncodingParts {
  return {
    op0: (encoding >>> 14) & 3,
    op1: (encoding >>> 11) & 7,
    crn: (encoding >>> 7) & 15,
    crm: (encoding >>> 3) & 15,
    op2: encoding & 7,
  };
}

/** `S3_0_C15_C2_0`: the spelling that every encoding has. */
export function genericName(encoding: number): string {
  const { op0, op1, crn, crm, op2 } = unpackEncoding(encoding);
  return `S${op0}_${op1}_C${crn}_C${crm}_${op2}`;
}

/** The encoding that a generic name spells, in any case; undefined when the text is no such name or a number is out of range. */
export function parseGenericName(name: string): number | undefined {
  const match = /^s([0-3])_([0-7])_c(\d{1,2})_c(\d{1,2})_([0-7])$/i.exec(name);
  if (match === null) return undefined;
  const [op0, op1, crn, crm, op2] = match.slice(1).map(Number) as [number, number, number, number, number];
  return crn > 15 || crm > 15 ? undefined : packEncoding(op0, op1, crn, crm, op2);
}

/** Whether the architecture leaves this encoding to implementers: S1 and S3 with CRn 11 or 15 (Arm ARM DDI 0487, C5.1.2 and D24.1.1). */
export function isImplementationDefined(encoding: number): boolean {
  const { op0, crn } = unpackEncoding(encoding);
  return (op0 === 1 || op0 === 3) && (crn === 11 || crn === 15);
}

/** Whether this encoding lies in the block of feature ID registers (op0 3, op1 0, CRn 0, CRm 1 to 7), of which the unnamed ones read as zero. */
export function isIdBlock(encoding: number): boolean {
  const { op0, op1, crn, crm } = unpackEncoding(encoding);
  return op0 === 3 && op1 === 0 && crn === 0 && crm >= 1 && crm <= 7;
}

/** The feature ID space: op0 3, op1 0, 1 or 3, CRn 0, CRm 0 to 7; what FEAT_IDST is about (Arm ARM DDI 0487, ID_AA64MMFR2_EL1.IDS). */
export function isFeatureIdSpace(encoding: number): boolean {
  const { op0, op1, crn, crm } = unpackEncoding(encoding);
  return op0 === 3 && (op1 === 0 || op1 === 1 || op1 === 3) && crn === 0 && crm <= 7;
}
