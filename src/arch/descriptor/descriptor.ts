// What the bits of a translation table descriptor are: the 64-bit VMSAv8-64 formats of both stages, as rows (Arm ARM DDI 0487, D8.3). Knows
// nothing of a walk: which descriptor it is and what applies to it is told. Bits in no row are RES0 or left to software.

/** Which descriptor: what decides its layout. */
export interface DescriptorForm {
  readonly stage: 1 | 2;
  readonly kind: 'table' | 'block' | 'page' | 'invalid' | 'reserved';
  /** Where the bits of the input address that it does not resolve end: 12 for a 4 KiB page, 21 for a 2 MiB block. */
  readonly lsb: number;
  /** log2 of the granule. */
  readonly granule: 12 | 14 | 16;
  /** Addresses of more than 48 bits (FEAT_LPA2 with DS, or FEAT_LPA with 64 KiB). */
  readonly wide: boolean;
  /** Stage 1: the regime has unprivileged (EL0) permissions of its own. */
  readonly unprivileged: boolean;
  /** Stage 2: HCR_EL2.FWB gives MemAttr another meaning. */
  readonly forceWriteBack: boolean;
  /** Stage 2: execution is given to EL1 and EL0 apart (FEAT_XNX). */
  readonly executionByLevel: boolean;
}

export interface DescriptorField {
  readonly name: string;
  readonly msb: number;
  readonly lsb: number;
  /** What the value that is there means; '' where the name says it all. */
  readonly meaning: (value: number) => string;
  /** 1 what it is, 2 address, 3 permissions, 4 memory and bookkeeping. */
  readonly group: 1 | 2 | 3 | 4;
}

/** The fields of a descriptor from the top; nothing of a descriptor that is invalid or reserved counts but its type. */
export function descriptorFields(form: DescriptorForm): readonly DescriptorField[] {
  const { stage, kind } = form;
  const rows =
    kind === 'table'
      ? [...(stage === 1 ? stage1TableFields(form) : []), ...addressFields(form), TABLE_TYPE]
      : kind === 'block' || kind === 'page'
        ? [...(stage === 1 ? stage1LeafFields(form) : stage2LeafFields(form)), ...addressFields(form), TYPES[kind]]
        : [TYPES[kind]];
  return rows.toSorted((a, b) => b.msb - a.msb);
}

function row(
  bits: number | readonly [msb: number, lsb: number],
  name: string,
  group: DescriptorField['group'],
  meanings: readonly string[] | ((value: number) => string) = [],
): DescriptorField {
  const [msb, lsb] = typeof bits === 'number' ? [bits, bits] : bits;
  return { name, msb, lsb, group, meaning: typeof meanings === 'function' ? meanings : (value) => meanings[value] ?? '' };
}

const TABLE_TYPE = row([1, 0], 'type', 1, ['', '', '', 'table: the next level is read']);
const TYPES = {
  block: row([1, 0], 'type', 1, ['', 'block: the walk ends here']),
  page: row([1, 0], 'type', 1, ['', '', '', 'page: the walk ends here']),
  invalid: row([1, 0], 'type', 1, () => 'invalid: bit 0 is 0, nothing else counts'),
  reserved: row([1, 0], 'type', 1, () => 'reserved at this level: as invalid'),
} as const;

/** Where the address stands: above the granule or the block, with bits 51:48 apart in the wide formats. */
function addressFields({ kind, lsb, granule, wide }: DescriptorForm): DescriptorField[] {
  const table = kind === 'table';
  const name = table ? 'next table' : 'address';
  const low = table ? granule : lsb;
  if (!wide) return [row([47, low], name, 2)];
  if (granule === 16) return [row([47, low], name, 2), row([15, 12], `${name}[51:48]`, 2)];
  return [row([49, low], name, 2), row([9, 8], `${name}[51:50]`, 2)];
}

function stage1TableFields({ unprivileged }: DescriptorForm): DescriptorField[] {
  const writes = (value: number): string => (value & 2 ? 'nothing below is writable' : '');
  if (!unprivileged) {
    return [
      row(63, 'NSTable', 4),
      row(62, 'APTable', 3, (value) => writes(value << 1)),
      row(60, 'XNTable', 3, ['', 'nothing below is executable']),
    ];
  }
  return [
    row(63, 'NSTable', 4),
    row([62, 61], 'APTable', 3, (value) =>
      [writes(value), value & 1 ? 'EL0 has no access below' : ''].filter((part) => part !== '').join(', '),
    ),
    row(60, 'UXNTable', 3, ['', 'EL0 executes nothing below']),
    row(59, 'PXNTable', 3, ['', 'the privileged level executes nothing below']),
  ];
}

const AP_BOTH = [
  'the privileged level reads and writes',
  'every level reads and writes',
  'the privileged level reads',
  'every level reads',
];

function stage1LeafFields({ kind, unprivileged, granule, wide }: DescriptorForm): DescriptorField[] {
  return [
    ...(unprivileged
      ? [
          row(54, 'UXN', 3, ['EL0 may execute', 'EL0 may not execute']),
          row(53, 'PXN', 3, ['the privileged level may execute', 'the privileged level may not execute']),
        ]
      : [row(54, 'XN', 3, ['executable', 'not executable'])]),
    ...bookkeeping(kind),
    row(50, 'GP', 3, ['', 'guarded: an indirect branch must land on BTI']),
    ...(unprivileged ? [row(11, 'nG', 4, ['global', 'of this ASID'])] : []),
    ...shareability(granule, wide),
    unprivileged ? row([7, 6], 'AP', 3, AP_BOTH) : row(7, 'AP[2]', 3, ['readable and writable', 'readable']),
    row(5, 'NS', 4),
    row([4, 2], 'AttrIndx', 4, (value) => `memory type Attr${value} of MAIR`),
  ];
}

const S2AP = ['no access', 'readable', 'writable', 'readable and writable'];
const STAGE2_XN = ['EL1 and EL0 may execute', 'EL0 may execute', 'nobody may execute', 'EL1 may execute'];
const DEVICE = ['Device-nGnRnE', 'Device-nGnRE', 'Device-nGRE', 'Device-GRE'];
const CACHEABLE = ['', 'non-cacheable', 'write-through', 'write-back'];

function stage2LeafFields({ kind, forceWriteBack, executionByLevel, granule, wide }: DescriptorForm): DescriptorField[] {
  return [
    executionByLevel ? row([54, 53], 'XN', 3, STAGE2_XN) : row(54, 'XN', 3, ['executable', 'not executable']),
    ...bookkeeping(kind),
    row(11, 'FnXS', 4),
    ...shareability(granule, wide),
    row([7, 6], 'S2AP', 3, S2AP),
    row([5, 2], 'MemAttr', 4, forceWriteBack ? forcedMemAttr : memAttr),
  ];
}

function memAttr(value: number): string {
  if (value >> 2 === 0) return DEVICE[value] ?? '';
  const inner = CACHEABLE[value & 3];
  return inner === '' ? 'reserved' : `Normal, outer ${CACHEABLE[value >> 2]}, inner ${inner}`;
}

/** MemAttr with HCR_EL2.FWB = 1 (D8.6.6). */
function forcedMemAttr(value: number): string {
  if ((value & 4) === 0) return `${DEVICE[value & 3]}, whatever stage 1 says`;
  return (
    ['reserved', 'Normal non-cacheable, unless stage 1 says Device', 'Normal write-back', 'as stage 1 says'][value & 3] ?? ''
  );
}

function bookkeeping(kind: DescriptorForm['kind']): DescriptorField[] {
  return [
    row(52, 'Contiguous', 4, ['', 'one of a run that may share a TLB entry']),
    row(51, 'DBM', 4, ['', 'hardware may set the dirty state']),
    ...(kind === 'block' ? [row(16, 'nT', 4)] : []),
    row(10, 'AF', 4, ['not accessed yet', 'accessed']),
  ];
}

/** Where the address takes these bits, shareability comes from TCR or VTCR. */
function shareability(granule: number, wide: boolean): DescriptorField[] {
  if (wide && granule !== 16) return [];
  return [row([9, 8], 'SH', 4, ['non-shareable', 'reserved', 'outer shareable', 'inner shareable'])];
}
