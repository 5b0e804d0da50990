// The conditions that the tables are written with: when a trap control takes an access, and when a field is there. Owns their grammar and
// their shape as data; knows nothing of registers' values, so it evaluates nothing.
//
//   HCR_EL2.TID3=1                     a field equals a value; digits 0, 1, x are binary (x: either), any other digits decimal
//   ID_AA64MMFR2_EL1.EVT>=2            at least a (decimal) number
//   CPACR_EL1.FPEN!=11   F=0           differs; a bare field belongs to the register whose row says it
//   MDCR_EL2.HPMN<=n   PMSELR_EL0.SEL>=MDCR_EL2.HPMN    numbers compared; n is the index of an element of a register array
//   SPMACCESSR_EL1.P<SPMSELR_EL0.SYSPMUSEL>=00          the field whose number another field holds
//   SCTLRMASK_EL1!=0                   the whole register
//   E2H=1   TGE=0   NV=1               effective HCR_EL2 bits: 0 where EL2 or the feature is absent
//   EL0host=0                          not (E2H=1 and TGE=1)
//   Secure=0   Realm=0   Debug=0       the Security state, which here is always Non-secure, and Debug state, which is never entered
//   FEAT_IDST   EL3                    the feature is implemented, the Exception level exists
//
// A trap condition is `a & b (c, d)`: all hold; what stands before the parentheses decides, what is inside is only its context. A presence
// expression joins such terms by `&`, `|`, `!` and parentheses, without spaces.
import { assert } from '#base';

export type StateName = 'E2H' | 'TGE' | 'EL0host' | 'NV' | 'NV1' | 'NV2' | 'Secure' | 'Realm' | 'Debug';

export interface FieldRef {
  readonly register: string;
  /** '' for the whole register. */
  readonly field: string;
  /** The field that holds the number to put behind `field`. */
  readonly index?: FieldRef;
}

/** A value with don't-care bits: `x & mask === value`. */
export interface BitPattern {
  readonly text: string;
  readonly value: number;
  /** 0xffffffff when every bit counts. */
  readonly mask: number;
}

export type Term =
  | { readonly kind: 'field'; readonly ref: FieldRef; readonly operator: '=' | '!=' | '>=' | '<='; readonly pattern: BitPattern }
  | { readonly kind: 'compare'; readonly left: FieldRef; readonly operator: '>=' | '<='; readonly right: FieldRef | number }
  | { readonly kind: 'state'; readonly name: StateName; readonly value: 0 | 1 }
  | { readonly kind: 'feature'; readonly name: string };

export interface Condition {
  readonly text: string;
  /** All of them hold when the control takes the access. */
  readonly deciding: readonly Term[];
  /** What else must hold for the control to count. */
  readonly context: readonly Term[];
}

export type Presence =
  | { readonly kind: 'always' }
  | { readonly kind: 'term'; readonly term: Term }
  | { readonly kind: 'not'; readonly of: Presence }
  | { readonly kind: 'and' | 'or'; readonly all: readonly Presence[] };

const STATES: ReadonlySet<string> = new Set(['E2H', 'TGE', 'EL0host', 'NV', 'NV1', 'NV2', 'Secure', 'Realm', 'Debug']);

/** Parses `a & b (c, d)`. `n` stands for the index of an array's element. A malformed text is a bug of the table. */
export function parseCondition(text: string, owner: string, n?: number): Condition {
  const match = /^([^(]+?)(?: \(([^)]*)\))?$/.exec(text);
  assert(match !== null, `condition '${text}' of ${owner}`);
  const term = (part: string): Term => parseTerm(part.trim(), owner, n);
  return {
    text,
    deciding: match[1]!.split(' & ').map(term),
    context: match[2] === undefined ? [] : match[2].split(',').map(term),
  };
}

/** Parses a presence expression; '' is `always`. Bare fields belong to `owner`. */
export function parsePresence(text: string, owner: string): Presence {
  if (text === '') return { kind: 'always' };
  let at = 0;
  const result = or();
  assert(at === text.length, `presence '${text}' of ${owner} at ${at}`);
  return result;

  function or(): Presence {
    return list('or', '|', and);
  }
  function and(): Presence {
    return list('and', '&', unary);
  }
  function list(kind: 'and' | 'or', separator: string, part: () => Presence): Presence {
    const all = [part()];
    while (text[at] === separator) {
      at++;
      all.push(part());
    }
    return all.length === 1 ? all[0]! : { kind, all };
  }
  function unary(): Presence {
    if (text[at] === '!') {
      at++;
      return { kind: 'not', of: unary() };
    }
    if (text[at] === '(') {
      at++;
      const inner = or();
      assert(text[at] === ')', `presence '${text}' of ${owner} at ${at}`);
      at++;
      return inner;
    }
    const match = /^[\w.<>]+?(?:(?:!=|>=|=)[\w]+)?(?=$|[&|)])/.exec(text.slice(at));
    assert(match !== null, `presence '${text}' of ${owner} at ${at}`);
    at += match[0].length;
    return { kind: 'term', term: parseTerm(match[0], owner, undefined) };
  }
}

/** Parses one term. */
function parseTerm(text: string, owner: string, n: number | undefined): Term {
  if (/^(FEAT_\w+|EL[123])$/.test(text)) return { kind: 'feature', name: text };
  const match = /^(\w+(?:\.\w+(?:<[\w.]+>)?)?)(=|!=|>=|<=)([\w.]+)$/.exec(text);
  assert(match !== null, `term '${text}' of ${owner}`);
  const [, left, operator, right] = match as unknown as [string, string, '=' | '!=' | '>=' | '<=', string];
  if (STATES.has(left)) {
    assert(operator === '=' && /^[01]$/.test(right), `term '${text}' of ${owner}`);
    return { kind: 'state', name: left as StateName, value: right === '1' ? 1 : 0 };
  }
  const ref = parseRef(left, owner);
  if (right === 'n' || right.includes('.')) {
    assert(operator === '>=' || operator === '<=', `term '${text}' of ${owner}`);
    if (right !== 'n') return { kind: 'compare', left: ref, operator, right: parseRef(right, owner) };
    assert(n !== undefined, `'n' outside an array in ${owner}`);
    return { kind: 'compare', left: ref, operator, right: n };
  }
  return { kind: 'field', ref, operator, pattern: parsePattern(right, operator) };
}

function parseRef(text: string, owner: string): FieldRef {
  const indexed = /^(\w+)\.(\w+)<(\w+)\.(\w+)>$/.exec(text);
  if (indexed !== null) {
    return { register: indexed[1]!, field: indexed[2]!, index: { register: indexed[3]!, field: indexed[4]! } };
  }
  const dot = text.indexOf('.');
  if (dot >= 0) return { register: text.slice(0, dot), field: text.slice(dot + 1) };
  // A register's name carries its Exception level; a bare field's does not.
  return /_EL\d+$/.test(text) ? { register: text, field: '' } : { register: owner, field: text };
}

function parsePattern(text: string, operator: string): BitPattern {
  if (operator === '>=' || operator === '<=' || !/^[01x]+$/.test(text)) return { text, value: Number(text), mask: 0xffff_ffff };
  const value = Number.parseInt(text.replaceAll('x', '0'), 2);
  const mask = text.includes('x') ? Number.parseInt(text.replaceAll('0', '1').replaceAll('x', '0'), 2) : 0xffff_ffff;
  return { text, value, mask };
}
