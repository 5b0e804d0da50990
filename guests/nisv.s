// A store with write-back to a device. Its
// abort has ISV = 0: nothing says what was
// stored, and KVM does not decode. Without
// KVM_CAP_ARM_NISV_TO_USER the run fails with
// ENOSYS; with it userspace decides: an abort,
// which this guest catches, a skip, or reading
// and decoding the instruction. A protected VM
// gets the abort from KVM itself.
        .equ    UART,   0x09000000
        .equ    DEVICE, 0x0b000000
        .global _start
_start: adr     x9, vectors
        msr     vbar_el1, x9
        mov     x8, #UART
        mov     x20, #0
        mov     w0, #0x55
        mov     x1, #DEVICE
        str     w0, [x1], #4    // ISV = 0
        cbnz    x20, aborted
        mov     x21, #DEVICE
        ldr     w3, [x21]       // ISV = 1
        cmp     w3, #0x55
        adr     x1, fine
        adr     x2, lost
        csel    x1, x1, x2, eq
        b       say
aborted:adr     x1, caught
say:    ldrb    w2, [x1], #1
        cbz     w2, off
        strb    w2, [x8]
        b       say

off:    ldr     w0, =0x84000008 // SYSTEM_OFF
        hvc     #0
        b       .

abort:  add     x20, x20, #1
        mrs     x10, esr_el1    // EC 0x25
        mrs     x11, far_el1
        mrs     x12, elr_el1
        add     x12, x12, #4
        msr     elr_el1, x12
        eret

fine:   .asciz  "stored\n"
lost:   .asciz  "not stored\n"
caught: .asciz  "external abort caught\n"

        .balign 2048
vectors:.space  0x200
        b       abort           // +0x200
        .space  0x800 - 0x204
