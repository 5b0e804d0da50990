import { expect, test } from 'vitest';
import { BOARD, boardMap, rangeAt, spiIntid } from './index.ts';

test('the ranges lie in the order of the table and do not overlap, as large as they can be', () => {
  let end = 0n;
  for (const { base, size, count } of Object.values(BOARD)) {
    expect(base).toBeGreaterThanOrEqual(end);
    end = base + size * BigInt(count);
  }
  expect(end).toBe(0x8000_0000n);
});

test('SPIs differ and are those of virt', () => {
  expect([BOARD.pl011, BOARD.pl031, BOARD.pl061, BOARD.virtio].map(({ spi }) => spiIntid(spi))).toEqual([33, 34, 39, 48]);
});

test('a map is cut to the configuration', () => {
  const map = boardMap({ cpus: 2, memory: 64 << 20, flash: false });
  const name = (address: bigint) => rangeAt(map, address)?.title;
  expect(name(0x0n)).toBeUndefined();
  expect(rangeAt(boardMap({ cpus: 1, memory: 4096, flash: true }), 0x07ff_ffffn)?.title).toBe('Flash');
  expect([0x0800_ffffn, 0x0801_0000n, 0x080a_0000n, 0x080d_ffffn, 0x080e_0000n].map(name)).toEqual([
    'GICv3 distributor',
    undefined,
    'GICv3 redistributors',
    'GICv3 redistributors',
    undefined,
  ]);
  expect([0x0900_0fffn, 0x0900_1000n, 0x0a00_3fffn, 0x0a00_4000n, 0x0b00_0000n, 0x0c00_0000n].map(name)).toEqual([
    'PL011 UART',
    undefined,
    'virtio-mmio',
    undefined,
    'Nobody’s land',
    undefined,
  ]);
  expect([0x4000_0000n, 0x43ff_ffffn, 0x4400_0000n].map(name)).toEqual(['RAM', 'RAM', undefined]);
});
