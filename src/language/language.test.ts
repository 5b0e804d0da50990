// The editor's service, asked at a cursor. In the sources `|` marks the cursor and is taken out.
import { expect, test } from 'vitest';
import {
  codeHints,
  complete,
  type Document,
  definitions,
  foldings,
  hover,
  openDocument,
  outline,
  type Position,
  type Range,
  references,
  rename,
  signatureHelp,
} from './index.ts';

function at<T>(marked: string, ask: (document: Document, position: Position) => T): T {
  const offset = marked.indexOf('|');
  const before = marked.slice(0, offset).split('\n');
  const source = marked.slice(0, offset) + marked.slice(offset + 1);
  const position = { line: before.length, column: (before.at(-1) as string).length + 1 };
  return ask(openDocument(source, { base: 0x4008_0000n }), position);
}

/** The labels offered, those of these kinds, at most `count`. */
function offered(marked: string, count = 200): string[] {
  const completion = at(marked, complete);
  return [...(completion?.items ?? [])]
    .sort((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map((i) => i.label);
}

const show = (range: Range | undefined): string =>
  range === undefined ? '' : `${range.line}:${range.column}-${range.endColumn}`;

test('completion at the head of a statement', () => {
  const heads = offered('ad|', 10_000);
  expect(heads).toEqual(expect.arrayContaining(['add', 'adrp', 'b.eq', 'mrs', 'ldaddal']));
  expect(heads).not.toContain('.word');
  expect(offered(' .al|', 500)).toEqual(expect.arrayContaining(['.align', '.balign', '.altmacro']));
  expect(offered(' .macro push2 a, b\n .endm\n pu|', 1)).toEqual(['push2']);
  expect(offered('lab: |', 10_000)).toContain('add');
  expect(at(' nop // n|', complete)).toBeUndefined();
  expect(at(' .ascii "n|"', complete)).toBeUndefined();
});

test('completion of operands: what the instruction reads there', () => {
  expect(offered(' add x0, |')).toEqual(expect.arrayContaining(['x1', 'sp']));
  expect(offered(' add x0, |')).not.toContain('w1');
  expect(offered(' add x0, |')).not.toContain('xzr2');
  expect(offered(' csel w0, w1, w2, |')).toEqual(expect.arrayContaining(['eq', 'lt']));
  expect(offered(' csel w0, w1, w2, |')).not.toContain('w3');
  expect(offered(' add x0, x1, x2, |')).toEqual(expect.arrayContaining(['lsl', 'asr', 'uxtw']));
  expect(offered(' dsb |')).toEqual(expect.arrayContaining(['ish', 'sy', 'ishst']));
  expect(offered(' mrs x0, |', 3000)).toEqual(expect.arrayContaining(['sctlr_el1', 'currentel']));
  expect(offered(' mrs x0, |', 3000)).not.toContain('x1');
  expect(offered(' msr |', 3000)).toEqual(expect.arrayContaining(['daifset', 'vbar_el1']));
  expect(offered(' msr |', 3000)).not.toContain('midr_el1');
  expect(offered(' tlbi |')).toEqual(expect.arrayContaining(['vmalle1', 'vae1is']));
  expect(offered('loop: b.eq |')).toEqual(['loop']);
  expect(offered(' .equ SIZE, 4\n mov x0, #|')).toContain('SIZE');
  expect(offered('count .req x7\n add x0, x1, |')).toContain('count');
  expect(offered(' .include "|"')).toContain('kvm.h');
  expect(show(at(' add x0, x1|2', complete)?.range)).toBe('1:10-13');
});

test('completion asked for by typing: only where an operand is lacking', () => {
  const typed = (marked: string, letter: string) => at(marked, (d, p) => complete(d, p, letter))?.items.length ?? 0;
  expect(typed(' mov |', ' ')).toBeGreaterThan(0);
  expect(typed(' b.eq |', ' ')).toBe(0);
  expect(typed('x: b.eq |', ' ')).toBe(1);
  expect(typed(' add x0,|', ',')).toBeGreaterThan(0);
  expect(typed(' ldr x0, [|', '[')).toBeGreaterThan(0);
  expect(typed(' |', ' ')).toBe(0);
  expect(typed(' ret |', ' ')).toBe(0);
  expect(typed(' mov x0, x1 |', ' ')).toBe(0);
  expect(typed('x: .word |', ' ')).toBe(0);
  expect(typed(' mov x0, x1 // a |', ' ')).toBe(0);
  expect(typed(' nop |', ' ')).toBe(0);
  expect(at('lab1: mov x0, #1|', complete)).toBeUndefined();
});

test('signature help: the forms, the one that fits, the operand at the cursor', () => {
  const active = (marked: string): string | undefined => {
    const help = at(marked, signatureHelp);
    const signature = help?.signatures[help.active];
    if (signature === undefined) return undefined;
    const parameter = signature.parameters[signature.activeParameter];
    return `${signature.text} @ ${parameter === undefined ? '' : signature.text.slice(parameter.start, parameter.end)}`;
  };
  expect(active(' add |')).toBe('add <Rd|SP>, <Rn|SP>, #<imm>{, lsl #0|#12} @ <Rd|SP>'.replace('|#', '|#'));
  expect(active(' add x0, |')).toBe('add <Rd|SP>, <Rn|SP>, #<imm>{, lsl #0|#12} @ <Rn|SP>');
  expect(active(' add x0, x1, x2, |')).toBe('add <Rd>, <Rn>, <Rm>{, <shift> #<amount>} @ {, <shift> #<amount>}');
  expect(active(' ldr x0, [x1, |')).toBe('ldr <Rt>, [<Xn|SP>{, #<imm>}] @ {, #<imm>}');
  expect(active(' .fill |')).toBe('.fill count {, size {, value}} @ ');
  expect(active(' mrs x0, |')).toBe('mrs <Xt>, <systemreg> @ <systemreg>');
  expect(at(' mrs x0, |', signatureHelp)?.signatures[0]?.doc).toBe('Reads a system register.');
  expect(active(' nop')).toBeUndefined();
  expect(at(' add|', signatureHelp)).toBeUndefined();
});

test('hover on an instruction: encoding, operation, flags, traps', () => {
  const content = at(' nop\n ad|ds x1, x2, #5', hover)?.content;
  expect(content).toMatchObject({
    kind: 'instruction',
    group: 'Add/subtract (immediate)',
    address: 0x4008_0004n,
    word: 0xb1001441,
    text: 'adds\tx1, x2, #0x5',
    flags: { reads: [], writes: ['N', 'Z', 'C', 'V'] },
    notModelled: undefined,
  });
  if (content?.kind !== 'instruction') throw new Error('no instruction');
  expect(content.bits.map((b) => `${b.msb}:${b.lsb} ${b.name || b.kind} ${b.value}`)).toEqual([
    '31:31 sf 1',
    '30:23 fixed 98',
    '22:22 sh 0',
    '21:10 imm12 5',
    '9:5 Rn 2',
    '4:0 Rd 1',
  ]);
  expect(content.operation.length).toBeGreaterThan(0);
  const conditional = at(' b.|hi .', hover)?.content;
  expect(conditional).toMatchObject({ kind: 'instruction', flags: { reads: ['Z', 'C'], writes: [] } });
  const trapped = at(' ms|r sctlr_el1, x0', hover)?.content;
  expect(trapped).toMatchObject({ kind: 'instruction' });
  if (trapped?.kind === 'instruction') expect(trapped.traps.map((t) => t.rule)).toContain('SCTLR_EL1 write HCR_EL2.TVM=1');
  const wait = at(' wf|i', hover)?.content;
  if (wait?.kind === 'instruction') expect(wait.traps.some((t) => t.rule.includes('HCR_EL2.TWI'))).toBe(true);
  for (const [line, control] of [
    ['pa|cia x0, x1', 'HCR_EL2.API'],
    ['pa|ciasp', 'HCR_EL2.API'],
    ['er|etaa', 'HFGITR_EL2.ERET'],
    ['er|etaa', 'HCR_EL2.API'],
    ['ld|r q0, [x1]', 'CPTR_EL2.FPEN'],
    ['fm|ov x0, d1', 'CPACR_EL1.FPEN'],
    ['cp|yfp [x0]!, [x1]!, x2!', 'HCRX_EL2.MSCEn'],
    ['st|64b x0, [x8]', 'HCRX_EL2.EnALS'],
    ['mr|s x0, s3_0_c15_c2_0', 'HCR_EL2.TIDCP'],
    ['ms|r s3_0_c1_c0_0, x1', 'HCR_EL2.TVM'],
    ['s|ys #0, c8, c7, #0', 'HCR_EL2.TTLB'],
    ['hv|c #0', 'HCR_EL2.HCD'],
  ] as const) {
    const found = at(` ${line}`, hover)?.content;
    expect(found?.kind === 'instruction' && found.traps.some((trap) => trap.rule.includes(control))).toBe(true);
  }
  const plain = at(' ad|d x0, x1, x2', hover)?.content;
  expect(plain?.kind === 'instruction' && plain.traps).toEqual([]);
  expect(at(' ldr x0, [x0], #|8', hover)?.content).toEqual({ kind: 'number', value: 8n });
  expect(at(' ld|r x0, [x0], #8', hover)?.content).toMatchObject({ unpredictable: [{ source: expect.any(String) }] });
});

test('hover on names', () => {
  expect(at(' .equ A, 7\n mov x0, #|A', hover)).toEqual({
    range: { line: 2, column: 11, endColumn: 12 },
    content: {
      kind: 'symbol',
      name: 'A',
      what: 'constant',
      value: 7n,
      section: undefined,
      definition: { line: 1, column: 7, endColumn: 8 },
      uses: 1,
    },
  });
  expect(at(' mrs x0, SCTLR|_EL1', hover)?.content).toMatchObject({
    kind: 'system-register',
    name: 'SCTLR_EL1',
    encoding: 'S3_0_C1_C0_0',
  });
  expect(at(' dc |civac, x0', hover)?.content).toMatchObject({ kind: 'system-register', name: 'DC CIVAC' });
  expect(at(' .ba|lign 8', hover)?.content).toMatchObject({ kind: 'directive', name: '.balign' });
  expect(at(' .macro m a\n nop\n .endm\n |m 1', hover)?.content).toMatchObject({ kind: 'macro', body: ['nop'] });
  expect(at('cnt .req x3\n mov x0, c|nt', hover)?.content).toMatchObject({ kind: 'register-name', register: 'x3' });
  expect(at(' nop  // no|thing', hover)).toBeUndefined();
});

test('definition and references', () => {
  const source = (cursor: string) => `${cursor}1: nop\n b 1b\n1: b 1b\n`;
  expect(at('loop: nop\n b lo|op\n cbz x0, loop', definitions).map(show)).toEqual(['1:1-5']);
  expect(at('lo|op: nop\n b loop\n cbz x0, loop', references).map(show)).toEqual(['1:1-5', '2:4-8', '3:10-14']);
  expect(at(source('|'), references).map(show)).toEqual(['1:1-2', '2:4-6']);
  expect(at(' .set a, 1\n .set a, a + 1\n .word |a', definitions).map(show)).toEqual(['1:7-8', '2:7-8']);
  expect(at(' .macro m\n b over\n .endm\n m\n m\nov|er:', references).map(show)).toEqual(['2:4-8', '6:1-5']);
  expect(at(' .macro m a\n .endm\n |m 1\n m 2', references).map(show)).toEqual(['1:9-10', '3:2-3', '4:2-3']);
});

test('rename', () => {
  const edits = at('loop: nop\n b lo|op', (d, p) => rename(d, p, 'again'));
  expect(edits).toEqual({
    ok: true,
    edits: [
      { range: { line: 1, column: 1, endColumn: 5 }, text: 'again' },
      { range: { line: 2, column: 4, endColumn: 8 }, text: 'again' },
    ],
  });
  const refused = (marked: string, to: string) => at(marked, (d, p) => rename(d, p, to));
  expect(refused('lo|op: nop\nend: nop', 'end')).toEqual({ ok: false, reason: 'end is a name already.' });
  expect(refused('lo|op: nop', '1x')).toEqual({ ok: false, reason: '1x is not a name.' });
  expect(refused('1: b |1b', 'x')).toEqual({ ok: false, reason: 'A numeric label cannot be renamed: it is found by direction.' });
  expect(refused(' .macro m n\nlab_\\n: nop\n .endm\n m 1\n b la|b_1', 'x')).toEqual({
    ok: false,
    reason: 'lab_1 is put together by a macro on line 2.',
  });
});

test('folding, outline, machine code beside lines', () => {
  const document = openDocument(
    `// one
// two
 .text
 .global _start
_start: nop
 .macro m
 nop
 .endm
 .if 1
 m
 .else
 nop
 .endif
.Lx: .byte 1, 2
 .equ N, 5

 .data
v: .quad 1
 .quad 2
`,
    { base: 0x4008_0000n },
  );
  expect(foldings(document).map((f) => `${f.kind} ${f.line}-${f.endLine}`)).toEqual([
    'comment 1-2',
    'region 3-15',
    'region 6-8',
    'region 9-10',
    'region 11-12',
    'region 17-19',
  ]);
  expect(outline(document).map((i) => `${i.kind} ${i.name} ${show(i.range)}`)).toEqual([
    'label _start 5:1-7',
    'macro m 6:9-10',
    'constant N 15:7-8',
    'label v 18:1-2',
  ]);
  expect(codeHints(document, 1, 18).map((h) => `${h.line} ${h.address.toString(16)} ${h.text}`)).toEqual([
    '5 40080000 d503201f',
    '10 40080004 d503201f',
    '14 40080008 01 02',
    '18 4008000a 01 00 00 00 00 00 00 00',
  ]);
});
