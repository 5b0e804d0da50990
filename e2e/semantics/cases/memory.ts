// Loads and stores that QEMU 7.2 has not: 128-bit atomics, ordered pairs and write-back, SIMD structures where order and faults show.
import { group } from '../notation.ts';

/** Stage 2 with one block, whose MemAttr is write-back whatever stage 1 says (FEAT_S2FWB). */
const FORCED_WRITE_BACK = 'HCR_EL2.VM=1 VTTBR_EL2=D VTCR_EL2=0x80020059 HCR_EL2.FWB=1 [D+8]=d907004000000000';

export const LSE128 = group(
  'FEAT_LSE128',
  '',
  `
  # C6.2 LDCLRP, LDSETP, SWPP
  ldclrp x0, x1, [x2] | x0=0xff x1=1 x2=D [D]=ff0f000000000000ffffffffffffffff | x0=0xfff x1=-1 [D]=000f000000000000feffffffffffffff
  ldsetp x0, x1, [x2] | x0=0x10 x1=0x8000000000000000 x2=D+16 [D+16]=01000000000000000200000000000000 | x0=1 x1=2 [D+16]=11000000000000000200000000000080
  swppal x0, x1, [x2] | x0=7 x1=8 x2=D [D]=01000000000000000200000000000000 | x0=1 x1=2 [D]=07000000000000000800000000000000
  swppa x0, x1, [sp] | x0=7 x1=8 sp=D+32 [D+32]=aa*16 | x0=0xaaaaaaaaaaaaaaaa x1=0xaaaaaaaaaaaaaaaa [D+32]=07000000000000000800000000000000
  # Big-endian data: the first register still is the doubleword at the lower address
  swpp x0, x1, [x2] | x0=7 x1=8 x2=D [D]=00000000000000010000000000000002 SCTLR_EL1.EE=1 | x0=1 x1=2 [D]=00000000000000070000000000000008
  # B2.10.2: atomics are aligned to their size; the fault is a read's
  swpp x0, x1, [x2] | x2=D+8 | to=1 ec=0x25 iss=0x21 far=D+8 at=0
  # Write permission is needed; read permission is asked for first
  ldsetp x0, x1, [x2] | mmu x2=RO | to=1 ec=0x25 iss=0x4f far=RO
  ldsetp x0, x1, [x2] | mmu x2=GONE | to=1 ec=0x25 iss=0x07 far=GONE
  # ISV is 0 for atomics of a pair
  swpp x0, x1, [x2] | s2 x2=S2GONE | to=2 ec=0x24 iss=0x07 far=S2GONE hpfar=0x401070
  # The registers must differ, and neither may be the zero register
  .inst 0x19211041 | | undefined
  .inst 0x1921105f | | undefined
  .inst 0x193f1041 | | undefined
`,
);

export const LRCPC3 = group(
  'FEAT_LRCPC3',
  '',
  `
  # C6.2 LDAPR, STLR with write-back
  ldapr x0, [x1], #8 | x1=D [D]=0102030405060708 | x0=0x0807060504030201 x1=D+8
  ldapr w0, [x1], #4 | x1=D [D]=ffffffffffffffff | x0=0xffffffff x1=D+4
  stlr x0, [x1, #-8]! | x0=0x1122334455667788 x1=D+16 | x1=D+8 [D+8]=8877665544332211
  stlr w0, [sp, #-4]! | x0=0x1122334455667788 sp=D+16 | sp=D+12 [D+12]=88776655
  # C6.2 LDIAPP, STILP
  ldiapp x0, x1, [x2] | x2=D [D]=01000000000000000200000000000000 | x0=1 x1=2
  ldiapp w0, w1, [x2], #8 | x2=D [D]=0100000002000000 | x0=1 x1=2 x2=D+8
  ldiapp x0, x1, [x2], #16 | x2=D [D]=01000000000000000200000000000000 | x0=1 x1=2 x2=D+16
  stilp x0, x1, [x2] | x0=1 x1=2 x2=D | [D]=01000000000000000200000000000000
  stilp x0, x1, [x2, #-16]! | x0=1 x1=2 x2=D+32 | x2=D+16 [D+16]=01000000000000000200000000000000
  stilp w0, w1, [x2, #-8]! | x0=1 x1=2 x2=D+32 | x2=D+24 [D+24]=0100000002000000
  # A fault leaves the base as it was
  ldapr x0, [x1], #8 | mmu x1=GONE | to=1 ec=0x25 iss=0x07 far=GONE
  stlr x0, [x1, #-8]! | mmu x1=RO+8 | to=1 ec=0x25 iss=0x4f far=RO
  ldiapp x0, x1, [x2], #16 | mmu x2=GONE | to=1 ec=0x25 iss=0x07 far=GONE
  # FEAT_LSE2: an ordered access may be unaligned within 16 bytes of Normal memory, and not across them
  ldapr x0, [x1], #8 | mmu x1=D+4 [D+4]=0102030405060708 | x0=0x0807060504030201 x1=D+12
  ldapr x0, [x1], #8 | mmu x1=D+12 | to=1 ec=0x25 iss=0x21 far=D+12
  # With write-back there is no instruction syndrome
  ldapr x0, [x1], #8 | s2 x1=S2GONE | to=2 ec=0x24 iss=0x07 far=S2GONE hpfar=0x401070
  # C7.2 LDAP1, STL1: one half, the other is kept
  ldap1 {v0.d}[1], [x1] | x1=D [D]=0102030405060708 v0=0x99 | v0=0x08070605040302010000000000000099
  ldap1 {v0.d}[0], [x1] | x1=D [D]=0102030405060708 v0=0x100000000000000000 | v0=0x100807060504030201
  stl1 {v0.d}[1], [x1] | x1=D v0=0x08070605040302010000000000000099 | [D]=0102030405060708
  # C7.2 LDAPUR, STLUR (SIMD&FP)
  ldapur q0, [x1, #-16] | x1=D+32 [D+16]=seq*16 | v0=0x0f0e0d0c0b0a09080706050403020100
  ldapur b0, [x1, #1] | x1=D [D]=seq*8 | v0=1
  stlur d0, [x1, #8] | x1=D v0=0x1234 | [D+8]=3412000000000000
`,
);

export const STRUCTURES = group(
  'Advanced SIMD structures',
  '',
  `
  # C7.2 LD2 (multiple structures): elements alternate
  ld2 {v0.4h, v1.4h}, [x0] | x0=D [D]=seq*16 v0=-1 | v0=0x0d0c090805040100 v1=0x0f0e0b0a07060302
  # C7.2 LD4 (multiple structures): v0 comes after v31
  ld4 {v31.2d, v0.2d, v1.2d, v2.2d}, [x0], #64 | x0=D [D]=seq*64 | x0=D+64 v31=0x27262524232221200706050403020100 v0=0x2f2e2d2c2b2a29280f0e0d0c0b0a0908 v1=0x37363534333231301716151413121110 v2=0x3f3e3d3c3b3a39381f1e1d1c1b1a1918
  # C7.2 LD1 (multiple structures): one register after the other
  ld1 {v4.8b-v6.8b}, [x0], x1 | x0=D x1=100 [D]=seq*24 | x0=D+100 v4=0x0706050403020100 v5=0x0f0e0d0c0b0a0908 v6=0x1716151413121110
  # C7.2 ST3 (multiple structures)
  st3 {v0.2s, v1.2s, v2.2s}, [sp], #24 | sp=D v0=0x0000000200000001 v1=0x0000001200000011 v2=0x0000002200000021 | sp=D+24 [D]=010000001100000021000000020000001200000022000000
  # C7.2 LD3 (single structure): the other lanes are kept
  ld3 {v0.b, v1.b, v2.b}[9], [x0] | x0=D [D]=aabbcc v0=0 v1=0 v2=0 | v0=0xaa000000000000000000 v1=0xbb000000000000000000 v2=0xcc000000000000000000
  # C7.2 ST1 (single structure)
  st1 {v0.h}[7], [x0], #2 | x0=D v0=0x12340000000000000000000000000000 | x0=D+2 [D]=3412
  # C7.2 LD2R
  ld2r {v0.4s, v1.4s}, [x0], #8 | x0=D [D]=seq*8 | x0=D+8 v0=0x03020100030201000302010003020100 v1=0x07060504070605040706050407060504
  ld1r {v0.8b}, [x0] | x0=D [D]=5a v0=-1 | v0=0x5a5a5a5a5a5a5a5a
  # Big-endian data: bytes within each element, elements in the order of memory
  ld1 {v0.4s}, [x0] | x0=D [D]=seq*16 SCTLR_EL1.EE=1 | v0=0x0c0d0e0f08090a0b0405060700010203
  st2 {v0.8h, v1.8h}, [x0] | x0=D v0=0x00070006000500040003000200010000 v1=0x00170016001500140013001200110010 SCTLR_EL1.EE=1 | [D]=0000001000010011000200120003001300040014000500150006001600070017
  # Of a load that faults halfway no register has changed, and the base is not stepped; the fault is at the element
  ld1 {v0.16b, v1.16b}, [x0], #32 | mmu x0=GONE-24 | to=1 ec=0x25 iss=0x07 far=GONE
  # Elements of a store before the one that faults are stored (CONSTRAINED UNPREDICTABLE, as QEMU does it)
  st1 {v0.4s}, [x0], #16 | mmu x0=RO-8 v0=0x00000004000000030000000200000001 | to=1 ec=0x25 iss=0x4f far=RO [RO-8]=0100000002000000
  # ISV is 0
  st1 {v0.b}[0], [x0] | s2 x0=S2GONE | to=2 ec=0x24 iss=0x47 far=S2GONE hpfar=0x401070
  # SCTLR_ELx.A asks for the alignment of the element
  ld4 {v0.8b-v3.8b}, [x0] | x0=D+1 SCTLR_EL1.A=1 v0=0 v1=0 v2=0 v3=0 | v0=0 v1=0 v2=0 v3=0
  ld1 {v0.d}[0], [x0] | x0=D+4 SCTLR_EL1.A=1 | to=1 ec=0x25 iss=0x21 far=D+4
  # The access trap comes before all else
  ld1 {v0.16b}, [x0] | x0=GONE CPACR_EL1.FPEN=0 | to=1 ec=0x07 iss=0x1e00000
`,
);

/** The three instructions of a copy or set. */
const MACROS = [
  '.macro copy f ; \\f\\()p [x0]!, [x1]!, x2! ; \\f\\()m [x0]!, [x1]!, x2! ; \\f\\()e [x0]!, [x1]!, x2! ; .endm',
  '.macro fill s ; setp [x0]!, x1!, \\s ; setm [x0]!, x1!, \\s ; sete [x0]!, x1!, \\s ; .endm',
].join(' ; ');

export const MOPS = group(
  'FEAT_MOPS',
  'HCRX_EL2.MSCEn=1',
  `
  # C6.2 CPYFP, CPYFM, CPYFE, as Option A: the addresses end up behind the last byte
  copy cpyf | x0=D x1=D+0x100 x2=16 [D+0x100]=seq*16 | x0=D+16 x1=D+0x110 x2=0 nzcv=0 [D]=seq*16
  copy cpyf | x0=D+1 x1=D+0x103 x2=7 [D+0x100]=seq*16 | x0=D+8 x1=D+0x10a x2=0 nzcv=0 [D+1]=03040506070809
  copy cpyf | x0=D+5 x1=D+0x100 x2=33 [D+0x100]=seq*40 | x0=D+38 x1=D+0x121 x2=0 nzcv=0 [D+5]=seq*33
  copy cpyf | x0=D x1=D+0x100 x2=0 nzcv=0b1111 | x0=D x1=D+0x100 x2=0 nzcv=0
  copy cpyf | x0=D x1=D+0x100 x2=1 [D+0x100]=7f | x0=D+1 x1=D+0x101 x2=0 nzcv=0 [D]=7f
  # CPYFP: sizes of 2^63 and more are 2^63-1
  cpyfp [x0]!, [x1]!, x2! | x0=0 x1=0x1000 x2=0x8000000000000000 | x0=0x7fffffffffffffff x1=0x8000000000000fff x2=0x8000000000000001 nzcv=0
  # CPYP: and of 2^55 and more 2^55-1
  cpyp [x0]!, [x1]!, x2! | x0=0 x1=0x1000 x2=0x80000000000000 | x0=0x7fffffffffffff x1=0x80000000000fff x2=0xff80000000000001 nzcv=0
  cpyp [x0]!, [x1]!, x2! | x0=0 x1=0x1000 x2=-1 | x0=0x7fffffffffffff x1=0x80000000000fff x2=0xff80000000000001 nzcv=0
  # C6.2 CPYP: the direction that overlap needs; backwards the size stays positive
  cpyp [x0]!, [x1]!, x2! | x0=D+3 x1=D x2=16 | x0=D+3 x1=D x2=16 nzcv=0
  copy cpy | x0=D+3 x1=D x2=16 [D]=seq*19 | x0=D+3 x1=D x2=0 nzcv=0 [D]=000102000102030405060708090a0b0c0d0e0f
  copy cpy | x0=D x1=D+3 x2=16 [D]=seq*19 | x0=D+16 x1=D+19 x2=0 nzcv=0 [D]=030405060708090a0b0c0d0e0f101112101112
  copy cpy | x0=D x1=D x2=8 [D]=seq*8 | x0=D+8 x1=D+8 x2=0 nzcv=0
  copy cpy | x0=D+16 x1=D x2=16 [D]=seq*16 | x0=D+32 x1=D+16 x2=0 nzcv=0 [D+16]=seq*16
  # Only bits 55:0 of the addresses tell whether they overlap
  copy cpy | mmu TCR_EL1.TBI0=1 x0=D+3 x1=D+0x2a00000000000000 x2=16 [D]=seq*19 | x0=D+3 x1=D+0x2a00000000000000 x2=0 nzcv=0 [D]=000102000102030405060708090a0b0c0d0e0f
  # Wrong option (PSTATE.C is 1): exception class 0x27, D24.2 ISS encoding for the Memory Copy and Memory Set instructions
  cpyfm [x0]!, [x1]!, x2! | x2=-16 nzcv=0b0010 | to=1 ec=0x27 iss=0x30022 at=0
  cpyfe [x0]!, [x1]!, x2! | x2=-16 nzcv=0b0010 | to=1 ec=0x27 iss=0x70022
  cpym [x5]!, [x6]!, x7! | x7=16 nzcv=0b1010 | to=1 ec=0x27 iss=0x314c7
  cpyfmn [x0]!, [x1]!, x2! | x2=-16 nzcv=0b0010 | to=1 ec=0x27 iss=0x630022
  cpyewt [x0]!, [x1]!, x2! | x2=16 nzcv=0b0010 | to=1 ec=0x27 iss=0xf0022
  setm [x0]!, x1!, x2 | x1=-16 nzcv=0b0010 | to=1 ec=0x27 iss=0x1030041
  seten [x3]!, x4!, x5 | x4=-16 nzcv=0b0010 | to=1 ec=0x27 iss=0x1170ca4
  # The other flags are not looked at
  cpyfm [x0]!, [x1]!, x2! | x0=D+16 x1=D+0x110 x2=-16 nzcv=0b1101 [D+0x100]=seq*16 | x2=0 [D]=seq*16
  # MismatchedCpySetTargetEL: HCRX_EL2.MCE2
  cpyfm [x0]!, [x1]!, x2! | x2=-16 nzcv=0b0010 HCRX_EL2.MCE2=1 | to=2 ec=0x27 iss=0x30022
  cpyfm [x0]!, [x1]!, x2! | el=0 SCTLR_EL1.MSCEn=1 x2=-16 nzcv=0b0010 HCRX_EL2.MCE2=1 | to=1 ec=0x27 iss=0x30022
  # CheckMOPSEnabled
  cpyfp [x0]!, [x1]!, x2! | HCRX_EL2.MSCEn=0 | undefined to=1
  setp [x0]!, x1!, x2 | el=0 SCTLR_EL1.MSCEn=0 | undefined to=1
  setp [x0]!, x1!, x2 | el=0 SCTLR_EL1.MSCEn=1 HCRX_EL2.MSCEn=0 | undefined to=1
  # A fault is taken at the byte, with the size left such that the instruction can go on
  copy cpyf | mmu x0=D x1=GONE-8 x2=16 [GONE-8]=seq*8 | to=1 ec=0x25 iss=0x07 far=GONE at=4 x0=D+16 x1=GONE+8 x2=-8 nzcv=0 [D]=seq*8
  copy cpyf | mmu x0=RO-4 x1=D x2=8 [D]=seq*8 | to=1 ec=0x25 iss=0x4f far=RO at=4 x0=RO+4 x1=D+8 x2=-4 nzcv=0 [RO-4]=00010203
  # Backwards, the highest bytes first
  copy cpy | mmu x0=GONE-8 x1=GONE-16 x2=16 [GONE-16]=seq*16 | to=1 ec=0x25 iss=0x47 at=4 far=GONE nzcv=0
  # T: the read or the write is checked as one of EL0
  cpyfmrt [x0]!, [x1]!, x2! | mmu x0=D+8 x1=KERN+8 x2=-8 nzcv=0 | to=1 ec=0x25 iss=0x0f far=KERN
  cpyfmwt [x0]!, [x1]!, x2! | mmu x0=KERN+8 x1=D+8 x2=-8 nzcv=0 | to=1 ec=0x25 iss=0x4f far=KERN
  cpyfmwt [x0]!, [x1]!, x2! | mmu x0=D+8 x1=KERN+8 x2=-8 nzcv=0 [KERN]=seq*8 | x2=0 [D]=seq*8
  setmt [x0]!, x1!, x2 | mmu x0=KERN+8 x1=-8 nzcv=0 | to=1 ec=0x25 iss=0x4f far=KERN
  # ISV is 0
  setm [x0]!, x1!, x2 | s2 x0=S2GONE+8 x1=-8 nzcv=0 | to=2 ec=0x24 iss=0x47 far=S2GONE hpfar=0x401070
  # C6.2 SETP, SETM, SETE
  fill x2 | x0=D+1 x1=13 x2=0x1234 | x0=D+14 x1=0 nzcv=0 [D+1]=34*13
  fill xzr | x0=D x1=8 [D]=ff*10 | x0=D+8 x1=0 nzcv=0 [D]=00*8
  fill x2 | x0=D x1=0 x2=0x55 nzcv=0b1000 | x1=0 nzcv=0
  fill x2 | x0=D+3 x1=64 x2=0xab | x0=D+67 x1=0 nzcv=0 [D+3]=ab*64
  setp [x0]!, x1!, x2 | x0=0 x1=-1 | x0=0x7fffffffffffffff x1=0x8000000000000001 nzcv=0
  # Byte order and alignment checks do not matter to copies and sets
  copy cpyf | x0=D+1 x1=D+0x103 x2=11 [D+0x103]=seq*11 SCTLR_EL1.EE=1 SCTLR_EL1.A=1 | x0=D+12 x1=D+0x10e x2=0 nzcv=0 [D+1]=seq*11
  fill x2 | mmu x0=DEV+1 x1=9 x2=0x7e | x0=DEV+10 x1=0 nzcv=0 [DEV+1]=7e*9
  # Registers that are the same: UNDEFINED (CONSTRAINED UNPREDICTABLE)
  .inst 0x19000400 | | undefined
  .inst 0x19c10422 | | undefined
  # SETG needs FEAT_MTE too
  setgp [x0]!, x1!, x2 | x0=D x1=16 ID_AA64PFR1_EL1.MTE=0 | undefined
`,
  MACROS,
);

export const SETG = group(
  'FEAT_MOPS with FEAT_MTE',
  'HCRX_EL2.MSCEn=1 ID_AA64PFR1_EL1.MTE=1',
  `
  # C6.2 SETGP, SETGM, SETGE: multiples of 16; the contents too
  setgp [x0]!, x1!, x2 ; setgm [x0]!, x1!, x2 ; setge [x0]!, x1!, x2 | x0=D x1=32 x2=0x11 | x0=D+32 x1=0 nzcv=0 [D]=11*32
  setgp [x0]!, x1!, x2 | x0=D+8 x1=16 | to=1 ec=0x25 iss=0x61 far=D+8
  setgp [x0]!, x1!, x2 | x0=D x1=8 | to=1 ec=0x25 iss=0x61 far=D
  setgm [x0]!, x1!, x2 | x0=D+8 x1=-16 nzcv=0 | to=1 ec=0x25 iss=0x61 far=D+8
  setgm [x0]!, x1!, x2 | x1=-16 nzcv=0b0010 | to=1 ec=0x27 iss=0x1830041
  setgp [x0]!, x1!, x2 | x0=0 x1=-1 | x0=0x7ffffffffffffff0 x1=0x8000000000000010 nzcv=0
`,
);

export const LS64 = group(
  'FEAT_LS64, FEAT_LS64_V and FEAT_LS64_ACCDATA',
  'ID_AA64ISAR1_EL1.LS64=3 HCRX_EL2.EnALS=1 HCRX_EL2.EnASR=1 HCRX_EL2.EnAS0=1',
  `
  # C6.2 LD64B, ST64B
  ld64b x0, [x8] | mmu x8=NC [NC]=seq*64 | x0=0x0706050403020100 x1=0x0f0e0d0c0b0a0908 x2=0x1716151413121110 x3=0x1f1e1d1c1b1a1918 x4=0x2726252423222120 x5=0x2f2e2d2c2b2a2928 x6=0x3736353433323130 x7=0x3f3e3d3c3b3a3938
  st64b x10, [x8] | mmu x8=NC+64 x10=1 x11=2 x12=3 x13=4 x14=5 x15=6 x16=7 x17=8 | [NC+64]=01000000000000000200000000000000030000000000000004000000000000000500000000000000060000000000000007000000000000000800000000000000
  st64b x0, [sp] | sp=D x0=-1 x1=0 x2=0 x3=0 x4=0 x5=0 x6=0 x7=0 | [D]=ff*8
  ld64b x22, [x8] | mmu x8=DEV [DEV]=01*64 | x22=0x0101010101010101 x23=0x0101010101010101 x24=0x0101010101010101 x25=0x0101010101010101 x26=0x0101010101010101 x27=0x0101010101010101 x28=0x0101010101010101 x29=0x0101010101010101
  # Big-endian data
  st64b x0, [x8] | x8=D SCTLR_EL1.EE=1 x0=1 x1=2 x2=0 x3=0 x4=0 x5=0 x6=0 x7=0 | [D]=00000000000000010000000000000002
  # C3.2.8: not to Normal cacheable memory (fault status 0x35)
  ld64b x0, [x8] | mmu x8=D | to=1 ec=0x25 iss=0x35 far=D
  st64b x0, [x8] | mmu x8=D | to=1 ec=0x25 iss=0x75 far=D
  # Aligned to 64 bytes, whatever SCTLR_ELx.A says, and before translation
  ld64b x0, [x8] | mmu x8=NC+8 | to=1 ec=0x25 iss=0x21 far=NC+8
  st64b x0, [x8] | mmu x8=GONE+32 | to=1 ec=0x25 iss=0x61 far=GONE+32
  ld64b x0, [x8] | mmu el=0 SCTLR_EL1.EnALS=1 x8=D | to=1 ec=0x24 iss=0x35 far=D
  st64bv x20, x0, [x8] | mmu x8=D | to=1 ec=0x25 iss=0x75 far=D
  st64bv0 x20, x0, [x8] | mmu x8=D | to=1 ec=0x25 iss=0x75 far=D
  # ... of any kind: write-through, and cacheable on one side only
  ld64b x0, [x8] | mmu MAIR_EL1=0xf000bbff x8=NC | to=1 ec=0x25 iss=0x35 far=NC
  ld64b x0, [x8] | mmu MAIR_EL1=0xf0004fff x8=NC | to=1 ec=0x25 iss=0x35 far=NC
  ld64b x0, [x8] | mmu MAIR_EL1=0xf000f4ff x8=NC | to=1 ec=0x25 iss=0x35 far=NC
  # ... but to every kind of Device memory, and to what SCTLR_EL1.C makes non-cacheable
  st64b x0, [x8] | mmu MAIR_EL1=0xf00c44ff x8=DEV x0=-1 x1=0 x2=0 x3=0 x4=0 x5=0 x6=0 x7=0 | [DEV]=ff*8
  st64b x0, [x8] | mmu MAIR_EL1=0xf00844ff x8=DEV x0=-1 x1=0 x2=0 x3=0 x4=0 x5=0 x6=0 x7=0 | [DEV]=ff*8
  st64b x0, [x8] | mmu SCTLR_EL1.C=0 x8=D x0=-1 x1=0 x2=0 x3=0 x4=0 x5=0 x6=0 x7=0 | [D]=ff*8
  # The type is that of all stages together, and the fault that of the first with a wrong one (choice)
  st64b x0, [x8] | mmu s2 x8=NC x0=-1 x1=0 x2=0 x3=0 x4=0 x5=0 x6=0 x7=0 | [NC]=ff*8
  ld64b x0, [x8] | mmu s2 x8=D | to=1 ec=0x25 iss=0x35 far=D
  ld64b x0, [x8] | mmu ${FORCED_WRITE_BACK} x8=NC | to=2 ec=0x24 iss=0x35 iss2=0 far=NC
  st64b x0, [x8] | mmu ${FORCED_WRITE_BACK} x8=DEV | to=2 ec=0x24 iss=0x75 far=DEV
  st64bv x20, x0, [x8] | mmu ${FORCED_WRITE_BACK} x8=NC | to=2 ec=0x24 iss=0x75 iss2=0 far=NC
  ld64b x0, [x8] | mmu ${FORCED_WRITE_BACK} x8=T | to=1 ec=0x25 iss=0x35 far=T
  # ... which HCR_EL2.DC does not make stage 1's
  ld64b x0, [x8] | s2 HCR_EL2.DC=1 x8=D | to=2 ec=0x24 iss=0x35 far=D
  # Where there is no memory, LD64B and ST64B are stage 1 Data Aborts (choice), and ST64BV is told that there is none
  ld64b x0, [x8] | x8=0x10000000 | to=1 ec=0x25 iss=0x35 far=0x10000000
  st64b x0, [x8] | x8=0x10000000 | to=1 ec=0x25 iss=0x75 far=0x10000000
  st64bv x20, x0, [x8] | x8=0x10000000 | x20=-1
  st64bv0 x20, x0, [x8] | mmu x8=DEV | x20=-1
  # EL0's own rights
  ld64b x0, [x8] | mmu el=0 SCTLR_EL1.EnALS=1 x8=KERN | to=1 ec=0x24 iss=0x1c0900f far=KERN
  # D24.2 ACCDATA_EL1: of EL1, behind its fine-grained traps
  mrs x5, accdata_el1 | HFGRTR_EL2.nACCDATA_EL1=1 ACCDATA_EL1=0x12345678 | x5=0x12345678
  msr accdata_el1, x5 | HFGWTR_EL2.nACCDATA_EL1=1 x5=0x12345678 | ACCDATA_EL1=0x12345678
  mrs x5, accdata_el1 | HFGWTR_EL2.nACCDATA_EL1=1 | to=2 ec=0x18 iss=0x3a34a1 at=0
  msr accdata_el1, x5 | HFGRTR_EL2.nACCDATA_EL1=1 | to=2 ec=0x18 iss=0x3a34a0 at=0
  msr accdata_el1, x5 | el=2 x5=7 | ACCDATA_EL1=7
  mrs x5, accdata_el1 | el=0 | undefined to=1
  mrs x5, accdata_el1 | el=2 ID_AA64ISAR1_EL1.LS64=2 | undefined to=2
  # D24.2 ISS of a Data Abort: translation, access flag and permission faults of either stage have ISV, SAS=3, SF and LST
  ld64b x0, [x8] | mmu x8=GONE | to=1 ec=0x25 iss=0x1c09007 iss2=0 far=GONE
  ld64b x6, [x8] | mmu x8=AF0 | to=1 ec=0x25 iss=0x1c6900b far=AF0
  st64b x2, [x8] | mmu x8=RO | to=1 ec=0x25 iss=0x1c2904f far=RO
  ld64b x0, [x8] | s2 x8=S2GONE | to=2 ec=0x24 iss=0x1c09007 far=S2GONE hpfar=0x401070
  st64b x0, [x8] | s2 x8=S2RO | to=2 ec=0x24 iss=0x1c0904f far=S2RO
  # ISS2.Xs is the status register
  st64bv x20, x0, [x8] | mmu x8=GONE | to=1 ec=0x25 iss=0x1c08847 iss2=20 far=GONE
  st64bv0 x21, x4, [x8] | mmu x8=RO | to=1 ec=0x25 iss=0x1c4984f iss2=21 far=RO
  # C6.2 ST64BV: no memory here answers with a status
  st64bv x20, x0, [x8] | mmu x8=NC | x20=-1
  st64bv xzr, x0, [x8] | mmu x8=NC |
  # CheckLDST64BEnabled, CheckST64BVEnabled, CheckST64BV0Enabled: exception class 0x0a, ISS which
  ld64b x0, [x8] | x8=D HCRX_EL2.EnALS=0 | to=2 ec=0x0a iss=2 at=0
  st64b x0, [x8] | x8=D HCRX_EL2.EnALS=0 | to=2 ec=0x0a iss=2
  ld64b x0, [x8] | el=0 x8=D | to=1 ec=0x0a iss=2
  ld64b x0, [x8] | el=0 x8=D HCR_EL2.E2H=1 HCR_EL2.TGE=1 HCRX_EL2.EnALS=0 | to=2 ec=0x0a iss=2 at=0
  st64bv x20, x0, [x8] | el=0 x8=D HCR_EL2.E2H=1 HCR_EL2.TGE=1 SCTLR_EL2.EnASR=1 HCRX_EL2.EnASR=0 | x20=-1
  st64b x0, [x8] | el=0 x8=D SCTLR_EL1.EnALS=1 HCRX_EL2.EnALS=0 | to=2 ec=0x0a iss=2
  st64bv x20, x0, [x8] | HCRX_EL2.EnASR=0 | to=2 ec=0x0a iss=0
  st64bv x20, x0, [x8] | el=0 | to=1 ec=0x0a iss=0
  st64bv0 x20, x0, [x8] | HCRX_EL2.EnAS0=0 | to=2 ec=0x0a iss=1
  st64bv0 x20, x0, [x8] | el=0 | to=1 ec=0x0a iss=1
  # The trap comes before the alignment of SP
  ld64b x0, [sp] | sp=D+8 SCTLR_EL1.SA=1 HCRX_EL2.EnALS=0 | to=2 ec=0x0a iss=2
  # The first register is even and at most x22: UNDEFINED before any trap
  .inst 0xf83fd101 | HCRX_EL2.EnALS=0 | undefined to=1
  .inst 0xf83fd118 | | undefined to=1
  # Each has its own feature
  st64bv x20, x0, [x8] | ID_AA64ISAR1_EL1.LS64=1 | undefined
  st64bv0 x20, x0, [x8] | ID_AA64ISAR1_EL1.LS64=2 | undefined
`,
);

export const THE = group(
  'FEAT_THE',
  'ID_AA64PFR1_EL1.THE=1 ID_AA64MMFR3_EL1.TCRX=1 HCRX_EL2.TCR2En=1 x0=D',
  `
  # C6.2 RCWSWP, RCWCLR, RCWSET, RCWCAS: stored when no check fails, which the flags say (0b0010)
  rcwswp x1, x2, [x0] | x1=0x1234 [D]=0100000000000000 | x2=1 nzcv=0b0010 [D]=3412000000000000
  rcwclr x1, x2, [x0] | x1=0xf0 [D]=ff00000000000000 | x2=0xff nzcv=0b0010 [D]=0f
  rcwset x1, x2, [x0] | x1=0xf0 [D]=0100000000000000 | x2=1 nzcv=0b0010 [D]=f1
  rcwcas x1, x2, [x0] | x1=1 x2=2 [D]=0100000000000000 | x1=1 nzcv=0b0010 [D]=02
  rcwcasal x1, x2, [x0] | x1=7 x2=2 [D]=0100000000000000 | x1=1 nzcv=0b1010
  # RCWCheck without protection: nothing of hardware's
  rcwswp x1, x2, [x0] | x1=0 [D]=0100000000001000 | x2=0x10000000000001 nzcv=0b0010 [D]=00*8
  # With TCR2_EL1.PnCH: an unprotected entry stays unprotected
  rcwset x1, x2, [x0] | TCR2_EL1.PnCH=1 x1=0x10000000000000 [D]=0100000000000000 | x2=1 nzcv=0b0110
  rcwset x1, x2, [x0] | TCR2_EL1.PnCH=1 x1=0x2 [D]=0100000000000000 | x2=1 nzcv=0b0010 [D]=03
  # A protected one keeps its Protected and its valid bit
  rcwclr x1, x2, [x0] | TCR2_EL1.PnCH=1 x1=0x10000000000000 [D]=0000000000001000 | x2=0x10000000000000 nzcv=0b0110
  rcwset x1, x2, [x0] | TCR2_EL1.PnCH=1 x1=1 [D]=0000000000001000 | x2=0x10000000000000 nzcv=0b0110
  rcwset x1, x2, [x0] | TCR2_EL1.PnCH=1 x1=0x100 [D]=0000000000001000 | x2=0x10000000000000 nzcv=0b0010 [D]=0001
  # And when valid changes only in the bits of RCWMASK_EL1
  rcwset x1, x2, [x0] | TCR2_EL1.PnCH=1 x1=0x100 [D]=0100000000001000 | x2=0x10000000000001 nzcv=0b0110
  rcwset x1, x2, [x0] | TCR2_EL1.PnCH=1 RCWMASK_EL1=0x100 x1=0x100 [D]=0100000000001000 | x2=0x10000000000001 nzcv=0b0010 [D]=0101
  # Bit 17 of the mask speaks for bits 49:17, and the valid bit is never masked
  rcwset x1, x2, [x0] | TCR2_EL1.PnCH=1 RCWMASK_EL1=0x20000 x1=0x2000000000000 [D]=0100000000001000 | x2=0x10000000000001 nzcv=0b0010 [D]=0100000000001200
  rcwset x1, x2, [x0] | TCR2_EL1.PnCH=1 RCWMASK_EL1=0x40000 x1=0x40000 [D]=0100000000001000 | x2=0x10000000000001 nzcv=0b0110
  rcwclr x1, x2, [x0] | TCR2_EL1.PnCH=1 RCWMASK_EL1=1 x1=1 [D]=0100000000001000 | x2=0x10000000000001 nzcv=0b0110
  # HCRX_EL2.TCR2En=0: TCR2_EL1 is as if zero
  rcwset x1, x2, [x0] | HCRX_EL2.TCR2En=0 TCR2_EL1.PnCH=1 x1=0x10000000000000 [D]=0100000000000000 | x2=1 nzcv=0b0010 [D]=0100000000001000
  # C6.2 RCWSSWP and the like: RCWSMASK_EL1 says what of a valid entry software may change (PSTATE.C)
  rcwsset x1, x2, [x0] | x1=0x100 [D]=0100000000000000 | x2=1 nzcv=0b0000
  rcwsset x1, x2, [x0] | RCWSMASK_EL1=0x100 x1=0x100 [D]=0100000000000000 | x2=1 nzcv=0b0010 [D]=0101
  rcwsset x1, x2, [x0] | x1=1 [D]=0000000000000000 | x2=0 nzcv=0b0000
  rcwsset x1, x2, [x0] | x1=0x100 [D]=0000000000000000 | x2=0 nzcv=0b0010 [D]=0001
  rcwsset x1, x2, [x0] | TCR2_EL1.PnCH=1 RCWSMASK_EL1=0x10000000000000 x1=0x10000000000000 [D]=0100000000000000 | x2=1 nzcv=0b0100
  rcwscas x1, x2, [x0] | x1=1 x2=3 [D]=0100000000000000 | x1=1 nzcv=0b0000
  # Aligned to 8 bytes even with FEAT_LSE2
  rcwswp x1, x2, [x0] | mmu x0=D+4 | to=1 ec=0x25 iss=0x21 far=D+4
  # Write permission is needed also where nothing is stored
  rcwcas x1, x2, [x0] | mmu x0=RO x1=1 | to=1 ec=0x25 iss=0x4f far=RO
  # 128-bit entries are for FEAT_D128, and not in use
  rcwcasp x2, x3, x4, x5, [x0] | | undefined
  rcwcasp x2, x3, x4, x5, [x0] | ID_AA64MMFR3_EL1.D128=1 | undefined
  # Without the feature
  rcwswp x1, x2, [x0] | ID_AA64PFR1_EL1.THE=0 | undefined
`,
);

export const MTE = group(
  'FEAT_MTE',
  'ID_AA64PFR1_EL1.MTE=1',
  `
  # C6.2 ADDG, SUBG: where tags are not accessed, an address gets tag 0 (AArch64.AddressWithAllocationTag)
  addg x0, x1, #16, #3 | x1=D+0x0a00000000000000 | x0=D+16
  subg x0, x1, #32, #0 | x1=D+0x0a00000000000040 | x0=D+0x20
  addg sp, sp, #1008, #15 | sp=D | sp=D+1008
  # C6.2 IRG
  irg x0, x1, x2 | x1=D+0x0700000000000000 x2=0 | x0=D
  irg x0, x1 | x1=D+0xf700000000000000 | x0=D+0xf000000000000000
  # C6.2 GMI
  gmi x0, x1, x2 | x1=D+0x0a00000000000000 x2=1 | x0=0x401
  gmi x0, x1, xzr | x1=0 | x0=1
  # C6.2 SUBP, SUBPS: of 56 bits, as signed numbers
  subp x0, x1, x2 | x1=0x0a00000000001000 x2=0x0b00000000000ff0 | x0=0x10
  subp x0, x1, x2 | x1=0x0080000000000000 x2=1 | x0=0xff7fffffffffffff
  subps x0, x1, x2 | x1=D+0x0a00000000000000 x2=D+0x0b00000000000000 | x0=0 nzcv=0b0110
  subps x0, x1, x2 | x1=1 x2=2 | x0=-1 nzcv=0b1000
  cmpp x1, x2 | x1=D+16 x2=D | nzcv=0b0010
  # C6.2 LDG
  ldg x0, [x1] | x0=0x0f00000000001234 x1=D+8 | x0=0x1234
  ldg x0, [x1, #-16] | x0=0x0f00000000001234 x1=D+32 | x0=0x1234
  ldg x0, [x1] | mmu x1=GONE | to=1 ec=0x25 iss=0x07 far=GONE
  # C6.2 STG, ST2G, STZG, STZ2G: the address is checked, and stepped when all is well
  stg x0, [x1] | x1=D |
  stg x0, [x1], #16 | x1=D | x1=D+16
  st2g x0, [x1, #-32]! | x1=D+64 | x1=D+32
  stzg x0, [x1] | x1=D+16 [D]=ff*64 | [D+16]=00*16
  stz2g x0, [x1], #32 | x1=D+16 [D]=ff*64 | x1=D+48 [D+16]=00*32
  stg x0, [x1], #16 | x1=D+8 | to=1 ec=0x25 iss=0x61 far=D+8
  stz2g x0, [x1, #16]! | x1=D+8 [D]=ff*64 | to=1 ec=0x25 iss=0x61 far=D+24
  stg x0, [x1], #16 | mmu x1=RO | to=1 ec=0x25 iss=0x4f far=RO
  st2g x0, [x1] | mmu x1=RO-16 | to=1 ec=0x25 iss=0x4f far=RO
  # C6.2 STGP
  stgp x2, x3, [x1], #32 | x1=D x2=1 x3=2 | x1=D+32 [D]=01000000000000000200000000000000
  stgp x2, x3, [x1, #16]! | x1=D x2=1 x3=2 | x1=D+16 [D+16]=01000000000000000200000000000000
  stgp x2, x3, [x1] | x1=D+8 | to=1 ec=0x25 iss=0x61 far=D+8
  # Tags of blocks are FEAT_MTE2's
  ldgm x0, [x1] | x1=D | undefined
  # Without the feature
  irg x0, x1 | ID_AA64PFR1_EL1.MTE=0 | undefined
`,
);

export const MTE2 = group(
  'FEAT_MTE2',
  'ID_AA64PFR1_EL1.MTE=2 HCR_EL2.ATA=1 SCTLR_EL1.ATA=1',
  `
  # C6.2 IRG: AArch64.RandomTag from RGSR_EL1.SEED, and RGSR_EL1 goes on
  irg x0, x1 | x1=D RGSR_EL1=0x100 | x0=D+0x0100000000000000 RGSR_EL1=0x100001
  irg x0, x1, x2 | x1=D x2=0b10 RGSR_EL1=0x100 | x0=D+0x0200000000000000 RGSR_EL1=0x100002
  irg x0, x1 | x1=D RGSR_EL1=0x100 GCR_EL1.Exclude=0xffff | x0=D RGSR_EL1=0x100000
  # C6.2 ADDG, SUBG: AArch64.ChooseNonExcludedTag
  addg x0, x1, #16, #3 | x1=D+0x0a00000000000000 | x0=D+0x0d00000000000010
  addg x0, x1, #0, #1 | x1=D+0x0f00000000000000 | x0=D
  addg x0, x1, #0, #2 | x1=D+0x0100000000000000 GCR_EL1.Exclude=0b1000 | x0=D+0x0400000000000000
  subg x0, x1, #16, #0 | x1=D+0x0300000000000010 GCR_EL1.Exclude=0b1000 | x0=D+0x0400000000000000
  # AArch64.AllocationTagAccessIsEnabled
  addg x0, x1, #0, #1 | x1=D HCR_EL2.ATA=0 | x0=D
  addg x0, x1, #0, #1 | x1=D SCTLR_EL1.ATA=0 | x0=D
  addg x0, x1, #0, #1 | el=0 x1=D | x0=D
  addg x0, x1, #0, #1 | el=0 SCTLR_EL1.ATA0=1 x1=D | x0=D+0x0100000000000000
  # C6.2 LDGM, STGM, STZGM: not at EL0
  ldgm x0, [x1] | el=0 x1=D | undefined
  stgm x0, [x1] | x1=D |
  stzgm x0, [x1] | x1=D+70 [D]=ff*192 | [D+64]=00*64
  ldgm x0, [x1] | x1=D | x0=0
`,
);

export const UNPREDICTABLE = group(
  'CONSTRAINED UNPREDICTABLE choices',
  '',
  `
  # K1.2 Unpredictable_WBOVERLAPLD: the base register holds the new address
  ldr x0, [x0], #8 | x0=D [D]=ff*8 | x0=D+8
  ldrsb w0, [x0, #1]! | x0=D [D]=ff*8 | x0=D+1
  ldp x0, x1, [x0], #16 | x0=D [D]=01000000000000000200000000000000 | x0=D+16 x1=2
  ldp x1, x0, [x0, #16]! | x0=D [D+16]=01000000000000000200000000000000 | x0=D+16 x1=1
  ldapr x0, [x0], #8 | x0=D [D]=ff*8 | x0=D+8
  # K1.2 Unpredictable_WBOVERLAPST: the value before the write-back is stored
  str x0, [x0, #8]! | x0=D | x0=D+8 [D+8]=0000104000000000
  stp x1, x0, [x0], #16 | x0=D x1=7 | x0=D+16 [D]=07000000000000000000104000000000
  # K1.2 Unpredictable_LDPOVERLAP: the register holds the first element
  ldp x0, x0, [x1] | x1=D [D]=01000000000000000200000000000000 | x0=1
  ldnp w0, w0, [x1] | x1=D [D]=0100000002000000 | x0=1
  ldxp x0, x0, [x1] | x1=D [D]=01000000000000000200000000000000 | x0=1
  ldp q0, q0, [x1] | x1=D [D]=seq*32 | v0=0x0f0e0d0c0b0a09080706050403020100
  ldiapp x0, x0, [x1] | x1=D [D]=01000000000000000200000000000000 | x0=1
  # ... but LDPSW of one register is UNDEFINED, as is one whose base is loaded
  ldpsw x0, x0, [x1] | | undefined
  ldpsw x0, x1, [x0], #8 | | undefined
  # K1.2 Unpredictable_DATAOVERLAP, Unpredictable_BASEOVERLAP: the values before the status is written
  ldxr x2, [x1] ; stxr w0, x0, [x1] | x0=0x1234 x1=D | x0=0 x2=0 [D]=3412
  ldxr x2, [x0] ; stxr w0, x1, [x0] | x0=D x1=0x1234 | x0=0 x2=0 [D]=3412
  ldxp x2, x3, [x1] ; stxp w0, x4, x0, [x1] | x0=0x1234 x1=D x4=0 | x0=0 x2=0 x3=0 [D+8]=3412
  # K1.2 Unpredictable_LSE128OVERLAP
  ldclrp x0, x0, [x1] | | undefined
`,
);

export const LSUI = group(
  'FEAT_LSUI',
  'mmu',
  `
  # C6.2 LDTXR, STTXR and their kind: with the permissions of EL0
  ldtxr x0, [x1] ; sttxr w2, x3, [x1] | x1=D x3=0x77 [D]=05 | x0=5 x2=0 [D]=77
  ldatxr w0, [x1] ; stltxr w2, w3, [x1] | x1=D x3=0x77 [D]=05 | x0=5 x2=0 [D]=77
  ldtxr x0, [x1] | x1=KERN | to=1 ec=0x25 iss=0x0f far=KERN at=0
  ldxr x0, [x1] | x1=KERN [KERN]=05 | x0=5
  ldtxr x0, [x1] | x1=KERN UAO=0x800000 [KERN]=05 | x0=5
  ldtxr x0, [x1] | x1=D PAN=0x400000 [D]=05 | x0=5
  ldtxr x0, [x1] ; sttxr w2, x3, [x1] | x1=RO | to=1 ec=0x25 iss=0x4f far=RO at=4 x0=0
  # Atomics, compare and swap
  ldtadd x0, x2, [x1] | x0=1 x1=D [D]=05 | x2=5 [D]=06
  ldtset w0, w2, [x1] | x0=2 x1=D [D]=05 | x2=5 [D]=07
  swpt x0, x2, [x1] | x0=7 x1=D [D]=05 | x2=5 [D]=07
  cast x0, x2, [x1] | x0=5 x1=D x2=9 [D]=05 | [D]=09
  caspt x0, x1, x2, x3, [x4] | x0=5 x1=6 x2=7 x3=8 x4=D [D]=05000000000000000600000000000000 | [D]=07000000000000000800000000000000
  ldtadd x0, x2, [x1] | x1=KERN | to=1 ec=0x25 iss=0x0f far=KERN at=0
  swpt x0, x2, [x1] | x1=RO | to=1 ec=0x25 iss=0x4f far=RO at=0
  # Pairs
  ldtp x0, x2, [x1] | x1=D [D]=01000000000000000200000000000000 | x0=1 x2=2
  sttp x0, x2, [x1] | x0=1 x1=D x2=2 | [D]=01000000000000000200000000000000
  ldtp x0, x2, [x1] | x1=KERN | to=1 ec=0x25 iss=0x0f far=KERN at=0
`,
);
