// The fuzzer of KVM's ioctls as a command:
//   node e2e/launch.mjs e2e/oracles/ioctls/main.ts [--seed N] [--first I] [--sequences M]
// --first    index of the first sequence (0): `--first 1234 --sequences 1` is one sequence again
// Exit status 0: every call gave a result or a kernel errno.
import { parseArgs } from 'node:util';
import { type Counts, fuzzIoctls } from './sequence.ts';

const PART = 1000;

export async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      seed: { type: 'string', default: '1' },
      first: { type: 'string', default: '0' },
      sequences: { type: 'string', default: '100000' },
    },
  });
  const [seed, first, count] = [values.seed, values.first, values.sequences].map(Number) as [number, number, number];
  const counts: Counts = { calls: 0, runs: 0, exits: {}, errors: {} };
  let failed = 0;
  for (let at = first; at < first + count; at += PART) {
    for (const { index, calls, what } of fuzzIoctls(seed, at, Math.min(PART, first + count - at), counts)) {
      failed++;
      if (failed <= 10) console.log(`sequence ${index}:\n  ${calls.slice(-12).join('\n  ')}\n${what}`);
    }
  }
  console.log(`${count} sequences, ${counts.calls} calls, ${counts.runs} of KVM_RUN, ${failed} failures`);
  console.log(JSON.stringify({ exits: counts.exits, errors: counts.errors }));
  return failed === 0 ? 0 : 1;
}
