// Small source files made of what the assembler's language has besides instructions: data, expressions, sections, alignment, macros, repetitions,
// conditionals, literal pools, labels. Most are right; what is wrong is for the oracle to say. Knows the language's words only.
import type { Random } from '../fuzz/random.ts';

/** What a program has said so far, so that more can be said of it. */
interface State {
  readonly random: Random;
  readonly numbers: string[];
  readonly labels: string[];
  readonly macros: { readonly name: string; readonly arguments: number }[];
  /** Labels that are promised to come. */
  readonly owed: string[];
  count: number;
  commons: number;
  alternate: boolean;
}

/** Lines that belong together. */
export type Block = readonly string[];

const BINARY = ['+', '-', '*', '/', '%', '<<', '>>', '&', '|', '^', '!', '==', '!=', '<>', '<', '>', '<=', '>=', '&&', '||'];
const UNARY = ['-', '~', '!', '+'];

function number(random: Random): string {
  const value = random.oneIn(3) ? random.value() : BigInt(random.below(random.oneIn(2) ? 20 : 5000));
  switch (random.below(9)) {
    case 0:
      return `0x${value.toString(16)}`;
    case 1:
      return `0X${value.toString(16).toUpperCase()}`;
    case 2:
      return `0b${value.toString(2)}`;
    case 3:
      return `0${value.toString(8)}`;
    case 4:
      return random.pick(["'a", "'a'", "'\\n", "'\\\\", "' ", "'0'", "'\\t'"]);
    case 5:
      return `${value}${random.pick(['u', 'UL', 'll', 'ull', ''])}`.replace(/^0[ul]+$/i, '0');
    default:
      return `${value}`;
  }
}

function expression(state: State, depth = 3): string {
  const { random } = state;
  if (depth === 0 || random.oneIn(3))
    return random.oneIn(3) && state.numbers.length > 0 ? random.pick(state.numbers) : number(random);
  const gap = random.pick(['', '', ' ', '\t']);
  if (random.oneIn(5)) return `${random.pick(UNARY)}${gap}${expression(state, depth - 1)}`;
  const inner = `${expression(state, depth - 1)}${gap}${random.pick(BINARY)}${gap}${expression(state, depth - 1)}`;
  return random.oneIn(3) ? `(${inner})` : inner;
}

function small(random: Random, high = 12): string {
  const value = random.below(high + 1);
  return random.pick([`${value}`, `0x${value.toString(16)}`, `${value}+0`, `(${value})`, `${value + 1}-1`]);
}

function fresh(state: State, prefix: string): string {
  state.count += 1;
  return `${prefix}${state.count}`;
}

function label(state: State): string {
  const { random, owed } = state;
  const name =
    owed.length > 0 && random.oneIn(2) ? (owed.shift() as string) : fresh(state, random.pick(['lab', '.Lx', 'a.b$', '_q']));
  state.labels.push(name);
  return name;
}

/** A label that there is, or will be. */
function someLabel(state: State): string {
  const { random } = state;
  if (state.labels.length > 0 && !random.oneIn(3)) return random.pick(state.labels);
  const name = fresh(state, 'later');
  state.owed.push(name);
  return name;
}

function text(random: Random): string {
  const parts = Array.from({ length: random.below(5) }, () =>
    random.pick([
      'abc',
      ' ',
      'x y',
      '\\n',
      '\\t',
      '\\\\',
      '\\"',
      '\\0',
      '\\101',
      '\\x41',
      '\\7',
      '\\b\\f\\r',
      '\\x1fe',
      '//',
      '/*',
      '#',
      ';',
      'é',
      '€',
      "'",
      ',',
      '\\377',
      '\\8',
    ]),
  );
  return `"${parts.join('')}"`;
}

function float(random: Random): string {
  return random.pick([
    `${random.range(-1000, 1000)}`,
    `${random.range(-1000, 1000)}.${random.below(100000)}`,
    `${random.below(10)}.${random.below(1000)}e${random.range(-40, 40)}`,
    `${random.below(10)}e${random.range(-10, 10)}`,
    `0f${random.below(100)}.5`,
    `0d-1.${random.below(1000)}`,
    `.${random.below(1000)}`,
    '1e-45',
    '3.4028235e38',
    '1.17549435e-38',
    '4.9e-324',
    '2.2250738585072014e-308',
    '0.1',
    '-0.0',
    'inf',
    '-inf',
    'nan',
    'Inf',
    'NaN',
    '65504',
    '6.1e-5',
    '5.96e-8',
    '1e-8',
    '0.333333333333333333333333',
  ]);
}

const INSTRUCTIONS = [
  'nop',
  'add x0, x1, x2',
  'ret',
  'mov w3, #7',
  'ldr x0, [x1, #8]',
  'stp x29, x30, [sp, #-16]!',
  'isb',
  'dmb ish',
  'eor x5, x5, x6',
];

type Make = (state: State) => Block;

const list = (state: State, make: () => string, most = 4): string =>
  Array.from({ length: 1 + state.random.below(most) }, make).join(state.random.pick([',', ', ', ' , ']));

const PIECES: Readonly<Record<string, Make>> = {
  instruction: ({ random }) => [` ${random.pick(INSTRUCTIONS)}`],
  immediate: (state) => [
    ` ${state.random.pick(['mov x1, #', 'add x1, x2, #', 'ldr x1, [x2, #', 'and x1, x2, #', 'movz x1, #', 'sub sp, sp, #', 'cmp x1, #'])}${expression(state, 2)}`.replace(
      /(\[.*)$/,
      '$1]',
    ),
  ],
  label: (state) => [`${label(state)}:${state.random.oneIn(2) ? ` ${state.random.pick(INSTRUCTIONS)}` : ''}`],
  branch: (state) => [
    ` ${state.random.pick(['b ', 'bl ', 'b.ne ', 'beq ', 'cbz x1, ', 'tbnz w2, #3, ', 'adr x3, ', 'ldr x4, ', 'ldrsw x4, '])}${someLabel(state)}`,
  ],
  page: (state) => {
    const name = someLabel(state);
    return [
      ` adrp x0, ${name}`,
      ` ${state.random.pick(['add x0, x0, :lo12:', 'add x0, x0, #:lo12:', 'ldrb w0, [x0, :lo12:', 'ldrb w1, [x0, #:lo12:'])}${name}`.replace(
        /(\[.*)$/,
        '$1]',
      ),
    ];
  },
  groups: (state) => {
    const target = state.random.oneIn(2) ? `0x${state.random.value().toString(16)}` : someLabel(state);
    return [
      ` movz x0, #:abs_g3:${target}`,
      ` movk x0, #:abs_g2_nc:${target}`,
      ` movk x0, #:abs_g1_nc:${target}`,
      ` movk x0, #:abs_g0_nc:${target}`,
    ];
  },
  numeric: ({ random }) => {
    const name = random.pick(['1', '2', '10', '0']);
    return [`${name}: nop`, ` b ${name}${random.pick(['b', 'f'])}`, ` cbnz x0, ${name}f`, `${name}:`];
  },
  data: (state) => [
    ` ${state.random.pick(['.byte', '.hword', '.short', '.2byte', '.word', '.long', '.int', '.4byte', '.quad', '.xword', '.8byte', '.dword'])} ${list(state, () => expression(state))}`,
  ],
  quads: (state) => [` .quad ${list(state, () => expression(state, 4))}`],
  octa: ({ random }) => [
    ` .octa ${random.pick(['', '-'])}0x${(random.value() | 1n).toString(16)}${random.oneIn(2) ? random.bits64().toString(16).padStart(16, '0') : ''}`,
  ],
  distances: (state) => {
    const [a, b] = [someLabel(state), someLabel(state)];
    return [
      ` ${state.random.pick(['.word', '.quad', '.hword'])} ${state.random.pick([`${a}-${b}`, `${a} - .`, `(${a}-${b})`, `${a}-${b}+4`])}`,
    ];
  },
  halves: (state) => {
    const [a, b] = [label(state), label(state)];
    return [
      `${a}:`,
      ...Array.from({ length: state.random.below(4) }, () => ` ${state.random.pick(INSTRUCTIONS)}`),
      `${b}:`,
      ` .word (${b}-${a})/4, (${b}-${a})*2, ${b}-${a}>>1, -(${b}-${a}), ${a}-${b}`,
      ` mov x0, #${b}-${a}`,
      ` .if ${b}-${a} > 4`,
      ' .byte 1',
      ' .endif',
    ];
  },
  addresses: (state) => [
    ` .quad ${someLabel(state)}${state.random.pick(['', '+8', ' - 4', '+2*3'])}`,
    ...(state.random.oneIn(2) ? [` .word ${someLabel(state)}`] : []),
  ],
  strings: (state) => [
    ` ${state.random.pick(['.ascii', '.asciz', '.string', '.string8', '.string16', '.string32', '.string64'])} ${list(state, () => text(state.random), 3)}`,
  ],
  juxtaposed: ({ random }) => [` ${random.pick(['.ascii', '.asciz'])} ${text(random)} ${text(random)}`],
  floats: (state) => [
    ` ${state.random.pick(['.float', '.single', '.double', '.float16', '.dc.s', '.dc.d'])} ${list(state, () => float(state.random))}`,
  ],
  lebs: (state) => [
    ` ${state.random.pick(['.uleb128', '.sleb128'])} ${list(state, () => `${state.random.pick(['', '-'])}${state.random.bits64() >> BigInt(state.random.range(1, 63))}`)}`,
  ],
  lebDistance: (state) => [` .uleb128 ${someLabel(state)}-${someLabel(state)}`],
  align: ({ random }) => [
    ` ${random.pick(['.align', '.p2align', '.balign', '.p2alignw', '.p2alignl', '.balignw', '.balignl'])} ${random.pick(['0', '1', '2', '3', '4', '8', '16', '2', '4'])}${random.pick(['', '', '', ', 0', ', 0xcc', ', 0x1234', ',, 3', ', 5, 7', ', , 15', ',0x90,1'])}`,
  ],
  fill: (state) => {
    const { random } = state;
    return [
      random.pick([
        ` .fill ${small(random)}`,
        ` .fill ${small(random)}, ${small(random, 9)}`,
        ` .fill ${small(random)}, ${small(random, 9)}, ${number(random)}`,
        ` .fill ${small(random)}, , ${number(random)}`,
        ` .space ${small(random)}`,
        ` .skip ${small(random)}, ${small(random, 255)}`,
        ` .zero ${small(random)}`,
        ` .zero ${small(random)}, 0x${random.below(256).toString(16)}`,
        ` .dcb.${random.pick(['b', 'w', 'l'])} ${small(random)}, ${small(random, 255)}`,
        ` .ds.${random.pick(['b', 'w', 'l'])} ${small(random)}`,
        ` .dc.${random.pick(['b', 'w', 'l', 'a'])} ${small(random)}, ${small(random, 255)}`,
        ` .dcb ${small(random)}, 7`,
        ` .ds ${small(random)}`,
        ` .dc ${small(random)}`,
      ]),
    ];
  },
  spaceBetween: (state) => {
    const [a, b] = [label(state), label(state)];
    return [`${a}:`, ` .word 1, 2`, `${b}:`, ` .space ${state.random.pick([`${b}-${a}`, `16-(${b}-${a})`, `${b} - ${a} + 3`])}`];
  },
  org: (state) => {
    const name = label(state);
    return [
      `${name}:`,
      ` .${state.random.pick(['org', 'org', 'org'])} ${name}+${4 * state.random.below(8)}${state.random.pick(['', ', 0xff', ',1'])}`,
      ...(state.random.oneIn(3) ? [' . = . + 8'] : []),
    ];
  },
  assign: (state) => {
    const { random } = state;
    const name =
      random.oneIn(3) && state.numbers.length > 0 ? random.pick(state.numbers) : fresh(state, random.pick(['N', 'k_', 'size.']));
    const value = expression(state, 2);
    if (!state.numbers.includes(name)) state.numbers.push(name);
    return [
      random.pick([
        ` .set ${name}, ${value}`,
        ` .equ ${name}, ${value}`,
        `${name} = ${value}`,
        `${name}=${value}`,
        ` .set ${name} , ${value}`,
      ]),
    ];
  },
  assignOnce: (state) => {
    const name = fresh(state, 'once');
    state.numbers.push(name);
    return [
      state.random.pick([
        ` .equiv ${name}, ${expression(state, 1)}`,
        `${name} == ${expression(state, 1)}`,
        ` .eqv ${name}, ${expression(state, 1)}`,
      ]),
    ];
  },
  alias: (state) => {
    const name = fresh(state, 'same');
    const line = ` .set ${name}, ${someLabel(state)}${state.random.pick(['', '+4'])}`;
    state.labels.push(name);
    return [line];
  },
  here: (state) => [`${fresh(state, 'len')} = . - ${state.labels.length > 0 ? state.random.pick(state.labels) : '.'}`],
  literals: (state) => {
    const { random } = state;
    return [
      ` ldr ${random.pick(['x0', 'x1', 'w2', 'x3', 'x30'])}, =${random.pick([number(random), `0x${random.value().toString(16)}`, someLabel(state), `${someLabel(state)}+4`, `(${number(random)})`, '-1', '0x10000', '1'])}`,
      ...(random.oneIn(4) ? [' .ltorg'] : []),
      ...(random.oneIn(8) ? [' .pool'] : []),
    ];
  },
  wideLiterals: ({ random }) => [
    ` ldr ${random.pick(['s0', 'd1', 'q2', 'd3'])}, =0x${random.value().toString(16)}`,
    ` ldrsw x1, =${random.range(-5, 500)}`,
  ],
  section: ({ random }) => [
    random.pick([
      ' .text',
      ' .data',
      ' .section .rodata',
      ' .section .rodata, "a"',
      ' .section .mine, "aw"',
      ' .section .mine, "aw"',
      ' .section .code2, "ax", %progbits',
      ' .data 1',
      ' .text 2',
      ' .subsection 1',
      ' .subsection 0',
      ' .text',
      ' .section .data',
      ' .section ".odd name", "a", @progbits',
    ]),
  ],
  pushed: (state) => [
    state.random.pick([
      ' .pushsection .data',
      ' .pushsection .mine, "aw"',
      ' .pushsection .rodata',
      ' .pushsection .text, 1',
      ' .pushsection .data, 2',
    ]),
    ` .byte ${small(state.random)}`,
    ...(state.random.oneIn(3) ? [' .balign 4', `${label(state)}: .word 1`] : []),
    ' .popsection',
  ],
  previous: () => [' .data', ' .hword 5', ' .previous'],
  bss: (state) => [
    ' .bss',
    `${label(state)}: .skip ${small(state.random)}`,
    ' .balign 8',
    `${label(state)}: .zero 4`,
    state.random.pick([' .text', ' .data']),
  ],
  common: (state) => {
    const name = fresh(state, 'com');
    // The order of several .comm is the linker's.
    const local = state.commons > 0 || state.random.oneIn(2);
    if (!local) state.commons += 1;
    state.labels.push(name);
    return [
      local
        ? ` .lcomm ${name}, ${state.random.range(1, 20)}`
        : ` .comm ${name}, ${state.random.pick(['16, 8', '5', '12', '40, 32'])}`,
    ];
  },
  structure: (state) => {
    const [a, b, c] = ['f', 'f', 'f'].map((prefix) => fresh(state, prefix)) as [string, string, string];
    state.numbers.push(a, b, c);
    return [
      ` .struct ${small(state.random)}`,
      `${a}: .skip 8`,
      `${b}: .skip 4`,
      ' .balign 8',
      `${c}:`,
      state.random.pick([' .text', ' .data']),
    ];
  },
  registers: (state) => {
    const name = fresh(state, 'Reg');
    return [
      `${name} .req ${state.random.pick(['x5', 'w6', 'sp', 'lr', 'x30'])}`,
      ` mov ${name}, ${name}`,
      ` mov ${name.toUpperCase()}, ${name.toLowerCase()}`,
      ...(state.random.oneIn(2) ? [` .unreq ${name}`] : []),
    ];
  },
  architecture: ({ random }) => [
    ` .arch ${random.pick(['armv8-a', 'armv8.1-a', 'armv8.2-a', 'armv8.3-a', 'armv8.4-a', 'armv8.5-a', 'armv8.7-a', 'armv8.8-a', 'armv9-a', 'armv9.2-a'])}${random.pick(['', '+lse', '+crc', '+nolse', '+memtag', '+pauth+flagm', '+sb', '+nopauth'])}`,
    ...(random.oneIn(3) ? [` .arch_extension ${random.pick(['lse', 'crc', 'nolse', 'mops', 'cssc', 'hbc', 'rcpc'])}`] : []),
    ` ${random.pick(['ldadd x0, x1, [x2]', 'crc32b w0, w1, w2', 'pacia x0, x1', 'paciasp', 'stg x0, [x1]', 'cfinv', 'axflag', 'sb', 'wfet x1', 'ldapr x0, [x1]', 'ldapur x0, [x1, #8]', 'cpyfp [x0]!, [x1]!, x2!', 'ctz x0, x1', 'bc.eq .', 'ldlar x0, [x1]', 'casp x0, x1, x2, x3, [x4]', 'retaa', 'bti c', 'setf8 w1', 'ld64b x0, [x1]'])}`,
    ' .arch armv9.3-a+crypto+memtag+cssc+tme+ls64+mops+hbc',
  ],
  words: (state) => [` .inst ${list(state, () => `0x${state.random.word().toString(16)}`, 3)}`],
  comments: ({ random }) =>
    [
      random.pick([
        ' nop // text "with quotes',
        ' nop /* a',
        ' b */ nop',
        '# a whole line',
        ' nop ; nop; .byte 1 ; .byte 2',
        '/* x */ nop /* y */',
        ' .byte 1 // ; 2',
        ' .ascii "// no" // yes',
        '// /* no',
        " .byte '/', ';' ; .byte '#'",
        ' add x0, x1, #3 // # 4',
        '  # text',
        ' .word 1 /* , 2 */ , 3',
      ]),
    ].flatMap((line) => (line.endsWith('/* a') ? [line, ' b */ nop'] : line.startsWith(' b */') ? [' nop'] : [line])),
  rept: (state) => [` .rept ${small(state.random, 5)}`, ...body(state), ' .endr'],
  counted: (state) => {
    const name = fresh(state, 'cnt');
    return [
      ` .set ${name}, 0`,
      ` .rept ${small(state.random, 6)}`,
      ` .byte ${name}, ${name}*${name}`,
      ` .set ${name}, ${name}+1`,
      ' .endr',
    ];
  },
  irp: ({ random }) =>
    [
      ` .irp ${random.pick(['r', 'reg', 'n'])}${random.pick([',', ' '])}${random.pick(['1,2,3', '1, 2 , 3', '1 2 3', '"1", 2', '', '4,,5', '(1+2), 3', "0x10,'a"])}`,
    ].flatMap((head) => {
      const name = /\.irp (\w+)/.exec(head)?.[1];
      return [head, random.pick([` .byte 0\\${name}`, ` .word 1+\\${name}+0`, ` .quad (\\${name}+0)*2`]), ' .endr'];
    }),
  irpRegisters: () => [' .irp r, x0, x1, x2', ' str \\r, [sp, #8]', ' .irp q, w3, w4', ' mov \\q, w5', ' .endr', ' .endr'],
  irpc: ({ random }) => [
    ` .irpc c${random.pick([',', ', ', ' '])}${random.pick(['123', '0', '907', '1 2', '"45"', ''])}`,
    ' .byte 1\\c',
    ' .endr',
  ],
  irpcPaste: ({ random }) => [
    ` .irpc c, ${random.pick(['abc', 'xy'])}`,
    ` .ascii "\\c-"`,
    ` .byte '\\c`,
    ` .byte '\\c'`,
    ' .endr',
  ],
  conditional: (state) => conditional(state),
  macro: (state) => macro(state),
  call: (state) => call(state),
  macroForms: (state) => macroForm(state),
};

function test({ random, ...state }: State): string {
  const all = { random, ...state };
  const a = random.pick(['a', 'b', 'a b', '', 'x0']);
  const b = random.pick(['a', 'b', 'a b', '', 'X0']);
  const name =
    state.numbers.length > 0 && random.oneIn(2) ? random.pick(state.numbers) : random.pick([...state.labels, 'nowhere']);
  return random.pick([
    () => `.if ${expression(all, 2)}`,
    () => `.${random.pick(['ifeq', 'ifne', 'ifgt', 'ifge', 'iflt', 'ifle'])} ${expression(all, 2)}`,
    () => `.${random.pick(['ifdef', 'ifndef', 'ifnotdef'])} ${name}`,
    () => `.${random.pick(['ifc', 'ifnc'])} ${a}${random.pick([',', ', ', ' , '])}${b}`,
    () => `.${random.pick(['ifc', 'ifnc'])} "${a}", ${random.pick([`"${a}"`, a])}`,
    () => `.${random.pick(['ifeqs', 'ifnes'])} "${a}", "${b}"`,
    () => `.${random.pick(['ifb', 'ifnb'])} ${a}`,
    () => `.IF ${small(random, 1)}`,
  ])();
}

function conditional(state: State): Block {
  const { random } = state;
  return [
    ` ${test(state)}`,
    ...body(state),
    ...(random.oneIn(3) ? [` .elseif ${expression(state, 1)}`, ' .byte 0xe1'] : []),
    ...(random.oneIn(2) ? [' .else', ...body(state)] : []),
    ' .endif',
  ];
}

/** Something short that may stand in a repetition or a branch: it defines nothing. */
function body(state: State): Block {
  const { random } = state;
  return random.pick<() => Block>([
    () => [` .byte ${expression(state, 1)}`],
    () => [` ${random.pick(INSTRUCTIONS)}`],
    () => [` .hword ${small(random)}, ${small(random)}`],
    () => [` .ascii ${text(random)}`],
    () => ['1: nop', ' b 1b'],
    () => (random.oneIn(3) ? conditional(state) : [' nop']),
  ])();
}

function macro(state: State): Block {
  const { random } = state;
  const name = fresh(state, random.pick(['mac', 'Do_', 'emit']));
  const count = random.below(4);
  const formals = Array.from({ length: count }, (_, n) => {
    const kind = random.below(6);
    const formal = `p${n}`;
    if (kind === 0) return `${formal}=${random.pick(['5', '"7"', '0x10'])}`;
    if (kind === 1) return `${formal}:req`;
    if (kind === 2 && n === count - 1) return `${formal}:vararg`;
    return formal;
  });
  state.macros.push({ name, arguments: count });
  const gap = random.pick([', ', ',', ' ']);
  const uses = formals.flatMap((_, n) =>
    random.pick<Block>([
      [` .byte \\p${n}+0`],
      [` .ifnb \\p${n}`, ` .hword \\p${n}`, ' .else', ' .byte 0xbb', ' .endif'],
      [` .ifc \\p${n},5`, ' .byte 0x55', ' .endif'],
      [` .ascii "\\p${n}"`],
      [` .word 0\\p${n}`],
      [` .byte 1\\p${n}\\()0`],
    ]),
  );
  const more = random.pick<Block>([
    [],
    [' .byte \\@'],
    ['.Lm\\@: nop', ' b .Lm\\@'],
    [' .if \\@ > 3', ' .exitm', ' .endif', ' .byte 0x99'],
    ['1: cbz x0, 1b'],
    [' /* comment \\p0 */ nop'],
    [` .rept 2`, ' .byte 3', ' .endr'],
  ]);
  return [
    random.pick([
      ` .macro ${name} ${formals.join(gap)}`,
      `.macro ${name} ${formals.join(gap)}`,
      ` .MACRO ${name}, ${formals.join(gap)}`,
    ]),
    ...uses,
    ...more,
    random.pick([' .endm', '.endm', ' .ENDM']),
  ];
}

function call(state: State): Block {
  const { random } = state;
  if (state.macros.length === 0) return [' nop'];
  const { name, arguments: count } = random.pick(state.macros);
  const given = Array.from({ length: random.oneIn(5) ? random.below(5) : count }, (_, n) => {
    const value = random.pick([
      '1',
      '5',
      '0x20',
      '(1+2)',
      '',
      '"6"',
      '3 + 4',
      '3+4',
      '(1, 2)',
      "'a'",
      '9 ',
      '-1',
      '~0',
      '2*(3+1)',
    ]);
    return random.oneIn(6) ? `p${n}=${value}` : value;
  });
  return [` ${random.oneIn(6) ? name.toUpperCase() : name} ${given.join(random.pick([',', ', ', ' , ', ' ']))}`];
}

/** Forms that need a text of their own. */
function macroForm(state: State): Block {
  const n = fresh(state, '');
  return state.random.pick<() => Block>([
    () => [
      ` .macro sum${n} first:req, rest:vararg`,
      ' .byte \\first',
      ' .ifnb \\rest',
      ` sum${n} \\rest`,
      ' .endif',
      ' .endm',
      ` sum${n} 1, 2, 3`,
      ` sum${n} 4`,
    ],
    () => [
      ` .macro down${n} n`,
      ' .byte \\n',
      ' .if \\n',
      ` down${n} \\n-1`,
      ' .endif',
      ' .endm',
      ` down${n} ${state.random.below(6)}`,
    ],
    () => [
      ` .macro outer${n} name, value`,
      ' .macro \\name extra=3',
      ' .byte \\value, \\extra',
      ' .endm',
      ' .endm',
      ` outer${n} inner${n}, 8`,
      ` inner${n}`,
      ` inner${n} 9`,
    ],
    () => [` .macro glue${n} a, b`, `g${n}_\\a\\()_\\b: .byte 1`, ` .quad g${n}_\\a\\()_\\b`, ' .endm', ` glue${n} one, two`],
    () => [
      ' .altmacro',
      ` .macro loc${n} a, b`,
      ' LOCAL here',
      'here: .byte a, b',
      ' .word here - .',
      ' .endm',
      ` loc${n} 1, 2`,
      ` loc${n} %3+4, <5>`,
      ' .noaltmacro',
    ],
    () => [
      ' .altmacro',
      ` .macro amp${n} a, b`,
      'q&a&r: .byte 1',
      ' .ascii "&b"',
      ' .ascii "b b& &b&c"',
      ' .byte 6 & 3',
      ' .endm',
      ` amp${n} x${n}, <t u>`,
      ' .noaltmacro',
    ],
    () => [
      ` .macro deflt${n} a=1, b=2, c`,
      ' .byte \\a, \\b, 0\\c',
      ' .endm',
      ` deflt${n}`,
      ` deflt${n} 5`,
      ` deflt${n} b=7`,
      ` deflt${n} ,,6`,
      ` deflt${n} c=4, a=3`,
    ],
    () => [
      ` .macro quote${n} s`,
      ' .ascii "\\s"',
      ' .asciz "[\\s]"',
      ' .endm',
      ` quote${n} "a b"`,
      ` quote${n} abc`,
      ` quote${n} "a,b"`,
      ` quote${n} "say \\"x\\""`,
    ],
    () => [` .macro str${n} s`, ' .ascii \\s', ' .endm', ` str${n} "\\"hello\\""`, ` str${n} '"x"'`],
    () => [
      ` .macro push${n} a, b`,
      ' stp \\a, \\b, [sp, #-16]!',
      ' .endm',
      ` push${n} x0, x1`,
      ` push${n} x2 x3`,
      ` push${n} b=x4, a=x5`,
    ],
    () => [
      ` .macro op${n} cond, reg`,
      ' b.\\cond 1f',
      ' cs\\()el \\reg, \\reg, \\reg, \\cond',
      '1:',
      ' .endm',
      ` op${n} eq, x3`,
      ` op${n} reg=w4, cond=ne`,
    ],
    () => [
      ` .macro mem${n} r, addr:vararg`,
      ' ldr \\r, \\addr',
      ' .endm',
      ` mem${n} x0, [x1, #8]`,
      ` mem${n} x0, [x1], #8`,
      ` mem${n} w1, [sp]`,
    ],
    () => [
      ` .macro cnt${n} args:vararg`,
      ` .set c${n}, 0`,
      ' .irp a, \\args',
      ` .set c${n}, c${n}+1`,
      ' .endr',
      ` .byte c${n}`,
      ' .endm',
      ` cnt${n} a, b, c`,
      ` cnt${n} x`,
    ],
    () => [
      ` .macro once${n}`,
      ` .ifndef seen${n}`,
      ` .set seen${n}, 1`,
      ' .byte 0xaa',
      ' .endif',
      ' .endm',
      ` once${n}`,
      ` once${n}`,
    ],
    () => [
      ` .macro gone${n}`,
      ' .byte 1',
      ' .endm',
      ` gone${n}`,
      ` .purgem gone${n}`,
      ` .macro gone${n}`,
      ' .byte 2',
      ' .endm',
      ` gone${n}`,
    ],
    () => [` .macro ex${n} a`, ' .ifb \\a', ' .exitm', ' .endif', ' .byte 1', ' .endm', ` ex${n}`, ` ex${n} 1`],
    () => [` .macro cat${n} a, b`, ' .byte \\a\\b, \\b\\a', ' .endm', ` cat${n} 1, 2`],
    () => [` .macro esc${n} a`, ' .byte \\\\a', ' .endm'],
    () => [` .macro both${n} a, b`, ' .if \\a && \\b', ' .byte \\a&3, \\a & 3, 6&a, 1 &b', ' .endif', ' .endm', ` both${n} 1, 2`],
    () => [` .macro names${n} x, xy`, ' .byte \\x, \\xy, \\x\\()y', ' .endm', ` names${n} 1, 2`],
    () => [
      ` .macro labels${n} l`,
      '\\l: nop',
      ' b \\l',
      ` .word \\l\\()_end - \\l`,
      '\\l\\()_end:',
      ' .endm',
      ` labels${n} fn${n}`,
    ],
    () => [' .irp op, add, sub, and', ' \\op x0, x1, x2', ' \\op\\()s x0, x1, x2', ' .endr'],
    () => [' .rept 2', ` .irp v, 1, 2`, ` .irpc w, 34`, ' .byte \\v\\w', ' .endr', ' .endr', ' .endr'],
    () => [
      ` .macro vec${n} target`,
      ' .balign 0x20',
      ' b \\target',
      ' .endm',
      ` .irp t, ${someLabel(state)}, ${someLabel(state)}`,
      ` vec${n} \\t`,
      ' .endr',
    ],
    () => [
      ` .macro expr${n} e`,
      ' .word \\e * 2, (\\e) * 2',
      ' .endm',
      ` expr${n} 1+2`,
      ` expr${n} (3 + 4)`,
      ` expr${n} 1 + 2`,
      ` expr${n} 1 +2`,
      ` expr${n} -1`,
      ` expr${n} 5 -1`,
    ],
    () => [` .macro cmt${n} a // says a`, ' .byte \\a // \\a', ' .endm // end', ` cmt${n} 3 // three`, ` cmt${n} 4 /* four */`],
  ])();
}

const NAMES = Object.keys(PIECES) as (keyof typeof PIECES)[];

/** A program as blocks of lines: what it owes is paid at the end. */
export function programOf(random: Random): readonly Block[] {
  const state: State = { random, numbers: [], labels: [], macros: [], owed: [], count: 0, commons: 0, alternate: false };
  const blocks: Block[] = Array.from({ length: random.range(3, 25) }, () => (PIECES[random.pick(NAMES)] as Make)(state));
  if (state.owed.length > 0) blocks.push([random.pick([' .text', ' .data']), ' .balign 4']);
  for (const name of state.owed) blocks.push([`${name}: .word 0`]);
  return blocks;
}
