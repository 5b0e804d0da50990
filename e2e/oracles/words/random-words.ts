// Random instruction words, one at a time, at a random Exception level with random registers, system registers, translation and PSTATE, on the
// bare processor and on KVM's vCPUs: nothing throws, and what is left is a state that a processor can be in. Half of the words are any 32 bits,
// half are rows of the tables with random fields. Knows nothing of what an instruction should do. A part (PART words) depends on its seed and
// index alone.
import { fieldRange, setField } from '#arch/field';
import { fieldsOf, SYSREGS, type Sysreg, storageIndex } from '#arch/sysreg';
import { assert } from '#base';
import {
  CPU_MODEL_NAMES,
  type CpuModel,
  cpuModel,
  createMemory,
  createProcessor,
  type DeviceBus,
  type ExceptionRecord,
  type MachineMemory,
  modelOf,
  type Processor,
} from '#cpu';
import {
  decodeKvmRun,
  KVM_ARM_TARGET_GENERIC_V8,
  type KvmResult,
  KvmSystem,
  type KvmVcpu,
  type KvmVm,
  newKvmHost,
  registerId,
  VCPU_FEATURES,
} from '#hypervisor';
import { instructionGroups } from '#isa';
import { type Random, random } from '../fuzz/random.ts';

/** Words that one machine executes before there is a new one. */
export const PART = 500;

const RAM = 0x4000_0000n;
const RAM_BYTES = 1n << 20n;
const CODE = RAM + 0x8_0000n;
/** A device that answers. */
const DEVICE = 0x0900_0000n;
const TABLES = RAM + 0x4_0000n;

export interface Failure {
  readonly part: number;
  /** `max EL1 0xd503201f` and what was wrong. */
  readonly what: string;
}

export interface Counts {
  words: number;
  /** Words that were fetched: what came after is the instruction's own. */
  executed: number;
  exceptions: number;
  /** By world and level. */
  readonly worlds: Record<string, number>;
}

export const noCounts = (): Counts => ({ words: 0, executed: 0, exceptions: 0, worlds: {} });

const ROWS = instructionGroups.flatMap(({ instructions }) => instructions.map(({ row }) => row.pattern));

function word(r: Random): number {
  if (r.oneIn(2)) return r.word();
  const { mask, value } = r.pick(ROWS);
  return ((r.word() & ~mask) | value) >>> 0;
}

/** Runs parts [first, first + count) of a seed; what failed. */
export function randomWords(seed: number, first: number, count: number, counts = noCounts()): readonly Failure[] {
  const failures: Failure[] = [];
  for (let part = first; part < first + count; part++) {
    const r = random(seed, part, 4);
    let now = '';
    const note = (what: string): void => {
      now = what;
    };
    try {
      if (part % 4 === 3) onKvm(r, counts, note);
      else onProcessor(r, part, counts, note);
    } catch (error) {
      failures.push({ part, what: `${now}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` });
    }
  }
  return failures;
}

type Note = (what: string) => void;

const hex = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;

// ---- the processor by itself

const MODELS: readonly CpuModel[] = CPU_MODEL_NAMES.map((name) => cpuModel(name) as CpuModel);
const ID_REGISTERS: readonly Sysreg[] = SYSREGS.filter(({ name }) => name.startsWith('ID_AA64'));

/** A processor that a person may make up: ID registers of another one with fields that say anything. */
function madeUp(r: Random): CpuModel {
  const registers = new Map(r.pick(MODELS).registers);
  for (const row of ID_REGISTERS) {
    for (const { name, parts } of fieldsOf(row)) {
      const range = fieldRange(row.name, name);
      const width = (parts[0]?.msb ?? 0) - (parts[0]?.lsb ?? 0) + 1;
      if (!r.oneIn(4)) continue;
      registers.set(row.name, setField(registers.get(row.name) ?? 0n, range, r.below(r.oneIn(4) ? 2 ** Math.min(width, 16) : 3)));
    }
  }
  return modelOf('made up', registers);
}

const STORED: readonly Sysreg[] = SYSREGS.filter(
  (row) => storageIndex(row) !== undefined && row.aliasOf === undefined && row.access !== 'wo',
);
/** What decides where exceptions go, what is trapped and what is translated: set oftener than the others. */
const CONTROLS = [
  ...['HCR_EL2', 'HCRX_EL2', 'SCTLR_EL1', 'SCTLR_EL2', 'TCR_EL1', 'TCR_EL2', 'VTCR_EL2', 'CPTR_EL2', 'CPACR_EL1', 'MDCR_EL2'],
  ...['MDSCR_EL1', 'HSTR_EL2', 'CNTHCTL_EL2', 'HFGRTR_EL2', 'HFGWTR_EL2', 'HFGITR_EL2', 'HDFGRTR_EL2', 'HDFGWTR_EL2'],
  ...[
    'MAIR_EL1',
    'MAIR_EL2',
    'VNCR_EL2',
    'DBGBCR0_EL1',
    'DBGWCR0_EL1',
    'DBGWVR0_EL1',
    'PMCR_EL0',
    'OSLAR_EL1',
    'TTBR0_EL1',
    'TTBR0_EL2',
  ],
  ...[
    'GCR_EL1',
    'RGSR_EL1',
    'ELR_EL1',
    'ELR_EL2',
    'SPSR_EL1',
    'SPSR_EL2',
    'VTTBR_EL2',
    'CNTV_CTL_EL0',
    'CNTP_CTL_EL0',
    'PMUSERENR_EL0',
  ],
] as const;

const bus: DeviceBus = {
  read: (physical, bytes) =>
    physical >= DEVICE && physical < DEVICE + 0x1000n
      ? { ok: true, value: BigInt.asUintN(8 * bytes, physical) }
      : { ok: false, error: 'external-abort' },
  write: (physical) =>
    physical >= DEVICE && physical < DEVICE + 0x1000n ? { ok: true, value: 0n } : { ok: false, error: 'external-abort' },
};

/** How much of the translation is sensible: without it hardly any word would be fetched. */
const WORLDS = ['flat', 'stage 1', 'both stages', 'host', 'wild'] as const;

function onProcessor(r: Random, part: number, counts: Counts, note: Note): void {
  const model = part % 4 === 0 ? (MODELS[0] as CpuModel) : part % 4 === 1 ? r.pick(MODELS) : madeUp(r);
  const memory = createMemory({ cpus: 1, regions: [{ base: RAM, size: RAM_BYTES, kind: 'ram' }] });
  const el2 = r.oneIn(3) ? 'modelled' : 'guest';
  const p = createProcessor({ memory, index: 0, model, el2, bus, semihosting: r.oneIn(2), firmware: r.oneIn(2) });
  const taken: ExceptionRecord[] = [];
  p.setObserver({ exception: (record) => void taken.push(record) });
  const world = r.pick(WORLDS);
  const name = `${model.name} ${el2} ${world}`;
  for (let n = 0; n < PART; n++) {
    if (n % 50 === 0) fresh(r, p, memory, world);
    const el = (el2 === 'modelled' ? r.below(2) : world === 'host' && r.oneIn(2) ? 2 : r.below(3)) as 0 | 1 | 2;
    disturb(r, p, world);
    const bits = word(r);
    note(`${name} EL${el} ${hex(bits)}`);
    write(memory, CODE, bits);
    p.pstate = pstate(r, el);
    p.pc = CODE;
    taken.length = 0;
    const steps = 1 + r.below(2);
    const { executed } = p.run(steps);
    counts.words++;
    counts.exceptions += taken.length;
    counts.worlds[world] = (counts.worlds[world] ?? 0) + 1;
    if (taken[0] === undefined || taken[0].word !== undefined) counts.executed++;
    check(p, taken, steps, executed);
  }
  for (const row of SYSREGS) p.look(row.name);
  p.release();
}

function write(memory: MachineMemory, at: bigint, bits: number): void {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, bits, true);
  memory.writeBytes(at, bytes);
}

/** A PSTATE of this level with anything in its other bits; IL, SS and BTYPE seldom, as little gets past them. */
function pstate(r: Random, el: 0 | 1 | 2): bigint {
  const seldom = r.oneIn(16) ? 0n : 0x0030_0c00n;
  return (r.bits64() & 0xf370_3fc0n & ~seldom) | (BigInt(el) << 2n) | (el === 0 ? 0n : BigInt(r.below(2)));
}

const address = (r: Random): bigint =>
  r.pick([RAM, CODE, TABLES, RAM + RAM_BYTES - 0x10n, DEVICE, 0n]) + BigInt(r.oneIn(4) ? r.below(0x2000) : 16 * r.below(0x100));

/** Everything new: reset, tables, registers. */
function fresh(r: Random, p: Processor, memory: MachineMemory, world: (typeof WORLDS)[number]): void {
  p.reset({ el: 1, pc: CODE });
  // One table serves every stage and level: gigabyte blocks, the second of which is the RAM.
  for (let entry = 0n; entry < 512n; entry += 1n) {
    const known = entry < 2n ? (entry << 30n) | (entry === 1n ? 0x7c1n : 0x7c5n) : 0n;
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, world === 'wild' || entry > 7n ? r.bits64() : known, true);
    memory.writeBytes(TABLES + 8n * entry, bytes);
  }
  for (const name of ['VBAR_EL1', 'VBAR_EL2']) p.writeRegister(name, CODE + 0x1000n);
  for (let n = 0; n < 31; n++) p.setX(n, r.oneIn(2) ? address(r) : r.value());
  for (const el of [0, 1, 2] as const) p.setSp(el, r.oneIn(4) ? r.bits64() : address(r) & ~15n);
  for (let n = 0; n < 32; n++) for (const half of [0, 1] as const) p.setV(n, half, r.bits64());
  for (let n = r.below(60); n > 0; n--) p.writeRegister(r.pick(STORED).name, r.value());
  if (r.oneIn(2)) for (const name of ['CPACR_EL1', 'CPTR_EL2']) p.writeRegister(name, name === 'CPACR_EL1' ? 0x30_0000n : 0n);
}

/** Some registers other than they were, and translation as the world has it. */
function disturb(r: Random, p: Processor, world: (typeof WORLDS)[number]): void {
  for (let n = r.below(4); n > 0; n--)
    p.writeRegister(r.pick(CONTROLS), r.oneIn(3) ? 0n : r.oneIn(2) ? 1n << BigInt(r.below(64)) : r.value());
  for (let n = r.below(3); n > 0; n--) p.setX(r.below(31), r.oneIn(2) ? address(r) : r.value());
  if (r.oneIn(8)) p.setLine(r.pick(['irq', 'fiq', 'serror', 'virq', 'vfiq', 'vserror', 'nmi', 'vnmi']), r.oneIn(2));
  if (r.oneIn(8)) p.setEvent();
  if (world === 'wild') return;
  const set = (name: string, clear: bigint, bits: bigint): void => p.writeRegister(name, (p.readRegister(name) & ~clear) | bits);
  const stage1 = world !== 'flat';
  // EE, WXN and M; the last as the world says.
  for (const name of ['SCTLR_EL1', 'SCTLR_EL2']) set(name, 0x208_0001n, stage1 ? 1n : 0n);
  // VM, DC and TGE, E2H.
  set(
    'HCR_EL2',
    0x4_0800_1001n,
    world === 'both stages' ? 1n : world === 'host' ? 0x4_0000_0000n | (BigInt(r.below(2)) << 27n) : 0n,
  );
  if (!stage1) return;
  for (const name of ['TTBR0_EL1', 'TTBR0_EL2', 'VTTBR_EL2']) p.writeRegister(name, TABLES);
  // T0SZ = 25, 4 KiB granules, 40 bits.
  p.writeRegister('TCR_EL1', 0x2_0080_3519n);
  p.writeRegister('TCR_EL2', world === 'host' ? 0x2_0080_3519n : 0x8002_3519n);
  p.writeRegister('VTCR_EL2', 0x8002_3559n);
  for (const name of ['MAIR_EL1', 'MAIR_EL2']) p.writeRegister(name, 0x04ffn);
}

/** What holds of any processor, whatever it executed; throws otherwise. */
export function check(p: Processor, taken: readonly ExceptionRecord[], steps: number, executed: number): void {
  const state = Number(p.pstate);
  assert((state & 0x12) === 0 && ((state >>> 2) & 3) < 3, `PSTATE ${hex(state)}`);
  assert((state & 0xc) !== 0 || (state & 1) === 0, `PSTATE ${hex(state)}: EL0 with SP_ELx`);
  assert(p.pc >= 0n && p.pc < 1n << 64n, 'PC');
  assert(executed <= steps, `${executed} instructions of ${steps}`);
  for (const { from, to, kind, esr, cause, vector } of taken) {
    assert(to >= from, `EL${from} to EL${to}`);
    assert((vector & 0x7fn) === 0n, 'vector');
    if (kind !== 'sync') continue;
    assert(esr >> 26n !== 0n || (esr & 0x1ff_ffffn) === 0n, `ESR 0x${esr.toString(16)}`);
    assert(cause.length > 0 && cause.every(({ doc }) => doc !== ''), 'a cause');
  }
}

// ---- KVM at EL2

function value<T>(result: KvmResult<T>): T {
  assert(result.ok, 'refused');
  return result.value;
}

const KVM_REGISTERS = [
  ...['SCTLR_EL1', 'CPACR_EL1', 'TCR_EL1', 'TTBR0_EL1', 'MAIR_EL1', 'MDSCR_EL1', 'CNTKCTL_EL1', 'PMUSERENR_EL0'],
  ...['DBGBCR0_EL1', 'DBGWCR0_EL1', 'DBGWVR0_EL1', 'PMCR_EL0', 'TPIDR_EL0', 'elr_el1', 'spsr_el1'],
].flatMap((name) => registerId(name) ?? []);

function onKvm(r: Random, counts: Counts, note: Note): void {
  const host = newKvmHost({
    processors: 1,
    model: r.oneIn(2) ? (MODELS[0] as CpuModel) : r.oneIn(2) ? r.pick(MODELS) : madeUp(r),
  });
  const vm = value(new KvmSystem(host, {}).createVm({ ipaBits: 32 }));
  const userspace_addr = host.allocate(RAM, RAM_BYTES) ?? 0n;
  value(vm.setUserMemoryRegion({ slot: 0, flags: 0, guest_phys_addr: RAM, memory_size: RAM_BYTES, userspace_addr }));
  const vcpu = value(vm.createVcpu(0));
  const init = (features: bigint): KvmResult<unknown> => vcpu.init({ target: KVM_ARM_TARGET_GENERIC_V8, features });
  const psci = 1n << BigInt(VCPU_FEATURES.psci_0_2);
  // A host without performance monitors refuses them to its guests.
  if (r.oneIn(2) || !init(psci | (1n << BigInt(VCPU_FEATURES.pmu_v3))).ok) value(init(psci));
  const set = (id: bigint | undefined, to: bigint): void => void (id === undefined ? undefined : vcpu.setOneReg(id, to));
  for (let n = 0; n < PART; n++) {
    if (n % 50 === 0) {
      set(registerId('VBAR_EL1'), CODE + 0x1000n);
      set(registerId('SCTLR_EL1'), 0x30d0_0980n);
      for (let x = 0; x < 31; x++) set(registerId(`x${x}`), r.oneIn(2) ? address(r) : r.value());
    }
    const el = r.below(2) as 0 | 1;
    const bits = word(r);
    note(`KVM EL${el} ${hex(bits)}`);
    for (let k = r.below(3); k > 0; k--) set(registerId(`x${r.below(31)}`), r.oneIn(2) ? address(r) : r.value());
    if (r.oneIn(4)) set(r.pick(KVM_REGISTERS), r.oneIn(2) ? 0n : r.value());
    set(registerId('pstate'), pstate(r, el));
    set(registerId('pc'), CODE);
    execute(r, vm, vcpu, bits);
    counts.words++;
    counts.executed++;
    counts.worlds.KVM = (counts.worlds.KVM ?? 0) + 1;
    check(vcpu.cpu, [], 1, 0);
  }
}

function execute(r: Random, vm: KvmVm, vcpu: KvmVcpu, bits: number): void {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, bits, true);
  value(vm.writeMemory(CODE, bytes));
  const result = vcpu.run(1 + r.below(3));
  if (result.kind === 'exit') decodeKvmRun(vcpu.kvmRun);
  if (result.kind === 'blocked') vcpu.interrupt();
  // Whatever userspace answers, the next KVM_RUN takes it.
  vcpu.kvmRun.mmio.data.set(0, r.word() & 0xff);
  if (result.kind === 'blocked' || vcpu.cpu.off) vcpu.setMpState(0);
}
