import { expect, test } from 'vitest';
import { ownBytes } from '#base';
import { makeBus, PL011 } from './index.ts';

function uart() {
  const log: string[] = [];
  const device = PL011.make(ownBytes(PL011.stateSize), {
    irq: (level) => log.push(`irq ${level}`),
    transmit: (byte) => log.push(`tx ${String.fromCharCode(byte)}`),
  });
  device.reset();
  const read = (offset: number, bytes = 4) => {
    const got = device.read(offset, bytes);
    return got.ok ? Number(got.value) : got.error.kind;
  };
  const write = (offset: number, value: number, bytes = 4) => {
    const done = device.write(offset, bytes, BigInt(value));
    return done.ok ? 'done' : done.error.kind;
  };
  return { device, log, read, write };
}

test('reset values', () => {
  const { read } = uart();
  expect([0x18, 0x24, 0x28, 0x2c, 0x30, 0x34, 0x38, 0x3c, 0x40].map((offset) => read(offset))).toEqual([
    0x90, 0, 0, 0, 0x300, 0x12, 0, 0, 0,
  ]);
});

test('identification as the TRM prints it for revision 1', () => {
  const { read } = uart();
  expect(Array.from({ length: 8 }, (_, i) => read(0xfe0 + 4 * i))).toEqual([0x11, 0x10, 0x14, 0, 0x0d, 0xf0, 0x05, 0xb1]);
});

test('a written byte leaves at once, raises TX, and the line follows the mask', () => {
  const { log, read, write } = uart();
  write(0x00, 0x148);
  expect(log).toEqual(['tx H']);
  expect(read(0x3c)).toBe(1 << 5);
  expect(read(0x40)).toBe(0);
  write(0x38, 1 << 5);
  write(0x44, 1 << 5);
  expect(log).toEqual(['tx H', 'irq 1', 'irq 0']);
});

test('received bytes queue up to the depth, in order, and the receive interrupt falls with the last', () => {
  const { device, log, read, write } = uart();
  write(0x2c, 0x70);
  write(0x38, 1 << 4);
  for (let i = 0; i < 16; i++) expect(device.receive(0x61 + i)).toBe(true);
  expect(Number(read(0x18)) & 0x50).toBe(0x40);
  expect(Array.from({ length: 16 }, () => read(0x00))).toEqual(Array.from({ length: 16 }, (_, i) => 0x61 + i));
  expect(Number(read(0x18)) & 0x50).toBe(0x10);
  expect(log).toEqual(['irq 1', 'irq 0']);
  expect(read(0x00)).toBe(0);
});

test('without FIFOs the second byte overruns', () => {
  const { device, read } = uart();
  expect(device.receive(0x41)).toBe(true);
  expect(device.receive(0x42)).toBe(false);
  expect(Number(read(0x3c)) & (1 << 10)).toBe(1 << 10);
  expect(read(0x00)).toBe(0x841);
  expect(read(0x04)).toBe(8);
  expect(device.receive(0x43)).toBe(true);
  expect(read(0x00)).toBe(0x43);
});

test('loopback returns bytes and modem lines', () => {
  const { log, read, write } = uart();
  write(0x30, 0x380 | (1 << 11));
  write(0x00, 0x55);
  expect(log).toEqual([]);
  expect(Number(read(0x18)) & 0x11).toBe(1);
  expect(read(0x00)).toBe(0x55);
  expect(Number(read(0x3c)) & (1 << 1)).toBe(2);
});

test('accesses are answered by the width rules', () => {
  const { read, write } = uart();
  expect(read(0x18, 1)).toBe(0x90);
  expect(read(0x31, 1)).toBe(3);
  expect(read(0x18, 8)).toBe('width');
  expect(read(0x1a, 4)).toBe('alignment');
  expect(write(0x01, 0x41, 1)).toBe('alignment');
  expect(write(0x00, 0x41, 1)).toBe('done');
  expect(read(0x100)).toBe(0);
});

test('two over the same bytes are the same device', () => {
  const bytes = ownBytes(PL011.stateSize);
  const outputs = { irq: () => undefined, transmit: () => undefined };
  const first = PL011.make(bytes, outputs);
  first.reset();
  first.receive(0x7a);
  const second = PL011.make(bytes, outputs);
  expect(second.read(0, 4)).toEqual({ ok: true, value: 0x7an });
});

test('the bus finds the device that holds the whole access', () => {
  const { device } = uart();
  const bus = makeBus([{ base: 0x0900_0000n, device }]);
  expect(bus.find(0x0900_0018n, 4)?.offset).toBe(0x18);
  expect(bus.find(0x0900_0ffen, 4)).toBeUndefined();
  expect(bus.find(0x08ff_fffen, 4)).toBeUndefined();
});
