// Loads and stores of devices whose aborts carry no syndrome, found before they run: a hint on each, and where there is one the safe form. That an
// instruction has no syndrome is read off its row; that its address is a device's is followed from constants, or known from a run.
import { decode } from '#isa';
import { followConstants, type HeardAccess, type Known } from './constants.ts';
import type { Document, Range } from './document.ts';
import { safeForm } from './safe-form.ts';

export interface NoSyndromeHint {
  readonly range: Range;
  readonly message: string;
  /** In a word: `write-back`, `a pair`. */
  readonly what: string;
  /** The device's address, where the text tells. */
  readonly address: bigint | undefined;
  /** The text that does the same with syndromes; undefined when there is none. */
  readonly fix: { readonly title: string; readonly text: string } | undefined;
}

export interface HintOptions {
  /** Whether nobody's memory, so a device or nothing, lies at an address. */
  readonly isDevice: (address: bigint) => boolean;
  /** Lines where a run has met such an access. */
  readonly met: ReadonlySet<number>;
}

/** Instructions of a program that is followed whole: some 100 ms of work. */
const MOST_INSTRUCTIONS = 4000;

/** The hints of a program, in the order of its text; none while it has mistakes. */
export function noSyndromeHints({ inspection, lines }: Document, { isDevice, met }: HintOptions): NoSyndromeHint[] {
  const { image, base, symbols, sections } = inspection.result;
  if (image === undefined) return [];
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const word = (address: bigint): number | undefined => {
    const at = Number(address - base);
    return at >= 0 && at + 4 <= view.byteLength ? view.getUint32(at, true) : undefined;
  };
  // Only literals among the code are followed: other data may have changed by the time it is read.
  const code = sections.find(({ name }) => name === '.text');
  const literal = (address: bigint, bytes: number): Known => {
    const at = Number(address - base);
    if (!code || address < code.address || address + BigInt(bytes) > code.address + BigInt(code.size)) return undefined;
    if (bytes === 8) return view.getBigUint64(at, true);
    return bytes === 4 ? BigInt(view.getUint32(at, true)) : undefined;
  };
  const entry = symbols.get('_start')?.value ?? base;
  const { instructions } = inspection;
  const large = instructions.length > MOST_INSTRUCTIONS;
  // Of a large program only what a run has met is looked at: following it would keep the editor's other questions waiting.
  const starts = instructions.flatMap(({ address, place }) => (large && !met.has(place.line) ? [] : [address]));
  const among = new Set(starts);
  const heard = followConstants(
    large ? starts : [entry, ...starts],
    large ? (a) => (among.has(a) ? word(a) : undefined) : word,
    literal,
  );
  const hints = new Map<string, NoSyndromeHint>();
  for (const { place, mnemonic, address } of instructions) {
    const bits = word(address);
    const decoded = bits === undefined ? undefined : decode(bits);
    const story = heard.get(address);
    if (!decoded || !story || story.accesses.length === 0 || decoded.row.syndrome) continue;
    const device = story.accesses.find((a) => a.address !== undefined && isDevice(a.address));
    if (!device && !met.has(place.line)) continue;
    const what = story.writesBack ? 'write-back' : kindOf(story.accesses);
    const safe = safeForm(decoded);
    const where =
      device?.address === undefined ? 'a device, as the last run met it' : `the device at 0x${device.address.toString(16)}`;
    const indent = ' '.repeat(place.column - 1);
    const text = lines[place.line - 1] ?? '';
    const gap = /^\s*/.exec(text.slice(mnemonic.endColumn - 1))?.[0].length ?? 1;
    const wide = mnemonic.endColumn - mnemonic.column + gap;
    const written = safe?.map(([name, operands]) => `${name.length < wide ? name.padEnd(wide) : `${name} `}${operands}`);
    hints.set(`${place.line}:${place.column}`, {
      range: place,
      what,
      address: device?.address,
      message: `No syndrome (${what}) for ${where}: the abort does not say what is ${story.accesses.some((a) => a.write) ? 'stored' : 'loaded'}, so KVM cannot emulate it.${
        safe ? '' : ' There is no form of it that has one.'
      }`,
      fix: written && {
        title: `Write it as ${safe?.map((line) => line.join(' ')).join(', then ')}`,
        text: written.join(`\n${indent}`),
      },
    });
  }
  return [...hints.values()].sort((a, b) => a.range.line - b.range.line || a.range.column - b.range.column);
}

function kindOf(accesses: readonly HeardAccess[]): string {
  const [first] = accesses;
  if (first?.as === 'exclusive') return 'exclusive';
  if (first?.as === 'atomic') return 'atomic';
  if (first?.as === 'structures' || first?.type.simd) return 'SIMD';
  if (first?.as === 'block') return '64 bytes';
  return accesses.length > 1 || first?.type.pair ? 'a pair' : 'by its form';
}
