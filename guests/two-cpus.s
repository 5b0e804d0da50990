// Two vCPUs. The first switches the second on (PSCI CPU_ON), both count under
// one lock (exclusives; who finds it taken waits in WFE), then the first sends
// the second an interrupt (SGI 1) and sleeps in WFI until it is answered by one.
// The list above the registers says which of the two the views are about.
// Step all (Ctrl+F11) lets both make a step: then they do meet at the lock.

        .equ    UART,      0x09000000
        .equ    GICD,      0x08000000
        .equ    GICR,      0x080a0000   // of vCPU 0; vCPU 1's is 128 KiB on
        .equ    CPU_ON,    0xc4000003
        .equ    SYSTEM_OFF,0x84000008
        .equ    ROUNDS,    20

        .global _start
_start: ldr     x9, =stack0
        mov     sp, x9
        bl      interrupts
        adr     x1, hello
        bl      puts

        // vCPU 1 (affinity 1) starts at `second`, with its stack in x0
        ldr     w0, =CPU_ON
        mov     x1, #1
        adr     x2, second
        ldr     x3, =stack1
        hvc     #0
        cbnz    x0, failed

        bl      count
        // wait until both have counted
        adr     x1, done
1:      ldar    w2, [x1]
        cmp     w2, #2
        b.eq    2f
        wfe
        b       1b

        // SGI 1 to affinity 1: target list bit 1, INTID 1
2:      mov     x2, #2
        movk    x2, #0x100, lsl #16
        msr     icc_sgi1r_el1, x2
        isb
        adr     x19, answered
3:      ldar    w2, [x19]
        cbnz    w2, 4f
        wfi                             // vCPU 1 answers with SGI 2
        b       3b

4:      adr     x1, counted
        bl      puts
        adr     x1, counter
        ldr     w0, [x1]
        bl      putdec
        adr     x1, newline
        bl      puts
        cmp     w0, #2 * ROUNDS
        b.ne    failed
        ldr     w0, =SYSTEM_OFF
        hvc     #0
        b       .
failed: adr     x1, wrong
        bl      puts
        b       .

// vCPU 1
second: mov     sp, x0
        bl      interrupts
        bl      count
        msr     daifclr, #2
5:      wfi                             // until SGI 1 has come
        adr     x1, answered
        ldr     w2, [x1]
        cbz     w2, 5b
        b       5b

// ROUNDS times: take the lock, add one, give it back
count:  adr     x1, lock
        adr     x2, counter
        mov     w3, #ROUNDS
        mov     w4, #1
1:      ldaxr   w5, [x1]
        cbz     w5, 2f
        wfe                             // the other's release opens our monitor
        b       1b
2:      stxr    w5, w4, [x1]
        cbnz    w5, 1b
        ldr     w6, [x2]
        add     w6, w6, #1
        str     w6, [x2]
        stlr    wzr, [x1]
        subs    w3, w3, #1
        b.ne    1b
        adr     x1, done
3:      ldaxr   w5, [x1]
        add     w5, w5, #1
        stlxr   w6, w5, [x1]
        cbnz    w6, 3b
        sev
        ret

// This vCPU's vectors, redistributor and CPU interface
interrupts:
        adr     x1, vectors
        msr     vbar_el1, x1
        ldr     x1, =GICD
        mov     w2, #0x12               // ARE, group 1
        str     w2, [x1]
        ldr     x1, =GICR
        mrs     x3, mpidr_el1
        and     x3, x3, #0xff
        add     x1, x1, x3, lsl #17
        str     wzr, [x1, #0x14]        // GICR_WAKER: awake
        add     x1, x1, #0x10000
        mov     w2, #-1
        str     w2, [x1, #0x80]         // group 1
        mov     w2, #6
        str     w2, [x1, #0x100]        // SGI 1 and 2 enabled
        mov     x2, #0xff
        msr     icc_pmr_el1, x2
        mov     x2, #1
        msr     icc_igrpen1_el1, x2
        isb
        ret

// x1: text. vCPU 0 alone prints
puts:   mov     x8, #UART
1:      ldrb    w2, [x1], #1
        cbz     w2, 2f
        strb    w2, [x8]
        b       1b
2:      ret

// w0, under 100
putdec: mov     x8, #UART
        mov     w2, #10
        udiv    w3, w0, w2
        msub    w4, w3, w2, w0
        cbz     w3, 1f
        add     w3, w3, #'0'
        strb    w3, [x8]
1:      add     w4, w4, #'0'
        strb    w4, [x8]
        ret

hello:   .asciz  "two: vCPU 0 is up\n"
counted: .asciz  "counted "
wrong:   .asciz  "something went wrong\n"
newline: .asciz  "\n"

        .balign 2048
vectors:
        .space  0x280
irq:    stp     x0, x1, [sp, #-16]!     // IRQ, from this level
        stp     x2, x3, [sp, #-16]!
        mrs     x0, icc_iar1_el1
        cmp     x0, #1
        b.ne    1f
        adr     x1, answered
        mov     w2, #1
        stlr    w2, [x1]
        mov     x2, #1                  // SGI 2 to affinity 0
        movk    x2, #0x200, lsl #16
        msr     icc_sgi1r_el1, x2
1:      msr     icc_eoir1_el1, x0
        ldp     x2, x3, [sp], #16
        ldp     x0, x1, [sp], #16
        eret

        .balign 2048
        .bss
        .balign 64
lock:     .space 64
counter:  .space 64
done:     .space 64
answered: .space 64
          .space 1024
stack0:   .space 1024
stack1:
