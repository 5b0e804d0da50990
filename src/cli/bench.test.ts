import { expect, test } from 'vitest';
import { bench } from './bench.ts';
import { memoryIo } from './memory-io.ts';

test('every figure is measured, and comes as JSON', async () => {
  const io = memoryIo();
  expect(await bench(['--json', '--runs', '1'], io)).toBe(0);
  const rows = JSON.parse(io.written.stdout) as { name: string; median: number; unit: string }[];
  expect(rows).toHaveLength(9);
  for (const row of rows) expect(row.median, row.name).toBeGreaterThan(0);
});

test('usage', async () => {
  await expect(bench(['x'], memoryIo())).rejects.toThrow('bench takes no file');
  await expect(bench(['--runs', '0'], memoryIo())).rejects.toThrow('1 to 100');
});
