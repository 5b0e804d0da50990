// Aborts that QEMU 7.2 reports otherwise or not at all: cache maintenance, alignment to Device memory and with FEAT_LSE2, alignment of SP and PC,
// synchronous External aborts and who takes them.
import { group } from '../notation.ts';

/** Stage 2 is on and translates from level 1: what follows is the entry of the GiB that holds everything, in the order of memory. */
const BLOCK = 'HCR_EL2.VM=1 VTTBR_EL2=D VTCR_EL2=0x80020059 [D+8]=';

export const MAINTENANCE = group(
  'Cache maintenance that faults',
  'mmu',
  `
  # D8.13.5, D24.2.40: CM is 1 and so is WnR, whatever the permission that is missing; the FAR is the operand
  dc civac, x1 | x1=GONE+0x35 | to=1 ec=0x25 iss=0x147 far=GONE+0x35 at=0
  dc cvac, x1 | x1=GONE | to=1 ec=0x25 iss=0x147 far=GONE at=0
  dc cvau, x1 | x1=GONE | to=1 ec=0x25 iss=0x147 far=GONE at=0
  dc cvap, x1 | x1=GONE | to=1 ec=0x25 iss=0x147 far=GONE at=0
  ic ivau, x1 | x1=GONE | to=1 ec=0x25 iss=0x147 far=GONE at=0
  dc cvac, x1 | x1=AF0 | to=1 ec=0x25 iss=0x14b far=AF0 at=0
  # DC IVAC needs write permission; cleaning from EL1 none
  dc ivac, x1 | x1=RO+0x40 | to=1 ec=0x25 iss=0x14f far=RO+0x40 at=0
  dc civac, x1 | x1=RO |
  dc cvac, x1 | x1=RO |
  dc ivac, x1 | x1=D |
  # At EL0 cleaning needs read permission (SCTLR_EL1.UCI lets it try)
  dc civac, x1 | el=0 SCTLR_EL1.UCI=1 x1=KERN+8 | to=1 ec=0x24 iss=0x14f far=KERN+8 at=0
  dc cvau, x1 | el=0 SCTLR_EL1.UCI=1 x1=KERN | to=1 ec=0x24 iss=0x14f far=KERN at=0
  dc civac, x1 | el=0 SCTLR_EL1.UCI=1 x1=RO |
  # FEAT_CMOW: SCTLR_EL1.CMOW asks for write permission where EL0 cleans and invalidates (DC CIVAC, IC IVAU), and nowhere else
  dc civac, x1 | el=0 SCTLR_EL1.UCI=1 SCTLR_EL1.CMOW=1 x1=RO | to=1 ec=0x24 iss=0x14f far=RO at=0
  ic ivau, x1 | el=0 SCTLR_EL1.UCI=1 SCTLR_EL1.CMOW=1 x1=RO | to=1 ec=0x24 iss=0x14f far=RO at=0
  dc cvac, x1 | el=0 SCTLR_EL1.UCI=1 SCTLR_EL1.CMOW=1 x1=RO |
  dc civac, x1 | el=0 SCTLR_EL1.UCI=1 SCTLR_EL1.CMOW=1 x1=D |
  dc civac, x1 | SCTLR_EL1.CMOW=1 x1=RO |
  # ... and HCRX_EL2.CMOW of stage 2, at EL1 too
  dc civac, x1 | s2 HCRX_EL2.CMOW=1 x1=S2RO | to=2 ec=0x24 iss=0x14f far=S2RO at=0
  ic ivau, x1 | s2 el=0 SCTLR_EL1.UCI=1 HCRX_EL2.CMOW=1 x1=S2RO | to=2 ec=0x24 iss=0x14f far=S2RO at=0
  dc cvac, x1 | s2 HCRX_EL2.CMOW=1 x1=S2RO |
  dc civac, x1 | s2 HCRX_EL2.CMOW=1 x1=S2RO ID_AA64MMFR1_EL1.CMOW=0 |
  # PSTATE.PAN is for loads and stores
  dc ivac, x1 | PAN=0x400000 x1=D |
  # Any address does, in any kind of memory
  dc civac, x1 | x1=DEV+1 |
  dc cvac, x1 | x1=NC+0x123 |
  # Stage 2: HPFAR_EL2 for translation faults; permission is asked of DC IVAC alone
  dc civac, x1 | s2 x1=S2GONE+0x10 | to=2 ec=0x24 iss=0x147 far=S2GONE+0x10 hpfar=0x401070 at=0
  dc ivac, x1 | s2 x1=S2GONE | to=2 ec=0x24 iss=0x147 far=S2GONE hpfar=0x401070 at=0
  ic ivau, x1 | s2 x1=S2GONE | to=2 ec=0x24 iss=0x147 far=S2GONE hpfar=0x401070 at=0
  dc ivac, x1 | s2 x1=S2RO | to=2 ec=0x24 iss=0x14f far=S2RO at=0
  dc cvac, x1 | s2 x1=S2RO |
  # C5.3 DC ZVA is a store: no CM
  dc zva, x1 | x1=GONE+0x35 | to=1 ec=0x25 iss=0x47 far=GONE+0x35 at=0
  dc zva, x1 | x1=RO | to=1 ec=0x25 iss=0x4f far=RO at=0
  dc zva, x1 | s2 x1=S2RO | to=2 ec=0x24 iss=0x4f far=S2RO at=0
  dc zva, x1 | s2 x1=S2GONE | to=2 ec=0x24 iss=0x47 far=S2GONE hpfar=0x401070 at=0
  # ... and not for Device memory
  dc zva, x1 | x1=DEV+0x10 | to=1 ec=0x25 iss=0x61 far=DEV+0x10 at=0
`,
);

export const DEVICE_ALIGNMENT = group(
  'Alignment of accesses to Device memory',
  '',
  `
  # B2.10.2: an access to Device memory is aligned to its elements, or DFSC is 0x21
  ldr w0, [x1] | mmu x1=DEV+1 | to=1 ec=0x25 iss=0x21 far=DEV+1 at=0
  ldrh w0, [x1] | mmu x1=DEV+1 | to=1 ec=0x25 iss=0x21 far=DEV+1 at=0
  ldr x0, [x1] | mmu x1=DEV+4 | to=1 ec=0x25 iss=0x21 far=DEV+4 at=0
  ldrb w0, [x1] | mmu x1=DEV+1 [DEV]=0102 | x0=2
  str w0, [x1] | mmu x1=DEV+2 | to=1 ec=0x25 iss=0x61 far=DEV+2 at=0
  strh w0, [x1, #1]! | mmu x1=DEV | to=1 ec=0x25 iss=0x61 far=DEV+1 at=0
  ldp x0, x2, [x1] | mmu x1=DEV+4 | to=1 ec=0x25 iss=0x21 far=DEV+4 at=0
  ldp w0, w2, [x1] | mmu x1=DEV+4 [DEV+4]=0100000002000000 | x0=1 x2=2
  stp x0, x2, [x1] | mmu x1=DEV+12 | to=1 ec=0x25 iss=0x61 far=DEV+12 at=0
  ldur x0, [x1, #-1] | mmu x1=DEV+8 | to=1 ec=0x25 iss=0x21 far=DEV+7 at=0
  ldr d0, [x1] | mmu x1=DEV+4 | to=1 ec=0x25 iss=0x21 far=DEV+4 at=0
  # J1.1.3 Mem: 16 bytes of a SIMD&FP register are made as two accesses of 8, and are to be aligned to 16 all the same
  ldr q0, [x1] | mmu x1=DEV+8 | to=1 ec=0x25 iss=0x21 far=DEV+8 at=0
  str q0, [x1] | mmu x1=DEV+8 | to=1 ec=0x25 iss=0x61 far=DEV+8 at=0
  ldp q0, q1, [x1] | mmu x1=DEV+24 | to=1 ec=0x25 iss=0x21 far=DEV+24 at=0
  ldr q0, [x1] | mmu x1=DEV+16 [DEV+16]=seq*16 | v0=0x0f0e0d0c0b0a09080706050403020100
  ldr q0, [x1] | mmu x1=NC+8 [NC+8]=seq*16 | v0=0x0f0e0d0c0b0a09080706050403020100
  ld1 {v0.d}[0], [x1] | mmu x1=DEV+8 [DEV+8]=seq*8 v0=0 | v0=0x0706050403020100
  ldr x0, [x1] | mmu el=0 x1=DEV+4 | to=1 ec=0x24 iss=0x21 far=DEV+4 at=0
  ldar w0, [x1] | mmu x1=DEV+2 | to=1 ec=0x25 iss=0x21 far=DEV+2 at=0
  ldadd w0, w2, [x1] | mmu x1=DEV+2 | to=1 ec=0x25 iss=0x21 far=DEV+2 at=0
  # With stage 1 off all data is Device-nGnRnE, unless HCR_EL2.DC makes it Normal
  ldr x0, [x1] | x1=D+1 | to=1 ec=0x25 iss=0x21 far=D+1 at=0
  str w0, [x1] | x1=D+1 | to=1 ec=0x25 iss=0x61 far=D+1 at=0
  ldr x0, [x1] | s2 HCR_EL2.DC=1 x1=D+1 [D+1]=0102030405060708 | x0=0x0807060504030201
  ldr x0, [x1] | el=2 x1=D+1 | to=2 ec=0x25 iss=0x21 far=D+1 at=0
  # J1.1.3: SCTLR_EL1.A comes before translation, Device memory after it
  ldr x0, [x1] | mmu SCTLR_EL1.A=1 x1=GONE+1 | to=1 ec=0x25 iss=0x21 far=GONE+1 at=0
  ldr x0, [x1] | mmu x1=GONE+1 | to=1 ec=0x25 iss=0x07 far=GONE+1 at=0
  ldr x0, [x1] | mmu SCTLR_EL1.A=1 x1=D+1 | to=1 ec=0x25 iss=0x21 far=D+1 at=0
  ldr x0, [x1] | mmu SCTLR_EL2.A=1 x1=D+1 [D+1]=0102030405060708 | x0=0x0807060504030201
  # HCR_EL2.TGE takes EL0's
  ldr x0, [x1] | el=0 HCR_EL2.TGE=1 x1=D+1 | to=2 ec=0x24 iss=0x21 far=D+1 at=0
  # HCR_EL2.TEA does not: alignment is no External abort
  ldr x0, [x1] | HCR_EL2.TEA=1 x1=D+1 | to=1 ec=0x25 iss=0x21 far=D+1 at=0
  # D1.3.5: SP as a base, and PC
  ldr x0, [sp] | mmu SCTLR_EL1.SA=1 sp=D+8 | to=1 ec=0x26 iss=0 at=0
  ldr x0, [sp, #8] | mmu SCTLR_EL1.SA=1 sp=D+8 | to=1 ec=0x26 iss=0 at=0
  ldr x0, [sp] | mmu SCTLR_EL1.SA=0 sp=D+8 [D+8]=07 | x0=7
  ldr x0, [sp] | mmu el=0 SCTLR_EL1.SA0=1 SCTLR_EL1.SA=0 sp=D+8 | to=1 ec=0x26 iss=0 at=0
  br x1 | x1=C+2 | to=1 ec=0x22 iss=0 far=C+2 at=2
  br x1 | el=0 HCR_EL2.TGE=1 x1=C+1 | to=2 ec=0x22 iss=0 far=C+1 at=1
`,
);

export const LSE2 = group(
  'FEAT_LSE2',
  'mmu',
  `
  # B2.2.1, B2.10.2: within 16 bytes of Normal write-back memory, anywhere
  ldadd x0, x2, [x1] | x0=1 x1=D+3 [D]=seq*16 | x2=0x0a09080706050403 [D+3]=040405060708090a
  swp w0, w2, [x1] | x0=0x55 x1=D+11 [D]=seq*16 | x2=0x0e0d0c0b [D+11]=55000000
  cas x0, x2, [x1] | x0=0 x1=D+8 x2=7 | [D+8]=0700000000000000
  ldar x0, [x1] | x1=D+5 [D]=seq*16 | x0=0x0c0b0a0908070605
  stlr w0, [x1] | x0=0x01020304 x1=D+9 | [D+9]=04030201
  ldapr x0, [x1] | x1=D+1 [D]=seq*16 | x0=0x0807060504030201
  ldxr x0, [x1] | x1=D+4 [D]=seq*16 | x0=0x0b0a090807060504
  # Not across 16 bytes: DFSC 0x21; a read-modify-write is a read
  ldadd x0, x2, [x1] | x1=D+9 | to=1 ec=0x25 iss=0x21 far=D+9 at=0
  swp w0, w2, [x1] | x1=D+13 | to=1 ec=0x25 iss=0x21 far=D+13 at=0
  cas x0, x2, [x1] | x1=D+12 | to=1 ec=0x25 iss=0x21 far=D+12 at=0
  ldar x0, [x1] | x1=D+9 | to=1 ec=0x25 iss=0x21 far=D+9 at=0
  stlr x0, [x1] | x1=D+12 | to=1 ec=0x25 iss=0x61 far=D+12 at=0
  ldapur x0, [x1, #-3] | x1=D+16 | to=1 ec=0x25 iss=0x21 far=D+13 at=0
  ldxr x0, [x1] | x1=D+12 | to=1 ec=0x25 iss=0x21 far=D+12 at=0
  # SCTLR_ELx.nAA lets ordered accesses cross, and nothing else
  ldar x0, [x1] | SCTLR_EL1.nAA=1 x1=D+9 [D]=seq*32 | x0=0x100f0e0d0c0b0a09
  stlr w0, [x1] | SCTLR_EL1.nAA=1 x0=0x01020304 x1=D+14 | [D+14]=04030201
  ldadd x0, x2, [x1] | SCTLR_EL1.nAA=1 x1=D+9 | to=1 ec=0x25 iss=0x21 far=D+9 at=0
  # 16 bytes are aligned or cross
  casp x0, x1, x2, x3, [x4] | x4=D+8 | to=1 ec=0x25 iss=0x21 far=D+8 at=0
  ldxp x0, x2, [x1] | x1=D+8 | to=1 ec=0x25 iss=0x21 far=D+8 at=0
  # Only Normal write-back memory
  ldadd x0, x2, [x1] | x1=NC+3 | to=1 ec=0x25 iss=0x21 far=NC+3 at=0
  ldar x0, [x1] | x1=NC+3 | to=1 ec=0x25 iss=0x21 far=NC+3 at=0
  ldadd x0, x2, [x1] | x1=DEV+3 | to=1 ec=0x25 iss=0x21 far=DEV+3 at=0
  # ... of exclusives too (AArch64.SetExclusiveMonitors, AArch64.ExclusiveMonitorsPass, AArch64.MemSingle)
  ldxr x0, [x1] | x1=DEV+4 | to=1 ec=0x25 iss=0x21 far=DEV+4 at=0
  ldxr x0, [x1] | x1=NC+4 | to=1 ec=0x25 iss=0x21 far=NC+4 at=0
  ldaxr w0, [x1] | x1=NC+2 | to=1 ec=0x25 iss=0x21 far=NC+2 at=0
  ldxp w0, w2, [x1] | x1=DEV+4 | to=1 ec=0x25 iss=0x21 far=DEV+4 at=0
  ldxr w0, [x1] ; stxr w2, w0, [x3] | x1=DEV x3=DEV+2 | x0=0 to=1 ec=0x25 iss=0x61 far=DEV+2 at=4
  ldxr x0, [x1] ; stxr w2, x3, [x1] | x1=D+4 x3=1 [D+4]=07 | x0=7 x2=0 [D+4]=01
  ldxp w0, w2, [x1] ; stxp w4, w5, w6, [x1] | x1=D+4 x5=1 x6=2 | x0=0 x2=0 x4=0 [D+4]=0100000002000000
  # J1.1.3 Mem: a pair that is ordered is one access of both halves: it faults as a whole, at its lowest byte
  ldiapp x0, x2, [x1] | x1=D+4 | to=1 ec=0x25 iss=0x21 far=D+4 at=0
  ldiapp w0, w2, [x1] | x1=D+10 | to=1 ec=0x25 iss=0x21 far=D+10 at=0
  stilp x0, x2, [x1] | x1=D+4 | to=1 ec=0x25 iss=0x61 far=D+4 at=0
  stilp w0, w2, [x1, #-8]! | x1=D+18 | to=1 ec=0x25 iss=0x61 far=D+10 at=0
  ldiapp w0, w2, [x1] | x1=D+6 [D+6]=0100000002000000 | x0=1 x2=2
  ldiapp x0, x2, [x1] | x1=D+8 [D+8]=01000000000000000200000000000000 | x0=1 x2=2
  ldiapp x0, x2, [x1] | SCTLR_EL1.nAA=1 x1=D+4 [D+4]=01000000000000000200000000000000 | x0=1 x2=2
  # SCTLR_ELx.A refuses all of it
  ldar x0, [x1] | SCTLR_EL1.A=1 x1=D+4 | to=1 ec=0x25 iss=0x21 far=D+4 at=0
  # Without the feature nothing of it
  ldadd x0, x2, [x1] | ID_AA64MMFR2_EL1.AT=0 x1=D+3 | to=1 ec=0x25 iss=0x21 far=D+3 at=0
  stlr w0, [x1] | ID_AA64MMFR2_EL1.AT=0 x1=D+2 | to=1 ec=0x25 iss=0x61 far=D+2 at=0
  stlr x0, [x1] | ID_AA64MMFR2_EL1.AT=0 SCTLR_EL1.nAA=1 x1=D+4 | to=1 ec=0x25 iss=0x61 far=D+4 at=0
`,
);

export const EXTERNAL = group(
  'Synchronous External aborts and HCR_EL2.TEA',
  'x1=0x50000000',
  `
  # D24.2.40: DFSC 0x10, WnR, FnV 0
  ldr x0, [x1] | | to=1 ec=0x25 iss=0x10 far=0x50000000 at=0
  str x0, [x1, #8] | | to=1 ec=0x25 iss=0x50 far=0x50000008 at=0
  ldr x0, [x1] | el=0 | to=1 ec=0x24 iss=0x10 far=0x50000000 at=0
  # D24.2.57 HCR_EL2.TEA: to EL2, from EL0 and EL1; no instruction syndrome, no HPFAR_EL2
  ldr x0, [x1] | HCR_EL2.TEA=1 | to=2 ec=0x24 iss=0x10 far=0x50000000 at=0
  str x0, [x1] | el=0 HCR_EL2.TEA=1 | to=2 ec=0x24 iss=0x50 far=0x50000000 at=0
  ldr x0, [x1] | HCR_EL2.TEA=1 ID_AA64PFR0_EL1.RAS=0 | to=1 ec=0x25 iss=0x10 far=0x50000000 at=0
  # HCR_EL2.TGE: what would go to EL1 goes to EL2
  ldr x0, [x1] | el=0 HCR_EL2.TGE=1 | to=2 ec=0x24 iss=0x10 far=0x50000000 at=0
  ldr x0, [x1] | el=2 | to=2 ec=0x25 iss=0x10 far=0x50000000 at=0
  # Fetches
  br x1 | | to=1 ec=0x21 iss=0x10 far=0x50000000
  br x1 | HCR_EL2.TEA=1 | to=2 ec=0x20 iss=0x10 far=0x50000000
  br x1 | el=0 HCR_EL2.TEA=1 | to=2 ec=0x20 iss=0x10 far=0x50000000
  # On a walk: DFSC 0x14 and the level; here level 1 of 39 bits
  nop | mmu TTBR0_EL1=0x50000000 | to=1 ec=0x21 iss=0x15 far=C at=0
  nop | mmu TTBR0_EL1=0x50000000 HCR_EL2.TEA=1 | to=2 ec=0x20 iss=0x15 far=C at=0
  nop | mmu el=0 TTBR0_EL1=0x50000000 | to=1 ec=0x20 iss=0x15 far=C at=0
  # With stage 2 on, the walk's own access: nothing is mapped there, and S1PTW says which
  nop | mmu s2 TTBR0_EL1=0x50000000 | to=2 ec=0x20 iss=0x86 far=C hpfar=0x500000 at=0
`,
);

export const PAR = group(
  'PAR_EL1 after AT',
  'x1=D+0x123',
  `
  # J1.1.3 AArch64.EncodePAR, PAREncodeShareability: 0b10 for Device and Non-cacheable memory
  at s1e1r, x1 | | PAR_EL1=0x40100b00
  at s1e1r, x1 | mmu | PAR_EL1=0xff00000040100b80
  at s1e1r, x1 | mmu x1=NC | PAR_EL1=0x4400000040101b00
  at s1e1w, x1 | mmu x1=DEV | PAR_EL1=0x40102b00
  # ... and Normal memory that is not shareable where HCR_EL2.DC gives it
  at s1e1r, x1 | HCR_EL2.DC=1 s2 | PAR_EL1=0xff00000040100a00
  # Faults: FST, and no abort for stage 1
  at s1e1r, x1 | mmu x1=GONE | PAR_EL1=0x80f
  at s1e1w, x1 | mmu x1=RO | PAR_EL1=0x81f
  at s1e0r, x1 | mmu x1=KERN | PAR_EL1=0x81f
  at s1e1r, x1 | mmu x1=AF0 | PAR_EL1=0x817
  at s1e1rp, x1 | mmu PAN=0x400000 | PAR_EL1=0x81f
  # C5.4 AT S1E1A: no permission is asked, and all else is
  at s1e1a, x1 | el=2 mmu x1=RO SCTLR_EL1.WXN=1 | PAR_EL1=0xff00000040103b80
  at s1e1a, x1 | mmu PAN=0x400000 | PAR_EL1=0xff00000040100b80
  at s1e1a, x1 | mmu x1=GONE | PAR_EL1=0x80f
  at s1e1a, x1 | mmu HCR_EL2.AT=1 | to=2 ec=0x18 iss=0x141c32 at=0
  # Both stages: S and FST of stage 2
  at s12e1r, x1 | el=2 mmu s2 x1=S2GONE | PAR_EL1=0xa0f
  at s12e1w, x1 | el=2 mmu s2 x1=S2RO | PAR_EL1=0xa1f
  at s12e1r, x1 | el=2 mmu s2 x1=S2RO | PAR_EL1=0xff00000040108b80
  # D24.2.57 HCR_EL2.{VM,DC} behave as 0 with {E2H,TGE} = {1,1}: nothing is translated for EL1&0
  at s12e1r, x1 | el=2 mmu s2 HCR_EL2.E2H=1 HCR_EL2.TGE=1 x1=S2GONE | PAR_EL1=0x40107b00
  at s12e0w, x1 | el=2 mmu s2 HCR_EL2.E2H=1 HCR_EL2.TGE=1 HCR_EL2.DC=1 x1=S2RO | PAR_EL1=0x40108b00
  at s12e1r, x1 | el=2 mmu s2 HCR_EL2.E2H=1 HCR_EL2.TGE=0 x1=S2GONE | PAR_EL1=0xa0f
`,
);

export const XS = group(
  'FEAT_XS: the XS attribute',
  'mmu',
  `
  # D24.2.102 MAIR_EL1, J1.1.4 S1DecodeMemAttrs, EncodePARAttrs: 0x40 and 0xa0 are Normal memory, 0bdd01 is Device memory
  at s1e1r, x1 | MAIR_EL1=0xf00040ff x1=NC | PAR_EL1=0x4000000040101b00
  at s1e1r, x1 | MAIR_EL1=0xf000a0ff x1=NC | PAR_EL1=0xa000000040101b80
  at s1e1r, x1 | MAIR_EL1=0xf00544ff x1=DEV | PAR_EL1=0x0500000040102b00
  at s1e1r, x1 | MAIR_EL1=0xf00d44ff x1=DEV | PAR_EL1=0x0d00000040102b00
  ldr x0, [x1] | MAIR_EL1=0xf00040ff x1=NC+1 [NC+1]=seq*8 | x0=0x0706050403020100
  ldr x0, [x1] | MAIR_EL1=0xf000a0ff x1=NC+1 [NC+1]=seq*8 | x0=0x0706050403020100
  ldr x0, [x1] | MAIR_EL1=0xf00d44ff x1=DEV+1 | to=1 ec=0x25 iss=0x21 far=DEV+1 at=0
  # What is reserved is Device-nGnRnE here, also these without the feature
  at s1e1r, x1 | MAIR_EL1=0xf00e44ff x1=DEV | PAR_EL1=0x40102b00
  at s1e1r, x1 | MAIR_EL1=0xf00040ff x1=NC ID_AA64ISAR1_EL1.XS=0 | PAR_EL1=0x40101b00
  at s1e1r, x1 | MAIR_EL1=0xf00544ff x1=DEV ID_AA64ISAR1_EL1.XS=0 | PAR_EL1=0x40102b00
  # AArch64.S1Translate: what SCTLR_EL1.C makes non-cacheable keeps the XS of its location, 0 if that is write-back
  at s1e1r, x1 | SCTLR_EL1.C=0 x1=D | PAR_EL1=0x4000000040100b00
  at s1e1r, x1 | SCTLR_EL1.C=0 x1=NC | PAR_EL1=0x4400000040101b00
  at s1e1r, x1 | SCTLR_EL1.C=0 x1=D ID_AA64ISAR1_EL1.XS=0 | PAR_EL1=0x4400000040100b00
  # S2CombineS1MemAttrs: FnXS, bit 11 of a stage 2 descriptor, makes it 0
  at s12e1r, x1 | el=2 ${BLOCK}fd07004000000000 x1=NC | PAR_EL1=0x4400000040101b00
  at s12e1r, x1 | el=2 ${BLOCK}fd0f004000000000 x1=NC | PAR_EL1=0x4000000040101b00
  at s12e1r, x1 | el=2 ${BLOCK}fd0f004000000000 x1=DEV | PAR_EL1=0x0100000040102b00
  at s12e1r, x1 | el=2 ${BLOCK}fd0f004000000000 x1=NC ID_AA64ISAR1_EL1.XS=0 | PAR_EL1=0x4400000040101b00
`,
);

export const STAGE2_ATTRIBUTES = group(
  'Attributes of both stages',
  'el=2',
  `
  # J1.1.4 AArch64.S2ApplyFWBMemAttrs: the type of stage 1 left as it is, the shareability is still that of both
  at s12e1r, x1 | HCR_EL2.DC=1 HCR_EL2.FWB=1 ${BLOCK}dd07004000000000 x1=NC | PAR_EL1=0xff00000040101b80
  at s12e1r, x1 | HCR_EL2.DC=1 HCR_EL2.FWB=1 ${BLOCK}dd06004000000000 x1=NC | PAR_EL1=0xff00000040101b00
  at s12e1r, x1 | HCR_EL2.DC=1 HCR_EL2.FWB=1 ${BLOCK}dd04004000000000 x1=NC | PAR_EL1=0xff00000040101a00
  # AArch64.S2Translate: HCR_EL2.CD makes Normal memory non-cacheable, with FEAT_S2FWB what comes of both stages, and Device memory never
  at s12e1r, x1 | mmu HCR_EL2.CD=1 ${BLOCK}fd07004000000000 x1=NC | PAR_EL1=0x4400000040101b00
  at s12e1r, x1 | mmu HCR_EL2.CD=1 HCR_EL2.FWB=1 ${BLOCK}d907004000000000 x1=NC | PAR_EL1=0x4000000040101b00
  at s12e1r, x1 | mmu HCR_EL2.CD=1 HCR_EL2.FWB=1 ${BLOCK}dd07004000000000 x1=NC | PAR_EL1=0x4400000040101b00
  at s12e1r, x1 | mmu HCR_EL2.CD=1 HCR_EL2.FWB=1 ${BLOCK}dd07004000000000 x1=DEV | PAR_EL1=0x40102b00
  at s12e1r, x1 | mmu HCR_EL2.ID=1 HCR_EL2.FWB=1 ${BLOCK}d907004000000000 x1=NC | PAR_EL1=0xff00000040101b80
`,
);

export const HARDWARE_UPDATES = group(
  'Access flag and dirty state by hardware',
  'mmu TCR_EL1.HA=1 TCR_EL1.HD=1',
  `
  # J1.1.4 AArch64.S1Translate: every access sets the Access flag, also cache maintenance and address translation; the entry of AF0 is at 0x40202828
  ldr x0, [x1] ; ldr x0, [x2] | x1=AF0 x2=0x40202828 | x0=0x40105743
  dc cvac, x1 ; ldr x0, [x2] | x1=AF0 x2=0x40202828 | x0=0x40105743
  at s1e1r, x1 ; ldr x0, [x2] | x1=AF0 x2=0x40202828 | x0=0x40105743 PAR_EL1=0xff00000040105b80
  at s1e1a, x1 ; ldr x0, [x2] | x1=AF0 x2=0x40202828 | x0=0x40105743 PAR_EL1=0xff00000040105b80
  # The dirty state is for writes, which neither is: with DBM, RO (whose entry is at 0x40202818) can be written
  str x0, [x1] ; ldr x0, [x2] | [0x40202818]=c337104000000800 x0=1 x1=RO x2=0x40202818 | x0=0x8000040103743 [RO]=01
  cas x0, x3, [x1] ; ldr x0, [x2] | [0x40202818]=c337104000000800 x0=1 x1=RO x2=0x40202818 | x0=0x8000040103743
  stxr w3, x0, [x1] ; ldr x0, [x2] | [0x40202818]=c337104000000800 x1=RO x2=0x40202818 | x0=0x80000401037c3 x3=1
  dc ivac, x1 ; ldr x0, [x2] | [0x40202818]=c337104000000800 x1=RO x2=0x40202818 | x0=0x80000401037c3
  at s1e1w, x1 ; ldr x0, [x2] | [0x40202818]=c337104000000800 x1=RO x2=0x40202818 | x0=0x80000401037c3 PAR_EL1=0xff00000040103b80
`,
);

/** Stage 2 at D: 2 MiB with the program and data in any way, and those with the tables of stage 1 read-only. */
const READ_ONLY_TABLES =
  'HCR_EL2.VM=1 VTTBR_EL2=D VTCR_EL2=0x80020059 TCR_EL1.HA=1 [D+8]=0320104000000000 [DEV]=fd070040000000007d07204000000000';

export const REFUSED_UPDATES = group(
  'Hardware updates that stage 2 refuses',
  `mmu ${READ_ONLY_TABLES} x1=AF0`,
  `
  # J1.1.4 AArch64.S1Translate, AArch64.S2CheckPermissions: a permission fault of stage 2 on the walk; WnR is that of the access, not of the update
  ldr x0, [x1] | | to=2 ec=0x24 iss=0x8e far=AF0 hpfar=0x402020 at=0
  str x0, [x1] | | to=2 ec=0x24 iss=0xce far=AF0 hpfar=0x402020 at=0
  ldadd x0, x2, [x1] | | to=2 ec=0x24 iss=0x8e far=AF0 hpfar=0x402020 at=0
  dc cvac, x1 | | to=2 ec=0x24 iss=0x1ce far=AF0 hpfar=0x402020 at=0
  br x1 | el=0 | to=2 ec=0x20 iss=0x8e far=AF0 hpfar=0x402020
  # AArch64.AT: an abort at EL1, PAR_EL1 at EL2
  at s1e1r, x1 | | to=2 ec=0x24 iss=0x1ce far=AF0 hpfar=0x402020 at=0
  at s1e1r, x1 | el=2 | PAR_EL1=0xb1d
`,
);

export const WIDE_TABLES = group(
  'Tables of 52 bits',
  'el=2',
  `
  # J1.1.4 AArch64.S1StartLevel, EncodeLDFSC: walks of FEAT_LPA2 begin at level -1, whose faults have codes of their own
  at s1e1r, x1 | mmu TCR_EL1.DS=1 TCR_EL1.T0SZ=12 TTBR0_EL1=D x1=0 | PAR_EL1=0x857
  at s1e1r, x1 | mmu TCR_EL1.DS=1 TCR_EL1.T0SZ=12 TTBR0_EL1=D x1=0 [D]=0300000000800000 | PAR_EL1=0x853
  at s1e1r, x1 | mmu TCR_EL1.DS=1 TCR_EL1.T0SZ=12 TTBR0_EL1=0x50000000 x1=0 | to=2 ec=0x25 iss=0x153 far=0 at=0
  # AArch64.S2StartLevel, AArch64.S2InvalidSL: SL2 with SL0 0b00, and with 16 KiB SL0 0b11, with DS alone
  at s12e1r, x1 | HCR_EL2.VM=1 VTCR_EL2=0x38006000c VTTBR_EL2=D x1=0 | PAR_EL1=0xa57
  at s12e1r, x1 | HCR_EL2.VM=1 VTCR_EL2=0x38006004c VTTBR_EL2=D x1=0 | PAR_EL1=0xa09
  at s12e1r, x1 | HCR_EL2.VM=1 VTCR_EL2=0x1800680cc VTTBR_EL2=D x1=0 [D]=0340104000000000 | PAR_EL1=0xa0b
  at s12e1r, x1 | HCR_EL2.VM=1 VTCR_EL2=0x0800680cc VTTBR_EL2=D x1=0 [D]=0340104000000000 | PAR_EL1=0xa09
  # AArch64.BlockDescSupported: level 0 of 4 KiB and level 1 of 16 KiB with DS, level 1 of 64 KiB with 52 bits; a reserved one is a fault
  at s1e1r, x1 | mmu TCR_EL1.DS=1 TCR_EL1.T0SZ=16 TTBR0_EL1=D x1=NC [D]=0104000000000000 | PAR_EL1=0xff00000040101b80
  at s1e1r, x1 | mmu TCR_EL1.T0SZ=16 TTBR0_EL1=D x1=NC [D]=0104000000000000 | PAR_EL1=0x809
  at s1e1r, x1 | mmu TCR_EL1.DS=1 TCR_EL1.TG0=2 TCR_EL1.T0SZ=17 TTBR0_EL1=D x1=NC [D]=0104000000000000 | PAR_EL1=0xff00000040101b80
  at s1e1r, x1 | mmu TCR_EL1.TG0=2 TCR_EL1.T0SZ=17 TTBR0_EL1=D x1=NC [D]=0104000000000000 | PAR_EL1=0x80b
  at s1e1r, x1 | mmu TCR_EL1.TG0=1 TCR_EL1.IPS=6 TCR_EL1.T0SZ=12 TTBR0_EL1=D x1=NC [D]=0107000000000000 | PAR_EL1=0xff00000040101b80
  # AArch64.LeafBase: address bits 51:48 are bits 15:12 with 64 KiB, whatever TCR_EL1.IPS says, and 9:8 and 49:48 with DS
  at s1e1r, x1 | mmu TCR_EL1.TG0=1 TCR_EL1.IPS=6 TCR_EL1.T0SZ=12 TTBR0_EL1=D x1=NC [D]=0117000000000000 | PAR_EL1=0xff01000040101b80
  at s1e1r, x1 | mmu TCR_EL1.TG0=1 TCR_EL1.IPS=5 TCR_EL1.T0SZ=12 TTBR0_EL1=D x1=NC [D]=0117000000000000 | PAR_EL1=0x803
  at s1e1r, x1 | mmu TCR_EL1.DS=1 TCR_EL1.IPS=6 TCR_EL1.T0SZ=16 TTBR0_EL1=D x1=NC [D]=0106000000000300 | PAR_EL1=0xff0b000040101b80
  # AArch64.S1TTBaseAddress: those of the first table are bits 5:2 of TTBR0_EL1, with 64 KiB while IPS says 52 bits
  at s1e1r, x1 | mmu TCR_EL1.TG0=1 TCR_EL1.IPS=6 TCR_EL1.T0SZ=12 TTBR0_EL1=D+4 x1=NC | to=2 ec=0x25 iss=0x155 far=NC at=0
  at s1e1r, x1 | mmu TCR_EL1.TG0=1 TCR_EL1.IPS=5 TCR_EL1.T0SZ=12 TTBR0_EL1=D+4 x1=NC | PAR_EL1=0x80b
`,
);

export const EL2_TRANSLATION = group(
  'Translation of EL2',
  'el=2',
  `
  # J1.1.4 AArch64.VAIsOutOfRange: EL2 has one range, from 0, also where the top byte is ignored
  at s1e2r, x1 | mmu2 x1=0x80000040101000 | PAR_EL1=0x809
  at s1e2r, x1 | mmu2 TCR_EL2.TBI=1 x1=NC+0x80000000000000 | PAR_EL1=0x809
  at s1e2r, x1 | mmu2 TCR_EL2.TBI=1 x1=NC+0x1200000000000000 | PAR_EL1=0x4400000040101b00
  # AArch64.S1DirectBasePermissions: no unprivileged rights, so that AP[1] and PAN mean nothing; WXN
  at s1e2w, x1 | mmu2 x1=KERN | PAR_EL1=0xff00000040106b80
  at s1e2w, x1 | mmu2 x1=RO | PAR_EL1=0x81f
  ldtr x0, [x1] | mmu2 x1=KERN | x0=0
  ldr x0, [x1] | mmu2 PAN=0x400000 x1=D | x0=0
  br x1 | mmu2 SCTLR_EL2.WXN=1 x1=D | to=2 ec=0x21 iss=0xf far=D
  # ... which they do for EL2&0
  ldr x0, [x1] | HCR_EL2.E2H=1 mmu2 PAN=0x400000 x1=D | to=2 ec=0x25 iss=0xf far=D at=0
  br x1 | HCR_EL2.E2H=1 mmu2 x1=D | to=2 ec=0x21 iss=0xf far=D
`,
);
