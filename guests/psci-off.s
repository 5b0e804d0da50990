// PSCI over HVC. KVM answers the version
// itself, an exit that userspace never sees;
// SYSTEM_OFF leaves with a system event.
        .global _start
_start: ldr     w0, =0x84000000 // VERSION
        hvc     #0
        mov     w19, w0         // 1.3
        ldr     w0, =0x8400000a // FEATURES
        ldr     w1, =0x84000008 // SYSTEM_OFF?
        hvc     #0
        mov     w20, w0         // 0: yes
        ldr     w0, =0x84000008 // SYSTEM_OFF
        hvc     #0
        b       .               // not reached
