// What the view of answer rules works out: a rule in words, a rule as it is being typed, and the list with a rule moved. Whether numbers and
// names make sense the machine says.
import { assertNever } from '#base';
import { type AnswerRule, RULE_ANSWERS, type RuleAccess } from '#project';

export type RuleKind = AnswerRule['on'];
export const RULE_KINDS = Object.keys(RULE_ANSWERS) as readonly RuleKind[];

/** What each kind of rule is for, in the words of the log. */
export const KIND_WORDS: Readonly<Record<RuleKind, string>> = {
  mmio: 'MMIO',
  sysreg: 'register',
  nisv: 'no syndrome',
  hypercall: 'hypercall',
};

type Do = (typeof RULE_ANSWERS)[RuleKind][number];

export const DO_WORDS: Readonly<Record<Do, string>> = {
  value: 'a value',
  storage: 'storage',
  'raz-wi': 'RAZ/WI',
  abort: 'external abort',
  undef: 'refuse: UNDEFINED',
  decode: 'decode in userspace',
  skip: 'skip the instruction',
};

/** A rule in words: what it is for, and what it answers. */
export function ruleWords(rule: AnswerRule): { readonly kind: string; readonly on: string; readonly answer: string } {
  const kind = KIND_WORDS[rule.on];
  switch (rule.on) {
    case 'mmio': {
      const size = rule.size ?? 1;
      return { kind, on: `${accessWord(rule.access)}${rule.address}${size === 1 ? '' : ` + ${size}`}`, answer: answerWord(rule) };
    }
    case 'sysreg':
      return {
        kind,
        on: `${accessWord(rule.access)}${rule.register === '*' ? 'any register' : rule.register}`,
        answer: answerWord(rule),
      };
    case 'nisv':
      return { kind, on: 'any access', answer: DO_WORDS[rule.do] };
    case 'hypercall':
      return { kind, on: rule.function, answer: rule.values.join(', ') };
    default:
      return assertNever(rule);
  }
}

function accessWord(access: RuleAccess | undefined): string {
  return access === undefined || access === 'any' ? '' : `${access} `;
}

function answerWord({ do: what, value }: { readonly do: Do; readonly value?: string }): string {
  return what === 'value' ? (value ?? '0x0') : DO_WORDS[what];
}

/** A rule as it is typed: every kind's fields, of which its own count. */
export interface Draft {
  readonly on: RuleKind;
  /** Address, register or function. */
  readonly place: string;
  readonly size: string;
  readonly access: RuleAccess;
  readonly do: Do;
  /** A value, or a call's values with commas between. */
  readonly value: string;
}

export const NEW_DRAFT: Draft = { on: 'mmio', place: '0x0b000000', size: '4', access: 'any', do: 'storage', value: '' };

export function draftOf(rule: AnswerRule): Draft {
  const plain = { ...NEW_DRAFT, on: rule.on, do: rule.do, value: '' };
  switch (rule.on) {
    case 'mmio':
      return { ...plain, place: rule.address, size: `${rule.size ?? 1}`, access: rule.access ?? 'any', value: rule.value ?? '' };
    case 'sysreg':
      return { ...plain, place: rule.register, access: rule.access ?? 'any', value: rule.value ?? '' };
    case 'nisv':
      return plain;
    case 'hypercall':
      return { ...plain, place: rule.function, value: rule.values.join(', ') };
    default:
      return assertNever(rule);
  }
}

const PLACES: Readonly<Record<RuleKind, string>> = {
  mmio: '0x0b000000',
  sysreg: 'S3_0_C15_C2_0',
  nisv: '',
  hypercall: '0x86000000',
};

/** The draft for another kind: what that kind cannot say falls back to what it usually says. */
export function withKind(draft: Draft, on: RuleKind): Draft {
  const answers: readonly Do[] = RULE_ANSWERS[on];
  return { ...draft, on, place: PLACES[on], do: answers.includes(draft.do) ? draft.do : (answers[0] as Do) };
}

/** The rule that a draft says; the error tells what is missing. */
export function ruleOf(draft: Draft): AnswerRule | string {
  const { on, access } = draft;
  const place = draft.place.trim();
  const value = draft.value.trim();
  if (on === 'nisv') return { on, do: draft.do as Extract<AnswerRule, { on: 'nisv' }>['do'] };
  if (place === '') return on === 'sysreg' ? 'The register is missing, or * for any.' : 'The number is missing.';
  if (on === 'hypercall') {
    const values = value.split(/[\s,]+/).filter((text) => text !== '');
    return values.length === 0 ? 'The values for x0 to x3 are missing.' : { on, function: place, do: 'value', values };
  }
  if (draft.do === 'value' && value === '') return 'The value is missing.';
  const given = draft.do === 'value' ? { value } : {};
  if (on === 'sysreg')
    return { on, register: place, access, do: draft.do as Extract<AnswerRule, { on: 'sysreg' }>['do'], ...given };
  const size = Number(draft.size.trim());
  if (!Number.isSafeInteger(size) || size < 1) return 'The number of bytes is a whole number from 1 on.';
  return { on, address: place, size, access, do: draft.do as Extract<AnswerRule, { on: 'mmio' }>['do'], ...given };
}

/** The list with the rule at `index` moved by so many places; the same list when it cannot go there. */
export function withMoved(rules: readonly AnswerRule[], index: number, by: -1 | 1): readonly AnswerRule[] {
  const to = index + by;
  const [from, other] = [rules[index], rules[to]];
  return from && other ? rules.with(index, other).with(to, from) : rules;
}
