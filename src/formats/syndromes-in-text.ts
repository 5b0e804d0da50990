// Finds exception syndromes in text that other programs wrote: kernel oopses, QEMU's `-d int` log, KVM tracepoints, hypervisor panics, register
// dumps, and plain lists of values. Owns how those programs write a syndrome; knows nothing of what one means, save which classes exist.
// Every step is linear in the text, whatever stands in it.
import { type El, exceptionClass } from '#arch/syndrome';

export type FoundSyndrome = {
  /** Counted from 1. */
  readonly line: number;
  /** Where the number starts and where it ends (exclusive), counted from 1 in UTF-16 units; a class written before it (`0x24/`) is left out. */
  readonly column: number;
  readonly endColumn: number;
  /** The value of ESR_ELx, 64 bits. */
  readonly value: bigint;
  /** The level that it was reported to, where the text says so. */
  readonly el?: El;
};

/** Every syndrome in `text`, in the order of the text. A number that stands nowhere near a syndrome's name counts only alone on its line. */
export function findSyndromes(text: string): FoundSyndrome[] {
  const found: FoundSyndrome[] = [];
  let context: Context = NO_CONTEXT;
  text.split(/\r\n|\n|\r/).forEach((content, index) => {
    context = contextAfter(content, context);
    const hits = hitsIn(content, context);
    for (const { start, end, value, el } of hits) {
      found.push({ line: index + 1, column: start + 1, endColumn: end + 1, value, ...(el === undefined ? {} : { el }) });
    }
    if (hits.length > 0) context = { ...context, kernelAbort: false };
  });
  return found;
}

/** What earlier lines said that decides the level of a syndrome that does not name its register. */
type Context = {
  /** QEMU: the target of the exception that is being logged. */
  readonly qemuTarget?: El;
  /** Linux: "Mem abort info:" was the last heading. */
  readonly kernelAbort: boolean;
  /** Linux: a panic of KVM's code at EL2 was announced. */
  readonly hypPanic: boolean;
};
const NO_CONTEXT: Context = { kernelAbort: false, hypPanic: false };

function contextAfter(line: string, context: Context): Context {
  if (line.includes('Taking exception')) return NO_CONTEXT;
  const route = /\.\.\.from EL[0-3] to EL([1-3])/.exec(line);
  if (route) return { ...context, qemuTarget: Number(route[1]) as El };
  if (line.includes('Mem abort info')) return { ...context, kernelAbort: true };
  if (/hyp panic/i.test(line)) return { ...context, hypPanic: true };
  return context;
}

type Hit = { readonly start: number; readonly end: number; readonly value: bigint; readonly el?: El | undefined };

function hitsIn(line: string, context: Context): Hit[] {
  const hits = [...namedHits(line, context), ...linuxHits(line)];
  return hits.length > 0 ? hits.sort((a, b) => a.start - b.start) : bareHits(line);
}

// ---- A register's name, then its value ----

const NAME = /(?<![\w$])(?:(esr|hsr)(?:_el(12|[1-3nx]))?|syndrome)(?!\w)/gi;
// Between a name and its value: `=`, `:`, quotes and brackets of data formats, and a few words of prose.
const BETWEEN = /[\s:="'([{>]*(?:(?:is|was|value|register)\b[\s:="'([{>]*){0,2}/iy;

function namedHits(line: string, context: Context): Hit[] {
  const hits: Hit[] = [];
  const otherwise = levelOfLine(line, context);
  for (const name of line.matchAll(NAME)) {
    const after = name.index + name[0].length;
    BETWEEN.lastIndex = after;
    BETWEEN.exec(line);
    if (BETWEEN.lastIndex === after) continue;
    const number = numberAt(line, BETWEEN.lastIndex);
    if (number !== undefined) hits.push({ ...number, el: levelOfName(name[1], name[2]) ?? otherwise });
  }
  return hits;
}

function levelOfName(name: string | undefined, suffix: string | undefined): El | undefined {
  // ESR_EL12 is ESR_EL1 as EL2 reads it.
  if (suffix === '12') return 1;
  if (suffix === '1' || suffix === '2' || suffix === '3') return Number(suffix) as El;
  // HSR is the AArch32 name that KVM's tracepoints and Xen keep for ESR_EL2.
  return name?.toLowerCase() === 'hsr' ? 2 : undefined;
}

/** The level of a syndrome on this line whose name tells none. */
function levelOfLine(line: string, context: Context): El | undefined {
  if (/\bkvm_\w/.test(line)) return 2;
  if (line.includes('...with ESR')) return context.qemuTarget;
  if (context.hypPanic) return 2;
  return context.kernelAbort || isLinuxReport(line) ? 1 : undefined;
}

// The kernel's arch/arm64/kernel/traps.c and mm/fault.c, as of different years.
function isLinuxReport(line: string): boolean {
  return /\bexception on CPU|\bSError Interrupt on CPU|\bBad mode in \w|: unhandled /.test(line);
}

const NUMBER = /(?:0x[0-9a-f]{1,2}\/)?(?:0x([0-9a-f_]{1,24})|([0-9a-f]{8,20}))(?!\w)/iy;

/** The value that starts at `start`: hex with a prefix, 8 or 16 hex digits without one, or a decimal number too large for anything else. */
function numberAt(line: string, start: number): { start: number; end: number; value: bigint } | undefined {
  NUMBER.lastIndex = start;
  const match = NUMBER.exec(line);
  if (!match) return undefined;
  const end = NUMBER.lastIndex;
  const [, prefixed, plain] = match;
  if (prefixed !== undefined) return hexNumber(prefixed, end - prefixed.length - 2, end);
  if (plain === undefined) return undefined;
  if (plain.length === 8 || plain.length === 16) return hexNumber(plain, end - plain.length, end);
  if (!/^\d+$/.test(plain) || BigInt(plain) >> 64n !== 0n) return undefined;
  return { start: end - plain.length, end, value: BigInt(plain) };
}

function hexNumber(digits: string, start: number, end: number): { start: number; end: number; value: bigint } | undefined {
  const plain = digits.replaceAll('_', '');
  return plain.length === 0 || plain.length > 16 ? undefined : { start, end, value: BigInt(`0x${plain}`) };
}

// ---- Where Linux prints a syndrome without its name ----

function linuxHits(line: string): Hit[] {
  return [internalError(line), unhandledFault(line), badMode(line)].filter((hit) => hit !== undefined);
}

/** `Internal error: Oops: 0000000096000004 [#1] PREEMPT SMP`; a 32-bit kernel prints its FSR there and names its instruction set behind. */
function internalError(line: string): Hit | undefined {
  const from = line.indexOf('Internal error:');
  const to = from < 0 ? -1 : line.indexOf(' [#', from);
  if (to < 0 || /\b(?:ARM|THUMB2)\b/.test(line.slice(to))) return undefined;
  const digits = /: ([0-9a-f]{16}|[0-9a-f]{8})$/.exec(line.slice(Math.max(from, to - 20), to))?.[1];
  return digits === undefined ? undefined : { start: to - digits.length, end: to, value: BigInt(`0x${digits}`), el: 1 };
}

/** `Unhandled fault: synchronous external abort (0x96000210) at 0x…`, until Linux 4.16. */
function unhandledFault(line: string): Hit | undefined {
  return parenthesized(line, line.indexOf('Unhandled fault'), /\((0x[0-9a-f]{8,16})\) at /);
}

/** `Bad mode in Error handler detected on CPU0, code 0xbf000002 -- SError`, until Linux 5.14; `SError Interrupt on CPU0, code …` too. */
function badMode(line: string): Hit | undefined {
  return parenthesized(line, line.indexOf(', code 0x'), /, code (0x[0-9a-f]{8,16}) -- /);
}

function parenthesized(line: string, from: number, pattern: RegExp): Hit | undefined {
  const match = from < 0 ? null : pattern.exec(line.slice(from));
  const digits = match?.[1];
  if (!match || digits === undefined) return undefined;
  const start = from + match.index + match[0].indexOf(digits);
  return { start, end: start + digits.length, value: BigInt(digits), el: 1 };
}

// ---- Values on a line of their own ----

/** The values of a line that holds nothing else. Without a prefix a number counts only alone, and if it can be a syndrome. */
function bareHits(line: string): Hit[] {
  // A line of values is short; a long one is something else, and is not taken apart.
  if (line.length > 400) return [];
  const tokens = [...line.matchAll(/[^\s,;]+/g)];
  const hits: Hit[] = [];
  for (const token of tokens) {
    const number = numberAt(line, token.index);
    if (number === undefined || number.start !== token.index || number.end !== token.index + token[0].length) return [];
    if (!/^0x/i.test(token[0]) && (tokens.length > 1 || !isPlausible(number.value))) return [];
    hits.push(number);
  }
  return hits;
}

/** Whether a number can be a syndrome: bits 63:56 are 0 and the class exists. */
function isPlausible(value: bigint): boolean {
  return value >> 56n === 0n && exceptionClass(Number((value >> 26n) & 63n)) !== undefined;
}
