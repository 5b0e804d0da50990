// SMCCC calls by HVC and SMC (arch/arm64/kvm/hypercalls.c, trng.c, pvtime.c): the filter, the feature bitmaps, and the services that KVM itself
// has. Everything else falls to PSCI. A call is answered in x0 to x3. Knows nothing of how the call got here.

import { EC } from '#arch/syndrome';
import { bits64, hex, ok } from '#base';
import { KVM_HYPERCALL_EXIT } from './constants.ts';
import { step, type Vcpu, type Vm } from './context.ts';
import { fails, type KvmResult } from './errno.ts';
import type { Handled } from './handler.ts';
import { hasFeature } from './id-registers.ts';
import { KVM_EXITS } from './kvm-run.ts';
import { writeGuest } from './memslots.ts';
import { psciCall } from './psci.ts';
import { NO_STOLEN_TIME, stolenTimeAddress } from './pvtime.ts';
import { KVM_PSCI_FN_BASE, NOT_SUPPORTED, SMCCC, setReturn } from './smccc.ts';
import { MAX_SMCCC_FILTERS } from './state.ts';
import { timerGet } from './timer.ts';

const SMCCC_VERSION_1_1 = 0x10001n;
const TRNG_VERSION_1_0 = 0x10000n;
const SUCCESS = 0n;
const NOT_REQUIRED = -2n;
/** SMCCC_ARCH_WORKAROUND_RET_UNAFFECTED. */
const UNAFFECTED = 1n;
const TRNG_INVALID_PARAMETER = -2n;

/** The UUIDs of KVM's services, as the four words that the calls return. */
const KVM_UID = [0xb66f_b428n, 0xe911_c52en, 0x564b_caa9n, 0x743a_004dn] as const;
const TRNG_UID = [0x0d21_e000n, 0x4384_11ebn, 0x8070_5244n, 0x554e_5a4cn] as const;

/** struct kvm_smccc_filter. */
export interface SmcccFilter {
  readonly base: number;
  readonly nr_functions: number;
  readonly action: number;
  /** Bytes that must be 0, as one number. */
  readonly pad: number;
}

export const KVM_SMCCC_FILTER = { HANDLE: 0, DENY: 1, FWD_TO_USER: 2 } as const;

/** Calls of the architecture's own range, which userspace may not take over. */
const RESERVED_RANGES = [
  [0x8000_0000, 0x8000_ffff],
  [0xc000_0000, 0xc000_ffff],
] as const;

/** The bitmap registers: what each bit allows, and all bits that exist. */
export const FW_BITMAPS = {
  std_bmap: { name: 'KVM_REG_ARM_STD_BMAP', features: 0x1n, reset: 0x1n },
  std_hyp_bmap: { name: 'KVM_REG_ARM_STD_HYP_BMAP', features: 0x1n, reset: 0x1n },
  vendor_hyp_bmap: { name: 'KVM_REG_ARM_VENDOR_HYP_BMAP', features: 0x3n, reset: 0x3n },
  vendor_hyp_bmap_2: { name: 'KVM_REG_ARM_VENDOR_HYP_BMAP_2', features: 0x3n, reset: 0x0n },
} as const;

export type FwBitmap = keyof typeof FW_BITMAPS;

/** Function ids behind a bit of a bitmap register (kvm_smccc_test_fw_bmap). */
const GATED: ReadonlyMap<number, readonly [FwBitmap, bit: bigint]> = new Map<number, readonly [FwBitmap, bit: bigint]>([
  ...[SMCCC.TRNG_VERSION, SMCCC.TRNG_FEATURES, SMCCC.TRNG_GET_UUID, SMCCC.TRNG_RND32, SMCCC.TRNG_RND64].map(
    (id): [number, [FwBitmap, bigint]] => [id, ['std_bmap', 1n]],
  ),
  [SMCCC.PV_TIME_FEATURES, ['std_hyp_bmap', 1n]],
  [SMCCC.PV_TIME_ST, ['std_hyp_bmap', 1n]],
  [SMCCC.VENDOR_HYP_KVM_FEATURES, ['vendor_hyp_bmap', 1n]],
  [SMCCC.VENDOR_HYP_CALL_UID, ['vendor_hyp_bmap', 1n]],
  [SMCCC.VENDOR_HYP_KVM_PTP, ['vendor_hyp_bmap', 2n]],
]);

/** KVM_ARM_VM_SMCCC_FILTER (kvm_smccc_set_filter). */
export function setSmcccFilter(vm: Vm, filter: SmcccFilter): KvmResult {
  const { state } = vm;
  const end = (filter.base + filter.nr_functions - 1) >>> 0;
  if (filter.pad !== 0) return fails('EINVAL');
  // No functions are all of them when they begin at 0, and then there are others in the way.
  if (end < filter.base || filter.action > KVM_SMCCC_FILTER.FWD_TO_USER) return fails('EINVAL');
  if (state.has_ran_once) return fails('EBUSY');
  // The first filter brings the reserved ranges with it.
  const taken: (readonly [number, number])[] = [...RESERVED_RANGES];
  for (let i = 0; i < state.smccc_filters; i++) taken.push([state.filter_base.get(i), state.filter_end.get(i)]);
  if (taken.some(([from, to]) => filter.base <= to && from <= end)) return fails('EEXIST');
  if (state.smccc_filters === MAX_SMCCC_FILTERS) return fails('ENOMEM');
  const i = state.smccc_filters++;
  state.filter_base.set(i, filter.base);
  state.filter_end.set(i, end);
  state.filter_action.set(i, filter.action);
  return ok(undefined);
}

/** kvm_smccc_call_handler. */
export function smcccCall(vcpu: Vcpu): Handled {
  const fn = Number(BigInt.asUintN(32, vcpu.cpu.x(0)));
  const decision = decide(vcpu, fn);
  if (decision.kind === 'forward') {
    const ec = Number(bits64(vcpu.state.esr_el2, 31, 26));
    const { hypercall } = vcpu.run;
    const smc = ec === EC.SmcAArch64 || ec === EC.SmcAArch32;
    hypercall.nr = BigInt(fn);
    for (let i = 0; i < 6; i++) hypercall.args.set(i, 0n);
    hypercall.ret = 0n;
    hypercall.flags =
      (smc ? KVM_HYPERCALL_EXIT.SMC : 0n) | (bits64(vcpu.state.esr_el2, 25, 25) === 0n ? KVM_HYPERCALL_EXIT['16BIT'] : 0n);
    vcpu.run.header.exit_reason = KVM_EXITS.KVM_EXIT_HYPERCALL.number;
    step(vcpu, 'kvm_smccc_call_handler', `${hex(fn)}: the filter forwards it to userspace`);
    return 'user';
  }
  if (decision.kind === 'deny') {
    step(vcpu, 'kvm_smccc_call_handler', `${hex(fn)}: ${decision.why}; x0 = NOT_SUPPORTED`);
    setReturn(vcpu, NOT_SUPPORTED);
    return 'guest';
  }
  const service = SERVICES.get(fn);
  if (!service) return psciCall(vcpu, fn);
  step(vcpu, 'kvm_smccc_call_handler', `${hex(fn)}: ${service.name}`);
  setReturn(vcpu, ...service.call(vcpu, fn));
  return 'guest';
}

type Decision = { readonly kind: 'handle' } | { readonly kind: 'forward' } | { readonly kind: 'deny'; readonly why: string };

/** kvm_smccc_get_action: the filter first, then the bitmaps, then what is always allowed. */
function decide({ vm }: Vcpu, fn: number): Decision {
  const { state } = vm;
  for (let i = 0; i < state.smccc_filters; i++) {
    if (fn < state.filter_base.get(i) || fn > state.filter_end.get(i)) continue;
    const action = state.filter_action.get(i);
    if (action === KVM_SMCCC_FILTER.FWD_TO_USER) return { kind: 'forward' };
    if (action === KVM_SMCCC_FILTER.DENY) return { kind: 'deny', why: 'the filter denies it' };
  }
  const gate = GATED.get(fn);
  if (gate) {
    const [bitmap, bit] = gate;
    return state[bitmap] & bit ? { kind: 'handle' } : { kind: 'deny', why: `its bit in ${FW_BITMAPS[bitmap].name} is clear` };
  }
  const standardPsci = ((fn >>> 24) & 0x3f) === 4 && (fn & 0xffff) <= 0x1f;
  const oldPsci = fn >= KVM_PSCI_FN_BASE && fn <= KVM_PSCI_FN_BASE + 3;
  if (fn === SMCCC.VERSION || fn === SMCCC.ARCH_FEATURES || standardPsci || oldPsci) return { kind: 'handle' };
  return { kind: 'deny', why: 'KVM does not know it' };
}

interface Service {
  readonly name: string;
  call(vcpu: Vcpu, fn: number): readonly bigint[];
}

const SERVICES: ReadonlyMap<number, Service> = new Map<number, Service>([
  [SMCCC.VERSION, { name: 'SMCCC_VERSION', call: () => [SMCCC_VERSION_1_1] }],
  [SMCCC.ARCH_FEATURES, { name: 'SMCCC_ARCH_FEATURES', call: archFeatures }],
  [SMCCC.PV_TIME_FEATURES, { name: 'PV_TIME_FEATURES', call: pvTimeFeatures }],
  [SMCCC.PV_TIME_ST, { name: 'PV_TIME_ST', call: pvTimeSt }],
  [SMCCC.VENDOR_HYP_CALL_UID, { name: 'vendor UID query', call: () => KVM_UID }],
  [
    SMCCC.VENDOR_HYP_KVM_FEATURES,
    { name: 'KVM features', call: ({ vm }) => [vm.state.vendor_hyp_bmap, 0n, vm.state.vendor_hyp_bmap_2, 0n] },
  ],
  [SMCCC.VENDOR_HYP_KVM_PTP, { name: 'KVM PTP', call: ptp }],
  [SMCCC.TRNG_VERSION, { name: 'TRNG_VERSION', call: () => [TRNG_VERSION_1_0] }],
  [SMCCC.TRNG_FEATURES, { name: 'TRNG_FEATURES', call: trngFeatures }],
  [SMCCC.TRNG_GET_UUID, { name: 'TRNG_GET_UUID', call: () => TRNG_UID }],
  [SMCCC.TRNG_RND32, { name: 'TRNG_RND', call: (vcpu) => trngRandom(vcpu, 32) }],
  [SMCCC.TRNG_RND64, { name: 'TRNG_RND', call: (vcpu) => trngRandom(vcpu, 64) }],
]);

function argument(vcpu: Vcpu, n: number): number {
  return Number(BigInt.asUintN(32, vcpu.cpu.x(n)));
}

function archFeatures(vcpu: Vcpu): readonly bigint[] {
  const feature = argument(vcpu, 1);
  if (feature === SMCCC.ARCH_WORKAROUND_1) return [WORKAROUND_RETURN[spectreV2(vcpu.vm)]];
  if (feature === SMCCC.ARCH_WORKAROUND_3) return [WORKAROUND_RETURN[spectreBhb(vcpu.vm)]];
  if (feature === SMCCC.ARCH_WORKAROUND_2) {
    const state = spectreV4(vcpu.vm);
    if (state === 'vulnerable') return [NOT_SUPPORTED];
    return [state === 'mitigated' && hasFeature(vcpu.vm, 'ID_AA64PFR1_EL1', 'SSBS', 1) ? NOT_SUPPORTED : NOT_REQUIRED];
  }
  if (feature === SMCCC.PV_TIME_FEATURES) return [vcpu.vm.state.std_hyp_bmap & 1n ? SUCCESS : NOT_SUPPORTED];
  return [NOT_SUPPORTED];
}

/** The host's state towards a speculation attack, as its ID registers tell. */
export type SpectreState = 'vulnerable' | 'mitigated' | 'unaffected';

const WORKAROUND_RETURN: Readonly<Record<SpectreState, bigint>> = {
  vulnerable: NOT_SUPPORTED,
  mitigated: SUCCESS,
  unaffected: UNAFFECTED,
};

export function spectreV2(vm: Vm): SpectreState {
  return vm.hostField('ID_AA64PFR0_EL1', 'CSV2') >= 1 ? 'unaffected' : 'mitigated';
}

export function spectreV4(vm: Vm): SpectreState {
  return vm.hostField('ID_AA64PFR1_EL1', 'SSBS') >= 1 ? 'mitigated' : 'vulnerable';
}

export function spectreBhb(vm: Vm): SpectreState {
  return vm.hostField('ID_AA64PFR0_EL1', 'CSV2') >= 3 || vm.hostField('ID_AA64MMFR1_EL1', 'ECBHB') >= 1
    ? 'unaffected'
    : 'mitigated';
}

function pvTimeFeatures(vcpu: Vcpu): readonly bigint[] {
  const feature = argument(vcpu, 1);
  const known = feature === SMCCC.PV_TIME_FEATURES || feature === SMCCC.PV_TIME_ST;
  return [known && stolenTimeAddress(vcpu) !== undefined ? SUCCESS : NOT_SUPPORTED];
}

/** kvm_init_stolen_time: nothing is ever stolen here, so the record stays zero. */
function pvTimeSt(vcpu: Vcpu): readonly bigint[] {
  const base = stolenTimeAddress(vcpu);
  if (base === undefined) return [NOT_SUPPORTED];
  writeGuest(vcpu.vm, base, NO_STOLEN_TIME);
  return [base];
}

/** kvm_ptp_get_time: the host's clock is the virtual one. */
function ptp(vcpu: Vcpu): readonly bigint[] {
  const counter = argument(vcpu, 1);
  if (counter > 1) return [NOT_SUPPORTED];
  const now = vcpu.vm.host.now();
  const cycles = timerGet(vcpu, counter === 0 ? 'CNTVCT_EL0' : 'CNTPCT_EL0');
  return [now >> 32n, now & 0xffff_ffffn, cycles >> 32n, cycles & 0xffff_ffffn];
}

function trngFeatures(vcpu: Vcpu): readonly bigint[] {
  const known: readonly number[] = [
    SMCCC.TRNG_VERSION,
    SMCCC.TRNG_FEATURES,
    SMCCC.TRNG_GET_UUID,
    SMCCC.TRNG_RND32,
    SMCCC.TRNG_RND64,
  ];
  return [known.includes(argument(vcpu, 1)) ? SUCCESS : NOT_SUPPORTED];
}

/** kvm_trng_do_rnd. The entropy is a fixed sequence (SplitMix64 over a counter in the VM's state), so that runs repeat. */
function trngRandom(vcpu: Vcpu, size: 32 | 64): readonly bigint[] {
  const count = argument(vcpu, 1);
  if (count > 3 * size) return [TRNG_INVALID_PARAMETER];
  const words = Array.from({ length: Math.ceil(count / 64) }, () => nextRandom(vcpu.vm));
  const all = BigInt.asUintN(
    count,
    words.reduceRight((value, word) => (value << 64n) | word, 0n),
  );
  const part = (n: number): bigint => BigInt.asUintN(size, all >> BigInt(size * n));
  return [SUCCESS, part(2), part(1), part(0)];
}

function nextRandom(vm: Vm): bigint {
  vm.state.random = vm.state.random + 0x9e37_79b9_7f4a_7c15n;
  let z = vm.state.random;
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58_476d_1ce4_e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d0_49bb_1331_11ebn);
  return z ^ (z >> 31n);
}
