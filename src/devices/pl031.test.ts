import { expect, test } from 'vitest';
import { ownBytes } from '#base';
import { PL031 } from './index.ts';

const SECOND = 1_000_000_000n;

function clock(epoch = 1_000_000_000, bytes = ownBytes(PL031.stateSize)) {
  const log: string[] = [];
  const time = { now: 0n };
  const device = PL031.make(bytes, { irq: (level) => log.push(`irq ${level}`), now: () => time.now, epoch });
  device.reset();
  return {
    device,
    log,
    read(offset: number, width = 4) {
      const got = device.read(offset, width);
      return got.ok ? Number(got.value) : got.error.kind;
    },
    write: (offset: number, value: number) => device.write(offset, 4, BigInt(value)),
    /** Virtual time goes on; a scheduler calls the device at its next event. */
    at(ns: bigint) {
      time.now = ns;
      device.advance();
    },
  };
}

// Register values as read on QEMU's virt board; behaviour after the TRM, DDI 0224, 3.3.

test('reset values and identification', () => {
  const { read } = clock();
  expect([0, 4, 8, 0xc, 0x10, 0x14, 0x18, 0x1c, 0x20].map((offset) => read(offset))).toEqual([1e9, 0, 0, 1, 0, 0, 0, 0, 0]);
  expect(Array.from({ length: 8 }, (_, i) => read(0xfe0 + 4 * i))).toEqual([0x31, 0x10, 0x14, 0, 0x0d, 0xf0, 0x05, 0xb1]);
});

test('the counter follows virtual time in whole seconds, from what was loaded, and wraps', () => {
  const { read, write, at } = clock(5);
  at(SECOND - 1n);
  expect(read(0)).toBe(5);
  at(SECOND);
  expect(read(0)).toBe(6);
  at(3n * SECOND + 1n);
  write(8, 0xffff_ffff);
  expect([read(0), read(8)]).toEqual([0xffff_ffff, 0xffff_ffff]);
  at(4n * SECOND);
  expect(read(0)).toBe(0);
  write(0xc, 0);
  expect(read(0xc)).toBe(1);
});

test('a match ahead comes at its second, once; a match with the present second comes at once', () => {
  const { device, log, read, write, at } = clock(100);
  expect(device.nextEvent()).toBeUndefined();
  write(0x10, 0xff);
  expect(read(0x10)).toBe(1);
  at(SECOND / 2n);
  write(4, 103);
  expect(device.nextEvent()).toBe(3n * SECOND);
  at(3n * SECOND - 1n);
  expect([read(0x14), log]).toEqual([0, []]);
  at(3n * SECOND);
  expect([read(0x14), read(0x18), log]).toEqual([1, 1, ['irq 1']]);
  expect(device.nextEvent()).toBeUndefined();
  write(0x1c, 0);
  expect(read(0x14)).toBe(1);
  write(0x1c, 0xffff_fffe);
  expect(read(0x14)).toBe(1);
  write(0x1c, 1);
  expect([read(0x14), log]).toEqual([0, ['irq 1', 'irq 0']]);
  write(8, 103);
  expect([read(0x14), log]).toEqual([1, ['irq 1', 'irq 0', 'irq 1']]);
});

test('a match that has passed waits for the counter to wrap', () => {
  const { device, read, write, at } = clock(100);
  at(10n * SECOND);
  write(4, 109);
  expect(read(0x14)).toBe(0);
  expect(device.nextEvent()).toBe(10n * SECOND + (2n ** 32n - 1n) * SECOND);
});

test('what is due has happened when the guest looks, even if nobody called', () => {
  const time = { now: 0n };
  const device = PL031.make(ownBytes(PL031.stateSize), { irq: () => undefined, now: () => time.now, epoch: 0 });
  device.reset();
  device.write(4, 4, 2n);
  time.now = 2n * SECOND;
  expect(device.read(0x14, 4)).toEqual({ ok: true, value: 1n });
});

test('the mask hides, reset clears, the state is in the bytes', () => {
  const bytes = ownBytes(PL031.stateSize);
  const { log, read, write, device } = clock(7, bytes);
  write(4, 7);
  expect([read(0x14), read(0x18), log]).toEqual([1, 0, []]);
  write(0x10, 1);
  expect(log).toEqual(['irq 1']);
  const again = PL031.make(bytes, { irq: () => undefined, now: () => 0n, epoch: 7 });
  expect(again.read(0x18, 4)).toEqual({ ok: true, value: 1n });
  device.reset();
  expect([read(0x14), read(4), log]).toEqual([0, 0, ['irq 1', 'irq 0']]);
  expect([read(0, 8), read(2, 4)]).toEqual(['width', 'alignment']);
});
