// A program that came as a file: what goes into memory, and a listing of its code that stands where other programs have their text, with the
// address of each line. A file that is broken or hostile is refused with a sentence, and takes no longer than its size allows.
import { disassemble } from '#asm';
import { err, hex, ok, type Result } from '#base';
import { isElf, readElf } from '#formats';
import type { LoadImage } from '#machine';
import type { ProgramImage } from '#project';
import type { LineImage, ProgramView } from '#protocol';
import type { ProgramNames } from './exit-views.ts';

/** A file larger than this is not taken. */
const LARGEST_IMAGE = 32 * 1024 * 1024;
/** Instructions that are listed; so many zeros in a row are room and no instructions. */
const LISTED = 20_000;
const ROOM = 8;

export interface ReadImage {
  readonly parts: LoadImage['parts'];
  readonly entry: bigint;
  readonly symbols: ReadonlyMap<string, bigint>;
  readonly listing: string;
  readonly view: ProgramView;
  readonly names: ProgramNames;
  /** 1-based, with the address of the instruction there. */
  readonly lines: readonly { readonly line: number; readonly address: bigint }[];
}

interface Code {
  readonly address: bigint;
  readonly bytes: Uint8Array;
}

/** Reads the file; `name` is for the listing's head. */
export function readImage(name: string, { format, bytes: text, load }: ProgramImage): Result<ReadImage, string> {
  const bytes = bytesOf(text);
  if (bytes === undefined) return err(`${name}: what was kept of it is no base64`);
  if (bytes.length === 0) return err(`${name} is empty`);
  if (bytes.length > LARGEST_IMAGE) return err(`${name} has ${mebibytes(bytes.length)}; ${mebibytes(LARGEST_IMAGE)} is the most`);
  if (format === 'flat') {
    if (isElf(bytes)) return err(`${name} is an ELF file, not a flat image`);
    if (!/^0x[0-9a-f]{1,16}$/i.test(load)) return err(`${load} is no address to load ${name} at`);
    const address = BigInt(load);
    if (address % 4n !== 0n) return err(`${name} cannot be loaded at ${load}: instructions lie at multiples of 4`);
    return ok(listed(name, [{ address, bytes }], [{ address, bytes }], address, new Map()));
  }
  const elf = readElf(bytes);
  if (!elf.ok) return err(`${name}: ${elf.error}`);
  const { segments, entry, symbols } = elf.value;
  const parts = segments.map((segment) => ({ address: segment.address, bytes: segment.bytes }));
  const code = segments.filter(({ executable, address }) => executable && address % 4n === 0n);
  return ok(listed(name, parts, code, entry, symbols));
}

function listed(
  name: string,
  parts: LoadImage['parts'],
  code: readonly Code[],
  entry: bigint,
  symbols: ReadonlyMap<string, bigint>,
): ReadImage {
  const byAddress = new Map<bigint, string[]>();
  for (const [symbol, address] of symbols) byAddress.set(address, [...(byAddress.get(address) ?? []), symbol]);
  const symbolAt = (address: bigint): string | undefined => byAddress.get(address)?.[0];
  const text: string[] = [`// ${printable(name)}: entry ${hex(entry)}. A listing of its code; the program is the file.`];
  const images: LineImage[] = [];
  const lineAt = new Map<bigint, number>();
  let left = LISTED;
  for (const { address, bytes } of code.toSorted((a, b) => (a.address < b.address ? -1 : 1))) {
    text.push('', `// ${hex(address)}, ${bytes.length} bytes`);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const words = bytes.length >> 2;
    let index = 0;
    for (; index < words && left > 0; index += 1, left -= 1) {
      const pc = address + BigInt(4 * index);
      const empty = zerosFrom(view, index, words, (n) => byAddress.has(address + BigInt(4 * n)));
      if (empty >= ROOM) {
        text.push(`        // ${empty} words of 0`);
        index += empty - 1;
        continue;
      }
      for (const symbol of byAddress.get(pc) ?? []) text.push(`${printable(symbol)}:`);
      const word = view.getUint32(4 * index, true);
      const [mnemonic = '', ...operands] = disassemble(word, { pc, symbolAt }).split('\t');
      text.push(`        ${mnemonic.padEnd(7)} ${operands.join(' ').replace(' ;', ' //')}`.trimEnd());
      images.push({ line: text.length, address: pc, size: 4, word });
      if (!lineAt.has(pc)) lineAt.set(pc, text.length);
    }
    if (index < words) text.push(`// ${words - index} more words are not listed`);
  }
  return {
    parts,
    entry,
    symbols,
    listing: `${text.join('\n')}\n`,
    view: { ok: true, diagnostics: [], lines: images, symbols: Object.fromEntries(symbols) },
    names: { symbolAt, lineAt: (address) => lineAt.get(address) },
    lines: images,
  };
}

/** Zeros in a row from a word on, up to the next one that has a name. */
function zerosFrom(view: DataView, first: number, words: number, named: (index: number) => boolean): number {
  let index = first;
  while (index < words && view.getUint32(4 * index, true) === 0 && (index === first || !named(index))) index += 1;
  return index - first;
}

/** One line's worth: a file may put anything into its names. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?').slice(0, 200);
}

function mebibytes(bytes: number): string {
  return `${short(bytes / 1024 / 1024)} MiB`;
}

function short(value: number): string {
  return Number.isInteger(value) ? value.toString() : value.toFixed(1);
}

/** base64 to bytes; undefined when it is none. */
function bytesOf(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const out = new Uint8Array((text.length / 4) * 3 - padding);
  let at = 0;
  for (let i = 0; i < text.length; i += 4) {
    const group =
      (VALUES[text.charCodeAt(i)] as number) * 0x40000 +
      (VALUES[text.charCodeAt(i + 1)] as number) * 0x1000 +
      (VALUES[text.charCodeAt(i + 2)] as number) * 0x40 +
      (VALUES[text.charCodeAt(i + 3)] as number);
    for (let shift = 16; shift >= 0 && at < out.length; shift -= 8) out[at++] = group >> shift;
  }
  return out;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Uint8Array(128);
for (const [value, letter] of [...ALPHABET].entries()) VALUES[letter.charCodeAt(0)] = value;
