// Instruction lines as people write and mistype them: lines that objdump prints for random words, each put through changes of its operands,
// numbers, spellings and spaces. Knows the language's words, not what they mean; whether a line is right is for the oracle to say.
import { disassemble } from '#asm';
import type { Random } from '../fuzz/random.ts';

const CONDITIONS = 'eq ne cs hs cc lo mi pl vs vc hi ls ge lt gt le al nv'.split(' ');
const EXTENDS = 'lsl lsr asr ror uxtb uxth uxtw uxtx sxtb sxth sxtw sxtx msl'.split(' ');
const ODD_REGISTERS =
  'sp wsp xzr wzr lr fp ip0 ip1 LR SP WZR Xzr x31 w31 r0 pc wlr elr x32 x01 d0 s1 q2 b3 h4 v0.4s v1 z0 p0'.split(' ');

/** Names that the lines use as registers; the text that makes them so. */
export const PROLOGUE = 'acc .req x5; Base .req x7; half .req w9; BYTES .req w3; top .req sp; nothing .req xzr';
const NAMED = 'acc Base half BYTES top nothing ACC base BASE Half bytes'.split(' ');

type Change = (random: Random, tokens: string[]) => void;

const isRegister = (token: string): boolean => /^(?:[xw](?:\d+|zr)|w?sp)$/i.test(token);
const isNumber = (token: string): boolean => /^-?(?:0x[0-9a-f]+|0|[1-9]\d*)$/i.test(token);

function indices(tokens: readonly string[], test: (token: string) => boolean, from = 1): number[] {
  return tokens.flatMap((token, at) => (at >= from && test(token) ? [at] : []));
}

function register(random: Random, like: string): string {
  const letter = random.oneIn(6) ? random.pick(['x', 'w']) : like[0]?.toLowerCase() === 'w' ? 'w' : 'x';
  if (random.oneIn(5)) return random.pick(random.oneIn(3) ? NAMED : ODD_REGISTERS);
  return `${random.oneIn(12) ? letter.toUpperCase() : letter}${random.below(31)}`;
}

/** A number near the old one, or at the edge of some range. */
function number(random: Random, old: bigint): bigint {
  switch (random.below(7)) {
    case 0:
      return old + BigInt(random.range(-2, 2));
    case 1:
      return -old;
    case 2:
      return (1n << BigInt(random.below(66))) + BigInt(random.range(-1, 1));
    case 3:
      return -(1n << BigInt(random.below(65))) + BigInt(random.range(-1, 1));
    case 4:
      return BigInt(random.range(0, 70));
    case 5:
      return old << BigInt(random.below(14));
    default:
      return BigInt.asIntN(64, random.value());
  }
}

/** Another way to write a number. */
function spell(random: Random, value: bigint): string {
  const sign = value < 0n ? '-' : '';
  const size = value < 0n ? -value : value;
  switch (random.below(14)) {
    case 0:
      return `${sign}0x${size.toString(16)}`;
    case 1:
      return `${sign}0X${size.toString(16).toUpperCase()}`;
    case 2:
      return `${sign}0b${size.toString(2)}`;
    case 3:
      return `${sign}0${size.toString(8)}`;
    case 4:
      return `(${value})`;
    case 5:
      return `${value}+1-1`;
    case 6:
      return `(${value} + 1) - 1`;
    case 7:
      return `- ${-value < 0n ? `(${-value})` : -value}`;
    case 8:
      return `~${~value < 0n ? `(${~value})` : ~value}`;
    case 9:
      return value > 32n && value < 127n && !`\\"';/#`.includes(String.fromCharCode(Number(value)))
        ? `'${String.fromCharCode(Number(value))}${random.oneIn(2) ? "'" : ''}`
        : `+${value}`;
    case 10:
      return `${value}*1`;
    case 11:
      return `0x${BigInt.asUintN(64, value).toString(16)}`;
    case 12:
      return `${value / 2n}+${value - value / 2n}`;
    default:
      return `${value}`;
  }
}

/** Operands as ranges of tokens, brackets kept together. */
function operands(tokens: readonly string[]): [number, number][] {
  const out: [number, number][] = [];
  let depth = 0;
  let from = 1;
  for (let at = 1; at <= tokens.length; at += 1) {
    const token = tokens[at];
    if (token === '[' || token === '{' || token === '(') depth += 1;
    if (token === ']' || token === '}' || token === ')') depth -= 1;
    if (at === tokens.length || (token === ',' && depth === 0)) {
      out.push([from, at]);
      from = at + 1;
    }
  }
  return out;
}

function replaceAll(tokens: string[], parts: readonly (readonly string[])[]): void {
  const made = parts.flatMap((part, n) => (n === 0 ? part : [',', ...part]));
  tokens.splice(1, tokens.length, ...made);
}

const CHANGES: readonly Change[] = [
  // Another register.
  (random, tokens) => {
    const at = indices(tokens, isRegister);
    if (at.length === 0) return;
    const chosen = random.pick(at);
    tokens[chosen] = register(random, tokens[chosen] as string);
  },
  // All registers, of the same width: most lines stay right.
  (random, tokens) => {
    for (const at of indices(tokens, isRegister))
      tokens[at] = `${(tokens[at] as string)[0] === 'w' ? 'w' : 'x'}${random.below(31)}`;
  },
  (random, tokens) => {
    const at = indices(tokens, isNumber);
    if (at.length === 0) return;
    const chosen = random.pick(at);
    tokens[chosen] = spell(random, number(random, BigInt(value(tokens[chosen] as string))));
  },
  // The same number, written otherwise.
  (random, tokens) => {
    for (const at of indices(tokens, isNumber)) tokens[at] = spell(random, BigInt(value(tokens[at] as string)));
  },
  // With or without #.
  (random, tokens) => {
    for (const at of indices(tokens, (t) => t === '#').reverse()) if (!random.oneIn(3)) tokens.splice(at, 1);
    if (random.oneIn(3)) for (const at of indices(tokens, isNumber).reverse()) tokens.splice(at, 0, '#');
  },
  (random, tokens) => {
    const at = indices(tokens, (t) => EXTENDS.includes(t) || CONDITIONS.includes(t));
    if (at.length === 0) return;
    const chosen = random.pick(at);
    const list = EXTENDS.includes(tokens[chosen] as string) ? EXTENDS : CONDITIONS;
    tokens[chosen] = random.pick(list);
  },
  // An extend or a shift behind, or inside the last bracket.
  (random, tokens) => {
    const tail = [',', random.pick(EXTENDS), ...(random.oneIn(3) ? [] : ['#', `${random.below(random.oneIn(3) ? 66 : 5)}`])];
    const close = tokens.lastIndexOf(']');
    tokens.splice(close < 0 || random.oneIn(3) ? tokens.length : close, 0, ...tail);
  },
  // An operand less, twice, or in another place.
  (random, tokens) => {
    const parts = operands(tokens).map(([from, to]) => tokens.slice(from, to));
    const at = random.below(parts.length);
    const way = random.below(3);
    if (way === 0) parts.splice(at, 1);
    else if (way === 1) parts.splice(at, 0, parts[at] as string[]);
    else parts.push(...parts.splice(at, 1));
    replaceAll(tokens, parts);
  },
  // An operand more.
  (random, tokens) => {
    const parts = operands(tokens).map(([from, to]) => tokens.slice(from, to));
    const more = random.pick<() => string[]>([
      () => [register(random, random.pick(['x', 'w']))],
      () => ['#', `${number(random, 4n)}`],
      () => [random.pick(CONDITIONS)],
      () => ['[', register(random, 'x'), ']'],
    ])();
    parts.splice(random.below(parts.length + 1), 0, more);
    replaceAll(
      tokens,
      parts.filter((part) => part.length > 0),
    );
  },
  // Write-back of another kind.
  (random, tokens) => {
    const close = tokens.lastIndexOf(']');
    if (close < 0) return;
    const behind = random.pick([
      ['!'],
      [],
      [',', '#', `${random.range(-20, 20) * 8}`],
      [',', register(random, 'x')],
      [',', '#', `${random.range(-260, 260)}`],
    ]);
    tokens.splice(close + 1, tokens.length, ...behind);
  },
  // A mark lost, doubled or added.
  (random, tokens) => {
    const at = random.range(1, Math.max(1, tokens.length));
    const way = random.below(3);
    if (way === 0) tokens.splice(at, 1);
    else if (way === 1) tokens.splice(at, 0, tokens[at] ?? '');
    else
      tokens.splice(
        at,
        0,
        random.pick(['#', ',', '!', '[', ']', '{', '}', ':', '=', ')', '(', '+', '-', '@', '.', '%', '^', '~', '*', '&']),
      );
  },
  // A letter lost, doubled or changed.
  (random, tokens) => {
    const chosen = random.below(tokens.length);
    const text = tokens[chosen] as string;
    const at = random.below(text.length);
    const way = random.below(3);
    const middle = way === 0 ? '' : way === 1 ? `${text[at]}${text[at]}` : random.pick([...'abcdelmnoprstuwx0123456789._']);
    tokens[chosen] = text.slice(0, at) + middle + text.slice(at + 1);
  },
  // Upper case: the mnemonic, everything, or one word.
  (random, tokens) => {
    const way = random.below(3);
    for (const [at, token] of tokens.entries()) {
      if (way === 1 || (way === 0 && at === 0) || (way === 2 && random.oneIn(4))) tokens[at] = token.toUpperCase();
    }
  },
  // Relative to here.
  (random, tokens) => {
    const last = tokens.length - 1;
    if (!isNumber(tokens[last] ?? '')) return;
    const distance = random.oneIn(2) ? random.range(-64, 64) * 4 : Number(number(random, 1n << 20n) & 0xfff_ffffn);
    tokens[last] = random.pick([
      '.',
      `.${distance < 0 ? '' : '+'}${distance}`,
      `.+(${distance})`,
      `${distance}+.`,
      `. - ${distance}`,
    ]);
    if (tokens[last - 1] === '#' && random.oneIn(2)) tokens.splice(last - 1, 1);
  },
  // A relocation operator.
  (random, tokens) => {
    const at = indices(tokens, isNumber);
    if (at.length === 0) return;
    const operator = random.pick(
      'lo12 abs_g0 abs_g0_nc abs_g0_s abs_g1 abs_g1_nc abs_g2 abs_g2_nc abs_g2_s abs_g3 prel_g0 pg_hi21 pg_hi21_nc got foo'.split(
        ' ',
      ),
    );
    const chosen = random.pick(at);
    tokens[chosen] = `:${operator}:${tokens[chosen]}`;
  },
  // Another mnemonic of a similar look.
  (random, tokens) => {
    const text = tokens[0] as string;
    const [from, to] = random.pick([
      ['s', ''],
      ['', 's'],
      ['h', 'b'],
      ['b', 'h'],
      ['ld', 'st'],
      ['st', 'ld'],
      ['ldr', 'ldur'],
      ['ldur', 'ldr'],
      ['ldr', 'ldtr'],
      ['a', 'al'],
      ['x', ''],
      ['add', 'sub'],
      ['sub', 'add'],
      ['and', 'bic'],
      ['orr', 'orn'],
      ['u', 's'],
      ['s', 'u'],
      ['z', 'n'],
      ['bfm', 'bfiz'],
      ['bfx', 'bfm'],
    ] as const);
    tokens[0] = from === '' ? text + to : text.replace(from, to);
  },
];

function value(token: string): bigint {
  return token.startsWith('-') ? -BigInt(token.slice(1)) : BigInt(token);
}

const SPACES = ['', '', ' ', '  ', '\t'];

function join(random: Random, tokens: readonly string[]): string {
  const plain = !random.oneIn(4);
  let text = `${random.oneIn(8) ? '\t' : ''}${tokens[0]}${plain ? ' ' : random.pick([' ', '\t', '  '])}`;
  for (let at = 1; at < tokens.length; at += 1) {
    const token = tokens[at] as string;
    const before = tokens[at - 1] as string;
    const words = /[\w.]$/.test(before) && /^[\w.]/.test(token) && at > 1;
    const gap = plain ? (before === ',' || words ? ' ' : '') : words ? ' ' : random.pick(SPACES);
    text += gap + token;
  }
  return random.oneIn(30) ? `${text} ${random.pick(['// text', '/* text */', '; nop'.slice(0, 1), '//'])}` : text;
}

/** The tokens of a line as objdump prints it. */
function tokensOf(text: string): string[] {
  const [mnemonic = '', rest = ''] = text.split(/\s+(.*)/s);
  return [mnemonic, ...(rest.match(/-?(?:0x[0-9a-fA-F]+|\d+(?![\w.]))|[\w.]+|[^\s\w]/g) ?? [])];
}

/** A line from the word, with up to three changes; undefined for a word that is no instruction. */
export function lineOf(random: Random, word: number): string | undefined {
  const printed = disassemble(word, { aliases: !random.oneIn(3) });
  if (printed.startsWith('.inst')) return undefined;
  const tokens = tokensOf(printed);
  for (let changes = random.below(4); changes > 0; changes -= 1) random.pick(CHANGES)(random, tokens);
  return join(random, tokens).trimEnd();
}
