// An IMPLEMENTATION DEFINED register at EL0.
// The architecture leaves it open: UNDEFINED
// at EL1 at once, or trapped to EL2 first,
// where KVM gives the UNDEF. The guest cannot
// tell; the exit log can. Then EL1 takes such
// accesses itself: SCTLR_EL1.TIDCP, EC 0x18.
        .equ    UART, 0x09000000
        .global _start
_start: adr     x9, vectors
        msr     vbar_el1, x9
        mov     x8, #UART
        mov     x20, #2         // rounds
round:  adr     x9, user
        msr     elr_el1, x9
        msr     spsr_el1, xzr   // EL0
        eret

user:   mrs     x0, s3_0_c15_c2_0
        b       .               // not reached

lower:  mrs     x10, esr_el1
        adr     x1, class
        bl      puts
        lsr     x3, x10, #26
        ubfx    x2, x3, #4, #4
        bl      digit
        and     x2, x3, #15
        bl      digit
        mov     w2, #'\n'
        strb    w2, [x8]
        subs    x20, x20, #1
        b.eq    off
        mrs     x9, sctlr_el1
        orr     x9, x9, #1 << 63 // TIDCP
        msr     sctlr_el1, x9
        isb
        b       round

off:    ldr     w0, =0x84000008 // SYSTEM_OFF
        hvc     #0
        b       .

digit:  cmp     x2, #10
        add     x4, x2, #'0'
        add     x5, x2, #'a' - 10
        csel    x2, x4, x5, lo
        strb    w2, [x8]
        ret

puts:   ldrb    w2, [x1], #1
        cbz     w2, 1f
        strb    w2, [x8]
        b       puts
1:      ret

class:  .asciz  "EL0's access: EC "

        .balign 2048
vectors:.space  0x400
        b       lower           // +0x400
        .space  0x800 - 0x404
