// An IMPLEMENTATION DEFINED register, read and written. HCR_EL2.TIDCP traps S3_<op1>_C11/C15 to EL2, and with the
// capability on KVM asks its userspace. Refuse, and the guest takes UNDEFINED at its own vector.
        .equ    UART, 0x09000000
        .global _start
_start: adr     x9, vectors
        msr     vbar_el1, x9
        mov     x8, #UART

        mrs     x4, s3_0_c15_c2_0       // you answer 64 bits
        adr     x1, got
        bl      puts
        add     x5, x4, #1
        msr     s3_0_c15_c2_0, x5       // accept, keep, or refuse
        mrs     x6, s3_0_c15_c2_0       // with storage: x5 comes back
        cmp     x6, x5
        adr     x1, same
        adr     x2, other
        csel    x1, x1, x2, eq
        bl      puts

off:    ldr     w0, =0x84000008         // PSCI SYSTEM_OFF
        hvc     #0
        b       .

puts:   ldrb    w2, [x1], #1
        cbz     w2, 1f
        strb    w2, [x8]
        b       puts
1:      ret

refused:                                // UNDEFINED: say so and step over it
        mrs     x10, esr_el1            // EC 0x00
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

        .balign 2048
vectors:.space  0x200
        b       refused                 // +0x200: synchronous, this level, SP_ELx
        .space  0x800 - 0x204
