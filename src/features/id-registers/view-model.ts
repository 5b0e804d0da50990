// What the view of ID registers works out of what it is told: values of fields as they are read, a register with a field changed, the words of
// the list and of a verdict.
import type { IdFieldView, IdRegisterLine, IdVerdictView } from '#client';

type Place = Pick<IdFieldView, 'msb' | 'lsb'>;

/** The value of a field as it is read: decimal up to nine, else hex; what counts down as the negative number that it is. */
export function valueText(value: bigint, { msb, lsb, signed }: Place & Pick<IdFieldView, 'signed'>): string {
  const width = msb - lsb + 1;
  if (signed && value >> BigInt(width - 1) === 1n) return `\u2212${(1n << BigInt(width)) - value}`;
  return value < 10n ? `${value}` : `0x${value.toString(16)}`;
}

/** `63:60`, `31`. */
export function positionText({ msb, lsb }: Place): string {
  return msb === lsb ? `${msb}` : `${msb}:${lsb}`;
}

/** The field of a whole value. */
export function fieldOf(value: bigint, { msb, lsb }: Place): bigint {
  return (value >> BigInt(lsb)) & ((1n << BigInt(msb - lsb + 1)) - 1n);
}

/** A whole value with this field in it. */
export function withField(value: bigint, { msb, lsb }: Place, field: bigint): bigint {
  const mask = ((1n << BigInt(msb - lsb + 1)) - 1n) << BigInt(lsb);
  return (value & ~mask) | ((field << BigInt(lsb)) & mask);
}

/** What stands beside a register in the list. */
export function lineNote({ note, changed }: IdRegisterLine): string {
  return note !== '' ? note : changed > 0 ? `${changed} set` : '';
}

/** Registers whose name, or a word of their note, has all the words; AArch32's stand behind the others. */
export function linesFor(lines: readonly IdRegisterLine[], text: string): readonly IdRegisterLine[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = lines.filter(({ name, note }) => words.every((word) => `${name} ${note}`.toLowerCase().includes(word)));
  const rank = ({ name, note }: IdRegisterLine) => (note === 'unallocated' ? 2 : /^(ID_(?!AA64)|MVFR)/.test(name) ? 1 : 0);
  return found.toSorted((a, b) => rank(a) - rank(b));
}

/** A verdict in words: before a write (`would be EINVAL`), and after it. */
export function verdictWords({ errno, field }: IdVerdictView, done: boolean): string {
  if (errno === '') return done ? 'returned 0' : 'would return 0';
  const blame = field === '' ? '' : `: ${field}`;
  return done ? `${errno}${blame}` : `would be ${errno}${blame}`;
}

/** A reason as a sentence of its own; '' stays ''. */
export function asSentence(text: string): string {
  const closed = text === '' || text.endsWith('.') ? text : `${text}.`;
  return /^[a-z]+ /.test(closed) ? `${closed.charAt(0).toUpperCase()}${closed.slice(1)}` : closed;
}

const WHO = {
  architecture: 'The architecture',
  host: 'The host',
  kvm: 'KVM',
  feature: 'A feature that is missing',
  frozen: 'Frozen',
} as const;

/** Who refuses, for the head of a reason. */
export function whoRefuses(by: NonNullable<IdVerdictView['by']>): string {
  return WHO[by];
}
