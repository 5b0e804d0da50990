// An undefined instruction, caught by the
// guest's own vector: an exception from EL1
// to EL1. Nothing leaves the guest. The
// handler reads the word and steps over it.
        .equ    UART, 0x09000000
        .global _start
_start: adr     x9, vectors
        msr     vbar_el1, x9
        mov     x8, #UART
        mov     x20, #0
        udf     #42             // undefined
        adr     x1, after
        bl      puts
        ldr     w0, =0x84000008 // SYSTEM_OFF
        hvc     #0
        b       .

puts:   ldrb    w2, [x1], #1
        cbz     w2, 1f
        strb    w2, [x8]
        b       puts
1:      ret

undefined:
        mrs     x10, esr_el1    // EC 0x00
        mrs     x11, elr_el1    // where
        ldr     w20, [x11]      // its word: 42
        add     x11, x11, #4
        msr     elr_el1, x11
        eret

after:  .asciz  "back from the vector\n"

        .balign 2048
vectors:.space  0x200
        b       undefined       // +0x200
        .space  0x800 - 0x204
