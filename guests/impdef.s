// An IMPLEMENTATION DEFINED register, read
// and written. HCR_EL2.TIDCP traps it. KVM
// itself knows none: UNDEFINED. The proposal
// (KVM_CAP_ARM_IDSR_TO_USER) asks userspace.
// As it was posted it wrote x4 before the
// answer was there: refuse, and look at x4.
        .equ    UART, 0x09000000
        .global _start
_start: adr     x9, vectors
        msr     vbar_el1, x9
        mov     x8, #UART
        mov     x20, #0         // UNDEFs taken
        mov     x4, #0x5a       // to be kept

        mrs     x4, s3_0_c15_c2_0 // you answer
        cbz     x20, 1f
        cmp     x4, #0x5a
        b.eq    2f
        adr     x1, touched
        bl      puts
        b       2f
1:      adr     x1, got
        bl      puts
2:      add     x5, x4, #1
        msr     s3_0_c15_c2_0, x5 // you take it
        mrs     x6, s3_0_c15_c2_0 // x5 again?
        cmp     x6, x5
        adr     x1, same
        adr     x2, other
        csel    x1, x1, x2, eq
        bl      puts

off:    ldr     w0, =0x84000008 // SYSTEM_OFF
        hvc     #0
        b       .

puts:   ldrb    w2, [x1], #1
        cbz     w2, 1f
        strb    w2, [x8]
        b       puts
1:      ret

refused:                        // say so, go on
        add     x20, x20, #1
        mrs     x10, esr_el1    // EC 0x00
        mrs     x11, elr_el1
        add     x11, x11, #4
        msr     elr_el1, x11
        mov     x12, x30
        adr     x1, undef
        bl      puts
        mov     x30, x12
        eret

got:    .asciz  "read\n"
same:   .asciz  "the register keeps what is written\n"
other:  .asciz  "the register does not keep what is written\n"
undef:  .asciz  "UNDEFINED\n"
touched:.asciz  "x4 was overwritten all the same\n"

        .balign 2048
vectors:.space  0x200
        b       refused         // +0x200
        .space  0x800 - 0x204
