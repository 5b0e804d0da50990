// Reading a form's operands without a program around them, for editors: how far it gets.
import { type Form, type Reading, readForm, type Token } from '#isa';
import type { Expression, SymbolNode } from './expression.ts';
import { Reader, type Scope } from './reader.ts';

/** What names mean. */
export interface OperandScope {
  /** The register that `.req` gave this name, or the word itself. */
  readonly registerName: (word: string) => string;
}

/** Reads tokens from `start` on as a form's operands, every symbol being of unknown value. `reached` is the index of the token at which it
 * ended; an expression counts as far as it is right. `symbols` are the words that were taken for names of symbols. */
export function readOperands(
  form: Form,
  tokens: readonly Token[],
  start: number,
  { registerName }: OperandScope,
): { readonly reading: Reading; readonly reached: number; readonly symbols: ReadonlySet<string> } {
  const symbols = new Set<string>();
  const scope: Scope = {
    symbol(name) {
      symbols.add(name);
      return nothing(name);
    },
    numeric: nothing,
    mention() {},
    here: () => nothing('.').node,
    registerName,
    warn() {},
  };
  const reader = new Reader(tokens, scope, undefined);
  reader.begin(start);
  const reading = readForm(form, reader);
  const at = reading.mismatch?.at;
  const named = at === undefined ? -1 : tokens.indexOf(at);
  const stopped = named >= 0 ? named : Math.max(reading.mismatch === undefined ? 0 : reading.position, reader.save());
  return { reading, reached: Math.max(stopped, reader.faultIndex), symbols };
}

function nothing(name: string | number): SymbolNode {
  const symbol: { name: string; node: Expression; location: undefined; value: undefined; weak: boolean } = {
    name: `${name}`,
    node: { kind: 'number', value: 0n },
    location: undefined,
    value: undefined,
    weak: false,
  };
  symbol.node = { kind: 'symbol', symbol };
  return symbol;
}
