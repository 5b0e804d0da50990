// Positions of open arguments and behaviours that changed over time, as switches that are set before a VM exists. The first value of each is the
// default. Knows nothing of how they are carried out.

export interface PolicySwitch {
  readonly values: readonly [string, ...string[]];
  readonly title: string;
  /** One sentence for each value, in order. */
  readonly docs: readonly string[];
  /** Why no position makes a difference yet. */
  readonly later?: string;
}

/** Every switch. `qemu_sync` and `rmi_mmio_flag` belong to userspace and to the realm monitor; KVM carries them for whoever reads them. */
export const POLICY_SWITCHES = {
  idsr: {
    values: ['reviewed', 'posted'],
    title: 'KVM_EXIT_ARM_IDSR',
    docs: [
      'The exit as its review asks for: flags word, and the destination register is written at completion only.',
      'The exit as it was posted: the destination register is already overwritten when userspace sees the exit.',
    ],
  },
  id_freeze: {
    values: ['first-run', 'first-write'],
    title: 'When ID registers freeze',
    docs: [
      'At the first KVM_RUN of the VM, as the kernel does.',
      'At the first write to a register outside the ID space (proposal).',
    ],
  },
  mmio_read: {
    values: ['fixed', 'zero-extended'],
    title: 'Sign extension of MMIO reads',
    docs: [
      'Byte order, then sign extension, then the cut to 32 bits: what the architecture defines.',
      'Kernels before the fix masked to the access width after the sign extension, so LDRSB and friends came back zero-extended.',
    ],
  },
  s1ptw_abort: {
    values: ['external', 'level'],
    title: 'External abort of a failed stage 1 walk',
    docs: [
      'Fault status 0x10, as if the access itself had met the abort: kernels before 6.18.',
      'Fault status 0x13 to 0x17, with the level of the table that could not be read: KVM walks stage 1 again to find it (kernel 6.18).',
    ],
  },
  el0_impdef: {
    values: ['undef', 'trap'],
    title: 'IMPLEMENTATION DEFINED registers from EL0',
    docs: ['UNDEFINED at EL1, without a trap to EL2.', 'Trapped to EL2 by HCR_EL2.TIDCP, where KVM gives the guest the UNDEF.'],
  },
  nisv_fetch: {
    values: ['same', 'replaced'],
    title: 'Instruction that userspace reads after a no-syndrome exit',
    docs: [
      'The one that trapped: userspace reads it before any other vCPU runs.',
      'Whatever is there by then: other vCPUs run between the trap and the read, and may replace it.',
    ],
  },
  qemu_sync: {
    values: ['before', 'posted', 'array'],
    title: "QEMU's register list",
    docs: [
      'Before the change: system registers are written from the list alone.',
      'As posted: CPU state is compared with the list through a write and a read back.',
      'The alternative: an array remembers which registers were copied without loss.',
    ],
    later: 'QEMU’s own copies of registers are not modelled yet.',
  },
  rmi_mmio_flag: {
    values: ['posted', 'agreed'],
    title: 'RMI_EMULATED_MMIO',
    docs: ['Set at the exit, as posted.', 'Set when userspace has answered, as agreed.'],
    later: 'There is no realm monitor yet.',
  },
} as const satisfies Readonly<Record<string, PolicySwitch>>;

export type PolicyName = keyof typeof POLICY_SWITCHES;
export type KvmPolicy = { readonly [P in PolicyName]: (typeof POLICY_SWITCHES)[P]['values'][number] };

/** The policy with these switches set, the others at their default. */
export function kvmPolicy(set: Partial<KvmPolicy> = {}): KvmPolicy {
  const defaults = Object.fromEntries(Object.entries(POLICY_SWITCHES).map(([name, row]) => [name, row.values[0]]));
  return { ...(defaults as unknown as KvmPolicy), ...set };
}
