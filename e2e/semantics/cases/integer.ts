// Common short sequences, flag manipulation, compare and branch, checked pointer arithmetic: registers in, registers and flags out.
import { group } from '../notation.ts';

export const CSSC = group(
  'FEAT_CSSC',
  '',
  `
  # C6.2.1 ABS
  abs x0, x1 | x1=-5 | x0=5
  abs x0, x1 | x1=0x8000000000000000 | x0=0x8000000000000000
  abs w0, w1 | x1=0xffffffff80000001 | x0=0x7fffffff
  abs w0, w1 | x1=0x80000000 nzcv=15 | x0=0x80000000
  # C6.2.75 CNT
  cnt x0, x1 | x1=0xf00f000000000001 | x0=9
  cnt w0, w1 | x1=0xffffffff00000000 | x0=0
  cnt x0, x1 | x1=-1 | x0=64
  # C6.2.119 CTZ
  ctz x0, x1 | x1=0x100000000 | x0=32
  ctz w0, w1 | x1=0x100000000 | x0=32
  ctz x0, x1 | x1=0 | x0=64
  ctz w0, w1 | x1=0x80000000 | x0=31
  # C6.2 SMAX, SMIN (register)
  smax x0, x1, x2 | x1=-1 x2=1 | x0=1
  smax w0, w1, w2 | x1=0xffffffff x2=1 | x0=1
  smin x0, x1, x2 | x1=-1 x2=1 | x0=-1
  smin w0, w1, w2 | x1=0xffffffff x2=1 | x0=0xffffffff
  # C6.2 UMAX, UMIN (register)
  umax x0, x1, x2 | x1=-1 x2=1 | x0=-1
  umin x0, x1, x2 | x1=-1 x2=1 | x0=1
  umin w0, w1, w2 | x1=0x1fffffff0 x2=0xfffffff1 | x0=0xfffffff0
  # C6.2 SMAX, SMIN, UMAX, UMIN (immediate)
  smax x0, x1, #-128 | x1=-129 | x0=-128
  smax w0, w1, #127 | x1=0x80000000 | x0=127
  smin x0, x1, #-1 | x1=0 | x0=-1
  smin w0, w1, #-1 | x1=0 | x0=0xffffffff
  umax x0, x1, #255 | x1=254 | x0=255
  umax w0, w1, #0 | x1=0xf00000007 | x0=7
  umin x0, x1, #1 | x1=-1 | x0=1
`,
);

export const FLAG_M2 = group(
  'FEAT_FlagM and FEAT_FlagM2',
  '',
  `
  # C6.2.27 AXFLAG: what FCMP leaves, to what code for the other format expects
  axflag | nzcv=0b1000 | nzcv=0b0000
  axflag | nzcv=0b0110 | nzcv=0b0110
  axflag | nzcv=0b0010 | nzcv=0b0010
  axflag | nzcv=0b0011 | nzcv=0b0100
  axflag | nzcv=0b1111 | nzcv=0b0100
  axflag | nzcv=0b1001 | nzcv=0b0100
  # C6.2.506 XAFLAG: and back
  xaflag | nzcv=0b0000 | nzcv=0b1000
  xaflag | nzcv=0b0110 | nzcv=0b0110
  xaflag | nzcv=0b0010 | nzcv=0b0010
  xaflag | nzcv=0b0100 | nzcv=0b0011
  xaflag | nzcv=0b1111 | nzcv=0b0110
  # C6.2.66 CFINV
  cfinv | nzcv=0b1001 | nzcv=0b1011
  cfinv | nzcv=0b1111 | nzcv=0b1101
  # C6.2.377 RMIF
  rmif x0, #4, #0b1010 | x0=0xf0 nzcv=0 | nzcv=0b1010
  rmif x0, #62, #0b1111 | x0=0x8000000000000001 nzcv=0 | nzcv=0b0110
  # C6.2.393 SETF8, SETF16
  setf8 w0 | x0=0x80 nzcv=0b0010 | nzcv=0b1011
  setf8 w0 | x0=0x100 nzcv=0 | nzcv=0b0101
  setf16 w0 | x0=0x18000 nzcv=0b0010 | nzcv=0b1010
`,
);

/** One when the branch was taken. */
const taken = (branch: string): string => `mov x9, #1 ; ${branch}, 1f ; mov x9, #0 ; 1: nop`;

export const CMPBR = group(
  'FEAT_CMPBR',
  '',
  `
  # C6.2 CB<cc> (register)
  ${taken('cbgt x0, x1')} | x0=1 x1=-1 | x9=1
  ${taken('cbgt w0, w1')} | x0=0x180000000 x1=0 | x9=0
  ${taken('cbge x0, x1')} | x0=-2 x1=-2 | x9=1
  ${taken('cbhi x0, x1')} | x0=-1 x1=1 | x9=1
  ${taken('cbhs w0, w1')} | x0=0x100000000 x1=1 | x9=0
  ${taken('cbeq w0, w1')} | x0=0x100000005 x1=0x200000005 | x9=1
  ${taken('cbne x0, x1')} | x0=0x100000005 x1=0x200000005 | x9=1
  ${taken('cblt x0, x1')} | x0=-1 x1=0 | x9=1
  ${taken('cbls x0, x1')} | x0=0 x1=0 | x9=1
  ${taken('cbeq x0, xzr')} | x0=0 | x9=1
  # C6.2 CBB<cc>, CBH<cc>
  ${taken('cbbgt w0, w1')} | x0=0x7f x1=0x180 | x9=1
  ${taken('cbbhi w0, w1')} | x0=0x7f x1=0x180 | x9=0
  ${taken('cbbeq w0, w1')} | x0=0x1234 x1=0xff34 | x9=1
  ${taken('cbhge w0, w1')} | x0=0x18000 x1=0x7fff | x9=0
  ${taken('cbhhs w0, w1')} | x0=0x18000 x1=0x7fff | x9=1
  ${taken('cbhne w0, w1')} | x0=0x11234 x1=0x21234 | x9=0
  # C6.2 CB<cc> (immediate)
  ${taken('cbgt x0, #63')} | x0=64 | x9=1
  ${taken('cblt w0, #0')} | x0=0x80000000 | x9=1
  ${taken('cbhi w0, #0')} | x0=0x80000000 | x9=1
  ${taken('cblo x0, #1')} | x0=0 | x9=1
  ${taken('cbeq w0, #5')} | x0=0x700000005 | x9=1
  ${taken('cbne x0, #5')} | x0=0x700000005 | x9=1
  # The flags are neither read nor written
  ${taken('cbeq x0, #5')} | x0=5 nzcv=0b1011 | x9=1
`,
);

export const CPA = group(
  'FEAT_CPA',
  '',
  `
  # C6.2 ADDPT, SUBPT: checked arithmetic is not enabled, so that the sum is all
  addpt x0, x1, x2, lsl #3 | x1=0x1000 x2=2 | x0=0x1010
  addpt sp, x1, x2 | x1=D x2=64 | sp=D+64
  subpt x0, sp, x2, lsl #7 | x2=1 sp=D+0x100 | x0=D+0x80
  # C6.2 MADDPT, MSUBPT
  maddpt x0, x1, x2, x3 | x1=3 x2=5 x3=0x1000 | x0=0x100f
  msubpt x0, x1, x2, x3 | x1=3 x2=5 x3=0x1000 | x0=0xff1
`,
);

export const HBC = group(
  'FEAT_HBC',
  '',
  `
  # C6.2.34 BC.cond: as B.cond, a hint about how it behaves
  mov x9, #1 ; bc.eq 1f ; mov x9, #0 ; 1: nop | nzcv=0b0100 | x9=1
  mov x9, #1 ; bc.ne 1f ; mov x9, #0 ; 1: nop | nzcv=0b0100 | x9=0
`,
);
