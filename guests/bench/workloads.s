// Benchmark workloads; WL (1 to 6) and ITERS are set by whoever assembles it. Each ends with a semihosting exit whose status is
// the low seven bits of its checksum: 1 tight integer loop, 2 memset, memcpy and checksum over 1 MiB, 3 sieve, 4 recursive
// Fibonacci, 5 SHA-256-like rounds and CRC, 6 a device write every ten instructions.
    .global _start
    .text
_start:
    b start
    nop
iters: .quad ITERS
start:
    movz x20, #0x4080, lsl #16      // stack top
    mov  sp, x20
    movz x21, #0x4040, lsl #16      // data
    movz x22, #0x4060, lsl #16      // data2
    adr  x23, iters
    ldr  x0, [x23]
    mov  x19, #0
        .if WL == 1
    mov x1, #0x1234
    movk x1, #0xdead, lsl #32
    mov x2, #0x77
1:  add x1, x1, x2
    eor x2, x2, x1
    ror x3, x2, #13
    add x1, x1, x3
    subs x0, x0, #1
    b.ne 1b
    mov x19, x1
        .elseif WL == 2
1:  // memset
    mov x1, x21
    mov x2, #0x10000
    movk x3, #0x5a5a
    add x4, x3, x0
2:  stp x3, x4, [x1], #16
    subs x2, x2, #1
    b.ne 2b
    // memcpy
    mov x1, x21
    mov x5, x22
    mov x2, #0x10000
3:  ldp x6, x7, [x1], #16
    stp x6, x7, [x5], #16
    subs x2, x2, #1
    b.ne 3b
    // checksum
    mov x5, x22
    mov x2, #0x20000
4:  ldr x6, [x5], #8
    eor x19, x6, x19, ror #7
    subs x2, x2, #1
    b.ne 4b
    subs x0, x0, #1
    b.ne 1b
        .elseif WL == 3
    movz x10, #0x10, lsl #16   // N = 1<<20
1:  // clear
    mov x1, x21
    mov x2, #0
2:  str xzr, [x1, x2]
    add x2, x2, #8
    cmp x2, x10
    b.lo 2b
    mov x3, #2
    mov w9, #1
3:  ldrb w4, [x21, x3]
    cbnz w4, 5f
    add x19, x19, #1
    add x5, x3, x3
    cmp x5, x10
    b.hs 5f
4:  strb w9, [x21, x5]
    add x5, x5, x3
    cmp x5, x10
    b.lo 4b
5:  add x3, x3, #1
    cmp x3, x10
    b.lo 3b
    eor x19, x19, x0
    subs x0, x0, #1
    b.ne 1b
        .elseif WL == 4
    mov x24, x0
1:  mov w0, #24
    bl fib
    add x19, x19, x0
    subs x24, x24, #1
    b.ne 1b
    b done
fib:
    stp x29, x30, [sp, #-32]!
    stp x19, x20, [sp, #16]
    mov x29, sp
    mov w20, w0
    cmp w0, #2
    b.lo 2f
    sub w0, w20, #1
    bl fib
    mov x19, x0
    sub w0, w20, #2
    bl fib
    add x0, x0, x19
2:  ldp x19, x20, [sp, #16]
    ldp x29, x30, [sp], #32
    ret
done:
        .elseif WL == 5
    // init 64 words
    mov x1, #0
    mov w2, #0x6d2b
    movk w2, #0x79f5, lsl #16
0:  str w2, [x21, x1, lsl #2]
    mov w3, #0x19660d & 0xffff
    madd w2, w2, w3, w3
    add x1, x1, #1
    cmp x1, #64
    b.ne 0b
    mov w1, #0x6a09
    mov w2, #0xbb67
    mov w3, #0x3c6e
    mov w4, #0xa54f
    mov w5, #0x510e
    mov w6, #0x9b05
    mov w7, #0x1f83
    mov w8, #0x5be0
    mov w19, #-1
1:  mov x9, #0
2:  // sha round: T1 = h + S1(e) + ch(e,f,g) + W[t]
    ldr w10, [x21, x9, lsl #2]
    ror w11, w5, #6
    eor w11, w11, w5, ror #11
    eor w11, w11, w5, ror #25
    and w12, w5, w6
    bic w13, w7, w5
    eor w12, w12, w13
    add w10, w10, w8
    add w10, w10, w11
    add w10, w10, w12
    ror w11, w1, #2
    eor w11, w11, w1, ror #13
    eor w11, w11, w1, ror #22
    and w12, w1, w2
    and w13, w1, w3
    eor w12, w12, w13
    and w13, w2, w3
    eor w12, w12, w13
    add w11, w11, w12
    mov w8, w7
    mov w7, w6
    mov w6, w5
    add w5, w4, w10
    mov w4, w3
    mov w3, w2
    mov w2, w1
    add w1, w10, w11
    // crc of w1 (8 bits, bitwise)
    movz w15, #0x8320
    movk w15, #0xedb8, lsl #16
    uxtb w14, w1
    eor w19, w19, w14
    mov w16, #8
3:  tst w19, #1
    csel w17, w15, wzr, ne
    eor w19, w17, w19, lsr #1
    subs w16, w16, #1
    b.ne 3b
    add x9, x9, #1
    cmp x9, #64
    b.ne 2b
    subs x0, x0, #1
    b.ne 1b
    eor w19, w19, w1
        .elseif WL == 6
    movz x1, #0x0903, lsl #16     // PL061 GPIO on virt
    mov x2, #1
    mov x3, #0
1:  add x2, x2, x0
    eor x3, x3, x2
    ror x3, x3, #5
    add x4, x3, #3
    and x5, x4, #0xff
    lsr x6, x3, #7
    add x19, x19, x6
    str w5, [x1, #0x420]          // AFSEL : device write
    subs x0, x0, #1
    b.ne 1b
        .endif
    // exit: semihosting SYS_EXIT, status = low byte of x19
    and x2, x19, #0x7f
    movz x1, #0x0026
    movk x1, #2, lsl #16
    stp x1, x2, [x21]
    mov x1, x21
    mov x0, #0x18
    hlt #0xf000
