import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runElf } from '../oracles/qemu.ts';
import { buildWorkload, WORKLOADS } from './workloads.ts';

test('every workload builds, ends on QEMU and gives the same checksum again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trapscope-bench-'));
  const names = Object.keys(WORKLOADS) as (keyof typeof WORKLOADS)[];
  const statuses = () =>
    names.map((name) => {
      const file = join(folder, `${name}.elf`);
      buildWorkload(name, 2, file);
      return runElf(file, { cpu: 'cortex-a72' }).status;
    });
  const first = statuses();
  expect(first).not.toContain(null);
  expect(statuses()).toEqual(first);
  rmSync(folder, { recursive: true });
});
