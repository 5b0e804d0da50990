// At EL2, MMU off: for each case it writes the controls of the EL1&0 translation regime, does one AT, and notes PAR_EL1, or the syndrome when
// the AT took an exception. Then results and tables (hardware may have updated them) go to a file by semihosting. Sizes come from cases.ts.

    .section .harness, "awx"
    .global _start
_start:
    adr x0, vectors
    msr vbar_el2, x0
    ldr x19, =CASES
    ldr x20, =RESULTS
    ldr x21, =COUNT
1:  ldp x0, x1, [x19], #16
    msr hcr_el2, x0
    msr sctlr_el1, x1
    ldp x0, x1, [x19], #16
    msr tcr_el1, x0
    msr mair_el1, x1
    ldp x0, x1, [x19], #16
    msr ttbr0_el1, x0
    msr ttbr1_el1, x1
    ldp x0, x1, [x19], #16
    msr vtcr_el2, x0
    msr vttbr_el2, x1
    isb
    tlbi alle1
    dsb sy
    isb
    ldp x0, x1, [x19], #16
    lsr x2, x1, #8
    msr s3_0_c4_c2_3, x2            // PAN
    and x1, x1, #0xff
    adr x2, operations
    add x2, x2, x1, lsl #3
    mov x22, #0
    blr x2
    isb
    mrs x3, par_el1
    cmp x22, #0
    csel x3, xzr, x3, ne
    stp x3, x22, [x20], #16
    subs x21, x21, #1
    b.ne 1b

    mov w0, #1                      // SYS_OPEN, "wb"
    adr x1, open_block
    hlt #0xf000
    adr x1, write_block
    str x0, [x1]
    mov w0, #5                      // SYS_WRITE
    hlt #0xf000
    adr x1, exit_block
    str x0, [x1, #8]
    mov w0, #0x18                   // SYS_EXIT
    hlt #0xf000
    b .

    .ltorg

    .macro operation name
    at \name, x0
    ret
    .endm
operations:
    OPERATIONS

    .balign 8
open_block:
    .quad file_name, 5, FILE_NAME_LENGTH
write_block:
    .quad 0, RESULTS, RESULT_BYTES
exit_block:
    .quad 0x20026, 0
file_name:
    FILE_NAME

// The AT of a case took an exception.
    .balign 2048
vectors:
    .org vectors + 0x200
    mrs x22, esr_el2
    mrs x4, elr_el2
    add x4, x4, #4
    msr elr_el2, x4
    eret
    .org vectors + 0x800
