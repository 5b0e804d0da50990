// Hello over the UART. Each byte is a store
// where no memory lies: stage 2 faults, KVM
// finds no slot and leaves to userspace with
// KVM_EXIT_MMIO, and the PL011 prints it.
        .equ    UART, 0x09000000
        .global _start
_start: mov     x8, #UART
        adr     x1, hello
1:      ldrb    w2, [x1], #1    // no exit
        cbz     w2, off
        strb    w2, [x8]        // one exit each
        b       1b

off:    ldr     w0, =0x84000008 // SYSTEM_OFF
        hvc     #0
        b       .

hello:  .asciz  "Hello, hypervisor.\n"
