// The shape of a directive's row.
import type { Token } from '#isa';
import type { Assembler } from '../assembler.ts';
import type { Reader } from '../reader.ts';
import type { Statement } from '../source.ts';

/** Where a directive stands. */
export interface At {
  readonly statement: Statement;
  /** Its name in the source. */
  readonly token: Token;
  /** Its name in lower case. */
  readonly name: string;
}

export interface Directive {
  /** With their dot, lower case; the first is the usual one. */
  readonly names: readonly string[];
  /** What follows the name. */
  readonly syntax: string;
  /** One sentence for people. */
  readonly doc: string;
  /** Does it; the reader stands behind the name. Throws Fault. */
  readonly run: (assembler: Assembler, reader: Reader, at: At) => void;
}
