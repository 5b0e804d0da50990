// ELF64 for AArch64: reading a static executable into segments, entry and symbols. Every offset is checked before it is used, so a broken or
// hostile file is refused with a sentence. Knows nothing of machines and of what the code does.
import { err, ok, type Result } from '#base';

/** A part of memory that the file fills: `bytes` at `address`, zero up to `memorySize`. Addresses are the physical ones (p_paddr). */
export interface ElfSegment {
  readonly address: bigint;
  readonly bytes: Uint8Array;
  readonly memorySize: bigint;
  /** It holds code (PF_X). */
  readonly executable: boolean;
}

export interface ElfImage {
  readonly entry: bigint;
  readonly segments: readonly ElfSegment[];
  /** Names of functions, objects and labels with their addresses. */
  readonly symbols: ReadonlyMap<string, bigint>;
}

const MAGIC = 0x7f454c46;
const ET_EXEC = 2;
const ET_DYN = 3;
const EM_AARCH64 = 183;
const PT_LOAD = 1;
const PT_INTERP = 3;
const SHT_SYMTAB = 2;
/** Local and global symbols without a type, objects and functions. */
const SYMBOL_TYPES = new Set([0, 1, 2]);
const PF_X = 1;
/** A symbol's name longer than this is no name, and more symbols than this are not read: the time that a file takes is bounded by its size. */
const LONGEST_NAME = 1024;
const MOST_SYMBOLS = 500_000;

/** True when the bytes open as an ELF file does. */
export function isElf(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0) === MAGIC;
}

/** Reads a static AArch64 ELF file; the error is a sentence for people. */
export function readElf(bytes: Uint8Array): Result<ElfImage, string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isElf(bytes) || bytes.length < 64) return err('not an ELF file');
  if (bytes[4] !== 2) return err('a 32-bit ELF file; this machine is AArch64');
  if (bytes[5] !== 1) return err('a big-endian ELF file; instructions of AArch64 are little-endian');
  const type = view.getUint16(16, true);
  const machine = view.getUint16(18, true);
  if (machine !== EM_AARCH64) return err(`an ELF file for another machine (e_machine ${machine}; AArch64 is ${EM_AARCH64})`);
  if (type !== ET_EXEC && type !== ET_DYN) return err('no executable: link the object file first');
  const inside = (offset: bigint, size: bigint): boolean => offset >= 0n && size >= 0n && offset + size <= BigInt(bytes.length);
  const slice = (offset: bigint, size: bigint): Uint8Array => bytes.subarray(Number(offset), Number(offset + size));

  const segments: ElfSegment[] = [];
  let filled = 0n;
  const programHeaders = view.getBigUint64(32, true);
  const programHeaderSize = view.getUint16(54, true);
  const programHeaderCount = view.getUint16(56, true);
  if (programHeaderCount > 0 && programHeaderSize < 56) return err(`program headers of ${programHeaderSize} bytes`);
  if (!inside(programHeaders, BigInt(programHeaderSize * programHeaderCount)))
    return err('the program headers lie outside the file');
  for (let i = 0; i < programHeaderCount; i += 1) {
    const at = Number(programHeaders) + i * programHeaderSize;
    const kind = view.getUint32(at, true);
    if (kind === PT_INTERP) return err('a dynamically linked program; link it with -static');
    if (kind !== PT_LOAD) continue;
    const offset = view.getBigUint64(at + 8, true);
    const address = view.getBigUint64(at + 24, true);
    const fileSize = view.getBigUint64(at + 32, true);
    const memorySize = view.getBigUint64(at + 40, true);
    if (memorySize === 0n) continue;
    if (fileSize > memorySize || !inside(offset, fileSize)) return err(`segment ${i} lies outside the file`);
    filled += fileSize;
    if (filled > 2n * BigInt(bytes.length)) return err('its segments overlap: together they hold more than the file does');
    const executable = (view.getUint32(at + 4, true) & PF_X) !== 0;
    segments.push({ address, bytes: slice(offset, fileSize), memorySize, executable });
  }
  if (segments.length === 0) return err('there is nothing to load in it');
  return ok({ entry: view.getBigUint64(24, true), segments, symbols: readSymbols(view, bytes, inside) });
}

function readSymbols(view: DataView, bytes: Uint8Array, inside: (offset: bigint, size: bigint) => boolean): Map<string, bigint> {
  const symbols = new Map<string, bigint>();
  const headers = view.getBigUint64(40, true);
  const size = view.getUint16(58, true);
  const count = view.getUint16(60, true);
  if (size < 64 || !inside(headers, BigInt(size * count))) return symbols;
  const section = (index: number) => {
    const at = Number(headers) + index * size;
    return {
      type: view.getUint32(at + 4, true),
      offset: view.getBigUint64(at + 24, true),
      size: view.getBigUint64(at + 32, true),
      link: view.getUint32(at + 40, true),
    };
  };
  const decoder = new TextDecoder();
  for (let i = 0; i < count; i += 1) {
    const table = section(i);
    if (table.type !== SHT_SYMTAB || table.link >= count || !inside(table.offset, table.size)) continue;
    const strings = section(table.link);
    if (!inside(strings.offset, strings.size)) continue;
    const names = bytes.subarray(Number(strings.offset), Number(strings.offset + strings.size));
    const end = Number(table.offset) + Math.min(Number(table.size), 24 * MOST_SYMBOLS);
    for (let at = Number(table.offset); at + 24 <= end; at += 24) {
      const nameAt = view.getUint32(at, true);
      const type = (view.getUint8(at + 4) & 0xf) as number;
      const sectionIndex = view.getUint16(at + 6, true);
      if (!SYMBOL_TYPES.has(type) || sectionIndex === 0 || nameAt === 0 || nameAt >= names.length) continue;
      const room = names.subarray(nameAt, nameAt + LONGEST_NAME);
      const length = room.indexOf(0);
      if (length < 0 && room.length === LONGEST_NAME) continue;
      const name = decoder.decode(length < 0 ? room : room.subarray(0, length));
      // Mapping symbols ($x, $d) mark code and data; they name nothing.
      if (!name.startsWith('$') && !symbols.has(name)) symbols.set(name, view.getBigUint64(at + 8, true));
    }
    // A file has one symbol table (System V ABI, Sections); what calls itself another is not looked at.
    break;
  }
  return symbols;
}
