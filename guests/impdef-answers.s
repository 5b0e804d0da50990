// Four IMPLEMENTATION DEFINED registers, and
// an answer of its own for each: RAZ/WI, a
// constant, 64-bit storage; nobody has a rule
// for the last, so you are asked. The rules
// stand in the view of answer rules, in the
// order in which they are tried.
        .equ    UART, 0x09000000
        .global _start

        .macro  try register, text
        ldr     x0, =0x1234
        msr     \register, x0
        mrs     x0, \register
        adr     x1, 8f
        bl      line
        b       9f
8:      .asciz  "\text "
        .balign 4
9:
        .endm

_start: adr     x9, vectors
        msr     vbar_el1, x9
        mov     x8, #UART
        try     s3_0_c15_c2_0, "RAZ/WI  "
        try     s3_0_c15_c2_1, "constant"
        try     s3_0_c15_c2_2, "storage "
        try     s3_0_c15_c2_3, "you     "
        ldr     w0, =0x84000008 // SYSTEM_OFF
        hvc     #0
        b       .

line:   ldrb    w2, [x1], #1    // text, value
        cbz     w2, 1f
        strb    w2, [x8]
        b       line
1:      mov     x3, #28
2:      lsr     x4, x0, x3
        and     x4, x4, #15
        cmp     x4, #10
        add     x5, x4, #'0'
        add     x6, x4, #'a' - 10
        csel    x2, x5, x6, lo
        strb    w2, [x8]
        subs    x3, x3, #4
        b.pl    2b
        mov     w2, #'\n'
        strb    w2, [x8]
        ret

undef:  mrs     x11, elr_el1    // refused: skip
        add     x11, x11, #4
        msr     elr_el1, x11
        eret

        .ltorg
        .balign 2048
vectors:.space  0x200
        b       undef           // +0x200
        .space  0x800 - 0x204
