// The GIC and QEMU's: the unit tests' sequences give on QEMU what they say, except where a sequence says why not; and on random lists of accesses
// the two agree on every value read and every interrupt told.
import { expect, test } from 'vitest';
import { ownBytes } from '#base';
import { GIC_STATE_SIZE, makeGic } from '#devices';
import { readSequence, SEQUENCES, SETUP, type SequenceLine } from '../../../src/devices/gic/sequences.ts';
import { player } from './model.ts';
import { probe, type Seen, type Step } from './probe.ts';
import { randomGic } from './random-gic.ts';

const CPUS = 2;
const GIC = makeGic(ownBytes(GIC_STATE_SIZE), { line: () => undefined }, { cpus: CPUS });

/** What drives a line on QEMU: timers that are always due, and the GPIO's level interrupt of pin 0. */
const TIMERS: Readonly<Record<string, string>> = { '26': 'CNTHP_CTL_EL2', '27': 'CNTV_CTL_EL0', '30': 'CNTP_CTL_EL0' };
const GPIO_IS = 0x0903_0404;
const GPIO_IE = 0x0903_0410;

function steps({ cpu, el, name, access, value }: SequenceLine): readonly Step[] {
  if (access === 'line' && name === '39')
    return [
      { kind: 'store', address: GPIO_IS, bytes: 4, value: 1n },
      { kind: 'store', address: GPIO_IE, bytes: 4, value },
    ];
  const register = access === 'line' ? (TIMERS[name] as string) : name;
  if (!register.startsWith('GIC'))
    return [access === 'read' ? { kind: 'mrs', register, el, cpu } : { kind: 'msr', register, el, cpu, value }];
  const distributor = register.startsWith('GICD_');
  const device = distributor ? GIC.distributor : GIC.redistributors[cpu];
  const row = device?.registers.find((r) => r.name === register);
  if (row === undefined) throw new Error(`no register ${register}`);
  const address = (distributor ? 0x0800_0000 : 0x080a_0000 + 0x2_0000 * cpu) + row.offset;
  const bytes = /^GICD_IROUTER|^GICR_TYPER$/.test(register) ? 8 : 4;
  return [access === 'read' ? { kind: 'load', address, bytes, cpu } : { kind: 'store', address, bytes, cpu, value }];
}

/** The lines of a sequence with what came of them on QEMU, in the notation of the sequences. */
function onQemu(lines: readonly SequenceLine[]): readonly string[] {
  const plan = lines.map((line) => steps(line));
  const seen = probe(plan.flat(), CPUS);
  const hcr = [0n, 0n];
  let at = 0;
  return lines.map((line, i) => {
    at += plan[i]?.length ?? 0;
    const last = seen[at - 1] as Seen;
    if (line.name === 'HCR_EL2') hcr[line.cpu] = line.value;
    return said(line, last.value, told(last, hcr[line.cpu] as bigint));
  });
}

function told({ isr2, isr1 }: Seen, hcr: bigint): readonly string[] {
  const lines = [];
  if (isr2 & 0x80) lines.push('irq');
  if (isr2 & 0x40) lines.push('fiq');
  if (hcr & 0x10n && isr1 & 0x80) lines.push('virq');
  if (hcr & 0x08n && isr1 & 0x40) lines.push('vfiq');
  return lines;
}

function said({ text, access, told: expected }: SequenceLine, value: bigint, lines: readonly string[]): string {
  return `${text}${access === 'read' ? `: 0x${value.toString(16)}` : ''}${expected ? ` told ${lines.join(' ') || '-'}` : ''}`;
}

test.each(SEQUENCES)('QEMU: $name', ({ text, notQemu }) => {
  const lines = readSequence(SETUP + text);
  const expected = lines.map((line) => said(line, line.value, line.told ?? []));
  if (notQemu === undefined) expect(onQemu(lines)).toEqual(expected);
  else expect(onQemu(lines)).not.toEqual(expected);
});

test.each([
  { seed: 1, cpus: 1 },
  { seed: 2, cpus: 2 },
  { seed: 3, cpus: 4 },
  { seed: 4, cpus: 8 },
])('12 random lists of 1500 accesses on $cpus CPUs', ({ seed, cpus }) => {
  for (let i = 0; i < 12; i += 1) {
    const played = randomGic(1000 * seed + i, 1500, cpus, player(cpus));
    const seen = probe(
      played.map(({ step }) => step),
      cpus,
    );
    const different = played.findIndex((here, n) => !same(here.seen, seen[n] as Seen));
    expect({ list: 1000 * seed + i, ...played[different], qemu: seen[different] }).toEqual({
      list: 1000 * seed + i,
      qemu: undefined,
    });
  }
});

function same(a: Seen, b: Seen): boolean {
  return a.value === b.value && a.fault === b.fault && a.isr1 === b.isr1 && a.isr2 === b.isr2;
}
