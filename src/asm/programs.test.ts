// Whole programs and the images that GNU as and ld 2.40 make of them, with the sections one after the other from 0x40080000.
import { expect, test } from 'vitest';
import { assemble } from './assemble.ts';

/** The image of a source in hex. */
function check(source: string, image: string): void {
  const result = assemble(source, { base: 0x4008_0000n });
  expect(result.diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  expect(Buffer.from(result.image ?? []).toString('hex')).toBe(image);
}

test('alignment in code and data, with fills and limits', () => {
  check(
    `
 nop
 .p2align 3
 .byte 1
 .p2align 2
 nop
 .balign 16
 nop
 .align 4
 nop
 .p2align 5,,4
 nop
 .p2align 4,,15
 nop
 .balign 32, 0
 nop
 .balignw 16, 0x1234
 nop
 .balignl 16, 0xd503201f
 nop
 .p2alignl 4, 0xd503201f
 nop
 .align 2
 .data
 .byte 1
 .align 2
 .byte 2
 .p2align 3, 0xff
 .byte 3
 .balign 8,,3
 .byte 4
`,
    '1f2003d51f2003d5010000001f2003d51f2003d51f2003d51f2003d51f2003d51f2003d51f2003d51f2003d51f2003d51f2003d50000000000000000' +
      '000000001f2003d53412341234123412341234121f2003d51f2003d51f2003d51f2003d51f2003d51f2003d51f2003d51f2003d51f2003d500000000' +
      '0100000002ffffff0304',
  );
});

test('altmacro: names without backslash, local names, expressions', () => {
  check(
    `
 .altmacro
 .macro sw a, c
 local t
t: mov x9, a
 mov a, c
 mov c, x9
 b t
 .endm
 sw x1, x2
 sw x3, x4
 .macro v x
 .word x
 .endm
 v %(1+2)
 v <5>
 .noaltmacro
 nop
`,
    'e90301aae10302aae20309aafdffff17e90303aae30304aae40309aafdffff1703000000050000001f2003d5',
  );
});

test('room without contents, inside and at the end of the image', () => {
  check(
    `
 .text
 nop
 .data
 .byte 1
 .bss
 .balign 16
x: .space 3
y: .zero 8
 .byte 0
z: .word 0, 0
 .section .bss.more,"aw",%nobits
q: .skip 8
 .section .last,"aw"
 .byte 5
 .text
 .quad x,y,z,q
`,
    '1f2003d5300008400000000033000840000000003c000840000000004400084000000000010000000000000000000000000000000000000000000000' +
      '0000000000000000000000000000000005',
  );
});

test('comments of all kinds', () => {
  check(
    `
/* a */ nop /* b
 c */ // d
 mov x0, /* multi
 line */ #5
# comment
	# comment

lab: # c
 nop ; # c2
 .ascii "a//b" // c
 .ascii "/*" /* x */
 nop;nop // z
 /**/ nop
 /* // */ nop
 // /* 
 nop
#APP
#NO_APP
# 12 "foo.c"
`,
    '1f2003d5a00080d21f2003d5612f2f622f2a00001f2003d51f2003d51f2003d51f2003d51f2003d5',
  );
});

test('conditionals', () => {
  check(
    `
 .set A,1
 .if A == 1 && A != 2
 .byte 1
 .endif
 .if A > 1 || A < 0
 .byte 2
 .elseif A
 .byte 3
 .endif
 .ifdef A
 .ifndef B
 .byte 4
 .endif
 .else
 .byte 5
 .endif
 .ifc a b, a b
 .byte 6
 .endif
 .ifc 'a,b','a,b'
 .byte 7
 .endif
 .ifeqs "a","b"
 .byte 8
 .else
 .byte 9
 .endif
 .ifb 
 .byte 10
 .endif
lab:
 .ifdef lab
 .byte 11
 .endif
 .if .-lab
 .byte 12
 .else
 .byte 13
 .endif
 .if 1
 .if 0
 .byte 14
 .elseif 1
 .byte 15
 .else
 .byte 16
 .endif
 .endif
`,
    '01030406090a0b0c0f',
  );
});

test('counted data', () => {
  check(
    `
 .dcb.b 3, 5
 .dcb.w 2, 0x1234
 .dcb.l 2, 0x12345678
 .ds.b 3, 1
 .ds.w 2, 2
 .ds.l 1, 3
 .dc.b 1, 2
 .dc.w 1, 2
 .dc.l 1
`,
    '050505341234127856341278563412010101020002000300000001020100020001000000',
  );
});

test('lengths that depend on later symbols', () => {
  check(
    `
 .data
 .uleb128 e-s
s: .space 150
e: .byte 1
 .balign 8
x: .uleb128 y-x
 .fill (z2-z1)/2, 2, 0x1234
y: .byte 3
z1: .space 6
z2:
 .sleb128 s-e
 .balign 4
 .word e-s, y-x, z2-z1
`,
    '960100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000' +
      '000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000' +
      '000000000000000000000000000000000000000000000000000000000000000001000000000000000734123412341203000000000000ea7e96000000' +
      '0700000006000000',
  );
});

test('assigned symbols, forward and backward', () => {
  check(
    `
 .equ a, b+1
 .equ b, 5
 .word a, b
 .set c, lab
 .word c - lab2
lab: nop
lab2: nop
 .set d, lab2 - lab
 mov x0, #d
 mov x1, #a
 e = lab + 4
 .quad e
 .set f, .
 .quad f, .-f
 g = . - lab
 .byte g
 .eqv h, 3
 .equiv i, h + 1
 .byte h, i
 h2 = h << 2
 add x0, x0, h2
`,
    '0600000005000000fcffffff1f2003d51f2003d5800080d2c10080d21000084000000000240008400000000008000000000000002803040000300091',
  );
});

test('sections laid out with their alignment, common symbols', () => {
  check(
    `
 adrp x0, big
 ldr x0, [x0, :lo12:big]
 nop
 .data
 .space 0x145
 .balign 8
big: .quad big
 .bss
 .balign 64
b: .space 100
c: .skip 4
 .comm cc, 8, 8
 .lcomm ll, 16
 .text
 .quad b, c
`,
    '0000009000b440f91f2003d58001084000000000e4010840000000000000000000000000000000000000000000000000000000000000000000000000' +
      '000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000' +
      '000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000' +
      '000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000' +
      '000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000' +
      '000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000' +
      '6801084000000000',
  );
});

test('floating-point data', () => {
  check(
    `
 .data
 .float 0.1, 3.4028235e38, -0.0, 1.17549435e-38, 16777217
 .double 0.1, 1.7976931348623157e308, -0.0, 2.2250738585072014e-308
 .float16 1.0, 0.5, 65504, -2.5, 0.1
 .single 0f1.5, 0f-2.25
 .double 0d1e3, inf, -inf
 .float 1, 2, 3
 .float -inf
 .bfloat16 1.0, 3.14
 .float nan
 .double nan
 .float .5, 1., 5e-1, 1E5
`,
    'cdcccc3dffff7f7f00000080000080000100804b9a9999999999b93fffffffffffffef7f00000000000000800000000000001000003c0038ff7b00c1' +
      '662e0000c03f000010c00000000000408f40000000000000f07f000000000000f0ff0000803f0000004000004040000080ff803f4940ffffff7fffff' +
      'ffffffffff7f0000003f0000803f0000003f0050c347',
  );
});

test('instructions after data are aligned, labels before them are not', () => {
  check(
    `
 .inst 0xd503201f, 0x12345678
 .byte 1
 .inst 0xd503201f
x: .byte 2
y: nop
 .word x, y
 .ascii "ab"
 ret
 .section .dat2,"aw"
 .byte 1
 nop
`,
    '1f2003d578563412010000001f2003d5020000001f2003d5100008401100084061620000c0035fd6011f2003d5',
  );
});

test('repetitions', () => {
  check(
    String.raw`
 .irp r,0,1,2,3
 mov x\r, #\r
 .endr
 .irp reg, x19, x20
 str \reg, [sp]
 .endr
 .irpc c,abc
 .ascii "\c"
 .endr
 .balign 4
 .rept 3
 .word 7
 .endr
 .set i,0
 .rept 4
 .byte i
 .set i,i+1
 .endr
 .irp x
 .ascii "[\x]"
 .endr
 .rept 2
 .irp y,1,2
 .byte \y
 .endr
 .endr
 .rept 0
 junk !!!
 .endr
 .balign 4
 .irp a, "x1, x2", "x3, x4"
 add x0, \a
 .endr
`,
    '000080d2210080d2420080d2630080d2f30300f9f40300f961626300070000000700000007000000000102035b5d0102010200002000028b6000048b',
  );
});

test('names that look like registers and instructions, quoted names', () => {
  check(
    `
a: .word a
"quoted name": nop
 b "quoted name"
$x1: nop
_.$: nop
 b _.$
x0_: b x0_
w1: .word w1-a
add: add x0, x1, x2
 b add
sp1: b sp1
`,
    '000008401f2003d5ffffff171f2003d51f2003d5ffffff17000000141c0000002000028bffffff1700000014',
  );
});

test('literal pools', () => {
  check(
    `
 ldr x0, =0x12345678
 ldr x1, =lab
 ldr w2, =lab
 ldr x3, =lab+8
 ldr x4, =4
 ldrsw x5, =77
 ldr x6, =0x12345678
 ldr w7, =-1
 ldr x8, =-1
 ldr x9, =ABS
 .ltorg
lab: nop
lab2: ldr x0, =0x12345678
 ldr x1, =2+3
 .equ ABS, 0x1234
 .section .text.second,"ax"
 ldr x2, =lab2
 nop
 .ltorg
 ldr x3, =9
`,
    'c0010058e101005802010018e301005804020058c500009806010058a7000018c8010058e9010058680008404d000000ffffffff0000000078563412' +
      '00000000680008400000000070000840000000000400000000000000ffffffffffffffff34120000000000001f2003d5600000588100005800000000' +
      '78563412000000000500000000000000420000581f2003d56c0008400000000043000058000000000900000000000000',
  );
});

test('numeric labels', () => {
  check(
    `
1: nop
 b 1b
 b 1f
 cbz x0, 2f
1: nop
 b 1b
2: b 2b
 tbz x1, #3, 1b
 adr x0, 1b
 .word 1b - 2b, 2f - 2b
2:
10: b 10b
`,
    '1f2003d5ffffff1702000014600000b41f2003d5ffffff1700000014a1ff1f3680ffff10f8ffffff1400000000000014',
  );
});

test('macros: defaults, keywords, counters, recursion, exitm, purgem', () => {
  check(
    String.raw`
 .macro push2 a, b=xzr
 stp \a, \b, [sp, #-16]!
 .endm
 .macro pop2 a, b=xzr
 ldp \a, \b, [sp], #16
 .endm
 push2 x0, x1
 push2 x2
 pop2 x2
 pop2 x0, x1
 push2 b=x5, a=x6
 .macro cnt
 .word \@
 .endm
 cnt
 cnt
 .macro lbl
loop\@: subs x0, x0, #1
 b.ne loop\@
 .endm
 lbl
 lbl
 .macro sum from=0, to=5
 .long \from
 .if \to-\from
 sum "(\from+1)",\to
 .endif
 .endm
 sum 0, 5
 .macro m3 x
 .ifc \x,sp
 mov x0, sp
 .exitm
 .endif
 mov x0, \x
 .endm
 m3 sp
 m3 x9
 .purgem m3
 .macro m3
 nop
 .endm
 m3
 M3
`,
    'e007bfa9e27fbfa9e27fc1a8e007c1a8e617bfa90500000006000000000400f1e1ffff54000400f1e1ffff5400000000010000000200000003000000' +
      '0400000005000000e0030091e00309aa1f2003d51f2003d5',
  );
});

test('macro arguments: white space, brackets, quotes', () => {
  check(
    String.raw`
 .macro v a:vararg
 .ascii "\a"
 .endm
 v one two, three
 .macro t x y=9, z:req
 .byte \x, \y, \z
 .endm
 t 1,,3
 t 1 2 3
 t x=4, z=6
 .macro q s
 .ascii "\s|"
 .endm
 q ab
 q "a b"
 q [x0]
 q 1 + 2
 q 1+2
 q a+b
 q (a b)
 q -1

 .macro p op, rest:vararg
 \op \rest
 .endm
 .balign 4
 p add x0, x1, x2
 p mov, x0, #4
 p ldr, x0, [x1, #8]
 .macro nest a
 .macro inner
 .byte \a
 .endm
 inner
 .purgem inner
 .endm
 nest 7
 nest 8
 .macro c2 r, o
 .balign 4
 ldr \r, [sp, \o]
 .endm
 c2 x0, #8

 .macro semi a
 \a
 .endm
 semi "nop; nop"
`,
    '6f6e652074776f2c746872656501090301020304090661627c6120627c5b78305d7c312b327c312b327c612b627c28612062297c2d317c002000028b' +
      '800080d2200440f907080000e00740f91f2003d51f2003d5',
  );
});

test('what a compiler writes', () => {
  check(
    String.raw`
	.arch armv8-a
	.file	"t.c"
	.text
.Ltext0:
	.align	2
	.p2align 4,,11
	.global	main
	.type	main, %function
main:
.LFB0:
	.cfi_startproc
	stp	x29, x30, [sp, -32]!
	mov	x29, sp
	mov	w0, 10
	str	w0, [sp, 28]
	adrp	x0, .LC0
	add	x0, x0, :lo12:.LC0
	ldr	w1, [sp, 28]
	cmp	w1, 9
	ble	.L2
	mov	w0, 0
.L2:
	ldp	x29, x30, [sp], 32
	ret
	.cfi_endproc
.LFE0:
	.size	main, .-main
	.section	.rodata
	.align	3
.LC0:
	.string	"hi %d\n"
	.ident	"GCC: (Debian 12.2.0-14) 12.2.0"
	.section	.note.GNU-stack,"",@progbits
`,
    'fd7bbea9fd03009140018052e01f00b90000009000c00091e11f40b93f2400714d00005400008052fd7bc2a8c0035fd668692025640a00',
  );
});

test('integers of all sizes and operators', () => {
  check(
    `
 .octa 1, -1, 0xffffffffffffffffffffffffffffffff, 0x10000000000000000
 .quad -1, 0x8000000000000000, 18446744073709551615, 01777777777777777777777
 .word 0b101, 0B11, 0x1F, 'a', -'a', ~5, !3
 .byte -128, 255, 127
 .hword -32768, 65535
 .quad 0x7fffffffffffffff + 1, -0x8000000000000000
 .quad 1 << 63, 1 << 64, -1 >> 63, -8 / 3, -8 % 3, 8 % -3
 .quad 5 > 3, 3 > 5, 5 >= 5, 1 <> 1, 7 & 3 ^ 1 | 8
 .word 2 * 3 + 4 << 1, 10 - 2 * 3, -2 * -3, (1 | 2) + 4
 .sleb128 -129, 0x7fffffff, 1 << 40
 .uleb128 1 << 40, 0xffffffffffffffff
`,
    '01000000000000000000000000000000ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff000000000000000001000000' +
      '00000000ffffffffffffffff0000000000000080ffffffffffffffffffffffffffffffff05000000030000001f000000610000009ffffffffaffffff' +
      '0000000080ff7f0080ffff00000000000000800000000000000080000000000000008000000000000000000100000000000000fefffffffffffffffe' +
      'ffffffffffffff0200000000000000ffffffffffffffff0000000000000000ffffffffffffffff00000000000000000a000000000000000e00000004' +
      '0000000600000007000000ff7effffffff07808080808020808080808020ffffffffffffffffff01',
  );
});

test('the order of sections', () => {
  check(
    `
 .section .zeta,"a"
 .byte 1
 .section .data.x,"aw"
 .byte 2
 .section .rodata.y,"a"
 .balign 8
 .byte 3
 .section .text.z,"ax"
 nop
 .data
 .byte 4
 .text
 nop
 .section .rodata
 .byte 5
 .section .comment
 .asciz "no"
 .section .note.foo,"a",%note
 .word 1
 .section .debug_x
 .word 2
`,
    '1f2003d51f2003d5050000000000000003040201',
  );
});

test('what stands in .rodata begins at the greatest alignment in it', () => {
  check(
    `
 nop
 .section .rodata
 .byte 5
 .section .rodata.cst16,"aM",%progbits,16
 .balign 16
 .quad 6, 7
 .data
 .byte 8
`,
    '1f2003d5000000000000000000000000050000000000000000000000000000000600000000000000070000000000000008',
  );
});

test('the location counter moves forward, with a fill', () => {
  check(
    `
 .text
s: nop
 .org s+0x20
 nop
 .org .+8, 0x11
 nop
 .data
 .org 0x10
d: .byte 1
 .org d+8,0xee
 .byte 2
`,
    '1f2003d5000000000000000000000000000000000000000000000000000000001f2003d511111111111111111f2003d5000000000000000000000000' +
      '0000000001eeeeeeeeeeeeee02',
  );
});

test('pushsection, popsection and previous', () => {
  check(
    `
 .text
a: nop
 .pushsection .rodata.str, "a", %progbits
s1: .asciz "hello"
 .popsection
 adr x0, a
 .pushsection .data
 .word 1
 .pushsection .text, 1
 .word 2
 .previous
 .word 3
 .popsection
 .word 4
 .popsection
 nop
 .section .mine,"aw"
m1: .quad m1, a
 .previous
 nop
 .section .mine
 .word 9
`,
    '1f2003d5e0ffff101f2003d51f2003d50200000068656c6c6f000100000003000000040000002600084000000000000008400000000009000000',
  );
});

test('symbols that change', () => {
  check(
    `
 .set a, 1
x: .set a, a + 1
 .byte a
 .set a, a * 5
 .byte a
 b = a
 .set a, 3
 .byte a, b
 .set l, .
 .quad l
 .set l, .
 .quad l
`,
    '020a030a04000840000000000c00084000000000',
  );
});

test('relocation operators and branches', () => {
  check(
    `
 .global _start
_start:
 adrp x0, msg
 add x0, x0, :lo12:msg
 ldr x1, [x0, :lo12:val]
 ldr x1, [x0, #:lo12:val]
 ldrb w1, [x0, :lo12:msg]
 ldrh w1, [x0, :lo12:half]
 ldr w1, [x0, :lo12:val]
 str x1, [x0, :lo12:val]
 movz x2, #:abs_g3:msg
 movk x2, #:abs_g2_nc:msg
 movk x2, #:abs_g1_nc:msg
 movk x2, #:abs_g0_nc:msg
 movz x3, #:abs_g1:msg
 adr x4, msg
 adrp x5, :pg_hi21:msg
 ldr x6, val
 ldrsw x7, val
 b _start
 bl far
 b.eq far
 b 8
 cbnz x0, far
 tbnz x0, #63, far
 add x0, x0, #:lo12:msg+4
 prfm pldl1keep, val
 .balign 8
far: nop
 .data
 .balign 8
val: .quad msg, far - _start
half: .hword 1
msg: .asciz "abc"
`,
    '0000009000080291013840f9013840f90108423901004179017040b9013800f90200e0d20200c0f20201a8f2421080f20301a8d26402005005000090' +
      'a601005887010098efffff1708000094e000005402000014a00000b58000f8b700180291800000d81f2003d51f2003d5000000008200084000000000' +
      '6800000000000000010061626300',
  );
});

test('assignment in repetitions, recursive macros', () => {
  check(
    String.raw`
 .set n, 0
 .rept 5
 .if n > 2
 .byte n
 .else
 .byte 0x80 | n
 .endif
 .set n, n + 1
 .endr
 .macro fact n
 .if \n
 fact (\n - 1)
 .byte \n
 .endif
 .endm
 fact 4
 .macro loop from, to
 .set k, \from
 .rept \to - \from
 .byte k
 .set k, k+1
 .endr
 .endm
 loop 3, 7
 .irp i, 1, 2, 3
 .if \i == 2
 .byte 0x22
 .endif
 .endr
`,
    '8081820304010203040304050622',
  );
});

test('names for registers', () => {
  check(
    `
foo .req x5
Bar .req w7
 add foo, foo, #1
 mov Bar, w1
 mov BAR, w2
 mov bar, w3
 add FOO, x1, x2
 .unreq foo
foo .req x6
 add foo, foo, #1
 ldr foo, [foo, #8]
 ldr Bar, [foo, foo]
`,
    'a5040091e703012ae703022ae703032a2500028bc6040091c60440f9c76866b8',
  );
});

test('strings and character constants', () => {
  check(
    String.raw`
 .ascii "a\x41g", "\061\0612\8", "\q"
 .string "x" "y", "z"
 .string16 "ab"
 .string32 "a"
 .ascii "tab	end"
 .byte '\'', '"', ' ', '\t, 'a
 .ascii "\"q\" \\ /* no */ // no"
`,
    '61416731313208717879007a00610062000000610000000000000074616209656e642722200961227122205c202f2a206e6f202a2f202f2f206e6f',
  );
});

test('structures', () => {
  check(
    `
 .struct 8
a: .word 0
b: .byte 0
 .balign 8
c: .quad 0
d:
 .data
 .word a, b, c, d
 .text
 ldr x0, [x1, #c]
 ldr w0, [x1, a]
 .offset 0
o1: .skip 4
o2: .skip 8
o3:
 .text
 add x0, x1, #o3
 ldr x0, [x1, #o2+4]
`,
    '200840f9200840b920300091200440f9080000000c0000001000000018000000',
  );
});

test('subsections follow each other by number, whatever the order in the source', () => {
  check(
    `
 .text
 nop
 .subsection 2
 .word 0x22
 .align 3
l2: .word 0x23
 .subsection 1
 .byte 1
 .subsection 0
 mov x0, #1
 .text 1
 .byte 2
 .balign 4
 .data 3
 .word 3
 .data
 .word 0
 .text
 .quad l2
`,
    '1f2003d5200080d218000840000000000102000022000000230000000000000003000000',
  );
});

test('arithmetic on labels', () => {
  check(
    `
a: nop
b: nop
c: nop
 .word (c-a)*2, (b-a)/4, c-b+1, -(a-c), (a==a), (a<c), ((c-a)<<2)|1
 .if (c-a) == 8
 .word 0x88
 .endif
 .space c-a
 .fill (b-a)/2, 2, 0xaa
 .quad a+4, 4+a, a-4, c-(b-a)
 mov x0, #(c-a)/4
 add x0, x0, #c-a
 ldr x0, [x1, #(c-a)]
 .word . - a
 .byte . - a, . - a
 .hword d - a
d:
`,
    '1f2003d51f2003d51f2003d510000000010000000500000008000000ffffffffffffffff21000000880000000000000000000000aa00aa0004000840' +
      '000000000400084000000000fcff0740000000000400084000000000400080d200200091200440f96400000068696c00',
  );
});

test('symbol and debug directives', () => {
  check(
    `
 .weak w1
 .quad w1
 .global g
g: .quad g
 .type g, %object
 .size g, .-g
 .hidden g
 .weak ww
ww: .quad ww
 .local loc
loc: nop
 .type f, @function
f: ret
 .size f, .-f
 .file "x.c"
 .ident "foo"
 .cfi_startproc
 nop
 .cfi_def_cfa_offset 16
 .cfi_offset 29, -16
 .cfi_endproc
`,
    '0000000000000000080008400000000010000840000000001f2003d5c0035fd61f2003d5',
  );
});

test('an & pastes parameters in every macro', () => {
  check(
    ` .macro m a, b
 .ascii "&a&x"
 .byte \\a&3, 0x0f & 0x3c
 .if \\a && \\b
 .byte 1 &b
 .endif
 .endm
 m 5, 2
`,
    '35' + '78' + '01' + '0c' + '0c',
  );
});

test('a character constant is a number before a macro sees it', () => {
  check(` .macro m a\n .ascii "\\a"\n .endm\n m 'a'\n .irpc c, xy\n .byte '\\c\n .endr\n`, '3937' + '6363');
});

test('what alignment leaves to its author, and room in .bss', () => {
  check(` .byte 1, 1\n .p2align 2, 0, 1\n nop\n .byte 2\n .balign 1\n nop\n`, '01011f2003d5' + '0200' + '1f2003d5');
  const { symbols } = assemble(' .lcomm a, 6\n .comm b, 5\n .bss\nc: .skip 3', { base: 0n });
  expect(['a', 'b', 'c'].map((name) => symbols.get(name)?.value)).toEqual([4n, 16n, 0n]);
});

test('a call of a weak name that is not there does nothing', () => {
  check(' .weak gone, here\n bl gone\n b here\n adr x0, gone\nhere: nop\n', '1f2003d5' + '02000014' + '00000010' + '1f2003d5');
});

test('C’s marks on numbers; numbers of 16 bytes', () => {
  check(' .byte 0x10UL, 5u, 3ll\n .octa -0xfefefefefefefefe\n', '100503' + '0201010101010101ffffffffffffffff');
});

test('.eqv and == are worked out where the name is used, and = where it stands', () => {
  check(
    ` .data
a: .word 0
 now = . - a
 later == . - a
 .word now, later
 .eqv twice, 2 * n
 n = 3
 .byte twice
 n = 5
 .byte twice
 .eqv loop, loop2
 loop2 = 9
 .byte loop, loop
`,
    '00000000' + '0400000008000000' + '060a' + '0909',
  );
});

test('a name that was assigned may become a label, a common symbol, and nothing after that', () => {
  check(' .set s, 7\n .byte s, 0, 0, 0\ns: .word s - .\n', '07000000' + '00000000');
  const { symbols } = assemble(' c = 2\n .byte c\n .comm c, 4\n', { base: 0n });
  expect(symbols.get('c')).toMatchObject({ kind: 'address', section: '.bss' });
  for (const source of [' s = 4\ns: nop\n s = 5', ' .equiv s, 4\ns: nop', ' s == 4\n s = 5', 's: nop\n s = 5']) {
    const errors = assemble(source, { base: 0n }).diagnostics.filter((d) => d.severity === 'error');
    expect(errors.map((d) => d.code)).toEqual(['duplicate-symbol']);
  }
});

test('NOPs by the number of their bytes', () => {
  check(' .nop\n .word 1\n .nop 5\n .word 2\n .nop 0', '1f2003d5' + '01000000' + '1f2003d51f2003d5' + '02000000' + '1f2003d5');
});

test('floating-point numbers again and again, by their bits, and with signs in exponents', () => {
  check(
    ' .dcb.s 2, -1.5\n .dcb.d 1, 2\n .dcb.s 1\n .ds.d 1\n .single 0f:3fc, 0r1.5e+1\n .double 0d:3ff8_0000\n .float16 0h:3c00, 0f5e-1',
    '0000c0bf0000c0bf' +
      '0000000000000040' +
      '00000000' +
      '0000000000000000' +
      '0000c03f00007041' +
      '000000000000f83f' +
      '003c0038',
  );
  const { diagnostics } = assemble(' .single 0f:3f8000001', { base: 0n });
  expect(diagnostics.map((d) => d.code)).toEqual(['range']);
});

test('sections of one name that a number tells apart', () => {
  const source = ` .section a, "a", %progbits
 .byte 1
 .section a, "a", unique, 7
 .byte 2
 .section a, "aM", %progbits, 4, unique, 8
 .byte 3
 .pushsection a, "a", %progbits, unique, 7
 .byte 4
 .popsection
 .byte 5
 .section b, "a"
 .byte 9
 .section a, "a", unique, 9
 .byte 7
 .section a
 .byte 6
`;
  check(source, '0106' + '0204' + '0305' + '07' + '09');
  const { diagnostics } = assemble(' .section a, "a", %progbits, 4', { base: 0n });
  expect(diagnostics.map((d) => d.message)).toEqual(['unexpected 4']);
});

test('what only a linker could do is refused with the reason', () => {
  const refused = (source: string) => assemble(source, { base: 0n }).diagnostics.map((d) => d.message.replace(/:? .*/, ''));
  expect(refused('a: nop\n .reloc 0, R_AARCH64_ABS64, a')).toEqual(['R_AARCH64_ABS64']);
  expect(refused('a: nop\n .reloc a + 4, R_AARCH64_NONE, a')).toEqual([]);
  expect(refused(' .tlsdesccall a')).toEqual(['.tlsdesccall']);
});

test('section flags as a number, names with flags of their own, .endc', () => {
  check(
    ' .section a, "0x7"\n .byte 1\n .section b, "0x200003"\n .byte 2\n .section .persistent.x\n .byte 3\n .if 1\n .byte 4\n .endc\n',
    '01020304',
  );
  const { sections } = assemble(' .section a, "0x6"\n nop\n .section b, "3"\n .byte 2\n .section .noinit\n .skip 4', {
    base: 0n,
  });
  expect(sections.map((s) => [s.name, s.code, s.writable, s.contents])).toEqual([
    ['a', true, false, true],
    ['b', false, true, true],
    ['.noinit', false, true, false],
  ]);
});
