// Conditions of the register tables turned into tests over a ControlView, for a processor with given features: what an absent feature makes
// impossible is gone before the first access. Knows the conditions' meaning (whether a field is there, which of two layouts is in use, what
// decides and what is context), and nothing of which access they belong to.
import type { FeatureSet } from '#arch/features';
import { holds } from '#arch/features';
import {
  type Condition,
  type Field,
  type FieldRef,
  fieldsNamed,
  type Presence,
  parsePresence,
  registerByName,
  type StateName,
  type Sysreg,
  storageIndex,
  type Term,
} from '#arch/sysreg';
import { assert } from '#base';
import type { CauseFact } from './cause.ts';
import { type ControlView, type StateReader, stateReaders } from './control-view.ts';

/** A condition made ready: whether it holds, and the facts that say so. */
export interface Test {
  readonly holds: (view: ControlView) => boolean;
  readonly facts: (view: ControlView, rule: string, doc: string) => CauseFact[];
}

type Reader = (view: ControlView) => number;
type Predicate = (view: ControlView) => boolean;

/** What a term came to: a constant, or a test with the values behind it. */
type Compiled =
  | { readonly kind: 'constant'; readonly value: boolean; readonly absent: boolean }
  | {
      readonly kind: 'test';
      readonly holds: Predicate;
      readonly read: readonly { register: string; field: string; value: Reader }[];
    };

type Testing = Extract<Compiled, { kind: 'test' }>;

const TRUE: Compiled = { kind: 'constant', value: true, absent: false };
const FALSE: Compiled = { kind: 'constant', value: false, absent: false };

/** Compiles conditions for one processor. */
export interface Compiler {
  /** Undefined when the condition can never hold on this processor. */
  condition(condition: Condition): Test | undefined;
  /** Whether the features that a presence expression asks for are there; terms over register values count as true. */
  present(text: string, owner: string): boolean;
  readonly states: Readonly<Record<StateName, StateReader>>;
}

export function createCompiler(features: FeatureSet): Compiler {
  const states = stateReaders(features);
  const exists = (presence: Presence): boolean => holds(presence, (term) => term.kind !== 'feature' || features.has(term.name));
  const present = (text: string, owner: string): boolean => exists(parsePresence(text, owner));

  /** Reads a field: undefined when this processor does not have it. The layouts that E2H selects are told apart as it is read. */
  function reader(ref: FieldRef): Reader | undefined {
    if (ref.register === 'PSTATE') {
      assert(ref.field === 'SP', `condition on PSTATE.${ref.field}`);
      return (view) => view.sp;
    }
    const row = registerByName(ref.register);
    assert(row !== undefined, `condition on ${ref.register}`);
    if (!present(row.feature, row.name)) return undefined;
    if (ref.index !== undefined) return indexedReader(row, ref.field, reader(ref.index));
    if (ref.field === '') return wholeReader(row);
    const variants = fieldsNamed(row, ref.field).filter((field) => present(field.presence, row.name));
    const [first, second] = variants;
    if (first === undefined) return undefined;
    // A field of one layout only: the condition that reads it says which E2H it means.
    if (second === undefined) return bitsReader(row, first);
    assert(variants.length === 2, `${ref.register}.${ref.field} stands ${variants.length} times`);
    const withE2h = first.presence.includes('E2H=1') ? first : second;
    const [host, guest] = [bitsReader(row, withE2h), bitsReader(row, withE2h === first ? second : first)];
    return (view) => (states.E2H(view) === 1 ? host(view) : guest(view));
  }

  function term(of: Term): Compiled {
    switch (of.kind) {
      case 'feature':
        return features.has(of.name) ? TRUE : FALSE;
      case 'state': {
        const state = states[of.name];
        const { name, value } = of;
        if (name === 'Secure' || name === 'Realm' || name === 'Debug') return value === 0 ? TRUE : FALSE;
        const read = name === 'EL0host' ? [] : [{ register: 'HCR_EL2', field: name, value: state }];
        return { kind: 'test', holds: (view) => state(view) === value, read };
      }
      case 'compare': {
        const left = reader(of.left);
        const right = typeof of.right === 'number' ? constant(of.right) : reader(of.right);
        if (left === undefined || right === undefined) return { kind: 'constant', value: false, absent: true };
        const test: Predicate = of.operator === '>=' ? (view) => left(view) >= right(view) : (view) => left(view) <= right(view);
        const read = [{ register: of.left.register, field: of.left.field, value: left }];
        if (typeof of.right !== 'number') read.push({ register: of.right.register, field: of.right.field, value: right });
        return { kind: 'test', holds: test, read };
      }
      case 'field': {
        const { ref, operator, pattern } = of;
        const { value: wanted, mask } = pattern;
        const read = reader(ref);
        // What is not there reads as zero; whether that alone may decide is for the whole condition to say.
        if (read === undefined) return { kind: 'constant', value: compare(0, operator, wanted, mask), absent: true };
        return {
          kind: 'test',
          holds: (view) => compare(read(view), operator, wanted, mask),
          read: [{ register: ref.register, field: ref.index === undefined ? ref.field : `${ref.field}<n>`, value: read }],
        };
      }
    }
  }

  function condition(of: Condition): Test | undefined {
    const deciding = of.deciding.map(term);
    const context = of.context.map(term);
    const all = [...deciding, ...context];
    if (all.some((part) => part.kind === 'constant' && !part.value)) return undefined;
    // A control that this processor does not have traps nothing, also where its zero would.
    if (deciding.every((part) => part.kind === 'constant' && part.absent)) return undefined;
    const tests = all.filter((part) => part.kind === 'test');
    const decidingTests = deciding.filter((part) => part.kind === 'test');
    const predicates = tests.map((part) => part.holds);
    return {
      holds: every(predicates),
      facts: (view, rule, doc) => {
        const facts = (part: Testing): CauseFact[] =>
          part.read.map(({ register, field, value }) => fact(register, field, value(view), rule, doc));
        // Of the context only what is set is worth a person's while: HCR_EL2.TGE=1 moves a trap to EL2, TGE=0 does nothing.
        const set = context.filter(
          (part) => part.kind === 'test' && part.read.some(({ value }) => value(view) !== 0),
        ) as Testing[];
        return [...decidingTests.flatMap(facts), ...set.flatMap(facts)];
      },
    };
  }

  return { condition, present, states };
}

function fact(register: string, field: string, value: number, rule: string, doc: string): CauseFact {
  return { register, field, value: `0x${value.toString(16)}`, rule, doc };
}

function constant(value: number): Reader {
  return () => value;
}

function every(predicates: readonly Predicate[]): Predicate {
  const [a, b] = predicates;
  if (a === undefined) return () => true;
  if (b === undefined) return a;
  if (predicates.length === 2) return (view) => a(view) && b(view);
  return (view) => predicates.every((predicate) => predicate(view));
}

function compare(value: number, operator: '=' | '!=' | '>=' | '<=', wanted: number, mask: number): boolean {
  switch (operator) {
    case '=':
      return ((value ^ wanted) & mask) === 0;
    case '!=':
      return ((value ^ wanted) & mask) !== 0;
    case '>=':
      return value >= wanted;
    case '<=':
      return value <= wanted;
  }
}

function slotOf(row: Sysreg): number {
  const slot = storageIndex(row);
  assert(slot !== undefined, `${row.name} decides a trap and has no storage`);
  return slot;
}

function bitsReader(row: Sysreg, field: Field): Reader {
  const slot = slotOf(row);
  const { msb, lsb } = field.parts[0]!;
  const width = msb - lsb + 1;
  assert(
    field.parts.length === 1 && msb >>> 5 === lsb >>> 5 && width < 32,
    `${row.name}.${field.name} decides a trap and is not in one word`,
  );
  const word = 2 * slot + (lsb >>> 5);
  const shift = lsb & 31;
  const mask = (1 << width) - 1;
  return (view) => (view.word(word) >>> shift) & mask;
}

/** 0 when all 64 bits are, 1 otherwise: conditions on whole registers ask only that. */
function wholeReader(row: Sysreg): Reader {
  const word = 2 * slotOf(row);
  return (view) => ((view.word(word) | view.word(word + 1)) === 0 ? 0 : 1);
}

/** The element of a run of equally wide fields (`P0`, `P1`, …) whose number another field holds. */
function indexedReader(row: Sysreg, field: string, index: Reader | undefined): Reader | undefined {
  if (index === undefined) return undefined;
  const elements: Reader[] = [];
  for (let n = 0; ; n++) {
    const element = fieldsNamed(row, `${field}${n}`)[0];
    if (element === undefined) break;
    elements.push(bitsReader(row, element));
  }
  // A number past the last element names nothing that allows the access.
  return (view) => elements[index(view)]?.(view) ?? 0;
}
