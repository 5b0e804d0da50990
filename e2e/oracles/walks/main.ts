// The fuzzer of translation tables as a command: what AT makes of random tables, addresses and controls here and in QEMU.
//   npm run build:cli && node e2e/launch.mjs e2e/oracles/walks/main.ts [--seed N] [--first B] [--batches M] [--size C] [--show D]
// A batch is a function of seed and number. Exit status 0: equal.
import { parseArgs } from 'node:util';
import { batchOf, type Case } from './cases.ts';
import { compare } from './compare.ts';
import { QEMU, runBatch, TRAPSCOPE } from './run.ts';

export async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      seed: { type: 'string', default: '1' },
      first: { type: 'string', default: '0' },
      batches: { type: 'string', default: '25' },
      size: { type: 'string', default: '400' },
      show: { type: 'string', default: '5' },
    },
  });
  const [seed, first, batches, size, show] = [values.seed, values.first, values.batches, values.size, values.show].map(
    Number,
  ) as [number, number, number, number, number];
  let different = 0;
  let translated = 0;
  for (let number = first; number < first + batches; number += 1) {
    const batch = batchOf(seed, number, size);
    const [a, b] = runBatch(batch, [QEMU, TRAPSCOPE]);
    if (a === undefined || b === undefined) throw new Error('an engine gave nothing');
    translated += batch.cases.filter((_, at) => a.results[2 * at] !== 0n && ((a.results[2 * at] as bigint) & 1n) === 0n).length;
    for (const { at, one, text } of compare(batch, a, b)) {
      different += 1;
      if (different <= show) console.log(`batch ${number}, case ${at}: QEMU / Trapscope: ${text}\n  ${said(one)}`);
    }
    if (a.tables.some((descriptor, at) => descriptor !== b.tables[at])) {
      different += 1;
      console.log(`batch ${number}: hardware has left other tables`);
    }
  }
  console.log(`walks, seed ${seed}: ${batches * size} cases, ${translated} translated, the others fault; ${different} different`);
  return different === 0 ? 0 : 1;
}

function said(one: Case): string {
  return Object.entries(one)
    .map(([name, value]) => `${name} ${typeof value === 'bigint' ? `0x${value.toString(16)}` : value}`)
    .join(', ');
}
