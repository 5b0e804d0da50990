// The differential fuzzer's command: random programs on QEMU 7.2 and on the built command, and what they do not agree on.
//   node e2e/launch.mjs e2e/oracles/fuzz/main.ts [--mode programs|traps] [--seed N] [--programs M] [--first I] [--only FEATURE,…] [--include RULE,…] [--show K]
// --first    index of the first program (0): `--first 1234 --programs 1` is one program again
// --only     features by name; --list prints them
// --show     how many differences to make small and print (10)
// --include  rules of excluded.ts that are not to hold; --rules prints them
// --coverage prints how often each mnemonic was generated
// --against  qemu: a second QEMU in place of the built command, which must agree with the first
// --command  another built command
// Exit status 0: all equal.
import { parseArgs } from 'node:util';
import { compare, type Pair, withPair } from './campaign.ts';
import { type Engine, QEMU, trapscope } from './engines.ts';
import { include, RULES } from './excluded.ts';
import { FEATURES, generate } from './generate.ts';
import { build, disassemblyOf } from './image.ts';
import { SLOTS } from './layout.ts';
import { type Minimal, minimise } from './minimise.ts';
import { linesOf, type Program } from './program.ts';
import { generateTraps, TRAP_FEATURES } from './traps.ts';

const MODES = {
  programs: { features: FEATURES, generate },
  traps: { features: TRAP_FEATURES, generate: generateTraps },
} as const;

export async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      mode: { type: 'string', default: 'programs' },
      seed: { type: 'string', default: '1' },
      programs: { type: 'string', default: '1024' },
      first: { type: 'string', default: '0' },
      only: { type: 'string' },
      show: { type: 'string', default: '10' },
      list: { type: 'boolean', default: false },
      include: { type: 'string' },
      rules: { type: 'boolean', default: false },
      coverage: { type: 'boolean', default: false },
      against: { type: 'string' },
      command: { type: 'string' },
    },
  });
  if (values.rules) {
    for (const [name, { kind, text }] of Object.entries(RULES)) console.log(`${name.padEnd(28)}${kind.padEnd(8)}${text}`);
    return 0;
  }
  include(values.include?.split(',') ?? []);
  const mode = MODES[values.mode as keyof typeof MODES];
  if (mode === undefined) {
    console.error(`there is no mode '${values.mode}': ${Object.keys(MODES).join(', ')}`);
    return 2;
  }
  if (values.list) {
    console.log(mode.features.join('\n'));
    return 0;
  }
  const features = values.only?.split(',') ?? mode.features;
  const unknown = features.find((name) => !mode.features.includes(name));
  if (unknown !== undefined) {
    console.error(`there is no feature '${unknown}': ${mode.features.join(', ')}`);
    return 2;
  }
  const [seed, count, first, show] = [values.seed, values.programs, values.first, values.show].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const other: Engine = values.against === 'qemu' ? { ...QEMU, name: 'QEMU again' } : trapscope(values.command);
  return withPair([QEMU, other], (pair) => {
    const mnemonics = new Map<string, number>();
    const different: { readonly program: Program; readonly difference: string }[] = [];
    const start = performance.now();
    for (let at = first; at < first + count; at += SLOTS) {
      const length = Math.min(SLOTS, first + count - at);
      const programs = Array.from({ length }, (_, n) => mode.generate(seed, at + n, features));
      for (const line of programs.flatMap(({ units }) => linesOf(units))) {
        const [name = ''] = line.split(' ');
        if (!name.endsWith(':') && (!name.startsWith('.') || name === '.inst'))
          mnemonics.set(name, (mnemonics.get(name) ?? 0) + 1);
      }
      for (const { program, difference } of compare(programs, pair))
        if (difference !== undefined) different.push({ program, difference });
      if (process.stderr.isTTY) process.stderr.write(`\r${at + length - first} programs, ${different.length} different `);
    }
    if (process.stderr.isTTY) process.stderr.write('\r');
    const seconds = (performance.now() - start) / 1000;
    const instructions = [...mnemonics.values()].reduce((sum, number) => sum + number, 0);
    const spent = [...pair.spent].map(([name, time]) => `${name} ${(time / 1000).toFixed(1)} s`).join(', ');
    console.log(
      `${values.mode}, seed ${seed}: ${count} programs, ${instructions} instructions, ${mnemonics.size} mnemonics, ${different.length} different; ${seconds.toFixed(1)} s (${spent})`,
    );
    if (values.coverage)
      console.log(
        [...mnemonics]
          .sort(([, a], [, b]) => b - a)
          .map(([name, number]) => `${name} ${number}`)
          .join(', '),
      );
    for (const { program, difference } of chosen(different, show)) report(program, difference, pair, values.mode);
    return different.length === 0 ? 0 : 1;
  });
}

/** Differences of every kind before two of one kind. */
function chosen<T extends { readonly difference: string }>(different: readonly T[], count: number): readonly T[] {
  const kind = ({ difference }: T) => difference.replace(/0x[0-9a-f]+|\d+/g, '#').slice(0, 60);
  const seen = new Map<string, number>();
  const ranked = different.map((one) => {
    const rank = seen.get(kind(one)) ?? 0;
    seen.set(kind(one), rank + 1);
    return { one, rank };
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ one }) => one);
}

function report(program: Program, difference: string, pair: Pair, mode: string): void {
  const { seed, index, translation, spsr, hcr } = program;
  const level = Number((spsr >> 2n) & 3n);
  console.log(`\n── ${difference}`);
  console.log(
    `   --mode ${mode} --seed ${seed} --first ${index} --programs 1 (EL${level}, translation ${translation}, HCR_EL2 0x${hcr.toString(16)}, SPSR 0x${spsr.toString(16)})`,
  );
  const minimal = minimise(program, pair);
  console.log(`   smallest: ${minimal.difference}`);
  for (const line of describeProgram(minimal, pair)) console.log(`     ${line}`);
}

function isControl([name, value]: Program['sysregs'][number]): boolean {
  return value !== 0n && /^(sctlr|cptr|mdcr|cpacr|tcr|vtcr|mdscr|cnt.*ctl|pmuser|hstr|ich_hcr|dbg|vpidr|vmpidr|vsesr)/.test(name);
}

function describeProgram({ program, before }: Minimal, pair: Pair): readonly string[] {
  const elf = build([program], pair.folder);
  const end = linesOf(program.units).length;
  const lines = disassemblyOf(elf, 0);
  const stop = lines.findIndex(({ text }) => /^(hvc|svc|smc) #0xffff$/.test(text));
  const text = lines.slice(0, stop < 0 ? end : stop).map(({ address, text }) => `${address.toString(16).padStart(4)}: ${text}`);
  const used = [...new Set([...text.join('\n').matchAll(/\b[xw](\d+)\b/g)].map(([, number]) => Number(number)))].sort(
    (a, b) => a - b,
  );
  const say = (values: readonly (bigint | 'middle')[]) =>
    used
      .map((number) => `x${number}=${values[number] === 'middle' ? 'middle' : `0x${(values[number] ?? 0n).toString(16)}`}`)
      .join(' ');
  return [
    `at entry: ${say(program.x)}`,
    ...text,
    ...(before === undefined || program.units.length < 2 ? [] : [`before the last unit: ${say(before)}`]),
    ...(program.hcr === 0x300_8000_0000n
      ? []
      : [
          `system registers: ${program.sysregs
            .filter(isControl)
            .map(([name, value]) => `${name}=${typeof value === 'bigint' ? `0x${value.toString(16)}` : value}`)
            .join(' ')}`,
        ]),
  ];
}
