// Ways to mend an instruction line: changes that people are likely to have meant, each tried on the forms before it is offered. Knows slips and
// other machines' habits; whether a change helps is for the forms to say.
import { SYSREGS } from '#arch/sysreg';
import { formsOf, operandKind, readForm, type Token } from '#isa';
import type { StatementFix } from './diagnostics.ts';
import { tokenise } from './lexer.ts';
import { nearest } from './nearest.ts';
import { Reader, type Scope } from './reader.ts';

/** More help than this is none. */
const MOST = 3;

/** A line that is wrong. `wrong` is the index of the token that the mistake concerns. */
export interface WrongLine {
  readonly mnemonic: Token;
  readonly reader: Reader;
  readonly wrong: number;
}

/** What other assemblers and machines call things, by the whole line. */
const FOREIGN: readonly (readonly [pattern: RegExp, text: string])[] = [
  [/^push\s+\{?\s*(\w+)\s*\}?$/i, 'str $1, [sp, #-16]!'],
  [/^pop\s+\{?\s*(\w+)\s*\}?$/i, 'ldr $1, [sp], #16'],
  [/^push\s+\{?\s*(\w+)\s*,\s*(\w+)\s*\}?$/i, 'stp $1, $2, [sp, #-16]!'],
  [/^pop\s+\{?\s*(\w+)\s*,\s*(\w+)\s*\}?$/i, 'ldp $1, $2, [sp], #16'],
  [/^(?:bx\s+lr|mov\s+pc\s*,\s*(?:lr|x30))$/i, 'ret'],
  [/^(?:jmp|goto|j)\s+(\S+)$/i, 'b $1'],
  [/^call\s+(\S+)$/i, 'bl $1'],
  [/^blx\s+(\w+)$/i, 'blr $1'],
  [/^bx\s+(\w+)$/i, 'br $1'],
  [/^(?:swi|syscall|ecall|int)\b\s*(.*)$/i, 'svc $1'],
  [/^(?:syscall|ecall)$/i, 'svc #0'],
  [/^cpsid\s+\w*i\w*$/i, 'msr daifset, #2'],
  [/^cpsie\s+\w*i\w*$/i, 'msr daifclr, #2'],
  [/^cli$/i, 'msr daifset, #2'],
  [/^sti$/i, 'msr daifclr, #2'],
  [/^movw\s+(.*)$/i, 'movz $1'],
  [/^movt\s+(.*)$/i, 'movk $1, lsl #16'],
  [/^li\s+(.*)$/i, 'mov $1'],
  [/^la\s+(.*)$/i, 'adr $1'],
  [/^ldrex([bh]?)\s+(.*)$/i, 'ldxr$1 $2'],
  [/^strex([bh]?)\s+(.*)$/i, 'stxr$1 $2'],
  [/^b(?:eqz|z)\s+(.*,.*)$/i, 'cbz $1'],
  [/^b(?:nez|nz)\s+(.*,.*)$/i, 'cbnz $1'],
  [/^b(?:eqz|z)\s+([^,]*)$/i, 'b.eq $1'],
  [/^b(?:nez|nz)\s+([^,]*)$/i, 'b.ne $1'],
  [/^inc\s+(\w+)$/i, 'add $1, $1, #1'],
  [/^dec\s+(\w+)$/i, 'sub $1, $1, #1'],
  [/^rsb\s+(\w+)\s*,\s*(\w+)\s*,\s*#?0$/i, 'neg $1, $2'],
  [/^(?:bkpt|int3)\b.*$/i, 'brk #0'],
  [/^(?:hlt|halt)$/i, 'wfi'],
];

/** The line from its mnemonic on, every token at its place. */
function lineOf({ mnemonic, reader }: WrongLine): { readonly text: string; readonly end: number } {
  const base = mnemonic.column;
  let text = '';
  for (const token of reader.tokens)
    if (token.column >= base && token.kind !== 'end') text = text.padEnd(token.column - base) + token.text;
  return { text, end: base + text.length };
}

/** Tries a text, a line of it at a time, each an instruction with or without a label; `known`: without names that nothing has defined. */
function fits(text: string, { reader }: WrongLine, known: boolean): boolean {
  const scope = quiet(reader);
  return text.split('\n').every((line) => {
    if (/^\s*ldr\s+[wx](?:\d|[12]\d|30)\s*,\s*=/i.test(line)) return true;
    const tokens = tokenise(line.replace(/^\s*[\w.$]+:/, ''), 1);
    const forms = formsOf((tokens[0] as Token).text.toLowerCase());
    return forms.some((form) => {
      const trial = new Reader(tokens, scope, reader.section);
      trial.linked = reader.linked;
      trial.address = reader.address;
      trial.begin(1);
      return readForm(form, trial).fields !== undefined && !(known && trial.deferred);
    });
  });
}

/** Those of the changes that make the line right. */
function helpful(line: WrongLine, changes: Iterable<StatementFix>, known = false): StatementFix[] {
  const { text, end } = lineOf(line);
  const base = line.mnemonic.column;
  const found: StatementFix[] = [];
  const seen = new Set<string>();
  for (const change of changes) {
    if (change.from < base || change.to > end) continue;
    const mended = text.slice(0, change.from - base) + change.text + text.slice(change.to - base);
    if (seen.has(mended) || !fits(mended, line, known)) continue;
    seen.add(mended);
    found.push(change);
    if (found.length === MOST) break;
  }
  return found;
}

/** Ways to mend operands. */
export function operandFixes(line: WrongLine): StatementFix[] {
  return helpful(line, operandChanges(line));
}

/** Words that may have been meant by one that is a symbol to the forms, but not defined. */
export function wordFixes(line: WrongLine): StatementFix[] {
  const { column, end } = line.reader.tokens[line.wrong] as Token;
  const here = [...operandChanges(line)].filter(({ from, to }) => from === column && to === end);
  return helpful(line, here, true);
}

/** What a line with an unknown mnemonic is called here, and a label that lacks its colon. */
export function mnemonicFixes(line: WrongLine): StatementFix[] {
  return helpful(line, mnemonicChanges(line));
}

function* mnemonicChanges(line: WrongLine): Iterable<StatementFix> {
  const { mnemonic, reader } = line;
  yield* foreignChanges(line);
  const next = reader.tokens[reader.tokens.indexOf(mnemonic) + 1];
  if (next?.kind === 'word' && formsOf(next.text.toLowerCase()).length > 0)
    yield { title: `Make it a label: ${mnemonic.text}:`, from: mnemonic.column, to: mnemonic.end, text: `${mnemonic.text}:` };
}

function* foreignChanges(line: WrongLine): Iterable<StatementFix> {
  const { text, end } = lineOf(line);
  for (const [pattern, here] of FOREIGN) {
    if (!pattern.test(text)) continue;
    const mended = text.replace(pattern, here).trimEnd();
    yield { title: `Change to ${mended}`, from: line.mnemonic.column, to: end, text: mended };
  }
}

function* operandChanges(line: WrongLine): Iterable<StatementFix> {
  const { mnemonic, reader, wrong } = line;
  const { tokens } = reader;
  const start = tokens.indexOf(mnemonic);
  const token = tokens[wrong] as Token;
  const before = tokens[wrong - 1] as Token;
  const last = tokens[tokens.length - 2] as Token;
  const name = mnemonic.text.toLowerCase();
  const change = ({ column, end }: Token, text: string): StatementFix => ({
    title: `Change to ${text}`,
    from: column,
    to: end,
    text,
  });

  yield* foreignChanges(line);
  if (name === 'mrs' || name === 'msr') {
    const other = name === 'mrs' ? 'msr' : 'mrs';
    yield change(mnemonic, other);
    for (const register of systemRegisterNames(token.text)) yield change(token, register);
  }
  if (token.kind === 'word') {
    for (const register of otherRegisters(token.text)) yield change(token, register);
    const spellings = formsOf(name).flatMap((form) =>
      form.template.operands.flatMap((part) => (part.kind === 'hole' ? (operandKind(part.operand).spellings ?? []) : [])),
    );
    for (const word of nearest(token.text.toLowerCase(), new Set(spellings.map(([text]) => text)))) yield change(token, word);
    yield { title: `Take it as an address: [${token.text}]`, from: token.column, to: token.end, text: `[${token.text}]` };
    yield { title: 'Add uxtw', from: token.column, to: token.end, text: `${token.text}, uxtw` };
    if (before.kind === 'punct' && /^[wx]\d+$/i.test(token.text) && last.text !== ']') {
      const rest = tokens.slice(wrong, -1).map((t) => (t.text === ',' ? ', ' : t.text));
      const text = `[${rest.join('')}]`;
      yield { title: `Add brackets: ${text}`, from: token.column, to: last.end, text };
    }
  }
  if (before.end < token.column && token.kind !== 'end')
    yield { title: 'Add a comma', from: before.end, to: token.column, text: ', ' };
  if (token.kind === 'end') {
    yield { title: 'Add ]', from: last.column, to: last.end, text: `${last.text}]` };
    if (wrong === start + 1) {
      yield change(mnemonic, `${mnemonic.text} ${name.startsWith('d') ? 'sy' : '#0'}`);
    }
  }
  if (token.text === '#') yield { title: 'Leave out #', from: token.column, to: token.end, text: '' };
  if (token.text === ',' || before.text === ',') {
    const comma = token.text === ',' ? token : before;
    const text = tokens.slice(tokens.indexOf(comma), -1).map((t) => t.text);
    yield { title: `Leave out ${text.join(' ').trim()}`, from: comma.column, to: last.end, text: '' };
  }
  yield* immediateChanges(line, start);
  for (const register of tokens.slice(start + 1)) {
    const [, width, number] = /^([wx])(\d+|zr)$/i.exec(register.text) ?? [];
    if (width !== undefined) yield change(register, `${width.toLowerCase() === 'x' ? 'w' : 'x'}${number}`);
  }
}

/** Registers that a word may have meant. */
function otherRegisters(word: string): readonly string[] {
  const [, letter, number] = /^([a-z])(\d+)$/i.exec(word) ?? [];
  if (letter === undefined || number === undefined) return [];
  if (/[wx]/i.test(letter) && number === '31') return letter.toLowerCase() === 'x' ? ['xzr', 'sp'] : ['wzr', 'wsp'];
  return /[wx]/i.test(letter) ? [`${letter.toLowerCase() === 'x' ? 'w' : 'x'}${number}`] : [`x${number}`, `w${number}`];
}

/** Names of system registers that begin so (`MIDR`), or that are a slip away. */
function systemRegisterNames(word: string): readonly string[] {
  const upper = word.toUpperCase();
  const named = SYSREGS.map(({ name }) => name);
  const longer = named.filter((name) => name.startsWith(`${upper}_`));
  const found = longer.length > 0 ? longer.slice(0, MOST) : nearest(upper, named);
  return word === upper ? found : found.map((name) => name.toLowerCase());
}

/** A number that one instruction cannot have, from the literal pool or in several steps. */
function* immediateChanges({ mnemonic, reader }: WrongLine, start: number): Iterable<StatementFix> {
  const { tokens } = reader;
  const name = mnemonic.text.toLowerCase();
  const commas = tokens.flatMap((t, at) => (t.text === ',' ? [at] : []));
  const number = numberAt(reader, (commas.at(-1) ?? start) + 1);
  const [rd, rn] = [tokens[start + 1], tokens[start + 3]];
  if (number === undefined || !/^[wx](?:\d|[12]\d|30)$/i.test(rd?.text ?? '')) return;
  const from = mnemonic.column;
  const to = (tokens[tokens.length - 2] as Token).end;
  const whole = (title: string, lines: readonly string[]): StatementFix => ({ title, from, to, text: lines.join('\n        ') });
  if ((name === 'mov' || name === 'movz') && commas.length === 1) {
    const wide = rd?.text.toLowerCase().startsWith('x') === true;
    const value = BigInt.asUintN(64, number.value);
    if (!wide && value >> 32n !== 0n) return;
    yield whole(`Load it: ldr ${rd?.text}, =${number.text}`, [`ldr ${rd?.text}, =${number.text}`]);
    const halves = [0n, 16n, 32n, 48n].slice(0, wide ? 4 : 2).filter((shift) => ((value >> shift) & 0xffffn) !== 0n);
    const steps = halves.map((shift, step) => {
      const half = `${step === 0 ? 'movz' : 'movk'} ${rd?.text}, #0x${((value >> shift) & 0xffffn).toString(16)}`;
      return shift === 0n ? half : `${half}, lsl #${shift}`;
    });
    if (steps.length > 1) yield whole(`In ${steps.length} steps: movz and movk`, steps);
  }
  if ((name === 'add' || name === 'sub') && commas.length === 2 && number.value > 4095n && number.value < 1n << 24n)
    yield whole('In two steps', [
      `${name} ${rd?.text}, ${rn?.text}, #0x${(number.value >> 12n).toString(16)}, lsl #12`,
      `${name} ${rd?.text}, ${rd?.text}, #0x${(number.value & 0xfffn).toString(16)}`,
    ]);
}

/** The plain number that the line's last operand is, and its text. */
function numberAt(reader: Reader, index: number): { readonly value: bigint; readonly text: string } | undefined {
  const { tokens } = reader;
  const trial = new Reader(tokens, quiet(reader), reader.section);
  trial.begin(index);
  const value = trial.expression();
  if (value === undefined || !value.known || value.kind !== 'absolute' || !trial.atEnd) return undefined;
  const text = tokens.slice(tokens[index]?.text === '#' ? index + 1 : index, -1).map((t) => t.text);
  return { value: value.value, text: text.join('') };
}

/** What names mean to the line, without a trace of having asked. */
function quiet({ scope }: Reader): Scope {
  return {
    symbol: (name) => scope.symbol(name),
    numeric: (label, direction) => scope.numeric(label, direction),
    here: () => scope.here(),
    registerName: (word) => scope.registerName(word),
    mention: () => {},
    warn: () => {},
  };
}
