// A sensor that nobody emulates. The guest
// asks for a temperature three times, and
// you are the device. ldrsb extends the sign:
// 0xf6 is -10, and below zero it stops.
        .equ    UART,   0x09000000
        .equ    SENSOR, 0x0b000000 // nobody's

        .global _start
_start: ldr     x9, =stack_top
        mov     sp, x9
        mov     x8, #UART
        mov     x19, #SENSOR
        mov     x20, #3         // readings
        adr     x1, ready
        bl      puts

poll:   ldrsb   w5, [x19, #3]   // you answer
        mov     w21, w5
        adr     x1, degrees
        bl      puts
        sxtw    x0, w21
        bl      putdec
        adr     x1, newline
        bl      puts
        tbnz    w21, #31, below
        str     w21, [x19, #8]  // you take it
        subs    x20, x20, #1
        b.ne    poll
        b       off

below:  adr     x1, frozen
        bl      puts
off:    ldr     w0, =0x84000008 // SYSTEM_OFF
        hvc     #0
        b       .

puts:   ldrb    w2, [x1], #1    // x1: text
        cbz     w2, 1f
        strb    w2, [x8]
        b       puts
1:      ret

putdec: sub     sp, sp, #32     // x0: number
        add     x3, sp, #31
        strb    wzr, [x3]
        cmp     x0, #0
        cneg    x4, x0, lt
        mov     x6, #10
1:      udiv    x7, x4, x6
        msub    x9, x7, x6, x4
        add     w9, w9, #'0'
        strb    w9, [x3, #-1]!
        mov     x4, x7
        cbnz    x4, 1b
        tbz     x0, #63, 2f
        mov     w9, #'-'
        strb    w9, [x3, #-1]!
2:      ldrb    w2, [x3], #1
        cbz     w2, 3f
        strb    w2, [x8]
        b       2b
3:      add     sp, sp, #32
        ret

ready:  .asciz  "sensor: ready\n"
degrees:.asciz  "degrees: "
frozen: .asciz  "below zero, stopping\n"
newline:.asciz  "\n"
        .balign 8
        .ltorg
        .bss
        .balign 16
        .skip   1024
stack_top:
