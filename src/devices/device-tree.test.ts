import { expect, test } from 'vitest';
import type { FdtNode } from './fdt.ts';
import { type BoardDescription, deviceTree, deviceTreeOf } from './index.ts';

const FULL: BoardDescription = {
  cpus: 2,
  memory: 64 << 20,
  devices: ['gic', 'pl011', 'pl031', 'pl061'],
  virtio: [3, 0],
  flash: true,
  psci: 'smc',
  el2: true,
  pmu: true,
  bootargs: 'quiet',
  initrd: { start: 0x4800_0000n, end: 0x4810_0000n },
};
const SMALL: BoardDescription = { cpus: 1, memory: 16 << 20, devices: ['pl011'], el2: false, pmu: true };

const names = (board: BoardDescription) => deviceTreeOf(board).children?.map(({ name }) => name);
const node = (board: BoardDescription, name: string): FdtNode['properties'] => {
  const found = deviceTreeOf(board).children?.find((child) => child.name === name);
  if (found === undefined) throw new Error(`no node ${name}`);
  return found.properties;
};

test('what is on the board, and nothing else', () => {
  expect(names(FULL)).toEqual([
    ...['chosen', 'memory@40000000', 'cpus', 'psci', 'intc@8000000', 'timer', 'pmu', 'apb-pclk'],
    ...['pl011@9000000', 'pl031@9010000', 'pl061@9030000', 'flash@0', 'virtio_mmio@a000000', 'virtio_mmio@a000600'],
  ]);
  expect(names(SMALL)).toEqual(['chosen', 'memory@40000000', 'cpus', 'pmu', 'apb-pclk', 'pl011@9000000']);
});

test('sizes, CPUs, ways to call and things to load come from the configuration', () => {
  expect(node(FULL, 'memory@40000000')['reg']).toEqual([0, 0x4000_0000, 0, 64 << 20]);
  expect(node(FULL, 'intc@8000000')).toMatchObject({ reg: [0, 0x0800_0000, 0, 0x1_0000, 0, 0x080a_0000, 0, 0x4_0000] });
  expect(node(FULL, 'psci')['method']).toBe('smc');
  expect(node({ ...FULL, psci: 'hvc' }, 'psci')['method']).toBe('hvc');
  expect(node(FULL, 'chosen')).toEqual({
    bootargs: 'quiet',
    'stdout-path': '/pl011@9000000',
    'linux,initrd-start': [0, 0x4800_0000],
    'linux,initrd-end': [0, 0x4810_0000],
  });
  const cpus = deviceTreeOf({ ...FULL, cpus: 3, cpu: 'arm,cortex-a57' }).children?.find(({ name }) => name === 'cpus');
  expect(cpus?.children?.map(({ name, properties }) => [name, properties['reg'], properties['compatible']])).toEqual([
    ['cpu@0', [0], 'arm,cortex-a57'],
    ['cpu@1', [1], 'arm,cortex-a57'],
    ['cpu@2', [2], 'arm,cortex-a57'],
  ]);
});

test('what only EL2 sees is described when EL2 is the guest’s', () => {
  expect(node(FULL, 'intc@8000000')['interrupts']).toEqual([1, 9, 4]);
  expect(node({ ...FULL, el2: false }, 'intc@8000000')).not.toHaveProperty('interrupts');
  expect(node({ ...FULL, el2: false }, 'timer')['interrupts']).toEqual([1, 13, 4, 1, 14, 4, 1, 11, 4]);
});

test('without an interrupt controller there are no interrupts', () => {
  const all = JSON.stringify(deviceTreeOf(SMALL));
  expect(all).not.toMatch(/"interrupts"|interrupt-parent/);
});

test('the same board gives the same bytes', () => {
  expect(deviceTree(FULL)).toEqual(deviceTree(structuredClone(FULL)));
  expect(deviceTree({ ...FULL, virtio: [0, 3] })).toEqual(deviceTree(FULL));
});
