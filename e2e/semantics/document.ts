// docs/features.md, written from the tables: the features that `max` announces and those that it does not. Knows no feature by name.
import { fileURLToPath } from 'node:url';
import { FEATURE_ROWS, featureRow } from '#arch/features';
import { fieldRange, getField } from '#arch/field';
import type { Presence } from '#arch/sysreg';
import { cpuModel } from '#cpu';
import { ABSENT, SHOWN } from './features.ts';

export const DOCUMENT = fileURLToPath(new URL('../../docs/features.md', import.meta.url));

/** The ID register fields that a feature's definition reads, those of the features it rests on included. */
export function fieldsOfFeature(name: string): readonly (readonly [register: string, field: string])[] {
  const found = new Map<string, readonly [string, string]>();
  const visit = (of: Presence): void => {
    if (of.kind === 'not') visit(of.of);
    else if (of.kind === 'and' || of.kind === 'or') of.all.forEach(visit);
    else if (of.kind === 'term' && of.term.kind === 'field') {
      const { register, field } = of.term.ref;
      found.set(`${register}.${field}`, [register, field]);
    } else if (of.kind === 'term' && of.term.kind === 'feature') {
      for (const [register, field] of fieldsOfFeature(of.term.name)) found.set(`${register}.${field}`, [register, field]);
    }
  };
  const definition = featureRow(name)?.definition;
  if (definition !== undefined) visit(definition);
  return [...found.values()];
}

function announced(name: string, registers: ReadonlyMap<string, bigint>): string {
  return fieldsOfFeature(name)
    .map(([register, field]) => [register, field, getField(registers.get(register) ?? 0n, fieldRange(register, field))] as const)
    .filter(([, , value]) => value !== 0n || fieldsOfFeature(name).length === 1)
    .map(([register, field, value]) => `${register}.${field} = ${value}`)
    .join(', ');
}

/** The whole text. */
export function document(): string {
  const max = cpuModel('max');
  if (max === undefined) throw new Error('no model max');
  const rows = SHOWN.map(({ feature, words, where, unseen, case: one }) => {
    const code = (part: string): string => (part === '' ? '' : `\`${part}\``);
    const shown =
      one === undefined
        ? `${unseen} | |`
        : one.text
            .split('|')
            .map((part) => code(part.trim()))
            .join(' | ');
    const folders = where.split(', ').map((path) => `\`src/${path}\``);
    return `| ${feature} | ${words} | ${announced(feature, max.registers)} | ${folders.join(', ')} | ${shown} |`;
  });
  const absent = ABSENT.map(({ reason, features }) => `- ${reason}\n  ${features.split(' ').join(', ')}`);
  const count = FEATURE_ROWS.filter(({ name }) => name.startsWith('FEAT_') && max.features.has(name)).length;
  return `# Features of the processor \`max\`

\`--cpu max\` (the default) announces what this machine implements, ${count} features, and EL0, EL1 and EL2. This page is written from the tables
(\`node e2e/launch.mjs e2e/semantics/main.ts\`), and a test compares them. The last columns are a program that shows the feature, what is set before
it, and what comes of it, in the notation of \`e2e/semantics/notation.ts\`: a test runs it on \`max\`, and again without the feature, where it must come
to something else. Where nothing can be seen, the row says why. The
processors named after others announce what QEMU 7.2 announces for them, less what this machine lacks.

| feature | what | ID fields | in | shown by | with | comes to |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

## What is absent

${absent.join('\n')}
`;
}
