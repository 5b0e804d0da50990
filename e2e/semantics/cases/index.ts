export {
  DEVICE_ALIGNMENT,
  EL2_TRANSLATION,
  EXTERNAL,
  HARDWARE_UPDATES,
  LSE2,
  MAINTENANCE,
  PAR,
  REFUSED_UPDATES,
  STAGE2_ATTRIBUTES,
  WIDE_TABLES,
  XS,
} from './aborts.ts';
export { HINTS, POINTERS, RAO, SELECTED, VECTORS, WATCHED } from './exceptions.ts';
export { CMPBR, CPA, CSSC, FLAG_M2, HBC } from './integer.ts';
export { ALLINT, INTERRUPT_STATUS, SUPERPRIORITY, VIRTUAL_SUPERPRIORITY } from './interrupts.ts';
export { LRCPC3, LS64, LSE128, LSUI, MOPS, MTE, MTE2, SETG, STRUCTURES, THE, UNPREDICTABLE } from './memory.ts';
export { STAGE1_OFF_TAGGED, TAG_CHECK_CONTROLS, TAG_CHECK_FAULTS, TAG_CHECKS, TAG_INSTRUCTIONS, TAGS_OF_MOVES } from './mte.ts';
export { NV, NV1, NV2 } from './nested.ts';
export { D128, PAUTH2, QARMA, WFXT } from './system.ts';
export { ECV_POFF, EXS, TWED } from './timers.ts';
export { EVT, FGT, FGT2, HCRX, MDCR, TIDCP, WAITS } from './traps.ts';
