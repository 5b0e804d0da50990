// Answers and rules between their texts (files, links, the page) and the numbers that the VMM works with, and as the log keeps them.
import { parseGenericName, registerByName } from '#arch/sysreg';
import { err, hex, ok, parseInteger, type Result } from '#base';
import type { Answer, AnswerRule } from '#project';
import type { EmulatedAccess, FetchedInstruction, Given, Rule, Answer as VmmAnswer } from '#vmm';
import type { Emulated, LoggedAnswer } from './log/event-log.ts';

function number(text: string): Result<bigint, string> {
  const value = parseInteger(text);
  if (value === undefined) return err(`'${text}' is not a number`);
  return value < 0n || value >> 64n !== 0n ? err(`${text} does not fit 64 bits`) : ok(value);
}

/** An answer as the VMM takes it. */
export function vmmAnswer(answer: Answer): Result<VmmAnswer, string> {
  if (answer.do === 'value') {
    const value = number(answer.value);
    return value.ok ? ok({ do: 'value', value: value.value }) : value;
  }
  if (answer.do === 'values') {
    const values: bigint[] = [];
    for (const text of answer.values) {
      const value = number(text);
      if (!value.ok) return value;
      values.push(value.value);
    }
    return ok({ do: 'values', values });
  }
  return ok(answer);
}

/** Rules as the VMM takes them; the error names the rule. */
export function vmmRules(rules: readonly AnswerRule[]): Result<readonly Rule[], string> {
  const out: Rule[] = [];
  for (const [index, rule] of rules.entries()) {
    const read = vmmRule(rule);
    if (!read.ok) return err(`rule ${index + 1}: ${read.error}`);
    out.push(read.value);
  }
  return ok(out);
}

function vmmRule(rule: AnswerRule): Result<Rule, string> {
  switch (rule.on) {
    case 'mmio': {
      const address = number(rule.address);
      if (!address.ok) return address;
      const value = rule.do === 'value' ? number(rule.value ?? '0') : ok(0n);
      if (!value.ok) return value;
      const answer = rule.do === 'value' ? { do: rule.do, value: value.value } : { do: rule.do };
      return ok({ on: 'mmio', address: address.value, size: BigInt(rule.size ?? 1), access: rule.access ?? 'any', answer });
    }
    case 'sysreg': {
      const encoding =
        rule.register === '*' ? undefined : (registerByName(rule.register)?.encoding ?? parseGenericName(rule.register));
      if (encoding === undefined && rule.register !== '*') return err(`there is no register '${rule.register}'`);
      const value = rule.do === 'value' ? number(rule.value ?? '0') : ok(0n);
      if (!value.ok) return value;
      const answer = rule.do === 'value' ? { do: rule.do, value: value.value } : { do: rule.do };
      return ok({ on: 'sysreg', encoding, access: rule.access ?? 'any', answer });
    }
    case 'nisv':
      return ok({ on: 'nisv', answer: { do: rule.do } });
    case 'hypercall': {
      const id = number(rule.function);
      if (!id.ok) return id;
      const answer = vmmAnswer({ do: 'values', values: rule.values });
      if (!answer.ok) return answer;
      return answer.value.do === 'values'
        ? ok({ on: 'hypercall', function: Number(id.value), answer: answer.value })
        : err('no values');
    }
  }
}

const WORDS: Readonly<Record<VmmAnswer['do'], string>> = {
  value: 'accepted',
  storage: 'storage',
  'raz-wi': 'RAZ/WI',
  abort: 'external abort',
  undef: 'refused',
  skip: 'skipped',
  decode: 'decoded',
  values: 'answered',
};

/** An answer as the log keeps it. */
export function loggedAnswer({ by, answer, value, note, fetched, accesses = [] }: Given): LoggedAnswer {
  const text = value === undefined ? WORDS[answer.do] : answer.do === 'storage' ? `storage ${hex(value)}` : hex(value);
  // A device has registers of its own; how it answers has no name among the answers.
  const plain: Record<string, unknown> = by.kind === 'device' ? { device: by.device } : { do: answer.do };
  if (answer.do === 'values') plain['values'] = answer.values.map(hex);
  const from =
    by.kind === 'person'
      ? ({ by: 'person' } as const)
      : by.kind === 'rule'
        ? ({ by: 'rule', rule: by.index + 1 } as const)
        : by.kind === 'device'
          ? ({ by: 'device', device: by.device } as const)
          : ({ by: 'vmm' } as const);
  return { from, text, value, note, answer: plain, emulated: fetched && emulated(fetched, accesses) };
}

function emulated({ pc, word, text, walk }: FetchedInstruction, accesses: readonly EmulatedAccess[]): Emulated {
  const steps = walk.steps.flatMap(({ stage, level, physical, descriptor, descriptorAddress, kind }) =>
    stage === 1 ? [{ level, address: physical ?? descriptorAddress, descriptor: descriptor ?? 0n, kind }] : [],
  );
  return { pc, word, text, ipa: walk.kind === 'translation' ? walk.ipa : pc, steps, accesses };
}
