// Random lists of accesses to a GIC, by seed. They stay clear of what the architecture leaves open and of the places where QEMU 7.2 departs
// from it (see gic.test.ts), so that two implementations must agree on every value and every pending interrupt.
import { numbers } from './numbers.ts';
import type { Seen, Step } from './probe.ts';

const DISTRIBUTOR = 0x0800_0000;
const REDISTRIBUTOR = 0x080a_0000;
const SGI_PAGE = 0x1_0000;
const RW = 0x8000_0000n;

/** A step that was played, and what it gave. */
export type Played = { readonly step: Step; readonly seen: Seen };

/** Plays `length` random steps, of which the later depend on what the earlier gave: an interrupt that was taken is mostly ended. */
export function randomGic(seed: number, length: number, cpus: number, play: (step: Step) => Seen): readonly Played[] {
  const below = numbers(seed);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  const word = () => BigInt(below(0x1_0000)) | (BigInt(below(0x1_0000)) << 16n);
  const sparse = () => word() & word();
  const played: Played[] = [];
  const act = (step: Step): bigint => {
    const seen = play(step);
    played.push({ step, seen });
    return seen.value;
  };
  const store = (address: number, value: bigint, bytes: 1 | 2 | 4 | 8 = 4, cpu = 0) =>
    act({ kind: 'store', address, bytes, value, cpu });
  const load = (address: number, bytes: 1 | 2 | 4 | 8 = 4, cpu = 0) => act({ kind: 'load', address, bytes, cpu });
  const msr = (register: string, value: bigint, cpu: number, el: 1 | 2 = 2) => act({ kind: 'msr', register, el, value, cpu });
  const mrs = (register: string, cpu: number, el: 1 | 2 = 2) => act({ kind: 'mrs', register, el, cpu });
  /** Interrupts taken and not ended, by level and CPU. */
  const taken = new Map<string, { intid: bigint; group: number }[]>();
  const takenBy = (el: number, cpu: number) => taken.get(`${el}.${cpu}`) ?? [];
  const take = (cpu: number, el: 1 | 2) => {
    const group = pick([0, 1, 1]);
    const intid = mrs(`ICC_IAR${group}_EL1`, cpu, el);
    if (intid < 1020n) taken.set(`${el}.${cpu}`, [...takenBy(el, cpu), { intid, group }]);
  };
  const end = (cpu: number, el: 1 | 2) => {
    const mine = takenBy(el, cpu);
    const last = mine.at(-1);
    if (last === undefined || below(8) === 0) {
      msr(pick(['ICC_EOIR0_EL1', 'ICC_EOIR1_EL1']), BigInt(pick([intid(), below(160), 1021])), cpu, el);
      return;
    }
    msr(`ICC_EOIR${last.group}_EL1`, last.intid, cpu, el);
    if (below(2) === 0) msr('ICC_DIR_EL1', last.intid, cpu, el);
    taken.set(`${el}.${cpu}`, mine.slice(0, -1));
  };
  const sgiPage = (cpu: number) => REDISTRIBUTOR + cpu * 2 * SGI_PAGE + SGI_PAGE;
  const allCpus = Array.from({ length: cpus }, (_, cpu) => cpu);

  // A group that a CPU interface has off hides lower interrupts of the other group on QEMU: either both are always on, or all is in one group.
  const onlyGroup = pick([undefined, undefined, 0, 1] as const);
  // With ICH_VMCR_EL2.VEOIM, QEMU counts in EOIcount what ICV_EOIR did not find too: then the count is not looked at.
  const split = below(3) === 0;
  const vmcr = (value: bigint) => (split ? value : value & ~0x200n);
  const control = () => BigInt(split ? below(4) : below(2));
  const count = (cpu: number) => split || mrs('ICH_HCR_EL2', cpu);
  const groups = () => (onlyGroup === undefined ? word() : onlyGroup === 1 ? 0xffff_ffffn : 0n);
  const sgiGroups = groups() & 0xffffn;
  const priority = () =>
    BigInt(pick([0x00, 0x20, 0x40, 0x48, 0x50, 0x80, 0x88, 0xa0, 0xa0, 0xa8, 0xb0, 0xc1, 0xf0, 0xf8, 0xfe, below(255)]));
  const priorities = () => priority() | (priority() << 8n) | (priority() << 16n) | (priority() << 24n);
  const spis = [32, 33, 34, 39, 40, 63, 64, 95, 130, 255];
  const intid = () => pick([below(16), 16 + below(16), ...spis]);
  const affinity = () => BigInt(pick([...allCpus, ...allCpus, 9, 0x100]));

  store(DISTRIBUTOR, BigInt(pick([3, 3, 3, 3, 1, 2])));
  for (const cpu of allCpus) {
    store(sgiPage(cpu) + 0x80, (groups() & 0xffff_0000n) | sgiGroups);
    store(sgiPage(cpu) + 0x100, word() | word());
    for (let i = 0; i < 8; i += 1) store(sgiPage(cpu) + 0x400 + 4 * i, priorities());
    msr('ICC_PMR_EL1', BigInt(pick([0xff, 0xf0, 0xf8, 0xa0])), cpu);
    msr('ICC_IGRPEN0_EL1', 1n, cpu);
    msr('ICC_IGRPEN1_EL1', 1n, cpu);
    msr('ICH_HCR_EL2', 1n, cpu);
    msr('ICH_VMCR_EL2', vmcr(0xf000_0003n | (sparse() & 0xfc_0210n)), cpu);
  }
  for (const spi of spis) {
    store(DISTRIBUTOR + 0x400 + spi, priority(), 1);
    store(DISTRIBUTOR + 0x6000 + 8 * spi, affinity(), 8);
  }
  for (const w of [1, 2, 3, 4, 7]) {
    store(DISTRIBUTOR + 0x80 + 4 * w, groups());
    store(DISTRIBUTOR + 0x100 + 4 * w, word() | word());
  }

  /** What two implementations may disagree on is left out: two list registers with one vINTID, HW of an interrupt that is also pending. */
  const listRegister = (index: number): bigint => {
    const state = BigInt(pick([0, 1, 1, 1, 2, 3]));
    const hw = state !== 3n && below(3) === 0 ? 1n : 0n;
    const group = onlyGroup === undefined ? BigInt(below(2)) : BigInt(onlyGroup);
    const link = hw ? BigInt(intid()) : BigInt(below(2)) << 9n;
    const vintid = BigInt(below(40) === 0 ? 1020 + index : 40 * index + below(40));
    return (state << 62n) | (hw << 61n) | (group << 60n) | ((priority() & 0xf8n) << 48n) | (link << 32n) | vintid;
  };

  const choices: readonly (readonly [number, (cpu: number) => unknown])[] = [
    // Distributor and redistributor.
    [
      6,
      () => store(DISTRIBUTOR + pick([0x100, 0x180, 0x200, 0x200, 0x280, 0x300, 0x380]) + 4 * pick([1, 1, 2, 3, 4, 7]), sparse()),
    ],
    [6, (cpu) => store(sgiPage(cpu) + pick([0x100, 0x180, 0x200, 0x200, 0x280, 0x300, 0x380]), sparse())],
    [3, () => load(DISTRIBUTOR + pick([0x80, 0x100, 0x180, 0x200, 0x280, 0x300, 0x380]) + 4 * below(9))],
    [3, (cpu) => load(sgiPage(cpu) + pick([0x80, 0x100, 0x180, 0x200, 0x280, 0x300, 0x380]))],
    [2, () => store(DISTRIBUTOR + 0x400 + pick(spis), priority(), 1)],
    [2, (cpu) => store(sgiPage(cpu) + 0x400 + below(32), priority(), 1)],
    [1, (cpu) => store(sgiPage(cpu) + 0x400 + 4 * below(8), priorities())],
    [1, () => load(DISTRIBUTOR + 0x400 + 4 * below(72), pick([1, 4]))],
    [1, (cpu) => load(sgiPage(cpu) + 0x400 + 4 * below(8), pick([1, 4]))],
    [1, () => store(DISTRIBUTOR + 0xc00 + 4 * (2 + below(14)), word() & 0xaaaa_aaaan)],
    [1, (cpu) => store(sgiPage(cpu) + 0xc04, word() & 0xaaaa_aaaan)],
    [1, () => load(DISTRIBUTOR + 0xc00 + 4 * below(16))],
    [1, (cpu) => load(sgiPage(cpu) + 0xc00 + 4 * below(2))],
    [2, () => store(DISTRIBUTOR + 0x6000 + 8 * pick(spis), affinity(), 8)],
    [1, () => load(DISTRIBUTOR + 0x6000 + 8 * pick(spis), 8)],
    [1, () => store(DISTRIBUTOR, BigInt(pick([3, 3, 3, 3, 1, 2, 0])))],
    [1, () => load(DISTRIBUTOR)],
    [1, () => onlyGroup === undefined && store(DISTRIBUTOR + 0x80 + 4 * pick([1, 2, 3]), word())],
    [1, (cpu) => onlyGroup === undefined && store(sgiPage(cpu) + 0x80, (word() & 0xffff_0000n) | sgiGroups)],
    [1, (cpu) => store(REDISTRIBUTOR + cpu * 2 * SGI_PAGE + 0x14, pick([0n, 2n]))],
    [1, (cpu) => load(REDISTRIBUTOR + cpu * 2 * SGI_PAGE + 0x14)],
    // Lines.
    [6, (cpu) => msr(pick(['CNTHP_CTL_EL2', 'CNTP_CTL_EL0', 'CNTV_CTL_EL0']), BigInt(below(4)), cpu)],
    // The physical CPU interface.
    [12, (cpu) => take(cpu, 2)],
    [4, (cpu) => mrs(pick(['ICC_HPPIR0_EL1', 'ICC_HPPIR1_EL1']), cpu, pick([2, 2, 1] as const))],
    [
      3,
      (cpu) =>
        mrs(pick(['ICC_RPR_EL1', 'ICC_CTLR_EL1', 'ICC_PMR_EL1', 'ICC_BPR0_EL1', 'ICC_BPR1_EL1']), cpu, pick([2, 2, 1] as const)),
    ],
    [
      2,
      (cpu) => mrs(pick(['ICC_AP0R0_EL1', 'ICC_AP1R0_EL1', 'ICC_IGRPEN0_EL1', 'ICC_IGRPEN1_EL1']), cpu, pick([2, 2, 1] as const)),
    ],
    [10, (cpu) => end(cpu, 2)],
    [2, (cpu) => msr('ICC_DIR_EL1', BigInt(intid()), cpu)],
    [3, (cpu) => msr('ICC_PMR_EL1', BigInt(pick([0xff, 0xff, 0xf8, 0xf0, 0xa0, below(256)])), cpu, pick([2, 2, 1] as const))],
    [2, (cpu) => msr(pick(['ICC_BPR0_EL1', 'ICC_BPR1_EL1']), BigInt(below(8)), cpu, pick([2, 2, 1] as const))],
    [2, (cpu) => msr('ICC_CTLR_EL1', BigInt(below(4)), cpu)],
    [1, (cpu) => msr('ICC_CTLR_EL1', control(), cpu, 1)],
    [1, (cpu) => onlyGroup !== undefined && msr(pick(['ICC_IGRPEN0_EL1', 'ICC_IGRPEN1_EL1']), BigInt(below(2)), cpu)],
    [1, (cpu) => msr(pick(['ICC_AP0R0_EL1', 'ICC_AP1R0_EL1']), pick([0n, 0n, sparse() & sparse()]), cpu)],
    [
      4,
      (cpu) => {
        const sgi = below(16);
        // ICC_SGI1R_EL1 does not reach group 0 on QEMU.
        const group1 = ((sgiGroups >> BigInt(sgi)) & 1n) === 1n;
        const register = pick(
          group1 ? ['ICC_SGI0R_EL1', 'ICC_SGI1R_EL1', 'ICC_SGI1R_EL1', 'ICC_ASGI1R_EL1'] : ['ICC_SGI0R_EL1', 'ICC_ASGI1R_EL1'],
        );
        const target = below(4) === 0 ? 1n << 40n : BigInt(below(8) === 0 ? 1 : 0) << 16n;
        msr(register, (BigInt(sgi) << 24n) | target | BigInt(below(16)), cpu);
      },
    ],
    // The virtual CPU interface.
    [4, (cpu) => msr('HCR_EL2', RW | pick([0n, 0x18n, 0x18n, 0x18n, 0x10n, 0x08n]), cpu)],
    [
      10,
      (cpu) => {
        const index = below(4);
        msr(`ICH_LR${index}_EL2`, listRegister(index), cpu);
      },
    ],
    [3, (cpu) => mrs(`ICH_LR${below(4)}_EL2`, cpu)],
    [12, (cpu) => take(cpu, 1)],
    [4, (cpu) => mrs(pick(['ICC_HPPIR0_EL1', 'ICC_HPPIR1_EL1', 'ICC_RPR_EL1']), cpu, 1)],
    [
      8,
      (cpu) => {
        end(cpu, 1);
        count(cpu);
      },
    ],
    [
      2,
      (cpu) => {
        msr('ICC_DIR_EL1', BigInt(below(160)), cpu, 1);
        count(cpu);
      },
    ],
    [3, (cpu) => mrs(pick(['ICH_MISR_EL2', 'ICH_EISR_EL2', 'ICH_ELRSR_EL2', 'ICH_VMCR_EL2', 'ICH_VTR_EL2']), cpu)],
    [2, (cpu) => mrs(pick(['ICH_AP0R0_EL2', 'ICH_AP1R0_EL2']), cpu)],
    [1, (cpu) => msr(pick(['ICH_AP0R0_EL2', 'ICH_AP1R0_EL2']), pick([0n, 0n, sparse() & sparse()]), cpu)],
    [2, (cpu) => msr('ICH_HCR_EL2', (below(8) === 0 ? 0n : 1n) | (sparse() & (split ? 0xf800_00dan : 0xf800_00den)), cpu)],
    [
      2,
      (cpu) =>
        msr('ICH_VMCR_EL2', vmcr(pick([0xf000_0003n, 0xf000_0003n, word() & 0xf8fc_021bn]) | (sparse() & 0xfc_0210n)), cpu),
    ],
  ];
  const total = choices.reduce((sum, [weight]) => sum + weight, 0);
  while (played.length < length) {
    let at = below(total);
    const chosen = choices.find(([weight]) => {
      at -= weight;
      return at < 0;
    });
    chosen?.[1](below(cpus));
  }
  return played;
}
