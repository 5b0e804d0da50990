// Why KVM does not decode: between the trap and
// the moment in which userspace reads the
// instruction, another vCPU may replace it.
// vCPU 0 stores with write-back to a device;
// vCPU 1 waits for its flag and puts a load in
// the place of that store. Who is first is the
// schedule's choice (nisv_fetch).
        .equ    UART,   0x09000000
        .equ    DEVICE, 0x0b000000
        .global _start
_start: mov     x8, #UART
        ldr     x0, =0xc4000003 // CPU_ON
        mov     x1, #1
        adr     x2, other
        mov     x3, #0
        hvc     #0

        adr     x7, flag
        mov     w0, #0x55
        mov     x1, #DEVICE
        mov     w6, #1
        str     w6, [x7]        // go
victim: str     w0, [x1], #4    // or a load?
        mov     x21, #DEVICE
        ldr     w3, [x21]       // what is there
        cmp     w3, #0x55
        adr     x1, fine
        adr     x2, lost
        csel    x1, x1, x2, eq
say:    ldrb    w2, [x1], #1
        cbz     w2, off
        strb    w2, [x8]
        b       say
off:    ldr     w0, =0x84000008 // SYSTEM_OFF
        hvc     #0
        b       .

other:  adr     x7, flag        // vCPU 1
1:      ldr     w6, [x7]
        cbz     w6, 1b
        adr     x9, victim
        ldr     w10, another
        str     w10, [x9]
        dc      cvau, x9
        dsb     ish
        ic      ivau, x9
        dsb     ish
2:      wfi
        b       2b
another:ldr     w0, [x1], #4

fine:   .asciz  "the store was emulated\n"
lost:   .asciz  "another instruction was emulated\n"
        .balign 4
flag:   .word   0
