// /dev/kvm: what can be asked of KVM before there is a VM, and making one (virt/kvm/kvm_main.c, arch/arm64/kvm/mmu.c, kvm_init_ipa_range).
import { ok } from '#base';
import { KVM_CAP } from './constants.ts';
import { fails, type KvmResult } from './errno.ts';
import type { KvmHost } from './host.ts';
import { type KvmPolicy, kvmPolicy } from './policy.ts';
import { KvmVm } from './vm.ts';

export interface CreateVm {
  /** Bits of the guest's physical address space; 40 by default. */
  readonly ipaBits?: number;
  /** A protected VM (pKVM). */
  readonly protected?: boolean;
}

const DEFAULT_IPA_BITS = 40;
const MIN_IPA_BITS = 32;

/** Capabilities that are asked of a VM only. */
const VM_ONLY: ReadonlySet<number> = new Set([KVM_CAP.KVM_CAP_ARM_CACHEABLE_PFNMAP_SUPPORTED]);

export class KvmSystem {
  readonly #host: KvmHost;
  readonly #policy: KvmPolicy;
  #probe: KvmVm | undefined;

  constructor(host: KvmHost, policy: Partial<KvmPolicy> = {}) {
    this.#host = host;
    this.#policy = kvmPolicy(policy);
  }

  /** KVM_CHECK_EXTENSION on /dev/kvm. */
  checkExtension(cap: number): number {
    if (VM_ONLY.has(cap)) return 0;
    // A VM that is never started answers for the host.
    this.#probe ??= new KvmVm(
      {
        ...this.#host,
        memory: { ...this.#host.memory, view: new DataView(new ArrayBuffer(1 << 17)), reserve: bump() },
        wiring: undefined,
      },
      this.#policy,
    );
    return this.#probe.checkExtension(cap);
  }

  /** KVM_CREATE_VM. One VM at a time lives on a host: its vCPUs are the host's processors. */
  createVm(options: CreateVm = {}): KvmResult<KvmVm> {
    const vm = new KvmVm(this.#host, this.#policy);
    const bits = options.ipaBits || DEFAULT_IPA_BITS;
    const limit = vm.checkExtension(KVM_CAP.KVM_CAP_ARM_VM_IPA_SIZE);
    // The default is not an error on hosts with less: userspace did not ask for it.
    if (!Number.isInteger(bits) || bits < MIN_IPA_BITS || bits > limit) return fails('EINVAL');
    vm.start(bits, options.protected ?? false);
    return ok(vm);
  }
}

function bump(): (bytes: number) => number {
  let used = 0;
  return (bytes) => {
    const at = used;
    used += Math.ceil(bytes / 8) * 8;
    return at;
  };
}
