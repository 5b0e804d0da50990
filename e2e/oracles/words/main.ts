// Random instruction words as a command:
//   node e2e/launch.mjs e2e/oracles/words/main.ts [--seed N] [--first PART] [--words M]
// --first    number of the first part of 500 words (0): `--first 1234 --words 500` is one part again
// Exit status 0: no word was an internal error.
import { parseArgs } from 'node:util';
import { noCounts, PART, randomWords } from './random-words.ts';

export async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      seed: { type: 'string', default: '1' },
      first: { type: 'string', default: '0' },
      words: { type: 'string', default: '1000000' },
    },
  });
  const [seed, first, words] = [values.seed, values.first, values.words].map(Number) as [number, number, number];
  const counts = noCounts();
  let failed = 0;
  const start = performance.now();
  for (let part = first; part < first + words / PART; part++) {
    for (const failure of randomWords(seed, part, 1, counts)) {
      failed++;
      if (failed <= 10) console.log(`part ${failure.part}: ${failure.what}`);
    }
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `${counts.words} words, ${counts.executed} fetched, ${counts.exceptions} exceptions, ${failed} failures, ${seconds} s`,
  );
  console.log(JSON.stringify(counts.worlds));
  return failed === 0 ? 0 : 1;
}
