// Hello over the UART. Every byte is a store to 0x0900_0000, where no memory lies: stage 2 faults, KVM finds no
// memory slot and leaves to userspace with KVM_EXIT_MMIO, and the VMM's PL011 prints it.
        .equ    UART, 0x09000000
        .global _start
_start: mov     x8, #UART
        adr     x1, hello
1:      ldrb    w2, [x1], #1            // RAM: no exit
        cbz     w2, off
        strb    w2, [x8]                // UARTDR: one exit a character
        b       1b

off:    ldr     w0, =0x84000008         // PSCI SYSTEM_OFF
        hvc     #0
        b       .

hello:  .asciz  "Hello, hypervisor.\n"
