// ID registers that the VMM may write. Lower
// ID_AA64MMFR1_EL1.PAN to 1, and KVM makes what
// FEAT_PAN2 brought UNDEFINED: AT S1E1RP, by a
// fine-grained trap. Clear ID_AA64PFR0_EL1.DIT,
// and nothing traps: who uses DIT anyway finds
// it working. The registers freeze when the VM
// has run; the proposal freezes them at the
// first write to a register outside their space.
        .arch   armv8.4-a
        .equ    UART, 0x09000000
        .global _start
_start: adr     x9, vectors
        msr     vbar_el1, x9
        mov     x8, #UART

        mrs     x3, id_aa64mmfr1_el1
        ubfx    x3, x3, #20, #4
        adr     x1, pan
        bl      announced
        mov     x20, #0
        at      s1e1rp, x8      // UNDEFINED?
        bl      outcome

        mrs     x3, id_aa64pfr0_el1
        ubfx    x3, x3, #48, #4
        adr     x1, ditname
        bl      announced
        mov     x20, #0
        mrs     x4, dit         // UNDEFINED?
        bl      outcome

off:    ldr     w0, =0x84000008 // SYSTEM_OFF
        hvc     #0
        b       .

announced:                      // x1, digit x3
        mov     x13, x30
        bl      puts
        add     w2, w3, #'0'
        strb    w2, [x8]
        ret     x13
outcome:adr     x1, works
        adr     x2, undef
        cmp     x20, #0
        csel    x1, x1, x2, eq
puts:   ldrb    w2, [x1], #1
        cbz     w2, 1f
        strb    w2, [x8]
        b       puts
1:      ret

caught: add     x20, x20, #1
        mrs     x11, elr_el1
        add     x11, x11, #4
        msr     elr_el1, x11
        eret

pan:    .asciz  "ID_AA64MMFR1_EL1.PAN "
ditname:.asciz  "ID_AA64PFR0_EL1.DIT "
works:  .asciz  ": works\n"
undef:  .asciz  ": UNDEFINED\n"

        .balign 2048
vectors:.space  0x200
        b       caught          // +0x200
        .space  0x800 - 0x204
