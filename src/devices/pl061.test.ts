import { expect, test } from 'vitest';
import { ownBytes } from '#base';
import { PL061 } from './index.ts';

function gpio(bytes = ownBytes(PL061.stateSize)) {
  const log: string[] = [];
  const device = PL061.make(bytes, {
    irq: (level) => log.push(`irq ${level}`),
    pins: (levels, driven) => log.push(`pins ${levels.toString(16)}/${driven.toString(16)}`),
  });
  device.reset();
  return {
    device,
    log,
    read(offset: number, width = 4) {
      const got = device.read(offset, width);
      return got.ok ? Number(got.value) : got.error.kind;
    },
    write: (offset: number, value: number, width = 4) => device.write(offset, width, BigInt(value)),
  };
}

const [DATA, DIR, IS, IBE, IEV, IE, RIS, MIS, IC, AFSEL] = [
  0x3fc, 0x400, 0x404, 0x408, 0x40c, 0x410, 0x414, 0x418, 0x41c, 0x420,
] as const;

// Register values as read on QEMU's virt board; behaviour after the TRM, DDI 0190, 2.2 and 3.3.

test('reset values, identification, eight bits each', () => {
  const { read, write } = gpio();
  expect([0, DATA, DIR, IS, IBE, IEV, IE, RIS, MIS, IC, AFSEL, 0x500].map((offset) => read(offset))).toEqual(Array(12).fill(0));
  expect(Array.from({ length: 8 }, (_, i) => read(0xfe0 + 4 * i))).toEqual([0x61, 0x10, 0x04, 0, 0x0d, 0xf0, 0x05, 0xb1]);
  for (const offset of [DIR, IBE, IEV, IE, AFSEL]) write(offset, 0xffff_ffff);
  expect([DIR, IBE, IEV, IE, AFSEL].map((offset) => read(offset))).toEqual(Array(5).fill(0xff));
});

test('address bits are the mask of a data access', () => {
  const { log, read, write } = gpio();
  write(DIR, 0xff);
  write(DATA, 0xa5);
  expect([read(DATA), read(4 * 0x0f), read(0)]).toEqual([0xa5, 0x05, 0]);
  write(4 * 0x01, 0);
  expect(read(DATA)).toBe(0xa4);
  write(0, 0xff);
  expect(log).toEqual(['pins 0/ff', 'pins a5/ff', 'pins a4/ff']);
  write(DATA, 0x11, 1);
  expect([read(DATA), read(DATA, 1), read(DATA, 2)]).toEqual([0x11, 0x11, 0x11]);
});

test('an input shows its switch, an output what was written while it was one', () => {
  const { device, log, read, write } = gpio();
  device.setInput(0, 1);
  device.setInput(7, 1);
  expect(read(DATA)).toBe(0x81);
  write(DATA, 0xff);
  expect(read(DATA)).toBe(0x81);
  write(DIR, 0x0f);
  expect(read(DATA)).toBe(0x80);
  write(DATA, 0xff);
  expect(read(DATA)).toBe(0x8f);
  expect([device.inputs, device.outputs, device.driven]).toEqual([0x81, 0x0f, 0x0f]);
  expect(log).toEqual(['pins 0/f', 'pins f/f']);
});

test.each([
  { ibe: 0, iev: 1, edges: ['rise'] },
  { ibe: 0, iev: 0, edges: ['fall'] },
  { ibe: 1, iev: 0, edges: ['rise', 'fall'] },
])('edges with GPIOIBE $ibe, GPIOIEV $iev: $edges', ({ ibe, iev, edges }) => {
  const { device, read, write } = gpio();
  write(IBE, ibe << 3);
  write(IEV, iev << 3);
  const seen = (['rise', 'fall'] as const).filter((edge) => {
    device.setInput(3, edge === 'rise' ? 1 : 0);
    const raised = read(RIS) === 8;
    write(IC, 8);
    expect(read(RIS)).toBe(0);
    return raised;
  });
  expect(seen).toEqual(edges);
});

test('the line follows the masked status', () => {
  const { device, log, read, write } = gpio();
  write(IEV, 1);
  device.setInput(0, 1);
  expect([read(RIS), read(MIS), log]).toEqual([1, 0, []]);
  write(IE, 1);
  expect([read(MIS), log]).toEqual([1, ['irq 1']]);
  device.setInput(0, 0);
  write(IC, 0xfe);
  expect(log).toEqual(['irq 1']);
  write(IC, 1);
  expect(log).toEqual(['irq 1', 'irq 0']);
});

test('a level interrupt holds for as long as the pin has the level', () => {
  const { device, log, read, write } = gpio();
  write(IS, 0x81);
  write(IEV, 0x01);
  write(IE, 0x81);
  expect([read(RIS), log]).toEqual([0x80, ['irq 1']]);
  write(IC, 0xff);
  expect(read(RIS)).toBe(0x80);
  device.setInput(7, 1);
  expect([read(RIS), log]).toEqual([0, ['irq 1', 'irq 0']]);
  device.setInput(0, 1);
  expect(read(RIS)).toBe(1);
});

test('outputs make no edges; reset keeps the switches; the state is in the bytes', () => {
  const bytes = ownBytes(PL061.stateSize);
  const { device, log, read, write } = gpio(bytes);
  write(DIR, 1);
  write(IEV, 1);
  device.setInput(0, 1);
  expect(read(RIS)).toBe(0);
  write(DATA, 1);
  const again = PL061.make(bytes, { irq: () => undefined, pins: () => undefined });
  expect(again.outputs).toBe(1);
  device.reset();
  expect([read(DATA), read(DIR), log]).toEqual([1, 0, ['pins 0/1', 'pins 1/1', 'pins 0/0']]);
  expect([read(DATA, 8), read(0xfe2, 4)]).toEqual(['width', 'alignment']);
});
