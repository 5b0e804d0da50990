// The headers that `.include` knows: constants for guests, so that programs need no numbers by heart. Values from the Arm SMC Calling
// Convention (DEN0028), PSCI (DEN0022), the Arm ARM and the layout of the board that guests run on.

const HEADERS: Readonly<Record<string, string>> = {
  'board.h': `
.equ FLASH_BASE, 0x00000000
.equ GICD_BASE, 0x08000000
.equ GICR_BASE, 0x080a0000
.equ UART_BASE, 0x09000000
.equ RTC_BASE, 0x09010000
.equ GPIO_BASE, 0x09030000
.equ VIRTIO_BASE, 0x0a000000
.equ VIRTIO_STRIDE, 0x200
.equ NOBODY_BASE, 0x0b000000
.equ RAM_BASE, 0x40000000
.equ LOAD_BASE, 0x40080000
`,
  'pl011.h': `
.equ UART_DR, 0x000
.equ UART_RSR, 0x004
.equ UART_FR, 0x018
.equ UART_FR_RXFE, 1 << 4
.equ UART_FR_TXFF, 1 << 5
.equ UART_FR_BUSY, 1 << 3
.equ UART_IBRD, 0x024
.equ UART_FBRD, 0x028
.equ UART_LCR_H, 0x02c
.equ UART_CR, 0x030
.equ UART_IFLS, 0x034
.equ UART_IMSC, 0x038
.equ UART_RIS, 0x03c
.equ UART_MIS, 0x040
.equ UART_ICR, 0x044
`,
  'psci.h': `
.equ PSCI_VERSION, 0x84000000
.equ PSCI_CPU_SUSPEND, 0xc4000001
.equ PSCI_CPU_OFF, 0x84000002
.equ PSCI_CPU_ON, 0xc4000003
.equ PSCI_AFFINITY_INFO, 0xc4000004
.equ PSCI_MIGRATE_INFO_TYPE, 0x84000006
.equ PSCI_SYSTEM_OFF, 0x84000008
.equ PSCI_SYSTEM_RESET, 0x84000009
.equ PSCI_FEATURES, 0x8400000a
.equ PSCI_SYSTEM_SUSPEND, 0xc400000e
.equ PSCI_SYSTEM_RESET2, 0xc4000012
.equ PSCI_SUCCESS, 0
.equ PSCI_NOT_SUPPORTED, -1
.equ PSCI_INVALID_PARAMETERS, -2
.equ PSCI_DENIED, -3
.equ PSCI_ALREADY_ON, -4
.equ PSCI_ON_PENDING, -5
.equ PSCI_INTERNAL_FAILURE, -6
.equ PSCI_NOT_PRESENT, -7
.equ PSCI_DISABLED, -8
.equ PSCI_INVALID_ADDRESS, -9
`,
  'smccc.h': `
.equ SMCCC_VERSION, 0x80000000
.equ SMCCC_ARCH_FEATURES, 0x80000001
.equ SMCCC_ARCH_SOC_ID, 0x80000002
.equ SMCCC_ARCH_WORKAROUND_1, 0x80008000
.equ SMCCC_ARCH_WORKAROUND_2, 0x80007fff
.equ SMCCC_ARCH_WORKAROUND_3, 0x80003fff
.equ TRNG_VERSION, 0x84000050
.equ TRNG_FEATURES, 0x84000051
.equ TRNG_GET_UUID, 0x84000052
.equ TRNG_RND64, 0xc4000053
`,
  'esr.h': `
.equ ESR_ISS_MASK, 0x1ffffff
.equ ESR_IL, 1 << 25
.equ ESR_EC_SHIFT, 26
.equ EC_UNKNOWN, 0x00
.equ EC_WFX, 0x01
.equ EC_FP, 0x07
.equ EC_PAC, 0x09
.equ EC_BTI, 0x0d
.equ EC_ILLEGAL, 0x0e
.equ EC_SVC64, 0x15
.equ EC_HVC64, 0x16
.equ EC_SMC64, 0x17
.equ EC_SYS64, 0x18
.equ EC_SVE, 0x19
.equ EC_IABT_LOWER, 0x20
.equ EC_IABT_SAME, 0x21
.equ EC_PC_ALIGNMENT, 0x22
.equ EC_DABT_LOWER, 0x24
.equ EC_DABT_SAME, 0x25
.equ EC_SP_ALIGNMENT, 0x26
.equ EC_FP64, 0x2c
.equ EC_SERROR, 0x2f
.equ EC_BREAKPOINT_LOWER, 0x30
.equ EC_STEP_LOWER, 0x32
.equ EC_WATCHPOINT_LOWER, 0x34
.equ EC_BRK64, 0x3c
`,
  'kvm.h': `
.include "board.h"
.include "pl011.h"
.include "psci.h"
.include "smccc.h"
.include "esr.h"
`,
};

/** Names of the built-in headers. */
export const headerNames: readonly string[] = Object.keys(HEADERS);

/** The text of a built-in header. */
export function header(name: string): string | undefined {
  return Object.hasOwn(HEADERS, name) ? HEADERS[name] : undefined;
}
