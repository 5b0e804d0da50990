// The assembler's and the disassembler's differential campaigns against GNU binutils 2.40.
//   node e2e/launch.mjs e2e/oracles/assembler/main.ts lines|words|programs|mistakes|compiled [--seed N] [--count M] [--show K]
// Exit status 0: no difference.
import { parseArgs } from 'node:util';
import { compareCompiled } from './compare-compiled.ts';
import { compareLines } from './compare-lines.ts';
import { compareMistakes, comparePrograms } from './compare-programs.ts';
import { compareWords } from './compare-words.ts';

const CAMPAIGNS = {
  lines: { count: 20_000, run: compareLines },
  words: { count: 100_000, run: compareWords },
  programs: { count: 300, run: comparePrograms },
  mistakes: { count: 300, run: compareMistakes },
  compiled: { count: 100, run: compareCompiled },
} as const;

export async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '1' },
      count: { type: 'string' },
      show: { type: 'string', default: '40' },
    },
  });
  const campaign = CAMPAIGNS[positionals[0] as keyof typeof CAMPAIGNS];
  if (campaign === undefined) {
    console.error(`a campaign is one of ${Object.keys(CAMPAIGNS).join(', ')}`);
    return 2;
  }
  const count = Number(values.count ?? campaign.count);
  const { compared, differences } = campaign.run(Number(values.seed), count);
  console.log(`${positionals[0]}: ${compared} compared, ${differences.length} differences`);
  for (const difference of differences.slice(0, Number(values.show))) console.log(`  ${difference}`);
  return differences.length === 0 ? 0 : 1;
}
