// The device tree and QEMU's: every node of ours is on QEMU's virt too, with the same values, but for what is really different between the boards.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type BoardDescription, deviceTree } from '#devices';
import { program } from '../../setup/programs.ts';
import { type FdtRead, readFdt } from './read-fdt.ts';

/** Properties that are meant to differ, by node and name, and why. */
const DIFFERENT: Readonly<Record<string, string>> = {
  'intc@8000000 #address-cells': 'no ITS below it',
  'intc@8000000 reg': 'as many redistributors as CPUs, not room for more',
  'psci compatible': 'PSCI 0.1 numbers are not offered',
  'pl061@9030000 interrupt-controller': 'required by the binding',
  'pl061@9030000 #interrupt-cells': 'required by the binding',
  'pl061@9030000 #address-cells': 'required of interrupt controllers',
  'cpu@0 compatible': 'a model of no particular CPU',
  'cpu@1 compatible': 'a model of no particular CPU',
};
const REFERENCES = new Set(['phandle', 'clocks', 'interrupt-parent']);

function qemu(cpus: number): FdtRead {
  const folder = mkdtempSync(join(tmpdir(), 'trapscope-dtb-'));
  try {
    const machine = 'virt,gic-version=3,virtualization=on,its=off,dumpdtb=board.dtb';
    const { status, stderr } = spawnSync(
      program('qemu-system-aarch64'),
      ['-M', machine, '-cpu', 'max', '-smp', String(cpus), '-m', '64M', '-display', 'none'],
      { cwd: folder, encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`QEMU: ${stderr}`);
    return readFdt(readFileSync(join(folder, 'board.dtb')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `node property` and value for all properties below a node, references to other nodes left out. */
function properties(node: FdtRead): readonly (readonly [string, string])[] {
  const own = [...node.properties].filter(([name]) => !REFERENCES.has(name));
  return [
    ...own.map(([name, value]) => [`${node.name || '/'} ${name}`, Buffer.from(value).toString('hex')] as const),
    ...node.children.flatMap(properties),
  ];
}

test('each property is that of virt, or listed', () => {
  const board: BoardDescription = {
    cpus: 2,
    memory: 64 << 20,
    devices: ['gic', 'pl011', 'pl031', 'pl061'],
    virtio: Array.from({ length: 32 }, (_, n) => n),
    psci: 'smc',
    el2: true,
    pmu: true,
  };
  const ours = properties(readFdt(deviceTree(board)));
  const theirs = new Map(properties(qemu(2)));
  const different = ours.filter(([name, value]) => theirs.get(name) !== value).map(([name]) => name);
  expect(different.sort()).toEqual(Object.keys(DIFFERENT).sort());
  expect(ours.length).toBe(180);
});
