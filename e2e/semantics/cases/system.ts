// Pointer authentication, waiting with a timeout, 128-bit system registers.
import { group } from '../notation.ts';

const KEYS =
  'APIAKeyHi_EL1=0x0123456789abcdef APIAKeyLo_EL1=0xfedcba9876543210 APDBKeyHi_EL1=0x0123456789abcdef APDBKeyLo_EL1=0xfedcba9876543210';
const ENABLED = `HCR_EL2.API=1 HCR_EL2.APK=1 SCTLR_EL1.EnIA=1 SCTLR_EL1.EnIB=1 SCTLR_EL1.EnDA=1 SCTLR_EL1.EnDB=1 ${KEYS} x1=0x1122334455667788`;

const QARMA5 = (level: number): string => `ID_AA64ISAR1_EL1.APA=${level} ID_AA64ISAR1_EL1.GPA=1`;
const QARMA3 = (level: number): string =>
  `ID_AA64ISAR1_EL1.APA=0 ID_AA64ISAR1_EL1.GPA=0 ID_AA64ISAR2_EL1.APA3=${level} ID_AA64ISAR2_EL1.GPA3=1`;

const VECTOR = 'APGAKeyHi_EL1=0x84be85ce9804e94b APGAKeyLo_EL1=0xec2802d4e0a488e9 x1=0xfb623599da6e8127 x2=0x477d469dec0b8762';

// Codes worked out with a separate program of the cipher, which gives the published vectors of QARMA-64 for 5, 6 and 7 rounds.

export const QARMA = group(
  'FEAT_PACQARMA3 and FEAT_PACQARMA5',
  ENABLED,
  `
  # J1.1.3 ComputePAC: the published vector, and three rounds with the other substitution
  pacga x0, x1, x2 | ${QARMA5(1)} ${VECTOR} | x0=0xc003b93900000000
  pacga x0, x1, x2 | ${QARMA3(1)} ${VECTOR} | x0=0xc8b7fdc100000000
  pacga x0, x1, x2 | ${QARMA5(1)} x1=0 x2=0 | x0=0x76243b9500000000
  pacga x0, x1, x2 | ${QARMA3(1)} x1=0 x2=0 | x0=0x10d058ee00000000
  # C6.2 PACIA, AUTIA
  pacia x0, x1 | ${QARMA3(1)} x0=0x40101234 | x0=0x2076000040101234
  autia x0, x1 | ${QARMA3(1)} x0=0x2076000040101234 | x0=0x40101234
  pacia x0, x1 | ${QARMA3(1)} x0=0xffff800040101234 | x0=0xb18d800040101234
  autia x0, x1 | ${QARMA3(1)} x0=0xb18d800040101234 | x0=0xffff800040101234
  # A code that does not match: 0b01 or 0b10 in bits 62:61
  autia x0, x1 | ${QARMA3(1)} x0=0x2076000040101235 | x0=0x2000000040101235
  autdb x0, x1 | ${QARMA3(1)} x0=0x2076000040101235 | x0=0x4000000040101235
  # An address that is none is signed such that it never authenticates
  pacia x0, x1 | ${QARMA3(1)} x0=0x0010000040101234 | x0=0x6076000040101234
  pacia x0, x1 | ${QARMA3(2)} x0=0x0010000040101234 | x0=0x40101234
  # With tags the top byte is kept
  pacia x0, x1 | ${QARMA3(1)} TCR_EL1.TBI0=1 x0=0x2a00000040101234 | x0=0x2a47000040101234
  pacda x0, x1 | ${QARMA3(1)} TCR_EL1.TBI0=1 APDAKeyHi_EL1=0x0123456789abcdef APDAKeyLo_EL1=0xfedcba9876543210 x0=0x2a00000040101234 | x0=0x2a47000040101234
`,
);

export const PAUTH2 = group(
  'FEAT_PAuth2, FEAT_FPAC, FEAT_FPACCOMBINE, FEAT_EPAC',
  ENABLED,
  `
  # J1.1.3 AddPAC and Auth with FEAT_PAuth2: the code is combined by exclusive OR
  pacia x0, x1 | ${QARMA5(3)} x0=0x40101234 | x0=0x5a6a000040101234
  pacia x0, x1 | ${QARMA5(3)} x0=0xffff800040101234 | x0=0x57d7800040101234
  autia x0, x1 | ${QARMA5(3)} x0=0x57d7800040101234 | x0=0xffff800040101234
  pacia x0, x1 | ${QARMA5(3)} x0=0x0010000040101234 | x0=0x5a7a000040101234
  autia x0, x1 | ${QARMA5(3)} x0=0x5a7a000040101234 | x0=0x0010000040101234
  pacia x0, x1 | ${QARMA3(3)} x0=0xffff800040101234 | x0=0x4ef2800040101234
  # A wrong modifier gives a pointer that is no address
  autia x0, x1 | ${QARMA5(3)} x0=0x5a6a000040101234 x1=0x1122334455667789 | x0=0x1228000040101234
  # FEAT_FPAC: exception class 0x1c, ISS data and key
  autia x0, x1 | ${QARMA5(4)} x0=0x5a6a000040101234 x1=0x1122334455667789 | to=1 ec=0x1c iss=0 at=0
  autib x0, x1 | ${QARMA5(4)} x0=0x5a6a000040101235 | to=1 ec=0x1c iss=1
  autda x0, x1 | ${QARMA5(4)} x0=0x5a6a000040101235 | to=1 ec=0x1c iss=2
  autdb x0, x1 | ${QARMA5(4)} x0=0x5a6a000040101235 | to=1 ec=0x1c iss=3
  autia x0, x1 | ${QARMA3(4)} x0=0x2076000040101234 | x0=0x40101234
  autia x0, x1 | ${QARMA5(4)} el=0 x0=0x5a6a000040101235 | to=1 ec=0x1c iss=0
  # ... and not for what authenticates as part of something else
  ldraa x2, [x0] | ${QARMA5(4)} x0=D | to=1 ec=0x25 iss=0
  # FEAT_FPACCOMBINE: for those too
  ldraa x2, [x0] | ${QARMA5(5)} x0=D | to=1 ec=0x1c iss=2
  braa x0, x1 | ${QARMA5(5)} x0=0x5a6a000040101235 | to=1 ec=0x1c iss=0 at=0
  # FEAT_EPAC: no code at all for an address that is none
  pacia x0, x1 | ${QARMA5(2)} x0=0x0010000040101234 | x0=0x40101234
  # FEAT_CONSTPACFIELD: bit 55 tells the halves apart, also without tags
  pacia x0, x1 | ${QARMA5(3)} ID_AA64ISAR2_EL1.PAC_frac=1 x0=0x8000000040101234 | x0=0xda6a000040101234
  # A key that is not enabled leaves the pointer; HCR_EL2.API traps when it is
  autia x0, x1 | ${QARMA5(4)} SCTLR_EL1.EnIA=0 x0=0x5a6a000040101235 |
  autia x0, x1 | ${QARMA5(4)} HCR_EL2.API=0 x0=0x5a6a000040101235 | to=2 ec=0x09 iss=0
`,
);

export const WFXT = group(
  'FEAT_WFxT',
  '',
  `
  # C6.2 WFIT, WFET: past the time there is nothing to wait for
  wfit x0 | x0=0 |
  wfet x0 | x0=0 |
  # Until CNTVCT_EL0 is at least the operand: 16 instructions a tick
  wfit x0 | x0=100 | waits=1600
  wfet x5 | x5=100 | waits=1600
  # CNTVOFF_EL2 counts
  wfit x0 | x0=100 CNTVOFF_EL2=-50 | waits=800
  wfit x0 | x0=100 CNTVOFF_EL2=50 |
  # An event ends a WFET before it waits
  sevl ; wfet x0 | x0=100 |
  # D24.2 ISS of WFx: TI, and the register (RN, RV)
  wfit x5 | x5=100 HCR_EL2.TWI=1 | to=2 ec=0x01 iss=0x1e000a6 at=0
  wfet x30 | x30=100 HCR_EL2.TWE=1 | to=2 ec=0x01 iss=0x1e003c7
  wfit x5 | el=0 x5=100 SCTLR_EL1.nTWI=0 | to=1 ec=0x01 iss=0x1e000a6
  wfet x5 | el=0 x5=100 SCTLR_EL1.nTWE=0 | to=1 ec=0x01 iss=0x1e000a7
  # No trap where it would not wait
  wfit x5 | x5=0 HCR_EL2.TWI=1 |
`,
);

export const D128 = group(
  'FEAT_SYSREG128',
  '',
  `
  # C6.2 MRRS, MSRR: UNDEFINED without the feature, which no processor here announces
  mrrs x0, x1, ttbr0_el1 | | undefined
  msrr ttbr0_el1, x0, x1 | | undefined
`,
);
