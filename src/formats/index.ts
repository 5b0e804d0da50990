export { type ElfImage, type ElfSegment, isElf, readElf } from './elf.ts';
export { parseQemuRegisterDumps, type QemuRegisterDump } from './qemu-registers.ts';
export { type FoundSyndrome, findSyndromes } from './syndromes-in-text.ts';
