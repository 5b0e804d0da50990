// PSCI over HVC: ask for the version, then switch off. KVM answers the first itself (an exit that userspace never
// sees); the second leaves with KVM_EXIT_SYSTEM_EVENT, type SHUTDOWN.
        .global _start
_start: ldr     w0, =0x84000000         // PSCI_VERSION
        hvc     #0
        mov     w19, w0                 // 0x10003: version 1.3
        ldr     w0, =0x8400000a         // PSCI_FEATURES
        ldr     w1, =0x84000008         // of SYSTEM_OFF
        hvc     #0
        mov     w20, w0                 // 0: implemented
        ldr     w0, =0x84000008         // SYSTEM_OFF
        hvc     #0
        b       .                       // not reached
