// The TLB as software can tell of it, tested as programs (Arm ARM D8.17, C5.5): what stays in use when a descriptor changes, and what each TLBI
// drops. The page at PAGE is read; its descriptor is moved from OLD to NEW; what the next reading gives says whether the entry was still there.
import { describe, expect, test } from 'vitest';
import { createMemory, createProcessor, type MachineMemory, type Processor, restoreSnapshot, takeSnapshot } from '../index.ts';
import { CODE, image, max, type Options, RAM, run, TABLES } from '../program.fixture.ts';

const PAGE = 0x5000n;
const OLD = RAM + 0x10_0000n;
const NEW = RAM + 0x11_0000n;
const LEVEL3 = TABLES + 0x2000n;
const AT = LEVEL3 + 8n * 5n;
const AF = 1n << 10n;
const NOT_GLOBAL = 1n << 11n;
const READ_ONLY = 1n << 7n;
const UNPRIVILEGED = 1n << 6n;
const page = (pa: bigint, more = 0n): bigint => pa | AF | 3n | more;

function words(memory: MachineMemory, address: bigint, ...values: readonly bigint[]): void {
  memory.writeBytes(address, new Uint8Array(BigUint64Array.from(values).buffer));
}

/** Stage 1 with 4 KiB pages: the first gigabyte by pages at level 3, RAM and tables as blocks at their own addresses. */
function tables(memory: MachineMemory, descriptor: bigint): void {
  words(memory, TABLES, (TABLES + 0x1000n) | 3n, RAM | AF | 1n, TABLES | AF | 1n);
  words(memory, TABLES + 0x1000n, LEVEL3 | 3n);
  words(memory, LEVEL3, 0n, 0n, 0n, 0n, 0n, descriptor, page(OLD, NOT_GLOBAL));
  words(memory, OLD, 0xa1n);
  words(memory, NEW, 0xb2n);
}

const ASID_16 = 1n << 36n;
const REGISTERS = {
  SCTLR_EL1: 0x30d0_0801n,
  TCR_EL1: 25n | (1n << 23n) | (5n << 32n) | ASID_16,
  MAIR_EL1: 0xffn,
  TTBR0_EL1: TABLES | (7n << 48n),
};

/** X0 before, X1 after: PAGE is read, its descriptor becomes `next`, `between` runs, PAGE is read again. */
function readings(
  between: string,
  { first = page(OLD), next = page(NEW), ...options }: Options & { first?: bigint; next?: bigint } = {},
) {
  const { p, exceptions } = run(
    `ldr x0, [x22]
     str x21, [x20]
     dsb ish
     ${between}
     ldr x1, [x22]
     hvc #0`,
    {
      ...options,
      registers: { ...REGISTERS, ...options.registers },
      x: Array.from({ length: 23 }, (_, n) => (n === 20 ? AT : n === 21 ? next : n === 22 ? PAGE : 0n)),
      prepare: (processor, memory) => {
        tables(memory, first);
        options.prepare?.(processor, memory);
      },
    },
  );
  return { before: p.x(0), after: p.x(1), esr: exceptions[0]?.esr ?? 0n };
}

const KEPT = { before: 0xa1n, after: 0xa1n };
const DROPPED = { before: 0xa1n, after: 0xb2n };
/** The operand of TLBI VA*: an address and an ASID. */
const operand = (va: bigint, asid = 0n): string => `ldr x9, =0x${((asid << 48n) | (va >> 12n)).toString(16)}`;
/** Of TLBI RVA*: 4 KiB granule, SCALE 0, so (NUM + 1) × 2 pages. */
const range = (va: bigint, num: bigint, asid = 0n): string =>
  `ldr x9, =0x${((asid << 48n) | (1n << 46n) | (num << 39n) | (va >> 12n)).toString(16)}`;

describe('what an entry keeps', () => {
  test.each([
    ['the address', {}, KEPT],
    ['the rights: writing is still refused', { first: page(OLD, READ_ONLY), next: page(OLD) }, { before: 0xa1n, after: 0n }],
  ] as const)('%s', (_, descriptors, expected) => {
    const writes = 'next' in descriptors;
    const result = readings(writes ? 'str x22, [x22]' : '', descriptors);
    expect(result).toMatchObject(expected);
    expect(result.esr >> 26n).toBe(writes ? 0x25n : 0x16n);
  });

  test('an entry that was found by a read serves fetches and EL0 too, each by its own rights', () => {
    const result = readings('ldtr x2, [x22]', { first: page(OLD, UNPRIVILEGED), next: page(NEW, UNPRIVILEGED) });
    expect(result).toMatchObject(KEPT);
    expect(readings('ldtr x2, [x22]').esr >> 26n).toBe(0x25n);
  });

  test('no fault is kept: a page that comes is there at once', () => {
    const text = `str x21, [x20]
      dsb ish
      ldr x0, [x22]
      hvc #0`;
    const { p } = run(text, {
      registers: REGISTERS,
      x: Array.from({ length: 23 }, (_, n) => (n === 20 ? AT : n === 21 ? page(NEW) : n === 22 ? PAGE : 0n)),
      prepare: (_, memory) => tables(memory, 0n),
    });
    expect(p.x(0)).toBe(0xb2n);
  });

  test('a first write through hardware’s dirty state goes to memory, and sets it where it is', () => {
    const dirty = 1n << 51n;
    const { p, memory } = run('ldr x0, [x22]\n str x22, [x22]\n hvc #0', {
      registers: { ...REGISTERS, TCR_EL1: REGISTERS.TCR_EL1 | (1n << 39n) | (1n << 40n) },
      x: Array.from({ length: 23 }, (_, n) => (n === 22 ? PAGE : 0n)),
      prepare: (_, at) => tables(at, page(OLD, READ_ONLY | dirty)),
    });
    expect(p.x(0)).toBe(0xa1n);
    expect(memory.read64(Number(AT))).toBe(page(OLD, dirty));
    expect(memory.read64(Number(OLD))).toBe(PAGE);
  });
});

describe('TLBI', () => {
  const ng = { first: page(OLD, NOT_GLOBAL), next: page(NEW, NOT_GLOBAL) };
  test.each([
    ['vmalle1', '', {}, DROPPED],
    ['vmalle1is', '', {}, DROPPED],
    ['vae1, x9', operand(PAGE), {}, DROPPED],
    ['vae1, x9', operand(PAGE + 0x1000n), {}, KEPT],
    ['vae1, x9', operand(PAGE, 7n), ng, DROPPED],
    ['vae1, x9', operand(PAGE, 8n), ng, KEPT],
    ['vale1os, x9', operand(PAGE, 7n), ng, DROPPED],
    ['vaae1, x9', operand(PAGE, 8n), ng, DROPPED],
    ['vaale1is, x9', operand(PAGE), ng, DROPPED],
    ['aside1, x9', operand(0n, 7n), ng, DROPPED],
    ['aside1, x9', operand(0n, 8n), ng, KEPT],
    // Global entries belong to no ASID.
    ['aside1, x9', operand(0n, 7n), {}, KEPT],
    ['rvae1, x9', range(PAGE - 0x1000n, 0n, 7n), ng, DROPPED],
    ['rvae1, x9', range(PAGE - 0x2000n, 0n, 7n), ng, KEPT],
    ['rvaae1is, x9', range(PAGE - 0x3000n, 1n), ng, DROPPED],
    ['rvae1, x9', range(PAGE, 0n, 8n), ng, KEPT],
  ] as const)('%s after %s', (name, before, descriptors, expected) => {
    expect(readings(`${before}\n tlbi ${name}\n dsb ish\n isb`, descriptors)).toMatchObject(expected);
  });

  test('an address in a block drops what is known of the block', () => {
    const text = `ldr x0, [x22]
      str x21, [x20]
      dsb ish
      ldr x9, =0x40100
      tlbi vae1, x9
      dsb ish
      isb
      ldr x1, [x22]
      hvc #0`;
    // VA 0x4011_0000 is in the block of 1 GiB that becomes one elsewhere; so is the operand's.
    const { p } = run(text, {
      registers: REGISTERS,
      x: Array.from({ length: 23 }, (_, n) => (n === 20 ? LEVEL3 : n === 22 ? NEW : 0n)),
      prepare: (_, memory) => tables(memory, page(OLD)),
    });
    expect([p.x(0), p.x(1)]).toEqual([0xb2n, 0xb2n]);
    expect(p.tlb().filter(({ va }) => va === NEW).length).toBe(1);
  });

  test('another ASID does not see it, and it is still there afterwards', () => {
    const other = `mrs x2, ttbr0_el1
      bfi x2, x3, #48, #16
      msr ttbr0_el1, x2
      isb
      ldr x4, [x22]
      mov x3, #7
      bfi x2, x3, #48, #16
      msr ttbr0_el1, x2
      isb`;
    const { p } = run(`ldr x0, [x22]\n str x21, [x20]\n dsb ish\n mov x3, #9\n ${other}\n ldr x1, [x22]\n hvc #0`, {
      registers: REGISTERS,
      x: Array.from({ length: 23 }, (_, n) => (n === 20 ? AT : n === 21 ? ng.next : n === 22 ? PAGE : 0n)),
      prepare: (_, memory) => tables(memory, ng.first),
    });
    expect([p.x(0), p.x(4), p.x(1)]).toEqual([0xa1n, 0xb2n, 0xa1n]);
    expect(p.tlb().filter(({ va }) => va === PAGE)).toMatchObject([
      { asid: 7, vmid: 0, current: true },
      { asid: 9, vmid: 0, current: false },
    ]);
  });
});

describe('stage 2', () => {
  // One block of 1 GiB for RAM and one for the tables; the first gigabyte leads to RAM.
  const STAGE2 = TABLES + 0x8000n;
  const leaf = (pa: bigint): bigint => pa | AF | (3n << 8n) | (3n << 6n) | (0xfn << 2n) | 1n;
  const HCR = (1n << 31n) | 1n;
  const VTCR = 25n | (1n << 6n) | (5n << 16n) | (1n << 31n);
  const start = (p: Processor, memory: MachineMemory, stage1: boolean): void => {
    tables(memory, page(OLD));
    words(memory, STAGE2, leaf(RAM), leaf(RAM), leaf(TABLES));
    p.writeRegister('VTCR_EL2', VTCR);
    p.writeRegister('VTTBR_EL2', STAGE2 | (3n << 48n));
    p.writeRegister('HCR_EL2', HCR);
    if (!stage1) p.writeRegister('SCTLR_EL1', 0x30d0_0800n);
  };
  // From EL1 memory of stage 2's tables is written at its own address, and EL2 invalidates.
  test.each([
    ['ipas2e1', true, 1],
    ['ipas2e1', false, 0],
    ['vmalle1', true, 0],
    ['vmalls12e1', true, 0],
    ['alle1', true, 0],
  ] as const)('%s, stage 1 on: %s', (name, stage1, left) => {
    const outcome = run('ldr x0, [x22]\n hvc #0', {
      registers: REGISTERS,
      x: Array.from({ length: 23 }, (_, n) => (n === 22 ? (stage1 ? PAGE : OLD) : 0n)),
      prepare: (p, memory) => start(p, memory, stage1),
    });
    const { p } = outcome;
    expect(p.x(0)).toBe(0xa1n);
    const va = stage1 ? PAGE : OLD;
    expect(p.tlb().filter((entry) => entry.va === va)).toMatchObject([{ vmid: 3 }]);
    const ipa = stage1 ? OLD : va;
    run2(
      p,
      outcome.memory,
      `ldr x9, =0x${(ipa >> 12n).toString(16)}\n tlbi ${name}${name === 'ipas2e1' ? ', x9' : ''}\n dsb ish\n hlt #0`,
    );
    expect(p.tlb().filter((entry) => entry.va === va).length).toBe(left);
  });

  test('hardware’s updates read stage 2 once more: what is kept is the walk without them', () => {
    const outcome = run('ldr x0, [x22]\n ldr x1, [x22]\n str x22, [x22]\n ldr x2, [x22]\n hvc #0', {
      registers: { ...REGISTERS, TCR_EL1: REGISTERS.TCR_EL1 | (1n << 39n) | (1n << 40n) },
      x: Array.from({ length: 23 }, (_, n) => (n === 22 ? PAGE : 0n)),
      prepare(p, memory) {
        start(p, memory, true);
        // No Access flag, and read-only until it is dirty.
        words(memory, AT, (OLD | 3n | READ_ONLY | (1n << 51n)) & ~AF);
      },
    });
    expect([outcome.p.x(0), outcome.p.x(1), outcome.p.x(2)]).toEqual([0xa1n, 0xa1n, PAGE]);
    expect(outcome.memory.read64(Number(AT))).toBe(page(OLD, 1n << 51n));
    expect(outcome.memory.read64(Number(OLD))).toBe(PAGE);
  });

  /** Runs a few instructions at EL2 on another view of the same CPU. */
  function run2(p: Processor, memory: MachineMemory, text: string): void {
    const at = CODE + 0x2000n;
    memory.writeBytes(at, image(text, at));
    const view = createProcessor({ memory, index: 0, model: p.model, el2: 'guest', semihosting: true });
    view.pstate = 0x3c9n;
    view.pc = at;
    view.run(4);
  }
});

describe('several processors and snapshots', () => {
  function pair(): { readonly memory: MachineMemory; readonly cpus: readonly Processor[] } {
    const memory = createMemory({
      cpus: 2,
      regions: [
        { base: RAM, size: 4n << 20n, kind: 'ram' },
        { base: TABLES, size: 1n << 20n, kind: 'ram' },
      ],
    });
    const cpus: readonly Processor[] = [0, 1].map((index) =>
      createProcessor({
        memory,
        index,
        model: max(),
        el2: 'modelled',
        broadcastTlbi: (invalidation) => {
          for (const other of cpus) if (other.index !== index) other.invalidateTlb(invalidation);
        },
      }),
    );
    tables(memory, page(OLD));
    for (const p of cpus) {
      p.reset({ el: 1, pc: CODE });
      for (const [name, value] of Object.entries({ HCR_EL2: 1n << 31n, ...REGISTERS })) p.writeRegister(name, value);
      p.setX(22, PAGE);
    }
    return { memory, cpus };
  }
  function does(memory: MachineMemory, p: Processor, text: string, instructions: number): void {
    memory.writeBytes(CODE, image(text, CODE));
    p.pc = CODE;
    p.run(instructions);
  }
  const held = (p: Processor | undefined): number => p?.tlb().filter(({ va }) => va === PAGE).length ?? -1;

  test.each([
    ['tlbi vmalle1', 0n, [0, 1]],
    ['tlbi vmalle1is', 0n, [0, 0]],
    ['tlbi vmalle1os', 0n, [0, 0]],
    ['tlbi vmalle1', 1n << 9n, [0, 0]], // HCR_EL2.FB
  ] as const)('%s with HCR_EL2 0x%s', (text, hcr, expected) => {
    const { memory, cpus } = pair();
    for (const p of cpus) does(memory, p, 'ldr x0, [x22]', 1);
    expect(cpus.map(held)).toEqual([1, 1]);
    const [first] = cpus;
    first?.writeRegister('HCR_EL2', (1n << 31n) | hcr);
    does(memory, first as Processor, text, 1);
    expect(cpus.map(held)).toEqual(expected);
  });

  test('a stale entry comes back with a snapshot', () => {
    const { memory, cpus } = pair();
    const [p] = cpus as [Processor];
    does(memory, p, 'ldr x0, [x22]', 1);
    words(memory, AT, page(NEW));
    const snapshot = takeSnapshot(memory);
    p.invalidateTlb();
    does(memory, p, 'ldr x1, [x22]', 1);
    expect(p.x(1)).toBe(0xb2n);
    restoreSnapshot(memory, snapshot);
    does(memory, p, 'ldr x1, [x22]', 1);
    expect(p.x(1)).toBe(0xa1n);
  });

  test('more pages than there is room for: all are dropped, none is wrong', () => {
    const { memory, cpus } = pair();
    const [p] = cpus as [Processor];
    const count = 600n;
    for (let n = 0n; n < 512n; n += 1n) words(memory, LEVEL3 + 8n * n, page(RAM + 0x20_0000n + (n % 256n) * 0x1000n));
    for (let n = 0n; n < 256n; n += 1n) words(memory, RAM + 0x20_0000n + n * 0x1000n, n);
    memory.writeBytes(
      CODE,
      image('1: ldr x1, [x0]\n add x2, x2, x1\n add x0, x0, #0x1000\n subs x3, x3, #1\n b.ne 1b\n nop', CODE),
    );
    p.pc = CODE;
    p.setX(0, 0n);
    p.setX(2, 0n);
    p.setX(3, 512n);
    p.run(5 * 512);
    expect(p.x(2)).toBe(2n * ((255n * 256n) / 2n));
    expect(p.tlb().length).toBeGreaterThan(0);
    expect(BigInt(p.tlb().length)).toBeLessThan(count);
  });
});
