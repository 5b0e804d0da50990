import { describe, expect, test } from 'vitest';
import { encodingName, operationByName, packEncoding, registerByName, sysreg } from '#arch/sysreg';
import type { AccessDecision } from './system-access.ts';
import { ALL, BASE, State } from './test-state.ts';
import { createTraps } from './traps.ts';

const all = createTraps(ALL);
const base = createTraps(BASE);

/** `read CTR_EL0` at an Exception level with controls set: `ok …`, `undefined …` or `EL2 0x18 HCR_EL2.TID2`. */
function check(text: string, el: 0 | 1 | 2, settings: Readonly<Record<string, number>>, expected: string, traps = all): void {
  const [verb, ...rest] = text.split(' ');
  const name = rest.join(' ');
  const encoding = registerByName(name)?.encoding ?? operationByName(name)?.encoding;
  expect(encoding, name).toBeDefined();
  const decision = traps.access(new State(el, settings), {
    encoding: encoding!,
    direction: verb === 'read' ? 'read' : 'write',
    rt: 3,
  });
  expect(describeDecision(decision), `${text} at EL${el} with ${JSON.stringify(settings)}`).toBe(expected);
}

function describeDecision(decision: AccessDecision): string {
  if (decision.kind === 'undefined') return `undefined: ${decision.cause[0]!.rule}`;
  if (decision.kind === 'trap') {
    const facts = decision.cause
      .map((fact) => (fact.register === '' ? 'by itself' : `${fact.register}.${fact.field}=${fact.value}`))
      .join(' ');
    return `EL${decision.target} 0x${decision.ec.toString(16)} ${facts}`;
  }
  const { target } = decision;
  if (target.kind === 'memory') return `ok memory 0x${target.offset.toString(16)}`;
  return target.kind === 'zero' ? 'ok zero' : `ok ${target.row.name}`;
}

describe('the order of the manual', () => {
  test('CTR_EL0 from EL0: SCTLR_EL1.UCT before HCR_EL2.TID2', () => {
    check('read CTR_EL0', 0, { 'SCTLR_EL1.UCT': 0, 'HCR_EL2.TID2': 1 }, 'EL1 0x18 SCTLR_EL1.UCT=0x0');
    check('read CTR_EL0', 0, { 'SCTLR_EL1.UCT': 1, 'HCR_EL2.TID2': 1 }, 'EL2 0x18 HCR_EL2.TID2=0x1');
    check('read CTR_EL0', 0, { 'SCTLR_EL1.UCT': 1 }, 'ok CTR_EL0');
    check('read CTR_EL0', 1, { 'HCR_EL2.TID2': 1 }, 'EL2 0x18 HCR_EL2.TID2=0x1');
    check('read CTR_EL0', 2, { 'HCR_EL2.TID2': 1 }, 'ok CTR_EL0');
  });

  test('CTR_EL0 from EL0 under a host: SCTLR_EL2.UCT alone', () => {
    const host = { 'HCR_EL2.E2H': 1, 'HCR_EL2.TGE': 1, 'HCR_EL2.TID2': 1 };
    check('read CTR_EL0', 0, host, 'EL2 0x18 SCTLR_EL2.UCT=0x0 HCR_EL2.E2H=0x1 HCR_EL2.TGE=0x1');
    check('read CTR_EL0', 0, { ...host, 'SCTLR_EL2.UCT': 1 }, 'ok CTR_EL0');
    check('read CTR_EL0', 0, { 'HCR_EL2.TGE': 1 }, 'EL2 0x18 SCTLR_EL1.UCT=0x0 HCR_EL2.TGE=0x1');
  });

  test('UNDEFINED before any trap: direction, level, feature', () => {
    const traps = { 'HCR_EL2.TID3': 1, 'HCR_EL2.TVM': 1, 'HCR_EL2.NV': 0 };
    check('write ID_AA64PFR0_EL1', 1, traps, 'undefined: ID_AA64PFR0_EL1 write');
    check('read ID_AA64PFR0_EL1', 1, traps, 'EL2 0x18 HCR_EL2.TID3=0x1');
    check('write SCTLR_EL1', 0, traps, 'undefined: SCTLR_EL1 level');
    check('write HCR_EL2', 1, traps, 'undefined: HCR_EL2 level');
    check('read GMID_EL1', 1, { 'HCR_EL2.TID5': 1 }, 'undefined: GMID_EL1 feature', base);
    check('read SCR_EL3', 2, {}, 'undefined: SCR_EL3 level');
    // Written at the highest level only, which is EL2 here.
    check('write CNTFRQ_EL0', 1, {}, 'undefined: CNTFRQ_EL0 level');
    check('write CNTFRQ_EL0', 2, {}, 'ok CNTFRQ_EL0');
  });

  test('ID registers from EL0: FEAT_IDST decides between a trap and UNDEFINED', () => {
    check('read ID_AA64PFR0_EL1', 0, {}, 'EL1 0x18 by itself');
    check('read ID_AA64PFR0_EL1', 0, { 'HCR_EL2.TGE': 1 }, 'EL2 0x18 by itself HCR_EL2.TGE=0x1');
    check('read ID_AA64PFR0_EL1', 0, {}, 'undefined: ID_AA64PFR0_EL1 level', base);
    // All reads of that space that are UNDEFINED, at every level.
    const idst = createTraps(new Set([...BASE, 'FEAT_IDST']));
    check('read CCSIDR2_EL1', 1, {}, 'EL1 0x18 by itself', idst);
    check('read CCSIDR2_EL1', 2, {}, 'EL2 0x18 by itself', idst);
    check('read GMID_EL1', 1, {}, 'EL1 0x18 by itself', idst);
    check('write CTR_EL0', 0, {}, 'undefined: CTR_EL0 write', idst);
  });

  test('two controls that say the same: the one listed first is the cause', () => {
    check('read CCSIDR_EL1', 1, { 'HCR_EL2.TID2': 1, 'HCR_EL2.TID4': 1 }, 'EL2 0x18 HCR_EL2.TID2=0x1');
    check('read CCSIDR_EL1', 1, { 'HCR_EL2.TID4': 1 }, 'EL2 0x18 HCR_EL2.TID4=0x1');
    check('read CCSIDR_EL1', 1, { 'HCR_EL2.TID4': 1 }, 'ok CCSIDR_EL1', base);
  });
});

describe('controls', () => {
  test('CPACR_EL1 and both layouts of CPTR_EL2', () => {
    check('read FPCR', 1, { CPACR_EL1: 0x100000 }, 'ok FPCR');
    check('read FPCR', 0, { CPACR_EL1: 0x100000 }, 'EL1 0x7 CPACR_EL1.FPEN=0x1');
    check('read FPCR', 1, { CPACR_EL1: 0x200000 }, 'EL1 0x7 CPACR_EL1.FPEN=0x2');
    check('read FPCR', 1, { CPTR_EL2: 1 << 10 }, 'EL2 0x7 CPTR_EL2.TFP=0x1');
    check('read FPCR', 2, { CPTR_EL2: 1 << 10 }, 'EL2 0x7 CPTR_EL2.TFP=0x1');
    check('read FPCR', 2, { CPTR_EL2: 0, 'HCR_EL2.E2H': 1 }, 'EL2 0x7 CPTR_EL2.FPEN=0x0 HCR_EL2.E2H=0x1');
    check('read FPCR', 2, { CPTR_EL2: 3 << 20, 'HCR_EL2.E2H': 1 }, 'ok FPCR');
    // EL0 under TGE without E2H: what CPACR_EL1 refuses is UNDEFINED, and so taken to EL2.
    check('read FPCR', 0, { CPACR_EL1: 0, 'HCR_EL2.TGE': 1 }, 'undefined: FPCR read CPACR_EL1.FPEN!=11 (E2H=0, TGE=1)');
    check('read TRCPRGCTLR', 1, { CPTR_EL2: 1 << 20 }, 'EL2 0x18 CPTR_EL2.TTA=0x1');
    check('read TRCPRGCTLR', 1, { CPTR_EL2: 1 << 20, 'HCR_EL2.E2H': 1 }, 'ok TRCPRGCTLR');
    check('read TRCPRGCTLR', 1, { CPTR_EL2: 1 << 28, 'HCR_EL2.E2H': 1 }, 'EL2 0x18 CPTR_EL2.TTA=0x1');
  });

  test('CNTHCTL_EL2 in both layouts, after CNTKCTL_EL1', () => {
    check('read CNTPCT_EL0', 0, { CNTKCTL_EL1: 0, CNTHCTL_EL2: 0 }, 'EL1 0x18 CNTKCTL_EL1.EL0PCTEN=0x0');
    check('read CNTPCT_EL0', 0, { CNTHCTL_EL2: 0 }, 'EL2 0x18 CNTHCTL_EL2.EL1PCTEN=0x0');
    check('read CNTPCT_EL0', 1, { CNTHCTL_EL2: 1 }, 'ok CNTPCT_EL0');
    check('read CNTPCT_EL0', 1, { CNTHCTL_EL2: 1, 'HCR_EL2.E2H': 1 }, 'EL2 0x18 CNTHCTL_EL2.EL1PCTEN=0x0');
    check('read CNTPCT_EL0', 1, { CNTHCTL_EL2: 1 << 10, 'HCR_EL2.E2H': 1 }, 'ok CNTPCT_EL0');
    check('write CNTV_CTL_EL0', 1, { CNTHCTL_EL2: 1 << 13 }, 'EL2 0x18 CNTHCTL_EL2.EL1TVT=0x1');
    check('write CNTV_CTL_EL0', 1, { CNTHCTL_EL2: 1 << 13 }, 'ok CNTV_CTL_EL0', base);
  });

  test('fine-grained traps: reads and writes have controls of their own, n* bits trap at 0', () => {
    check('read TPIDR_EL1', 1, { 'HFGRTR_EL2.TPIDR_EL1': 1 }, 'EL2 0x18 HFGRTR_EL2.TPIDR_EL1=0x1');
    check('write TPIDR_EL1', 1, { 'HFGRTR_EL2.TPIDR_EL1': 1 }, 'ok TPIDR_EL1');
    check('write TPIDR_EL1', 1, { 'HFGWTR_EL2.TPIDR_EL1': 1 }, 'EL2 0x18 HFGWTR_EL2.TPIDR_EL1=0x1');
    check('read TPIDR2_EL0', 1, {}, 'EL2 0x18 HFGRTR_EL2.nTPIDR2_EL0=0x0');
    check('read TPIDR2_EL0', 1, { 'HFGRTR_EL2.nTPIDR2_EL0': 1 }, 'ok TPIDR2_EL0');
    const withoutFgt = createTraps(new Set([...ALL].filter((name) => !name.startsWith('FEAT_FGT'))));
    check('read TPIDR2_EL0', 1, {}, 'ok TPIDR2_EL0', withoutFgt);
  });

  test('system instructions', () => {
    check('write DC ZVA', 0, {}, 'EL1 0x18 SCTLR_EL1.DZE=0x0');
    check('write DC ZVA', 0, { 'SCTLR_EL1.DZE': 1, 'HCR_EL2.TDZ': 1 }, 'EL2 0x18 HCR_EL2.TDZ=0x1');
    check('write TLBI VMALLE1IS', 1, { 'HCR_EL2.TTLB': 1 }, 'EL2 0x18 HCR_EL2.TTLB=0x1');
    check('write TLBI VMALLE1', 1, { 'HCR_EL2.TTLBIS': 1 }, 'ok TLBI VMALLE1');
    check('write DC CIVAC', 1, { 'HCR_EL2.TPCP': 1 }, 'EL2 0x18 HCR_EL2.TPCP=0x1');
    check('write DC ISW', 1, { 'HCR_EL2.TSW': 1 }, 'EL2 0x18 HCR_EL2.TSW=0x1');
    check('write AT S12E1R', 1, {}, 'undefined: AT S12E1R level');
    check('write TLBI VMALLE1NXS', 1, { 'HFGITR_EL2.TLBIVMALLE1': 1 }, 'EL2 0x18 HFGITR_EL2.TLBIVMALLE1=0x1');
    check('write TLBI VMALLE1NXS', 1, { 'HFGITR_EL2.TLBIVMALLE1': 1, 'HCRX_EL2.FGTnXS': 1 }, 'ok TLBI VMALLE1NXS');
  });

  test('PMU: user enables, MDCR_EL2.TPM, counters beyond HPMN', () => {
    check('read PMEVCNTR2_EL0', 0, { 'MDCR_EL2.HPMN': 6 }, 'EL1 0x18 PMUSERENR_EL0.ER=0x0 PMUSERENR_EL0.EN=0x0', base);
    check('read PMEVCNTR2_EL0', 1, { 'MDCR_EL2.HPMN': 6 }, 'ok PMEVCNTR2_EL0', base);
    check('read PMEVCNTR2_EL0', 1, { 'MDCR_EL2.HPMN': 2 }, 'EL2 0x18 MDCR_EL2.HPMN=0x2', base);
    check(
      'read PMXEVCNTR_EL0',
      1,
      { 'MDCR_EL2.HPMN': 2, 'PMSELR_EL0.SEL': 3 },
      'EL2 0x18 PMSELR_EL0.SEL=0x3 MDCR_EL2.HPMN=0x2',
      base,
    );
    check('read PMEVCNTR2_EL0', 1, { 'MDCR_EL2.HPMN': 6, 'MDCR_EL2.TPM': 1 }, 'EL2 0x18 MDCR_EL2.TPM=0x1', base);
  });

  test('SP_EL0 is UNDEFINED while it is the stack pointer', () => {
    const view = new State(1);
    view.sp = 0;
    const access = { encoding: sysreg('SP_EL0').encoding, direction: 'read', rt: 0 } as const;
    expect(describeDecision(all.access(view, access))).toBe('undefined: SP_EL0 read PSTATE.SP=0');
    view.sp = 1;
    expect(all.access(view, access).kind).toBe('ok');
  });

  test('what only Secure, Realm or Debug state has is UNDEFINED', () => {
    const secure = createTraps(new Set([...ALL, 'FEAT_SEL2']));
    check('read VSTTBR_EL2', 2, {}, 'undefined: VSTTBR_EL2 read Secure=0', secure);
    check('read MECID_P0_EL2', 2, {}, 'undefined: MECID_P0_EL2 read Realm=0');
    check('read DLR_EL0', 0, {}, 'undefined: DLR_EL0 read Debug=0');
    // The Secure physical timer comes with EL3 (D24.10, CNTPS_CTL_EL1), and EL2 has no access to it even then.
    const el3 = createTraps(new Set([...ALL, 'EL3']));
    for (const el of [1, 2] as const) {
      check('read CNTPS_CTL_EL1', el, {}, 'undefined: CNTPS_CTL_EL1 feature');
      check('write CNTPS_CVAL_EL1', el, {}, 'undefined: CNTPS_CVAL_EL1 write Secure=0', el3);
    }
  });

  test('the GIC CPU interface', () => {
    check('write ICC_SGI1R_EL1', 1, { 'HCR_EL2.IMO': 1 }, 'EL2 0x18 HCR_EL2.IMO=0x1');
    check('read ICC_PMR_EL1', 1, { 'ICH_HCR_EL2.TC': 1 }, 'EL2 0x18 ICH_HCR_EL2.TC=0x1');
  });
});

describe('where an access goes', () => {
  test('E2H: EL1 names at EL2 reach EL2 registers, _EL12 names the EL1 ones', () => {
    const e2h = { 'HCR_EL2.E2H': 1 };
    check('read SCTLR_EL1', 2, {}, 'ok SCTLR_EL1');
    check('read SCTLR_EL1', 2, e2h, 'ok SCTLR_EL2');
    check('read SCTLR_EL12', 2, e2h, 'ok SCTLR_EL1');
    check('read SCTLR_EL12', 2, {}, 'undefined: SCTLR_EL12 read E2H=0');
    check('read SCTLR_EL12', 1, e2h, 'undefined: SCTLR_EL12 level');
    check('read CPACR_EL1', 2, e2h, 'ok CPTR_EL2');
    check('read CNTKCTL_EL1', 2, e2h, 'ok CNTHCTL_EL2');
    check('write CNTV_CVAL_EL0', 2, e2h, 'ok CNTHV_CVAL_EL2');
    check('write CNTV_CVAL_EL02', 2, e2h, 'ok CNTV_CVAL_EL0');
    check('read CNTP_CTL_EL0', 0, { ...e2h, 'HCR_EL2.TGE': 1, CNTHCTL_EL2: 0xfff }, 'ok CNTHP_CTL_EL2');
    check('read SCTLR_EL1', 2, e2h, 'ok SCTLR_EL1', base);
  });

  test('EL1 sees VPIDR_EL2 and VMPIDR_EL2, and VDISR_EL2 with AMO', () => {
    check('read MIDR_EL1', 1, {}, 'ok VPIDR_EL2');
    check('read MPIDR_EL1', 1, {}, 'ok VMPIDR_EL2');
    check('read MIDR_EL1', 2, {}, 'ok MIDR_EL1');
    check('read DISR_EL1', 1, { 'HCR_EL2.AMO': 1 }, 'ok VDISR_EL2');
    check('read DISR_EL1', 1, {}, 'ok DISR_EL1');
  });

  test('nested virtualization', () => {
    const nv = { 'HCR_EL2.NV': 1 };
    const nv2 = { ...nv, 'HCR_EL2.NV2': 1 };
    check('read HCR_EL2', 1, nv, 'EL2 0x18 HCR_EL2.NV=0x1');
    check('read HCR_EL2', 1, nv2, 'ok memory 0x78');
    check('read SCTLR_EL2', 1, nv2, 'EL2 0x18 HCR_EL2.NV=0x1');
    check('read ESR_EL2', 1, nv2, 'ok ESR_EL1');
    check('read SCTLR_EL1', 1, nv2, 'ok SCTLR_EL1');
    check('read SCTLR_EL1', 1, { ...nv2, 'HCR_EL2.NV1': 1 }, 'ok memory 0x110');
    check('read SCTLR_EL12', 1, nv2, 'ok memory 0x110');
    check('read SCTLR_EL12', 1, { ...nv2, 'HCR_EL2.NV1': 1 }, 'EL2 0x18 HCR_EL2.NV=0x1 HCR_EL2.NV1=0x1');
    check('read MDSCR_EL1', 1, nv2, 'ok memory 0x158');
    check('read HCR_EL2', 1, nv, 'undefined: HCR_EL2 level', base);
  });
});

describe('encodings without a name', () => {
  const access = (
    encoding: number,
    direction: 'read' | 'write',
    el: 0 | 1 | 2,
    settings: Readonly<Record<string, number>> = {},
    traps = all,
  ): string => describeDecision(traps.access(new State(el, settings), { encoding, direction, rt: 0 }));

  test('IMPLEMENTATION DEFINED: TIDCP, else UNDEFINED', () => {
    const s3 = packEncoding(3, 0, 15, 2, 0);
    expect(access(s3, 'read', 1)).toBe('undefined: S3_0_C15_C2_0 unallocated');
    expect(access(s3, 'read', 1, { 'HCR_EL2.TIDCP': 1 })).toBe('EL2 0x18 HCR_EL2.TIDCP=0x1');
    expect(access(packEncoding(1, 1, 11, 0, 0), 'write', 1, { 'HCR_EL2.TIDCP': 1 })).toBe('EL2 0x18 HCR_EL2.TIDCP=0x1');
    expect(access(s3, 'read', 0, { 'HCR_EL2.TIDCP': 1 })).toBe('undefined: S3_0_C15_C2_0 unallocated');
    expect(access(s3, 'read', 0, { 'SCTLR_EL1.TIDCP': 1 })).toBe('EL1 0x18 SCTLR_EL1.TIDCP=0x1');
    expect(access(s3, 'read', 0, { 'SCTLR_EL1.TIDCP': 1 }, base)).toBe('undefined: S3_0_C15_C2_0 unallocated');
    expect(access(s3, 'read', 2, { 'HCR_EL2.TIDCP': 1 })).toBe('undefined: S3_0_C15_C2_0 unallocated');
    const trapped = createTraps(ALL, () => undefined, 'trapped');
    const decision = trapped.access(new State(0, { 'HCR_EL2.TIDCP': 1 }), { encoding: s3, direction: 'read', rt: 3 });
    expect(decision).toMatchObject({ kind: 'trap', target: 2, ec: 0x18 });
  });

  test('the block of ID registers: zero, or trapped as its neighbours', () => {
    const reserved = packEncoding(3, 0, 0, 7, 7);
    expect(encodingName(reserved)).toBe('S3_0_C0_C7_7');
    expect(access(reserved, 'read', 1)).toBe('ok zero');
    expect(access(reserved, 'read', 1, { 'HCR_EL2.TID3': 1 })).toBe('EL2 0x18 HCR_EL2.TID3=0x1');
    expect(access(reserved, 'write', 1, { 'HCR_EL2.TID3': 1 })).toBe('undefined: S3_0_C0_C7_7 unallocated');
    expect(access(reserved, 'read', 0, {}, base)).toBe('undefined: S3_0_C0_C7_7 unallocated');
  });

  test('MSR (immediate)', () => {
    const daifset = packEncoding(0, 3, 4, 15, 6);
    expect(access(daifset, 'write', 0)).toBe('EL1 0x18 SCTLR_EL1.UMA=0x0');
    expect(access(daifset, 'write', 0, { 'SCTLR_EL1.UMA': 1 })).toBe('ok DAIFSet');
    expect(access(daifset, 'write', 0, { 'SCTLR_EL1.UMA': 1, 'HCR_EL2.E2H': 1, 'HCR_EL2.TGE': 1 })).toBe(
      'EL2 0x18 HCR_EL2.E2H=0x1 HCR_EL2.TGE=0x1',
    );
    expect(access(packEncoding(0, 0, 4, 1, 5), 'write', 0)).toBe('undefined: SPSel level');
    expect(access(packEncoding(0, 0, 4, 1, 4), 'write', 1, {}, base)).toBe('undefined: PAN feature');
    const allint = (value: number): number => packEncoding(0, 1, 4, value, 0);
    expect(access(allint(1), 'write', 1, { 'HCRX_EL2.TALLINT': 1 })).toBe('EL2 0x18 HCRX_EL2.TALLINT=0x1');
    expect(access(allint(0), 'write', 1, { 'HCRX_EL2.TALLINT': 1 })).toBe('ok ALLINT');
    expect(access(packEncoding(0, 3, 4, 7, 3), 'write', 2, { CPTR_EL2: 0 })).toBe('ok SVCRSMZA');
    expect(access(packEncoding(0, 3, 4, 8, 3), 'write', 2)).toBe('undefined: S0_3_C4_C8_3 unallocated');
  });
});

test('ISS of a trapped access names register, direction and Rt', () => {
  const view = new State(1, { 'HCR_EL2.TVM': 1, 'HCR_EL2.TID3': 1 });
  const write = all.access(view, { encoding: sysreg('SCTLR_EL1').encoding, direction: 'write', rt: 3 });
  // Op0=3 Op2=0 Op1=0 CRn=1 Rt=3 CRm=0, write: the value Linux prints for it.
  expect(write).toMatchObject({ kind: 'trap', iss: 0x300460 });
  const read = all.access(view, { encoding: sysreg('ID_AA64PFR0_EL1').encoding, direction: 'read', rt: 31 });
  expect(read).toMatchObject({ kind: 'trap', iss: (3 << 20) | (31 << 5) | (4 << 1) | 1 });
});
