// What is wrong with a source, and where exactly.
import { expect, test } from 'vitest';
import { assemble } from './assemble.ts';

/** The diagnostics of a source, one a line: `line:column-endColumn severity code message`. Lines count from 1; the source's first line break
 * is dropped. */
function check(source: string, expected: string): void {
  const { diagnostics, image } = assemble(source.replace(/^\n/, ''), { base: 0x4008_0000n });
  const found = diagnostics.map((d) => `${d.line}:${d.column}-${d.endColumn} ${d.severity} ${d.code} ${d.message}`);
  expect(found.join('\n')).toBe(
    expected
      .trim()
      .split('\n')
      .map((l) => l.trim())
      .join('\n'),
  );
  expect(image === undefined).toBe(diagnostics.some((d) => d.severity === 'error'));
}

test('all mistakes of a file, each at its place', () => {
  check(
    `
 mov x0, #1
 foo x1
 add w0, x1, #3
 .bogus 1
 mov x0, #0x12345
lab: nop
lab: nop
`,
    `2:2-5 error unknown-mnemonic there is no instruction foo
     3:10-12 error operand expected a W register, as before it, not x1
     4:2-8 error unknown-directive there is no directive .bogus
     5:10-18 error range immediate 74565 cannot be moved in one instruction
     7:1-4 error duplicate-symbol lab is already defined on line 6`,
  );
});

test('a near name is suggested', () => {
  check(' strbb w0, [x1]', '1:2-7 error unknown-mnemonic there is no instruction strbb; did you mean strb?');
  check(' .algin 2', '1:2-8 error unknown-directive there is no directive .algin; did you mean .align?');
  check('loop: b lop', '1:9-12 error undefined-symbol lop is not defined; did you mean loop?');
});

test('undefined symbols, at every use, but only where a value is needed', () => {
  check(
    `
 .global never
 b gone
 .quad gone + 4, here
here:
 b 1f
 b 1b
 .weak soft
 .quad soft
`,
    `2:4-8 error undefined-symbol gone is not defined
     3:8-12 error undefined-symbol gone is not defined
     5:4-6 error undefined-symbol there is no label 1 after this
     6:4-6 error operand there is no label 1 before this`,
  );
});

test('a mistake in a macro is said where the text stands and where the macro was called', () => {
  check(
    `
 .macro load reg, value
 mov \\reg, \\value
 .endm
 load x0, #1
 load x1, #0x12345
`,
    `2:2-18 error range immediate 74565 cannot be moved in one instruction
     5:11-19 error range immediate 74565 cannot be moved in one instruction`,
  );
  check(
    `
 .macro inner
 frob
 .endm
 .macro outer
 inner
 .endm
 outer
`,
    `2:2-6 error unknown-mnemonic there is no instruction frob
     7:2-7 error unknown-mnemonic in inner: there is no instruction frob`,
  );
});

test('columns hold through comments, statement separators and lines that go on', () => {
  check(' nop /* x */ ; frob // y', '1:16-20 error unknown-mnemonic there is no instruction frob');
  check('/* a\n b */ frob', '2:7-11 error unknown-mnemonic there is no instruction frob');
  check(' mov x0, /*\n */ zork', '2:5-9 error undefined-symbol zork is not defined');
});

test('data', () => {
  check(' .byte 256', '1:8-11 warning truncated value 0x100 is cut to 0x0: 1 byte hold no more');
  check(' .word 1 2', '1:10-11 error syntax unexpected 2');
  check(' .word 5 +', '1:11-12 error expression expected a number or a symbol');
  check(' .word (1', '1:10-11 error expression expected )');
  check(' .word 08', '1:8-10 error expression 08 is not a number');
  check(' .word 1/0', '1:9-10 warning directive division by zero; the divisor is taken as 1');
  check(' .byte a\na:', '1:8-9 error range an address does not fit in one byte');
  check(' .byte b-a\na: .space 300\nb:', '1:8-11 error range value 300 does not fit in 1 byte');
  check(' .quad a+a\na:', '1:8-11 error expression two addresses cannot be added');
  check(' .word a-b\na:\n .data\nb:', '1:8-11 error expression the distance between .text and .data is only known to the linker');
  check(' .ascii abc', '1:9-12 error syntax expected a string');
  check(' .bss\n .word 1', '2:8-9 error section .bss has no contents; only zeros can stand in it');
  check(' .balign 12', '1:10-12 error directive 12 is not a power of two');
  check(' .space 8\n .org 4', '2:7-8 error directive this is 4 bytes back; the location counter only goes forward');
});

test('a mistake in a repetition is said where its text stands, and in the body', () => {
  check(
    ' .irp r, x0, q9\n mov \\r, #1\n .endr',
    '1:14-16 error operand expected sp, x0–x30, w0–w30, wsp, xzr or wzr, not q9\n' +
      '2:2-12 error operand expected sp, x0–x30, w0–w30, wsp, xzr or wzr, not q9',
  );
});

test('structure', () => {
  check(' .if 1\n nop', '1:2-5 error conditional this has no .endif');
  check(
    ' .macro a\n nop',
    '1:2-8 error unterminated this has no .endm\n3:1-2 error unterminated the source ends before .endm'.replace('3:', '2:'),
  );
  check(' .else', '1:2-7 error conditional .else without .if');
  check(' .if later\n .endif\nlater:', '1:6-11 error expression later is not known yet; a plain number is wanted');
  check(' .error "stop"', '1:2-8 error user stop');
  check(' .warning "careful"\n .print "hello"', '1:2-10 warning user careful\n2:2-8 info user hello');
  check(' .set a, b\n .set b, a\n .quad a', '3:8-9 error expression the definition of b leads back to itself');
});

test('runaway input ends', () => {
  check(' .equiv a, (a && a)', '1:9-10 error expression the definition of a leads back to itself');
  const doubled = Array.from({ length: 400 }, (_, n) => `a${n + 1} = a${n} + a${n}`);
  check(`a0 = end - start\n${doubled.join('\n')}\nstart: nop\n .quad a400\nend:`, '');
  check(
    `${Array.from({ length: 600 }, (_, n) => `a${n} = a${n + 1}`).join('\n')}\na600 = b\nb: .quad a0`,
    '602:10-12 error expression this expression goes too deep',
  );
  check(
    ' .macro m\n m\n .endm\n m',
    '2:2-3 error limit macros are nested more than 100 deep\n4:2-3 error limit in m: macros are nested more than 100 deep',
  );
  check(' .rept 1000000000\n nop\n .endr', '1:8-18 error limit that many repetitions are not possible');
  check(' .space 1 << 40', '1:9-16 error limit 1099511627776 bytes are more than .text can have (134217728)');
  check('a: .space b-a+1\nb:', '1:1-16 error expression this length cannot be found: it depends on itself or on an address');
});

test('what is fine but doubtful', () => {
  check(
    ' .section .x,"aw"\n .byte 1\n nop',
    '3:2-5 warning alignment this instruction is not at a multiple of 4 and cannot be executed there',
  );
  check(
    ' ldr x0, [x0], #8',
    '1:2-18 warning constrained-unpredictable CONSTRAINED UNPREDICTABLE: the loaded register is also the base register that is written back: UNDEFINED, NOP, no write-back, or an UNKNOWN base. Here: The load is performed and the base register then holds the new address.',
  );
});

/** The source after the first fix of its only diagnostic. */
function mended(source: string): string {
  const { diagnostics } = assemble(source, { base: 0n });
  expect(diagnostics.length).toBe(1);
  const fix = diagnostics[0]?.fixes?.[0];
  if (fix === undefined) return 'no fix';
  const lines = source.split('\n');
  const line = lines[fix.line - 1] as string;
  lines[fix.line - 1] = line.slice(0, fix.column - 1) + fix.text + line.slice(fix.endColumn - 1);
  return lines.join('\n');
}

test('mistakes whose intent is clear come with a way to mend them', () => {
  expect(mended(' nop\n strbb w0, [x1] // c')).toBe(' nop\n strb w0, [x1] // c');
  expect(mended(' .algin 2')).toBe(' .align 2');
  expect(mended('loop: b Loop')).toBe('loop: b loop');
  expect(mended(' add x0, w1, x2')).toBe(' add x0, x1, x2');
  expect(mended(' mov x3, #0x12345 + 1')).toBe(' ldr x3, =0x12345+1');
  expect(mended(' add x0, x1, #4097')).toBe(' add x0, x1, #0x1, lsl #12\n        add x0, x0, #0x1');
  expect(mended(' and x0, x1, #5')).toBe('no fix');
  expect(mended(' cbz x0, nowhere\n nop')).toBe(' cbz x0, nowhere\n nop\nnowhere:\n');
  expect(mended(' dmb isy')).toBe(' dmb ish');
  expect(mended(' add x0, x1, x32')).toBe('no fix');
  for (const [wrong, right] of [
    ['mov r0, #1', 'mov x0, #1'],
    ['mov x31, #0', 'mov xzr, #0'],
    ['ldrb x0, [x1]', 'ldrb w0, [x1]'],
    ['tbz w0, #32, .', 'tbz x0, #32, .'],
    ['ldr x0, [w1]', 'ldr x0, [x1]'],
    ['ldr x0, x1', 'ldr x0, [x1]'],
    ['ldr x0, [x1', 'ldr x0, [x1]'],
    ['add x0 x1, x2', 'add x0, x1, x2'],
    ['mrs x0, MIDR', 'mrs x0, MIDR_EL1'],
    ['msr x0, esr_el1', 'mrs x0, esr_el1'],
    ['tlbi vmalle1, x0', 'tlbi vmalle1'],
    ['hvc', 'hvc #0'],
    ['dsb', 'dsb sy'],
    ['adrp x0, #0x1000', 'adrp x0, 0x1000'],
    ['loop nop', 'loop: nop'],
    ['push x3', 'str x3, [sp, #-16]!'],
    ['bx lr', 'ret'],
    ['mov pc, lr', 'ret'],
  ] as const)
    expect(mended(` ${wrong}`)).toBe(` ${right}`);
});

test('a register is not accessed in a direction that it does not have', () => {
  check(
    ' mrs x0, midr_el1\n msr oslar_el1, x0\n msr sctlr_el1, x0\n mrs x0, icc_sgi1r_el1',
    '4:2-23 warning undefined-access ICC_SGI1R_EL1 can only be written: reading it is UNDEFINED',
  );
  check(' msr midr_el1, x0 // x', '1:2-18 warning undefined-access MIDR_EL1 can only be read: writing it is UNDEFINED');
});

test('.arch allows what the architecture has, and what is asked for', () => {
  check(' ldadd x0, x1, [x2]\n .arch armv8-a\n bti c\n .arch_extension lse\n ldadd x0, x1, [x2]\n .cpu cortex-a53\n retaa', '');
  check(
    ' .arch armv8-a\n ldadd x0, x1, [x2]\n b a\n .arch armv8.4-a+memtag\na: stg x0, [x1]',
    '2:2-7 error operand ldadd needs FEAT_LSE, which the chosen .arch does not have; .arch_extension lse allows it\n' +
      '5:4-7 error operand stg needs FEAT_MTE, which the chosen .arch does not have; .arch_extension memtag allows it',
  );
  check(
    ' .arch armv9.6-a\n cbgt x0, x1, .\n addpt x0, x1, x2\n .arch armv8-a+lsui\n cast x0, x1, [x2]\n .arch_extension pauth-lr\n paciasppc',
    '',
  );
  check(
    ' .arch armv9.5-a\n cbgt x0, x1, .',
    '2:2-6 error operand cbgt needs FEAT_CMPBR, which the chosen .arch does not have; .arch_extension cmpbr allows it',
  );
  check(' .arch armv8.4', '1:8-15 error directive armv8.4 is no architecture that is known; did you mean armv8.4-a?');
});
