// The harness at EL2: for each program it writes the translation tables' entries and the system registers that the program's header asks for,
// enters it, logs every exception (those that EL1 takes are reported by its vectors, with an HVC or SMC), steps over it, and at the end stores
// registers. When all have run, the result slots go to a file by semihosting. Addresses and offsets are those of layout.ts.
// MMU off at EL2 throughout; the harness's own accesses are aligned. SP_EL2 is always the address of `context`.

    .set CTX_HEADER, 31*8
    .set CTX_RECORD, 32*8
    .set CTX_COUNT, 33*8
    .set CTX_SLOT, 34*8
    .set CTX_FILE, 35*8
    .set CTX_HCR, 36*8
    .set CTX_STEPS, 37*8
    .set HCR_RW, 1 << 31

    .section .harness, "awx"
    .global _start
_start:
    adr x0, context
    mov sp, x0
    adr x0, vectors
    msr vbar_el2, x0
    mov x0, #HCR_RW
    msr hcr_el2, x0
    isb
    mov w0, #1                      // SYS_OPEN, "wb"
    adr x1, open_block
    hlt #0xf000
    str x0, [sp, #CTX_FILE]
    str xzr, [sp, #CTX_SLOT]

next:
    ldr x18, [sp, #CTX_SLOT]
    cmp x18, #COUNT
    b.eq finish
    ldr x19, =PROGRAMS + PROGRAM_SIZE / 2
    mov x0, #PROGRAM_SIZE
    madd x19, x18, x0, x19
    ldr x20, =RESULTS + DATA_SIZE
    mov x0, #RESULT_SIZE
    madd x20, x18, x0, x20
    stp x19, x20, [sp, #CTX_HEADER]
    str xzr, [sp, #CTX_COUNT]
    str xzr, [sp, #CTX_STEPS]
    add x18, x18, #1
    str x18, [sp, #CTX_SLOT]
    ldr x1, [x19, #HEADER_pokes]    // pairs of address and value, up to address 0
1:  ldp x2, x3, [x1], #16
    cbz x2, 2f
    str x3, [x2]
    b 1b
2:  ldr x1, [x19, #HEADER_setup]
    blr x1                          // changes x0 only
    dsb sy
    tlbi alle1
    dsb sy
    isb
    ldr x0, [x19, #HEADER_sp_el0]
    msr sp_el0, x0
    ldr x0, [x19, #HEADER_sp_el1]
    msr sp_el1, x0
    ldr x0, [x19, #HEADER_pc]
    msr elr_el2, x0
    ldr x0, [x19, #HEADER_spsr]
    msr spsr_el2, x0
    ldr x0, [x19, #HEADER_hcr]
    msr hcr_el2, x0
    isb
    mov x0, x19
    b enter                         // the header begins with X0 to X30

    .ltorg

// Registers from the 31 words at x0.
enter:
    ldp x2, x3, [x0, #16]
    ldp x4, x5, [x0, #32]
    ldp x6, x7, [x0, #48]
    ldp x8, x9, [x0, #64]
    ldp x10, x11, [x0, #80]
    ldp x12, x13, [x0, #96]
    ldp x14, x15, [x0, #112]
    ldp x16, x17, [x0, #128]
    ldp x18, x19, [x0, #144]
    ldp x20, x21, [x0, #160]
    ldp x22, x23, [x0, #176]
    ldp x24, x25, [x0, #192]
    ldp x26, x27, [x0, #208]
    ldp x28, x29, [x0, #224]
    ldr x30, [x0, #240]
    ldp x0, x1, [x0]
    eret

// A vector number in x0; x0 and x1 of the guest are stored already.
exit:
    stp x2, x3, [sp, #16]
    stp x4, x5, [sp, #32]
    stp x6, x7, [sp, #48]
    stp x8, x9, [sp, #64]
    stp x10, x11, [sp, #80]
    stp x12, x13, [sp, #96]
    stp x14, x15, [sp, #112]
    stp x16, x17, [sp, #128]
    stp x18, x19, [sp, #144]
    stp x20, x21, [sp, #160]
    stp x22, x23, [sp, #176]
    stp x24, x25, [sp, #192]
    stp x26, x27, [sp, #208]
    stp x28, x29, [sp, #224]
    str x30, [sp, #240]
    mrs x1, hcr_el2                 // under HCR_EL2.E2H the names of EL1's registers would mean those of EL2
    str x1, [sp, #CTX_HCR]
    mov x1, #HCR_RW
    msr hcr_el2, x1
    isb
    mrs x2, esr_el2
    mrs x3, far_el2
    mrs x4, hpfar_el2
    mrs x5, elr_el2
    mrs x6, spsr_el2
    mov x7, #0
    ubfx x8, x2, #26, #6            // class
    ubfx x9, x2, #0, #16            // immediate
    cmp x0, #8
    b.ne log
    cmp x8, #0x16                   // HVC or SMC …
    ccmp x8, #0x17, #4, ne
    b.ne log
    lsr x10, x9, #4                 // … from EL1's vectors: what EL1 took is what counts
    mov x11, #VECTOR >> 4
    cmp x10, x11
    b.ne log
    and x0, x9, #15
    add x0, x0, #16
    mov x7, x6
    mrs x2, esr_el1
    mrs x3, far_el1
    mov x4, #0
    mrs x5, elr_el1
    mrs x6, spsr_el1
    bic x8, x6, #3 << 10            // BTYPE there is open for most exceptions, and the program may read it
    msr spsr_el1, x8
    ubfx x8, x2, #26, #6
    ubfx x9, x2, #0, #16

// x0 vector (16 and more: EL1's), x2 ESR, x3 FAR, x4 HPFAR, x5 ELR, x6 SPSR, x7 PSTATE in EL1's vector, x8 class, x9 immediate
log:
    ldr x20, [sp, #CTX_RECORD]
    ldr x10, [sp, #CTX_COUNT]
    add x11, x20, #RECORD_log
    add x11, x11, x10, lsl #6
    add x10, x10, #1
    str x10, [sp, #CTX_COUNT]
    mov x12, #0                     // a digest of X0 to X30
    mov x13, sp
    add x14, x13, #31*8
1:  ldr x15, [x13], #8
    eor x12, x15, x12, ror #59
    cmp x13, x14
    b.ne 1b
    stp x0, x2, [x11]
    stp x3, x4, [x11, #16]
    stp x5, x6, [x11, #32]
    stp x7, x12, [x11, #48]
    cmp x10, #LOG_ENTRIES
    mov x1, #1
    b.eq end
    tst x0, #3                      // IRQ, FIQ, SError: masked from now on
    b.eq 1f
    orr x6, x6, #0x1c0
    b resume
1:  cmp x8, #0x15                   // SVC, HVC, SMC
    b.lo 1f
    cmp x8, #0x17
    b.hi 1f
    mov x11, #END
    cmp x9, x11
    mov x1, #0
    b.eq end
    cmp x8, #0x17
    b.ne retry
    b step_over
1:  bic x11, x8, #3
    cmp x11, #0x20                  // instruction abort, alignment of PC: back to the caller
    b.eq to_caller
    cmp x8, #0x0e                   // illegal execution state
    b.eq retry
    cmp x8, #0x0d                   // branch target
    b.eq retry
    bic x11, x8, #1
    cmp x11, #0x30                  // breakpoint
    b.ne 1f
    msr dbgbcr0_el1, xzr
    isb
    b resume
1:  cmp x11, #0x32                  // software step, for a while
    b.ne step_over
    ldr x11, [sp, #CTX_STEPS]
    add x11, x11, #1
    str x11, [sp, #CTX_STEPS]
    orr x6, x6, #1 << 21
    cmp x11, #8
    b.lo resume
    bic x6, x6, #1 << 21
    mrs x11, mdscr_el1
    bic x11, x11, #1
    msr mdscr_el1, x11
    isb
    b resume
to_caller:
    ldr x5, [sp, #30*8]
    b retry
step_over:
    add x5, x5, #4
    bic x6, x6, #1 << 21            // SPSR.SS
retry:
    bic x6, x6, #3 << 10            // SPSR.BTYPE
    bic x6, x6, #1 << 20            // SPSR.IL
resume:
    msr elr_el2, x5
    msr spsr_el2, x6
    ldr x0, [sp, #CTX_HCR]
    msr hcr_el2, x0
    isb
    mov x0, sp
    b enter

// x1 reason, x5 PC, x6 PSTATE
end:
    ldr x10, [sp, #CTX_COUNT]
    stp x1, x10, [x20, #RECORD_reason]
    stp x5, x6, [x20, #RECORD_pc]
    mov x13, sp
    add x14, x13, #31*8
    add x12, x20, #RECORD_x
1:  ldr x15, [x13], #8
    str x15, [x12], #8
    cmp x13, x14
    b.ne 1b
    mrs x0, sp_el0
    str x0, [x20, #RECORD_sp_el0]
    mrs x0, sp_el1
    str x0, [x20, #RECORD_sp_el1]
    DUMP_SYSREGS
    ldr x0, =MAGIC
    str x0, [x20]
    b next

// An exception at EL2 itself. An UNDEFINED instruction of set-up code is noted and left out; otherwise registers as in a log entry, and the run
// ends. The vector's number in x0.
trouble:
    mrs x1, esr_el2
    lsr x1, x1, #26
    cbnz x1, 1f
    mrs x1, elr_el2
    ldr w0, [x1]
    add x1, x1, #4
    msr elr_el2, x1
    ldr x1, [sp, #CTX_RECORD]
    str x0, [x1, #RECORD_refused]
    ldp x0, x1, [sp]
    eret
1:  ldr x20, [sp, #CTX_RECORD]
    mrs x2, esr_el2
    mrs x3, far_el2
    mrs x5, elr_el2
    mov x1, #2
    str x1, [x20, #RECORD_reason]
    add x11, x20, #RECORD_log
    stp x0, x2, [x11]
    stp x3, xzr, [x11, #16]
    stp x5, xzr, [x11, #32]
    mov x21, #3
    b write
finish:
    mov x21, #0
write:
    adr x1, write_block
    ldr x2, [sp, #CTX_FILE]
    str x2, [x1]
    mov w0, #5                      // SYS_WRITE
    hlt #0xf000
    cbz x0, 1f
    mov x21, #4
1:  adr x1, write_block
    mov w0, #2                      // SYS_CLOSE
    hlt #0xf000
    adr x1, exit_block
    str x21, [x1, #8]
    mov w0, #0x18                   // SYS_EXIT
    hlt #0xf000
    b .

    .ltorg

    .balign 8
open_block:
    .quad file_name, 5, FILE_NAME_LENGTH
write_block:
    .quad 0, RESULTS, RESULT_SIZE * COUNT
exit_block:
    .quad 0x20026, 0
file_name:
    FILE_NAME

    .balign 16
context:
    .zero 40*8

    .balign 2048
vectors:
    .set number, 0
    .rept 16
    .balign 128
    stp x0, x1, [sp]
    mov x0, #number
    .if number < 8
    b trouble
    .else
    b exit
    .endif
    .set number, number + 1
    .endr

// EL1's vectors: what they take is reported to EL2 and left to it. Two sets in one page: by HVC, by SMC.
    .balign 4096
guest_vectors:
    .set number, 0
    .rept 16
    .balign 128
    hvc #VECTOR + number
    .set number, number + 1
    .endr
    .set number, 0
    .rept 16
    .balign 128
    smc #VECTOR + number
    .set number, number + 1
    .endr
    .balign 4096

// Stage 1: 4 KiB granule, 39-bit addresses from level 1; the last level is written for each program.
    .set TABLE, 3
stage1_level1:
    .org stage1_level1 + (GUEST >> 30) * 8
    .quad stage1_level2 + TABLE
    .balign 4096
stage1_level2:
    .quad stage1_level3 + TABLE
    .quad GUEST + STAGE2_AT + 5 * 4096 + TABLE     // a table at an IPA that stage 2 does not map
    .quad 0x1000000000000 - 4096 + TABLE           // a table beyond the physical addresses
    .balign 4096
stage1_level3:
    .zero 4096
// Stage 2: 4 KiB granule, 40-bit IPA from level 1 with two concatenated tables; RAM one to one, and the last level as above.
    .balign 8192
stage2_level1:
    .quad 0
    .quad stage2_ram + TABLE
    .quad stage2_level2 + TABLE
    .balign 8192
stage2_ram:
    .set number, 0
    .rept 32
    .quad 0x40000000 + number * 0x200000 + 0x7fd   // block, AF, inner shareable, read and write, Normal write-back
    .set number, number + 1
    .endr
    .balign 4096
stage2_level2:
    .quad stage2_level3 + TABLE
    .balign 4096
stage2_level3:
    .zero 4096
