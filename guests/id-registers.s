// The ID registers as the guest sees them.
// HCR_EL2.TID3 traps each read, and KVM answers
// with the VM's value, not the processor's.
        .equ    UART, 0x09000000

        .macro  show register
        mrs     x0, \register
        adr     x1, 8f
        bl      line
        b       9f
8:      .asciz  "\register "
        .balign 4
9:
        .endm

        .global _start
_start: ldr     x9, =stack_top
        mov     sp, x9
        mov     x8, #UART
        show    midr_el1
        show    mpidr_el1
        show    id_aa64pfr0_el1
        show    id_aa64pfr1_el1
        show    id_aa64dfr0_el1
        show    id_aa64isar0_el1
        show    id_aa64isar1_el1
        show    id_aa64mmfr0_el1
        show    id_aa64mmfr1_el1
        show    id_aa64mmfr2_el1
        ldr     w0, =0x84000008 // SYSTEM_OFF
        hvc     #0
        b       .

line:   ldrb    w2, [x1], #1    // name, value
        cbz     w2, 1f
        strb    w2, [x8]
        b       line
1:      mov     x3, #60
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

        .ltorg
        .bss
        .balign 16
        .skip   256
stack_top:
