// The instruction row: everything that is true of one instruction, once. Decoder, assembler, disassembler, completion, hover, the engines
// and the text of the operation are all read off it. This file owns the shape of rows and aliases and their type checking.
import type { ConstrainedUnpredictable } from './constrained-unpredictable.ts';
import type { OperandName } from './operands/index.ts';
import type { Operations } from './operations.ts';
import { type FieldNames, matchPattern, type Pattern, parsePattern } from './pattern.ts';
import { type CheckTemplate, parseTemplate, type Template } from './syntax.ts';

/** Field values by name. */
export type Fields<Names extends string = string> = Readonly<Record<Names, number>>;

/** The syndrome that a stage 2 data abort carries for this access (ISS[23:14] of ESR_EL2, Arm ARM D24.2); absent on a row: ISV=0. */
export interface AccessSyndrome {
  /** log2 of the bytes: 0 to 3. */
  readonly sas: number;
  /** 1: the load sign-extends. */
  readonly sse: number;
  /** Register number of the transfer. */
  readonly srt: number;
  /** 1: a 64-bit register. */
  readonly sf: number;
  /** 1: acquire/release. */
  readonly ar: number;
  /** A 64-byte access, whose aborts of either stage carry all this: ISS.LST, and ISS2.Xs for those that give a status (FEAT_LS64). */
  readonly ls64?: { readonly lst: 1 | 2 | 3; readonly xs: number };
}

/**
 * What an instruction accepts as the target of an indirect branch in a guarded page (FEAT_BTI): the branches that BTI c, BTI j, BTI jc or
 * PACIASP take, or any (BRK, HLT). Absent: none.
 */
export type Landing = 'c' | 'j' | 'jc' | 'pac' | 'any';

interface RowBase<Names extends string> {
  /** One or two sentences for people, ending in a period. */
  readonly doc: string;
  /** FEAT_ name that must be announced, several joined by ` & `; without them the encoding is UNDEFINED. Absent: Armv8.0. */
  readonly feature?: string;
  /** False where the encoding is unallocated although the pattern matches. */
  readonly allocated?: (f: Fields<Names>) => boolean;
  /** The CONSTRAINED UNPREDICTABLE cases that this instruction knows. */
  readonly unpredictable?: readonly ConstrainedUnpredictable[];
  /** The syndrome of a stage 2 abort, for loads and stores of one general register without write-back. */
  readonly syndrome?: (f: Fields<Names>) => AccessSyndrome;
  readonly landing?: (f: Fields<Names>) => Landing | undefined;
  /** Why it is UNDEFINED whatever the processor, where an assembler takes it nevertheless. */
  readonly futile?: (f: Fields<Names>) => string | undefined;
}

type Exec<Names extends string> = <V>(o: Operations<V>, f: Fields<Names>) => void;

/**
 * A row as written: with an operation, or with the reason why it is not executed (it then decodes and assembles only). A row that is not
 * modelled may still have an `exec`: the checks that come before its operation (may SIMD be used here?), after which nothing is known.
 */
export type RowSource<Bits extends string, Asm extends string> = RowBase<FieldNames<Bits>> & {
  readonly bits: Bits;
  readonly asm: CheckTemplate<Asm, FieldNames<Bits>, OperandName> & Asm;
} & ({ readonly exec: Exec<FieldNames<Bits>> } | { readonly notModelled: string; readonly exec?: Exec<FieldNames<Bits>> });

/** An instruction row as used. */
export interface Instruction {
  readonly kind: 'instruction';
  /** Place among all rows and aliases, in the order of declaration (a module's exports come in alphabetical order). */
  readonly order: number;
  readonly pattern: Pattern;
  readonly template: Template;
  readonly doc: string;
  readonly feature: string | undefined;
  /** The names in `feature`. */
  readonly features: readonly string[];
  readonly allocated: ((f: Fields) => boolean) | undefined;
  readonly unpredictable: readonly ConstrainedUnpredictable[];
  readonly syndrome: ((f: Fields) => AccessSyndrome) | undefined;
  readonly landing: ((f: Fields) => Landing | undefined) | undefined;
  readonly futile: ((f: Fields) => string | undefined) | undefined;
  /** With `notModelled`: the checks before the operation, if there are any. */
  readonly exec: Exec<string> | undefined;
  readonly notModelled: string | undefined;
}

/** An instruction row that remembers its field names for aliases. */
export interface InstructionOf<Names extends string> extends Instruction {
  readonly __fields?: (names: Names) => void;
}

let declared = 0;

/** Declares an instruction. */
export function a64<const Bits extends string, const Asm extends string>(
  source: RowSource<Bits, Asm>,
): InstructionOf<FieldNames<Bits>> {
  return {
    kind: 'instruction',
    order: declared++,
    pattern: parsePattern(source.bits),
    template: parseTemplate(source.asm),
    doc: source.doc,
    feature: source.feature,
    features: source.feature?.split(' & ') ?? [],
    allocated: source.allocated as Instruction['allocated'],
    unpredictable: source.unpredictable ?? [],
    syndrome: source.syndrome as Instruction['syndrome'],
    landing: source.landing as Instruction['landing'],
    futile: source.futile as Instruction['futile'],
    exec: source.exec as Exec<string> | undefined,
    notModelled: 'notModelled' in source ? source.notModelled : undefined,
  };
}

/**
 * Declares a class of encodings that stands for many instructions without rows: it has no syntax, does not assemble, and prints as data.
 * Its `exec` is what comes before any of them (may SIMD be used here?).
 */
export function a64Class<const Bits extends string>(
  source: Omit<RowSource<Bits, ''>, 'asm'> & { readonly notModelled: string },
): Instruction {
  return a64<Bits, ''>({ ...source, asm: '' } as RowSource<Bits, ''>);
}

export interface AliasSource<Names extends string, Asm extends string> {
  readonly asm: CheckTemplate<Asm, Names, OperandName> & Asm;
  /** Fields with a fixed value in this alias. */
  readonly fix?: { readonly [Name in Names]?: number };
  /** Further condition under which the alias is the preferred text (printing only). */
  readonly when?: (f: Fields<Names>) => boolean;
  /** 'assemble': accepted when assembling, never printed. Default 'both'. */
  readonly use?: 'both' | 'assemble';
  /** Said only where it differs from the instruction's own. */
  readonly doc?: string;
}

/** Another spelling of an instruction. Of several that fit, the first declared is printed. */
export interface Alias {
  readonly kind: 'alias';
  readonly order: number;
  readonly of: Instruction;
  readonly template: Template;
  readonly fix: Readonly<Record<string, number>>;
  readonly when: ((f: Fields) => boolean) | undefined;
  readonly use: 'both' | 'assemble';
  readonly doc: string;
}

/** Declares an alias of an instruction. */
export function alias<Names extends string, const Asm extends string>(
  of: InstructionOf<Names>,
  source: AliasSource<Names, Asm>,
): Alias {
  return {
    kind: 'alias',
    order: declared++,
    of,
    template: parseTemplate(source.asm),
    fix: (source.fix ?? {}) as Readonly<Record<string, number>>,
    when: source.when as Alias['when'],
    use: source.use ?? 'both',
    doc: source.doc ?? of.doc,
  };
}

/** A decoded word: the row that owns it, by its name in the tables, and its field values. */
export interface Decoded {
  readonly name: string;
  readonly row: Instruction;
  readonly word: number;
  readonly fields: Fields;
}

/** The fields of the word when it belongs to this row, else undefined. */
export function matchRow(row: Instruction, word: number): Fields | undefined {
  const fields = matchPattern(row.pattern, word);
  if (fields === undefined || (row.allocated !== undefined && !row.allocated(fields))) return undefined;
  for (const choice of row.unpredictable) if (choice.undefined && choice.when(fields)) return undefined;
  return fields;
}
