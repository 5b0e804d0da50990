// The UART, the real-time clock and the GPIO, and QEMU's: random accesses to their registers read the same and raise the same interrupts. The UART is
// given no bits that the TRM reserves, which QEMU keeps, and no loopback, which QEMU 7.2 does not have. Level interrupts of the GPIO are cleared
// after every step that can end one, because QEMU keeps them until then; pins keep their direction, as QEMU reads a pin that turns from output to
// input as its old output.
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { player } from './model.ts';
import { numbers } from './numbers.ts';
import { EPOCH, probe, type Step } from './probe.ts';

const UART = 0x0900_0000;
const CLOCK = 0x0901_0000;
const GPIO = 0x0903_0000;

const load = (address: number, bytes: 1 | 2 | 4 = 4): Step => ({ kind: 'load', address, bytes });
const store = (address: number, value: number, bytes: 1 | 2 | 4 = 4): Step => ({
  kind: 'store',
  address,
  bytes,
  value: BigInt(value),
});

/** Interrupts let through, so that the lines of the two devices are seen. */
const SETUP: readonly Step[] = [
  store(0x0800_0000, 3),
  store(0x0800_0084, 0xffff_ffff),
  store(0x0800_0104, 0xffff_ffff),
  { kind: 'msr', register: 'ICC_PMR_EL1', el: 2, value: 0xffn },
  { kind: 'msr', register: 'ICC_IGRPEN1_EL1', el: 2, value: 1n },
];

/** `settled` says after which steps the two are comparable. */
function agree(steps: readonly Step[], settled: (step: Step) => boolean = () => true): void {
  const here = steps.map(player());
  const there = probe(steps);
  const different = here.findIndex((seen, i) => settled(steps[i] as Step) && !isDeepStrictEqual(seen, there[i]));
  expect({ step: steps[different], seen: here[different] }).toEqual({ step: steps[different], seen: there[different] });
}

test('identification and everything that reads as zero', () => {
  const offsets = [
    ...Array.from({ length: 16 }, (_, i) => 4 * i),
    0x3fc,
    ...Array.from({ length: 16 }, (_, i) => 0x400 + 4 * i),
    0x500,
  ];
  const ids = Array.from({ length: 12 }, (_, i) => 0xfd0 + 4 * i);
  agree([UART, CLOCK, GPIO].flatMap((base) => [...offsets, ...ids].map((offset) => load(base + offset))));
});

/** Bits that may be written, by offset. */
const UART_BITS: ReadonlyMap<number, number> = new Map([
  [0x00, 0xff],
  [0x04, 0xff],
  [0x18, 0xffff],
  [0x20, 0xff],
  [0x24, 0xffff],
  [0x28, 0x3f],
  [0x2c, 0xfe],
  [0x30, 0xff07],
  [0x34, 0x3f],
  [0x38, 0x7ff],
  [0x3c, 0xffff],
  [0x40, 0xffff],
  [0x44, 0x7ff],
  [0x48, 7],
]);

test('2000 accesses to the UART', () => {
  const below = numbers(3);
  const offsets = [...UART_BITS.keys()];
  const steps = Array.from({ length: 2000 }, (): Step => {
    const offset = offsets[below(offsets.length)] as number;
    const bytes = ([4, 4, 2, 1] as const)[below(4)] ?? 4;
    return below(2) ? load(UART + offset, bytes) : store(UART + offset, below(0x1_0000) & (UART_BITS.get(offset) ?? 0), bytes);
  });
  agree([...SETUP, ...steps]);
});

test('2000 accesses to the clock', () => {
  const below = numbers(1);
  const near = () => EPOCH + below(8);
  const steps = Array.from({ length: 2000 }, (): Step => {
    const offset = 4 * below(8);
    if (below(2)) return load(CLOCK + offset);
    const value = offset === 4 || offset === 8 ? near() : below(4);
    return store(CLOCK + offset, value);
  });
  agree([...SETUP, ...steps]);
});

const CLEAR = GPIO + 0x41c;

function isGpioStore(step: Step): boolean {
  return step.kind === 'store' && step.address >= GPIO && step.address !== CLEAR;
}

test.each([0x00, 0xff, 0x0f, 0xa5])('1000 accesses to the GPIO with outputs %i', (outputs) => {
  const below = numbers(outputs);
  const steps = Array.from({ length: 1000 }, (): readonly Step[] => {
    const offset = below(3) === 0 ? 4 * below(256) : 0x404 + 4 * below(8);
    if (below(2)) return [load(GPIO + offset, offset & 4 ? 4 : 1)];
    return [store(GPIO + offset, below(256)), store(CLEAR, 0xff)];
  });
  agree([...SETUP, store(GPIO + 0x400, outputs), ...steps.flat()], (step) => !isGpioStore(step));
});
