// struct kvm_run (include/uapi/linux/kvm.h) as bytes: the header, the 256-byte union of exit reasons with the members that arm64 uses, and the
// register sync area. One table gives offsets, accessors and the decoded form that logs and scripts show. Knows nothing of why KVM exits.
import { type Accessors, type Bytes, type Layout, layout, type Member, type MemberType, readMember, writeMember } from '#base';

/** The part before the union; 32 bytes. */
const HEADER = layout({
  request_interrupt_window: 'u8',
  immediate_exit: 'u8',
  padding1: 'u8[6]',
  exit_reason: 'u32',
  ready_for_interrupt_injection: 'u8',
  if_flag: 'u8',
  flags: 'u16',
  cr8: 'u64',
  apic_base: 'u64',
});

/** Where the union starts, and its size with the padding that the header reserves. */
const UNION_AT = HEADER.size;
const UNION_SIZE = 256;

/** The sync area: of its 2048 bytes arm64 uses one register, what the timers and the PMU of a VM without an in-kernel irqchip put out. */
const TAIL = layout(
  { kvm_valid_regs: 'u64', kvm_dirty_regs: 'u64', 's.regs.device_irq_level': 'u64', 's.unused': 'u8[2040]' },
  UNION_AT + UNION_SIZE,
);

/** Bits of s.regs.device_irq_level. */
export const KVM_ARM_DEV = { EL1_VTIMER: 1n, EL1_PTIMER: 2n, PMU: 4n } as const;

/** sizeof(struct kvm_run). */
export const KVM_RUN_SIZE = UNION_AT + UNION_SIZE + TAIL.size;
/** What KVM_GET_VCPU_MMAP_SIZE gives on arm64: one page. */
export const KVM_RUN_PAGE = 4096;

function member<const M extends Readonly<Record<string, MemberType>>>(types: M): Layout<M> {
  return layout(types, UNION_AT);
}

const HYPERCALL = member({ nr: 'u64', args: 'u64[6]', ret: 'u64', flags: 'u64' });
const DEBUG = member({ hsr: 'u32', hsr_high: 'u32', far: 'u64' });
const MMIO = member({ phys_addr: 'u64', data: 'u8[8]', len: 'u32', is_write: 'u8' });
const FAIL_ENTRY = member({ hardware_entry_failure_reason: 'u64', cpu: 'u32' });
const INTERNAL = member({ suberror: 'u32', ndata: 'u32', data: 'u64[16]' });
const SYSTEM_EVENT = member({ type: 'u32', ndata: 'u32', data: 'u64[16]' });
const ARM_NISV = member({ esr_iss: 'u64', fault_ipa: 'u64' });
const MEMORY_FAULT = member({ flags: 'u64', gpa: 'u64', size: 'u64' });
const ARM_SEA = member({ flags: 'u64', esr: 'u64', gva: 'u64', gpa: 'u64' });
/** The proposal's member: the eight fields as posted, then the flags word that its review asked for. */
const ARM_IDSR = member({
  Op0: 'u8',
  Op1: 'u8',
  CRn: 'u8',
  CRm: 'u8',
  Op2: 'u8',
  regval: 'u64',
  is_write: 'u8',
  is_needed: 'u8',
  is_handled: 'u8',
  flags: 'u32',
});

const NO_MEMBERS = member({});

/**
 * The exit reasons of this model. `number` is the kernel's; `KVM_EXIT_ARM_IDSR` was proposed and never merged, and the number it was posted with
 * belongs to another exit, so it has one of a space of our own. `path` is the C path of the union member; `shown` are the members that a decoded
 * exit carries, in order.
 */
export const KVM_EXITS = {
  KVM_EXIT_UNKNOWN: { number: 0, path: 'hw', layout: NO_MEMBERS, shown: [], doc: 'Nothing has exited yet.' },
  KVM_EXIT_HYPERCALL: {
    number: 3,
    path: 'hypercall',
    layout: HYPERCALL,
    shown: ['nr', 'flags'],
    doc: 'An SMCCC call that the filter forwards to userspace; arguments and results are in x0 to x17.',
  },
  KVM_EXIT_DEBUG: {
    number: 4,
    path: 'debug.arch',
    layout: DEBUG,
    shown: ['hsr', 'far'],
    doc: 'A debug exception while userspace debugs the guest.',
  },
  KVM_EXIT_MMIO: {
    number: 6,
    path: 'mmio',
    layout: MMIO,
    shown: ['phys_addr', 'data', 'len', 'is_write'],
    doc: 'A load or store to an address that no memory slot backs.',
  },
  KVM_EXIT_FAIL_ENTRY: {
    number: 9,
    path: 'fail_entry',
    layout: FAIL_ENTRY,
    shown: ['hardware_entry_failure_reason', 'cpu'],
    doc: 'The guest could not be entered.',
  },
  KVM_EXIT_INTR: { number: 10, path: 'intr', layout: NO_MEMBERS, shown: [], doc: 'A signal for the thread, or immediate_exit.' },
  KVM_EXIT_INTERNAL_ERROR: {
    number: 17,
    path: 'internal',
    layout: INTERNAL,
    shown: ['suberror', 'ndata'],
    doc: 'An exit that KVM does not know.',
  },
  KVM_EXIT_SYSTEM_EVENT: {
    number: 24,
    path: 'system_event',
    layout: SYSTEM_EVENT,
    shown: ['type', 'ndata', 'data'],
    doc: 'The guest asks for power off, reset or suspend.',
  },
  KVM_EXIT_ARM_NISV: {
    number: 28,
    path: 'arm_nisv',
    layout: ARM_NISV,
    shown: ['esr_iss', 'fault_ipa'],
    doc: 'A data abort whose syndrome does not describe the access.',
  },
  KVM_EXIT_MEMORY_FAULT: {
    number: 39,
    path: 'memory_fault',
    layout: MEMORY_FAULT,
    shown: ['flags', 'gpa', 'size'],
    doc: 'Guest memory that KVM cannot provide; comes with an error of KVM_RUN.',
  },
  KVM_EXIT_ARM_SEA: {
    number: 41,
    path: 'arm_sea',
    layout: ARM_SEA,
    shown: ['flags', 'esr', 'gva', 'gpa'],
    doc: 'A synchronous external abort that the host does not claim.',
  },
  KVM_EXIT_ARM_LDST64B: {
    number: 42,
    path: 'arm_nisv',
    layout: ARM_NISV,
    shown: ['esr_iss', 'fault_ipa'],
    doc: 'A load or store of 64 bytes where no memory slot is: userspace emulates the instruction.',
  },
  KVM_EXIT_ARM_IDSR: {
    number: 0x5453_0001,
    path: 'arm_idsr',
    layout: ARM_IDSR,
    shown: ['Op0', 'Op1', 'CRn', 'CRm', 'Op2', 'regval', 'is_write', 'is_needed', 'is_handled'],
    doc: 'An IMPLEMENTATION DEFINED register access (proposal, not merged).',
  },
} as const;

export type KvmExitReason = keyof typeof KVM_EXITS;

type MembersOf<L> = L extends Layout<infer M> ? M : never;
type Shown<R extends KvmExitReason> = (typeof KVM_EXITS)[R]['shown'][number];
type DecodedValue<T> = T extends 'u64'
  ? bigint
  : T extends `u64[${number}]`
    ? readonly bigint[]
    : T extends `${string}[${number}]`
      ? readonly number[]
      : number;
type MemberRecord<R extends KvmExitReason> = {
  readonly [K in Shown<R> & keyof MembersOf<(typeof KVM_EXITS)[R]['layout']>]: DecodedValue<
    MembersOf<(typeof KVM_EXITS)[R]['layout']>[K]
  >;
};

/** kvm_run after an exit, as plain data: the reason and the members of its union member. */
export type KvmRunExit = { readonly [R in KvmExitReason]: { readonly exit_reason: R } & MemberRecord<R> }[KvmExitReason];

/** Accessors of one vCPU's kvm_run page; `union` picks the member of an exit reason. */
export interface KvmRunPage {
  readonly bytes: Bytes;
  readonly header: Accessors<MembersOf<typeof HEADER>>;
  readonly hypercall: Accessors<MembersOf<typeof HYPERCALL>>;
  readonly debug: Accessors<MembersOf<typeof DEBUG>>;
  readonly mmio: Accessors<MembersOf<typeof MMIO>>;
  readonly fail_entry: Accessors<MembersOf<typeof FAIL_ENTRY>>;
  readonly internal: Accessors<MembersOf<typeof INTERNAL>>;
  readonly system_event: Accessors<MembersOf<typeof SYSTEM_EVENT>>;
  readonly arm_nisv: Accessors<MembersOf<typeof ARM_NISV>>;
  readonly memory_fault: Accessors<MembersOf<typeof MEMORY_FAULT>>;
  readonly arm_sea: Accessors<MembersOf<typeof ARM_SEA>>;
  readonly arm_idsr: Accessors<MembersOf<typeof ARM_IDSR>>;
  readonly sync: Accessors<MembersOf<typeof TAIL>>;
}

/** The page over its bytes (KVM_RUN_PAGE of them). */
export function kvmRunPage(bytes: Bytes): KvmRunPage {
  return {
    bytes,
    header: HEADER.attach(bytes),
    hypercall: HYPERCALL.attach(bytes),
    debug: DEBUG.attach(bytes),
    mmio: MMIO.attach(bytes),
    fail_entry: FAIL_ENTRY.attach(bytes),
    internal: INTERNAL.attach(bytes),
    system_event: SYSTEM_EVENT.attach(bytes),
    arm_nisv: ARM_NISV.attach(bytes),
    memory_fault: MEMORY_FAULT.attach(bytes),
    arm_sea: ARM_SEA.attach(bytes),
    arm_idsr: ARM_IDSR.attach(bytes),
    sync: TAIL.attach(bytes),
  };
}

const BY_NUMBER: ReadonlyMap<number, KvmExitReason> = new Map(
  (Object.keys(KVM_EXITS) as KvmExitReason[]).map((name) => [KVM_EXITS[name].number, name]),
);

/** The name of an exit reason; undefined for a number that this model never writes (userspace may write anything there). */
export function exitReasonName(number: number): KvmExitReason | undefined {
  return BY_NUMBER.get(number);
}

/** One member of kvm_run with its C path: `immediate_exit`, `mmio.data`, `debug.arch.hsr`. */
export interface KvmRunMember extends Member {
  readonly path: string;
  /** The exit whose union member this belongs to; undefined outside the union. */
  readonly exit: KvmExitReason | undefined;
}

/** Every member, in the order of the header. What a byte view, a script's paths and the documentation are made from. */
export const KVM_RUN_MEMBERS: readonly KvmRunMember[] = [
  ...HEADER.members.map((m) => ({ ...m, path: m.name, exit: undefined })),
  ...(Object.keys(KVM_EXITS) as KvmExitReason[]).flatMap((exit) =>
    KVM_EXITS[exit].layout.members.map((m) => ({ ...m, path: `${KVM_EXITS[exit].path}.${m.name}`, exit })),
  ),
  ...TAIL.members.map((m) => ({ ...m, path: m.name, exit: undefined })),
];

const BY_PATH: ReadonlyMap<string, KvmRunMember> = new Map(KVM_RUN_MEMBERS.map((m) => [m.path, m]));

/** The member of a C path, or undefined. */
export function kvmRunMember(path: string): KvmRunMember | undefined {
  return BY_PATH.get(path);
}

/** Reads a member: a number, a bigint (u64), or a list. */
export function readKvmRunMember(bytes: Bytes, m: Member): number | bigint | readonly (number | bigint)[] {
  if (m.count === undefined) return readMember(bytes, m);
  return Array.from({ length: m.count }, (_, i) => readMember(bytes, m, i));
}

/** Writes a scalar, or as many elements of an array as are given. */
export function writeKvmRunMember(bytes: Bytes, m: Member, value: number | bigint | readonly (number | bigint)[]): void {
  if (typeof value !== 'object') writeMember(bytes, m, value);
  else for (const [i, v] of value.entries()) writeMember(bytes, m, v, i);
}

/**
 * kvm_run as plain data, by its exit_reason; undefined when userspace has written a reason that this model does not have. The parts of arrays that
 * an exit does not fill are left out: `data` of a write has `len` bytes, of a read none, `data` of a system event `ndata` words.
 */
export function decodeKvmRun(page: KvmRunPage): KvmRunExit | undefined {
  const exit_reason = exitReasonName(page.header.exit_reason);
  if (exit_reason === undefined) return undefined;
  const row = KVM_EXITS[exit_reason];
  const shown: readonly string[] = row.shown;
  const fields: Record<string, unknown> = { exit_reason };
  for (const m of row.layout.members) {
    if (shown.includes(m.name)) fields[m.name] = readKvmRunMember(page.bytes, m);
  }
  if (exit_reason === 'KVM_EXIT_MMIO') {
    fields['data'] = (fields['data'] as number[]).slice(0, page.mmio.is_write === 1 ? Math.min(page.mmio.len, 8) : 0);
  }
  if (exit_reason === 'KVM_EXIT_SYSTEM_EVENT')
    fields['data'] = (fields['data'] as bigint[]).slice(0, Math.min(page.system_event.ndata, 16));
  return fields as unknown as KvmRunExit;
}
