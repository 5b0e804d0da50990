// A forgotten TLBI. A page is moved: its
// descriptor leads to B now, and reading it
// still gives A, because the TLB keeps what
// the walk found. TLBI VAE1 drops that. Stop
// before it, and see the translation view:
// the TLB has a stale entry.
        .equ    UART, 0x09000000
        .equ    PAGE, 0x80000000
        .global _start
_start: adr     x0, level2
        orr     x0, x0, #3      // a table
        adr     x1, level1
        str     x0, [x1, #16]   // from 2 GiB on
        adr     x0, level3
        orr     x0, x0, #3
        adr     x1, level2
        str     x0, [x1]
        adr     x20, level3     // PAGE's entry
        mov     x3, #0x703      // a page, AF
        adr     x2, page_a
        orr     x2, x2, x3
        str     x2, [x20]

        mov     x0, #0xff       // write-back
        msr     mair_el1, x0    // and Device
        ldr     x0, =0x200803519 // 39 bits
        msr     tcr_el1, x0
        adr     x0, level1
        msr     ttbr0_el1, x0
        dsb     sy
        isb
        mrs     x0, sctlr_el1
        orr     x0, x0, #1      // M
        msr     sctlr_el1, x0
        isb

        mov     x8, #UART
        mov     x9, #PAGE
        bl      show            // A
        adr     x2, page_b
        orr     x2, x2, x3
        str     x2, [x20]       // moved
        dsb     ishst
        bl      show            // A: stale
        lsr     x0, x9, #12
        tlbi    vae1, x0
        dsb     ish
        isb
        bl      show            // B
        mov     w4, #'\n'
        strb    w4, [x8]
        ldr     w0, =0x84000008 // SYSTEM_OFF
        hvc     #0
        b       .

show:   ldrb    w4, [x9]
        strb    w4, [x8]
        ret

        .balign 4096
level1: .quad   0x405           // Device
        .quad   0x40000701      // RAM
        .balign 4096
level2: .space  4096
level3: .space  4096
page_a: .ascii  "A"
        .balign 4096
page_b: .ascii  "B"
        .balign 4096
