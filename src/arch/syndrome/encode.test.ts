import { expect, test } from 'vitest';
import {
  EC,
  encodeSyndrome,
  esr,
  type FieldInput,
  iss,
  iss2,
  issDataAbort,
  issFpAccess,
  issImm16,
  issInstructionAbort,
  issSysReg,
  issWfx,
} from './index.ts';

/** The register in hex, or the mistakes. */
function encoded(fields: Record<string, FieldInput>, el: 1 | 2 | 3 = 2): string {
  const result = encodeSyndrome(fields, el);
  return result.ok
    ? `0x${result.value.toString(16)}`
    : result.error.map(({ field, message }) => `${field}: ${message}`).join('\n');
}

test.each<[Record<string, FieldInput>, string]>([
  [{ EC: 0x24, ISV: 1, SSE: 1, SRT: 5, SF: 1, DFSC: 5 }, '0x93258005'],
  [
    { EC: '0x24', ISV: 1n, SAS: 'Byte', SSE: '0b1', SRT: 'x5', SF: '64-bit register', DFSC: 'Translation fault, level 1' },
    '0x93258005',
  ],
  [{ EC: 'DataAbortLowerEl', IL: 0, DFSC: 5, WnR: 1 }, '0x90000045'],
  [{ EC: 0x18, Op0: 3, CRn: 15, CRm: 2, Rt: 4, Direction: 1 }, '0x62303c85'],
  [{ EC: 0x24, ISV: 1, SAS: 3, SF: 1, SRT: 8, LST: 3, WnR: 1, DFSC: 7, Xs: 5 }, '0x593c89847'],
  [{ EC: 1, CV: 1, COND: 'al', TI: 'WFE' }, '0x7e00001'],
  [{ EC: 0x2f, IDS: 1, IMPDEF: 0x123456 }, '0xbf123456'],
  [{ EC: 0x24, ISS: 0x1258005 }, '0x93258005'],
  [{ EC: 0x0a, ISS: 2 }, '0x2a000002'],
  [{ EC: 0x02, ISS: 1, ISS2: 2 }, '0x20a000001'],
  [{ EC: 0, 'RES0[2]': 1, 'RES0[63:56]': 0xff, 'RES0[55:32]': 1 }, '0xff00000102000004'],
  [{ ISV: 1 }, 'EC: EC is missing: the exception class decides which fields there are.'],
  [{ EC: 64 }, 'EC: EC is a number from 0 to 0x3f, or the name of a class; 64 is neither.'],
  [{ EC: 0x24, IL: 2 }, 'IL: IL is one bit; 2 does not fit.'],
  [{ EC: 0x16, imm16: 0x10000 }, 'imm16: imm16 has 16 bits; 65536 does not fit.'],
  [{ EC: 0x16, imm16: -1 }, 'imm16: imm16 has 16 bits; -1 does not fit.'],
  [{ EC: 0x16, imm16: 'many' }, 'imm16: imm16 takes a number; many is none.'],
  [{ EC: 0x16, ISV: 1 }, 'ISV: There is no field ISV in class 0x16, HVC from AArch64; it has imm16.'],
  [{ EC: 0x26, WnR: 1 }, 'WnR: There is no field WnR: the class 0x26, SP alignment fault has none.'],
  [{ EC: 0x24, isv: 1 }, 'isv: There is no field isv; it is written ISV.'],
  [{ EC: 0x24, SAS: 2 }, 'SAS: SAS is not in this layout: it needs ISV 1.'],
  [{ EC: 0x2d, ExType: 1, IT: 1 }, 'IT: IT is not in this layout: it needs ExType 0.'],
  [{ EC: 0x24, ISS: 1, WnR: 1 }, 'WnR: WnR is a part of ISS, which is given as a whole.'],
  [{ EC: 0x24, ISS: 2 ** 25 }, 'ISS: ISS is a number of 25 bits; 33554432 does not fit.'],
  [{ EC: 0x24, 'RES0[6]': 1 }, 'RES0[6]: Bits 6:6 are not reserved: they hold WnR.'],
  [{ EC: 0x24, 'RES0[70:60]': 1 }, 'RES0[70:60]: RES0[70:60] is no range of bits of the register.'],
  [
    { EC: 0x24, WnR: 2, FOO: 1 },
    'WnR: WnR has 1 bit; 2 does not fit.\nFOO: There is no field FOO in class 0x24, Data Abort from a lower EL; it has ISV SAS SSE TopLevel SRT WU SF FnP AR PFV VNCR LST SET FnV EA CM S1PTW WnR DFSC HDBSSF TnD TagAccess GCS AssuredOnly Overlay DirtyBit Xs.',
  ],
])('%o', (fields, expected) => {
  expect(encoded(fields)).toBe(expected);
});

test('a layout may differ by level', () => {
  expect(encoded({ EC: 0x25, TopLevel: 1 }, 2)).toBe('0x96200000');
  expect(encoded({ EC: 0x25, TopLevel: 1 }, 1)).toBe('TopLevel: TopLevel is not in this layout: it needs EL 2 and ISV 0.');
});

test.each([
  [0x93258005n, esr(EC.DataAbortLowerEl, 1, issDataAbort({ ISV: 1, SAS: 0, SSE: 1, SRT: 5, SF: 1, DFSC: 0x05 }))],
  [0x93dcc047n, esr(EC.DataAbortLowerEl, 1, issDataAbort({ ISV: 1, SAS: 3, SRT: 28, SF: 1, AR: 1, WnR: 1, DFSC: 0x07 }))],
  [0x92000045n, esr(EC.DataAbortLowerEl, 1, issDataAbort({ WnR: 1, DFSC: 0x05 }))],
  [0x8600000fn, esr(EC.InstructionAbortSameEl, 1, issInstructionAbort({ IFSC: 0x0f }))],
  [0x623c02edn, esr(EC.SystemRegister, 1, issSysReg({ op0: 3, op1: 0, crn: 0, crm: 6, op2: 6, rt: 23, isRead: true }))],
  [0x07e00000n, esr(EC.Wfx, 1, issWfx(0))],
  [0x07e000e7n, esr(EC.Wfx, 1, issWfx(3, 7))],
  [0x5a00ffffn, esr(EC.HvcAArch64, 1, issImm16(0xffff))],
  [0x1fe00000n, esr(EC.FpAccess, 1, issFpAccess())],
  [0x6a000002n, esr(EC.Eret, 1, iss('eret', { ERET: 1 }))],
  [
    0x593c89847n,
    esr(
      EC.DataAbortLowerEl,
      1,
      issDataAbort({ ISV: 1, SAS: 3, SRT: 8, SF: 1, LST: 3, WnR: 1, DFSC: 7 }),
      iss2('dataAbort', { Xs: 5 }),
    ),
  ],
  [0x00ff_ffff_ffff_ffffn, esr(0x3f, 1, 0x1ff_ffff, 0xff_ffff)],
])('builders give 0x%s', (expected, built) => {
  expect(built).toBe(expected);
});

test('a builder refuses what the layout does not hold', () => {
  expect(() => issDataAbort({ ISV: 0, SAS: 2 })).toThrow('SAS is not in this layout');
  expect(() => issDataAbort({ SRT: 32, ISV: 1 })).toThrow('SRT does not hold 32');
  expect(() => esr(64, 1, 0)).toThrow('EC 64');
  // @ts-expect-error the compiler refuses a name that the layout does not have
  expect(() => issDataAbort({ IFSC: 5 })).toThrow('no field IFSC');
});
