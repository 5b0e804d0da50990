import { describe, expect, test } from 'vitest';
import {
  decodeSyndrome,
  type El,
  EXCEPTION_CLASSES,
  encodeSyndrome,
  fieldGroups,
  fieldValues,
  likelyEl,
  type Syndrome,
} from './index.ts';
import { holds, ISS_LAYOUTS, ISS2_LAYOUTS, iss2Layout, issLayout, type Layout } from './layouts.ts';

/** The fields other than RES0 as `NAME=value`, ISS2 behind a bar where it is not 0, warnings behind an exclamation mark. */
function shown({ iss, iss2, warnings }: Syndrome): string {
  const list = (fields: Syndrome['iss']['fields']) =>
    fields
      .filter(({ name }) => name !== 'RES0')
      .map(({ name, value }) => `${name}=${value}`)
      .join(' ');
  const second = iss2.value === 0 ? [] : ['|', list(iss2.fields)];
  return [list(iss.fields), ...second, ...warnings.map(({ text }) => `! ${text}`)].filter((part) => part !== '').join(' ');
}

describe('fields and warnings', () => {
  test.each<[bigint, El, string]>([
    [0x93258005n, 2, 'ISV=1 SAS=0 SSE=1 SRT=5 SF=1 AR=0 VNCR=0 LST=0 FnV=0 EA=0 CM=0 S1PTW=0 WnR=0 DFSC=5'],
    [0x92000005n, 2, 'ISV=0 TopLevel=0 FnP=0 VNCR=0 LST=0 FnV=0 EA=0 CM=0 S1PTW=0 WnR=0 DFSC=5'],
    // TopLevel and VNCR are not in ESR_EL1; an external abort has WU, PFV and SET, and no LST.
    [0x96020050n, 1, 'ISV=0 WU=2 FnP=0 PFV=0 SET=0 FnV=0 EA=0 CM=0 S1PTW=0 WnR=1 DFSC=16'],
    [0x92000061n, 2, 'ISV=0 TopLevel=0 FnP=0 VNCR=0 FnV=0 EA=0 CM=0 S1PTW=0 WnR=1 DFSC=33'],
    [0x82000210n, 1, 'PFV=0 SET=0 FnV=0 EA=1 S1PTW=0 IFSC=16'],
    [0xbe000411n, 1, 'IDS=0 ELS=0 WU=0 VFV=0 PFV=0 IESB=0 AET=1 EA=0 WnRV=0 WnR=0 DFSC=17'],
    [0xbf123456n, 1, 'IDS=1 IMPDEF=1193046'],
    [0xb6200e20n, 1, 'ExType=2 Raddr=3 Rvalue=17'],
    [0xb6100000n, 1, 'ExType=1'],
    [0xcf000062n, 1, 'ISV=1 EX=1 IFSC=34'],
    [0x4fe80000n, 2, 'CV=1 COND=14 CCKNOWNPASS=1'],
    [
      0x22_9200_004fn,
      2,
      'ISV=0 TopLevel=0 FnP=0 VNCR=0 LST=0 FnV=0 EA=0 CM=0 S1PTW=0 WnR=1 DFSC=15 | HDBSSF=0 TnD=0 TagAccess=0 GCS=0 AssuredOnly=0 Overlay=0 DirtyBit=1 Xs=2 ! ISS2.Xs is 2, and reserved (0) here.',
    ],
    // What the architecture does not allow.
    [
      0x90000045n,
      2,
      'ISV=0 TopLevel=0 FnP=0 VNCR=0 LST=0 FnV=0 EA=0 CM=0 S1PTW=0 WnR=1 DFSC=5 ! IL is 0; with ISV 0 this class always has IL 1.',
    ],
    [0x91830007n, 2, 'ISV=1 SAS=2 SSE=0 SRT=3 SF=0 AR=0 VNCR=0 LST=0 FnV=0 EA=0 CM=0 S1PTW=0 WnR=0 DFSC=7'],
    [0x00000000n, 1, '! IL is 0; this class always has IL 1.'],
    [
      0x60000000n,
      2,
      'Op0=0 Op2=0 Op1=0 CRn=0 Rt=0 CRm=0 Direction=0 ! IL is 0; an AArch64 instruction is always 32 bits long, so IL is 1.',
    ],
    [0x02000004n, 2, '! Reserved bits ISS[24:0] are set.'],
    [0x0100000002000000n, 2, '! Reserved bits 63:56 are set.'],
    [0x0000000162000000n, 2, 'Op0=0 Op2=0 Op1=0 CRn=0 Rt=0 CRm=0 Direction=0 | ! Reserved bits ISS2[23:0] are set.'],
    [0x76000005n, 2, 'SMTC=5 ! ISS.SMTC holds a reserved value, 0x5.'],
    [0x82000011n, 1, 'EA=0 S1PTW=0 IFSC=17 ! ISS.IFSC holds a reserved value, 0x11.'],
    [0x6a000001n, 2, 'ERET=0 ERETA=1 ! ISS.ERETA is 1, and reserved (0) here.'],
    [0x1be25068n, 2, 'CV=1 COND=14 imm8=37 Rn=3 Offset=0 AM=4 Direction=0 ! ISS.AM holds a reserved value, 0x4.'],
    [0x5a000000n, 1, 'imm16=0 ! This class is found in ESR_EL2 or ESR_EL3 only; in ESR_EL1 its EC is reserved.'],
    [0x0aabcdefn, 2, 'ISS=11259375 ! EC 0x02 is a reserved exception class.'],
  ])('0x%s at EL%s', (value, el, expected) => {
    expect(shown(decodeSyndrome(value, el))).toBe(expected);
  });

  test('a reserved class keeps all its bits', () => {
    const syndrome = decodeSyndrome(0x00abcdef_0b000001n, 2);
    expect(syndrome.class).toBeUndefined();
    expect(syndrome.iss.fields).toMatchObject([{ name: 'ISS', msb: 24, lsb: 0, value: 0x1000001 }]);
    expect(syndrome.iss2.fields).toMatchObject([{ name: 'ISS2', msb: 23, lsb: 0, value: 0xabcdef }]);
  });
});

describe('instruction and sentence', () => {
  // By packed encoding: 3 0 2 0 0, 1 3 7 11 1, 1 0 8 3 0.
  const names: Readonly<Record<number, string>> = { 49408: 'TTBR0_EL1', 23513: 'DC CVAU', 17432: 'TLBI VMALLE1IS' };

  test.each<[bigint, El, string | undefined, string]>([
    [0x93258005n, 2, 'ldrsb x5, […]', 'A load of one signed byte into x5 met no stage 2 entry at level 1.'],
    [0x93000046n, 2, 'strb w0, […]', 'A store of one byte from w0 met no stage 2 entry at level 2.'],
    [0x93dfc047n, 2, 'stlr xzr, […]', 'A store of one doubleword from xzr met no stage 2 entry at level 3.'],
    [0x9368c005n, 2, 'ldapursh x8, […]', 'A load of one signed halfword into x8 met no stage 2 entry at level 1.'],
    [0x93a38005n, 2, 'ldrsw x3, […]', 'A load of one signed word into x3 met no stage 2 entry at level 1.'],
    // No instruction sign-extends a word into 32 bits.
    [0x93a30005n, 2, undefined, 'A load of one signed word into w3 met no stage 2 entry at level 1.'],
    [
      0x593c89847n,
      2,
      'st64bv0 x5, x8, […]',
      'A 64-byte store from x8 and the seven registers after it met no valid table entry at level 3.',
    ],
    [0x92000005n, 2, undefined, 'A read met no valid table entry at level 1.'],
    [0x96000047n, 1, undefined, 'A write met no stage 1 entry at level 3.'],
    [0x920000c7n, 2, undefined, 'The stage 1 walk of a write met no stage 2 entry at level 3.'],
    [0x96002046n, 2, undefined, 'A write through VNCR_EL2 met no stage 1 entry at level 2.'],
    [
      0x9200014fn,
      2,
      undefined,
      'A cache maintenance or address translation instruction was not permitted by the table entry at level 3.',
    ],
    [0x96000010n, 1, undefined, 'A read was answered with a synchronous external abort.'],
    [0x96000061n, 1, undefined, 'A write was not aligned.'],
    [0x92000019n, 2, undefined, 'A read was refused with the reserved fault status code 0x19.'],
    [0x8600000fn, 1, undefined, 'An instruction fetch was not permitted by the stage 1 entry at level 3.'],
    [0x62303c85n, 2, 'mrs x4, s3_0_c15_c2_0', 'A read of S3_0_C15_C2_0 into x4 was trapped.'],
    [0x623008e0n, 2, 'msr ttbr0_el1, x7', 'A write of x7 to TTBR0_EL1 was trapped.'],
    [0x6212dcb6n, 2, 'dc cvau, x5', 'The System instruction dc cvau, x5 was trapped.'],
    [0x621023e6n, 2, 'tlbi vmalle1is', 'The System instruction tlbi vmalle1is was trapped.'],
    [0x62101cb0n, 2, 'sys #0, c7, c8, #0, x5', 'The System instruction sys #0, c7, c8, #0, x5 was trapped.'],
    [0x620ed3e4n, 1, 'msr daifclr, #0x2', 'The System instruction msr daifclr, #0x2 was trapped.'],
    [0x52300801n, 2, 'mrrs x0, x1, ttbr0_el1', 'A read of TTBR0_EL1 into x0 and x1 was trapped.'],
    [0x07e00000n, 2, 'wfi', 'The instruction wfi was trapped.'],
    [0x07e000e7n, 2, 'wfet x7', 'The instruction wfet x7 was trapped.'],
    [0x07100001n, 2, 'wfene', 'The instruction wfene was trapped.'],
    [
      0x1712d409n,
      2,
      'mrcne p14, 3, r0, c5, c4, 1',
      'A read of an AArch32 System register was trapped: mrcne p14, 3, r0, c5, c4, 1.',
    ],
    [0x13e505c4n, 2, 'mcrr p15, 5, lr, r1, c2', 'A write of an AArch32 System register was trapped: mcrr p15, 5, lr, r1, c2.'],
    [0x1be25073n, 2, 'ldc p14, c5, [r3], #148', 'The instruction ldc p14, c5, [r3], #148 was trapped.'],
    [0x1be25067n, 2, 'ldc p14, c5, [r3, #-148]!', 'The instruction ldc p14, c5, [r3, #-148]! was trapped.'],
    [0x23e1d8c1n, 2, 'vmrs r6, MVFR1', 'The instruction vmrs r6, MVFR1 was trapped.'],
    [0x5a000000n, 2, 'hvc #0x0', 'A hypervisor call with immediate 0.'],
    [0x5e00ffffn, 2, 'smc #0xffff', 'A secure monitor call with immediate 0xffff was trapped.'],
    [0xf2000900n, 1, 'brk #0x900', 'A breakpoint instruction with immediate 0x900.'],
    [0x6a000003n, 2, 'eretab', 'The instruction eretab was trapped.'],
    [0x2a000001n, 2, 'st64bv0', 'The instruction st64bv0 was trapped.'],
    [
      0x9e561d91n,
      1,
      'cpye* [x7]!, [x12]!, x17!',
      'A memory copy instruction found its registers in the other format: cpye* [x7]!, [x12]!, x17!.',
    ],
    [0xb60003c0n, 1, 'ret', 'The Guarded Control Stack check of ret failed.'],
    [
      0xb6200e20n,
      1,
      'gcsstr or gcssttr x17, [x3]',
      'A store to the Guarded Control Stack was trapped: gcsstr or gcssttr x17, [x3].',
    ],
    [0x72000003n, 1, undefined, 'A pointer failed its authentication with data key B.'],
    [
      0xb280009fn,
      1,
      undefined,
      'A floating-point exception was trapped: invalid operation, division by zero, overflow, underflow, inexact result, input denormal.',
    ],
    [0xbe000411n, 1, undefined, 'An asynchronous SError; state after the error: unrecoverable (UEU).'],
    [0xd20a0062n, 1, undefined, 'A write hit watchpoint 2.'],
    [0x02000000n, 2, undefined, 'An undefined instruction, or another exception that has no class of its own.'],
    [0x0b000000n, 2, undefined, 'Exception class 0x02 is reserved: no exception is reported with it.'],
  ])('0x%s at EL%s', (value, el, instruction, summary) => {
    const syndrome = decodeSyndrome(value, el, (encoding) => names[encoding]);
    expect(syndrome.instruction).toBe(instruction);
    expect(syndrome.summary).toBe(summary);
  });
});

// A linear congruential generator: the same values in every run.
function* randomNumbers(): Generator<bigint, never, undefined> {
  let state = 0x1234_5678n;
  for (;;) {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffff_ffff_ffff_ffffn;
    yield state >> 8n;
  }
}

function covers(fields: Syndrome['iss']['fields'], width: number): boolean {
  let next = width - 1;
  for (const { msb, lsb, value } of fields) {
    if (msb !== next || lsb > msb || value < 0 || value >= 2 ** (msb - lsb + 1)) return false;
    next = lsb - 1;
  }
  return next === -1;
}

test('any value of any class: every bit is covered, nothing is lost, and a sentence is said', () => {
  const random = randomNumbers();
  for (let ec = 0n; ec < 64n; ec++) {
    for (let round = 0; round < 300; round++) {
      // Sparse values reach the layouts that depend on a field being 0.
      let value = random.next().value & (round % 3 === 0 ? 0x01ff_ffffn : random.next().value & 0x01ff_ffffn);
      if (round % 4 === 0) value |= (random.next().value & 0xffff_ffffn) << 32n;
      if (round % 8 !== 0) value |= 1n << 25n;
      value |= ec << 26n;
      const el = ((round % 3) + 1) as El;
      const syndrome = decodeSyndrome(value, el);
      expect(covers(syndrome.iss.fields, 25) && covers(syndrome.iss2.fields, 24)).toBe(true);
      expect(encodeSyndrome(fieldValues(syndrome), el)).toEqual({ ok: true, value });
      expect(syndrome.summary).toMatch(/^[A-Z].*[^.]\.$/);
      expect(`${syndrome.summary}${syndrome.instruction}`).not.toMatch(/undefined\b.*was|NaN|\[object/);
      const drawn = fieldGroups(syndrome);
      expect(drawn.reduce((sum, { lsb, value: own }) => sum + (BigInt(own) << BigInt(lsb)), 0n)).toBe(value);
      expect(drawn.reduce((bits, { msb, lsb }) => bits + msb - lsb + 1, 0)).toBe(64);
    }
  }
});

describe('the tables', () => {
  const layouts: [string, number, Layout][] = [
    ...Object.keys(ISS_LAYOUTS).map((format): [string, number, Layout] => [
      format,
      25,
      issLayout(format as keyof typeof ISS_LAYOUTS),
    ]),
    ...Object.keys(ISS2_LAYOUTS).map((format): [string, number, Layout] => [
      `${format} ISS2`,
      24,
      iss2Layout(format as keyof typeof ISS2_LAYOUTS),
    ]),
  ];

  test.each(layouts)(
    '%s: fields fit, are in order, and overlap only where their conditions exclude each other',
    (_, width, layout) => {
      for (const [name, row] of layout) {
        expect([name, row.msb < width, row.lsb >= 0, row.lsb <= row.msb]).toEqual([name, true, true, true]);
        for (const value of Object.keys(row.values ?? {})) expect(Number(value)).toBeLessThan(2 ** (row.msb - row.lsb + 1));
      }
      const starts = layout.map(([, row]) => row.msb);
      expect(starts).toEqual(starts.toSorted((a, b) => b - a));
      for (const [name, row] of layout) {
        for (const [other, otherRow] of layout) {
          if (name === other || row.msb < otherRow.lsb || otherRow.msb < row.lsb) continue;
          const common = Object.keys(row.when ?? {}).filter((key) => otherRow.when?.[key] !== undefined);
          const excluded = common.some((key) =>
            row.when?.[key]?.every((value) => otherRow.when?.[key]?.includes(value) === false),
          );
          expect([name, other, excluded]).toEqual([name, other, true]);
        }
      }
    },
  );

  test.each(EXCEPTION_CLASSES)('$name: names are unique over ISS and ISS2, and conditions name fields that are there', (row) => {
    const both = [...issLayout(row.iss), ...iss2Layout(row.iss2)];
    const names = both.map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const [, field] of both) {
      for (const condition of [field.when, field.res0Unless, field.reserved?.when]) {
        for (const controlling of Object.keys(condition ?? {})) expect(['EL', ...names]).toContain(controlling);
      }
    }
    expect(row.els.length).toBeGreaterThan(0);
  });

  test('classes stand once and in order', () => {
    const numbers = EXCEPTION_CLASSES.map(({ ec }) => ec);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(EXCEPTION_CLASSES).toHaveLength(49);
  });

  test('a condition needs all its fields', () => {
    const get = (name: string) => ({ A: 1, B: 2 })[name] ?? 0;
    expect(holds({ A: [1], B: [2, 3] }, get)).toBe(true);
    expect(holds({ A: [1], B: [3] }, get)).toBe(false);
    expect(holds(undefined, get)).toBe(true);
  });
});

test('the level that a class is likely reported to', () => {
  expect([0x93258005n, 0x7a030028n, 0x7e000000n, 0x0b000000n].map(likelyEl)).toEqual([2, 3, 3, 2]);
});
