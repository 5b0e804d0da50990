export { type ElfImage, type ElfSegment, isElf, readElf } from './elf.ts';
export { type Program, type ProgramLine, type ProgramSection, type ProgramSymbol, writeElf } from './elf-write.ts';
export {
  parseQemuRegisterDumps,
  printKvmRunFailed,
  printQemuRegisters,
  type QemuRegisterDump,
  type QemuRegisterState,
} from './qemu-registers.ts';
export { type FoundSyndrome, findSyndromes } from './syndromes-in-text.ts';
