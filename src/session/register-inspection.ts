// System registers as their view asks for them: the list with its search, values with what changed since the machine last stood still, and one
// register in full: fields, and who takes an access to it now and by which rules. Values, presence and decisions are the processor's own.
import { type FeatureSet, holds } from '#arch/features';
import { exceptionClass } from '#arch/syndrome';
import {
  aliasTarget,
  docOf,
  fieldsNamed,
  fieldsOf,
  GROUP_TITLES,
  genericName,
  parsePresence,
  registerByName,
  SYSREGS,
  type Sysreg,
  type Term,
  type TrapRule,
  trapsOf,
  unpackEncoding,
} from '#arch/sysreg';
import { assertNever, err, hex, ok } from '#base';
import type { AccessDecision, CauseFact, Processor } from '#cpu';
import type {
  AccessNowView,
  AccessRuleView,
  AccessView,
  CauseView,
  Level,
  PStateView,
  RegisterDetail,
  RegisterLine,
  RegisterList,
  RegisterQuery,
  RegisterValue,
  Reply,
  VectorsView,
} from '#protocol';
import { type FieldContext, fieldViews } from './field-views.ts';

/** Exception levels by number. */
export const LEVELS: readonly Level[] = ['EL0', 'EL1', 'EL2'];

/** What a fact of a cause is to a view. */
function causeView({ register, field, value, rule, doc }: CauseFact): CauseView {
  return { register, field, value, rule, doc };
}

/** The name of an exception class. */
export function className(ec: number): string {
  return exceptionClass(ec)?.name ?? 'Reserved';
}

/** `3, 0, 1, 0, 0`. */
function encodingText(encoding: number): string {
  const { op0, op1, crn, crm, op2 } = unpackEncoding(encoding);
  return `${op0}, ${op1}, ${crn}, ${crm}, ${op2}`;
}

/** A rule's condition for people; the tables have a word of their own for a host's EL0. */
export function conditionText(text: string): string {
  return text.replace('EL0host=0', 'E2H and TGE not both 1').replace('EL0host=1', 'E2H and TGE both 1');
}

const HERE = new WeakMap<FeatureSet, ReadonlySet<Sysreg>>();

/** Whether this processor has the register at all. */
function isHere(row: Sysreg, { model: { features } }: Processor): boolean {
  let here = HERE.get(features);
  if (!here) {
    const has = (r: Sysreg): boolean =>
      r.readEl < 3 && holds(parsePresence(r.feature, r.name), (term) => term.kind !== 'feature' || features.has(term.name));
    here = new Set(SYSREGS.filter(has));
    HERE.set(features, here);
  }
  return here.has(row);
}

/** Why it does not, in the words of whoever decides it. */
export function absenceOf(row: Sysreg, processor: Processor): string {
  if (isHere(row, processor)) return '';
  const decision = processor.decide({ encoding: row.encoding, direction: row.access === 'wo' ? 'write' : 'read', rt: 31 }, 2);
  return decision.kind === 'ok' ? '' : (decision.cause[0]?.doc ?? 'This processor does not have it.');
}

/** The value to show of a register, or why there is none. */
function look(row: Sysreg, processor: Processor): { readonly value: bigint | undefined; readonly unseen: string } {
  if (!isHere(row, processor)) return { value: undefined, unseen: absenceOf(row, processor) };
  const seen = processor.look(row.name);
  switch (seen.kind) {
    case 'value':
      return { value: seen.value, unseen: '' };
    case 'acts':
      return { value: undefined, unseen: 'Reading it does something, so it is not looked at.' };
    case 'write-only':
      return { value: undefined, unseen: 'It is write-only: there is nothing to read.' };
    case 'missing':
      return { value: undefined, unseen: 'The interrupt controller of this board does not have it.' };
    default:
      return assertNever(seen);
  }
}

/** What fields of this processor's registers depend on. */
export function fieldContext(processor: Processor): FieldContext {
  return { features: processor.model.features, read: (register) => processor.readRegister(register) };
}

// ---- change

const VECTORS = 32;

function vectorsOf(processor: Processor): BigUint64Array {
  return BigUint64Array.from({ length: 2 * VECTORS }, (_, n) => processor.v(n >> 1, (n & 1) as 0 | 1));
}

/** The values of each CPU's registers at some moment; reading them changes nothing. */
export class RegisterMarks {
  #before: readonly ReturnType<Processor['remember']>[] = [];
  #vectors: readonly BigUint64Array[] = [];
  readonly #hands = new Set<string>();

  /** From here on changes count. */
  set(processors: readonly Processor[]): void {
    this.#hands.clear();
    this.#before = processors.map((processor) => processor.remember());
    this.#vectors = processors.map(vectorsOf);
  }

  byHand(cpu: number, name: string): void {
    this.#hands.add(`${cpu} ${registerByName(name)?.name ?? name}`);
  }

  /** The SIMD and floating-point registers that changed. */
  vectors(processor: Processor, now: BigUint64Array): VectorsView['before'] {
    const before = this.#vectors[processor.index] ?? now;
    const changed = new Map<number, { low: bigint; high: bigint; byHand: boolean }>();
    for (let n = 0; n < VECTORS; n += 1) {
      const low = before[2 * n] as bigint;
      const high = before[2 * n + 1] as bigint;
      if (low === now[2 * n] && high === now[2 * n + 1]) continue;
      changed.set(n, { low, high, byHand: this.#hands.has(`${processor.index} v${n}`) });
    }
    return changed;
  }

  value(row: Sysreg, processor: Processor): RegisterValue {
    const { value } = look(row, processor);
    const then = value === undefined ? undefined : this.#before[processor.index]?.(row.name);
    const before = then?.kind === 'value' ? then.value : undefined;
    return {
      name: row.name,
      value,
      before: before !== value ? before : undefined,
      byHand: this.#hands.has(`${processor.index} ${aliasTarget(row).name}`),
    };
  }
}

// ---- the list

/** The registers that a query finds, under their groups; behind them those that have the words only in a field or a sentence. */
export function registerList(query: RegisterQuery, processor: Processor, marks: RegisterMarks): RegisterList {
  const candidates = SYSREGS.filter((row) => {
    if (query.scope === 'all') return true;
    if (!isHere(row, processor)) return false;
    return query.scope === 'here' || marks.value(row, processor).before !== undefined;
  });
  const { first, second } = search(candidates, query.text);
  const lines: RegisterLine[] = [];
  for (const group of Object.keys(GROUP_TITLES) as Sysreg['group'][]) {
    const rows = first.filter((row) => row.group === group);
    if (rows.length === 0) continue;
    lines.push({ kind: 'head', title: GROUP_TITLES[group], count: rows.length }, ...rows.map((row) => line(row, processor)));
  }
  if (second.length > 0) {
    lines.push(
      { kind: 'head', title: 'In a field or a sentence', count: second.length },
      ...second.map((row) => line(row, processor)),
    );
  }
  return { lines, found: first.length + second.length };
}

function line(row: Sysreg, processor: Processor): RegisterLine {
  return {
    kind: 'register',
    name: row.name,
    encoding: encodingText(row.encoding),
    access: row.access,
    doc: docOf(row),
    absent: absenceOf(row, processor),
  };
}

function search(rows: readonly Sysreg[], text: string): { first: readonly Sysreg[]; second: readonly Sysreg[] } {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return { first: rows, second: [] };
  // Numbers alone are the beginning of an encoding: `3 0 1`, `3, 0, 1, 0, 0`.
  if (/^\d+([\s,]+\d+)+[\s,]*$/.test(wanted)) {
    const numbers = wanted.split(/[\s,]+/).filter((part) => part !== '');
    const fits = (row: Sysreg): boolean => `${encodingText(row.encoding)}, `.startsWith(`${numbers.join(', ')}, `);
    return { first: rows.filter(fits), second: [] };
  }
  const words = wanted.split(/\s+/);
  const first: Sysreg[] = [];
  const second: Sysreg[] = [];
  for (const row of rows) {
    const names = `${row.name} ${row.writeName ?? ''} ${genericName(row.encoding)} ${GROUP_TITLES[row.group]}`.toLowerCase();
    if (words.every((word) => names.includes(word))) {
      first.push(row);
      continue;
    }
    const rest = `${names} ${docOf(row)} ${row.feature} ${fieldsOf(row)
      .map((field) => field.name)
      .join(' ')}`.toLowerCase();
    if (words.every((word) => rest.includes(word))) second.push(row);
  }
  return { first, second };
}

// ---- one register

/** Everything of one register. `kvm`: EL2 is the KVM model's. */
export function registerDetail(name: string, processor: Processor, marks: RegisterMarks, kvm: boolean): Reply<RegisterDetail> {
  const row = registerByName(name);
  if (!row) return err({ message: `There is no register '${name}'.` });
  const { value, unseen } = look(row, processor);
  const target = aliasTarget(row);
  return ok({
    ...marks.value(row, processor),
    writeName: row.writeName,
    encoding: encodingText(row.encoding),
    generic: genericName(row.encoding),
    group: GROUP_TITLES[row.group],
    doc: docOf(row),
    access: row.access,
    aliasOf: target === row ? undefined : target.name,
    absent: absenceOf(row, processor),
    unseen,
    fixed: fixed(row, processor, kvm),
    notes: notes(row, processor, kvm),
    fields: fieldViews(row, value ?? 0n, fieldContext(processor)),
    reads: accessView(row, 'read', processor),
    writes: accessView(row, 'write', processor),
  });
}

/** Why a hand cannot write it; '' when it can. */
function fixed(row: Sysreg, processor: Processor, kvm: boolean): string {
  if (!isHere(row, processor)) return 'This processor does not have it.';
  if (row.access === 'ro') return 'Read-only.';
  if (row.aliasOf !== undefined) return `Another name of ${row.aliasOf}: write that.`;
  const seen = processor.look(row.name);
  if (seen.kind !== 'value') return 'No value of it is kept to be written.';
  if (seen.keeper === 'interrupt-controller') return 'The interrupt controller keeps it; a hand cannot write it.';
  if (kvm && row.readEl === 2) return 'EL2 is KVM’s: it loads its own values whenever it enters the guest.';
  return '';
}

function notes(row: Sysreg, processor: Processor, kvm: boolean): readonly string[] {
  const out: string[] = [];
  if (row.wide) out.push('It has 128 bits with FEAT_SYSREG128; the lower 64 are shown.');
  if (kvm && row.group === 'id' && row.access === 'ro') {
    const guest = processor.decide({ encoding: row.encoding, direction: 'read', rt: 31 }, 1);
    if (guest.kind === 'trap')
      out.push('The processor’s own value: a guest’s read is trapped, and KVM answers it with the VM’s.');
    else if (guest.kind === 'ok' && guest.target.kind === 'register' && guest.target.row !== row)
      out.push(`The processor’s own value: a guest reads ${guest.target.row.name}.`);
  }
  return out;
}

// ---- who takes an access

function accessView(row: Sysreg, direction: 'read' | 'write', processor: Processor): AccessView {
  const decisions = ([0, 1, 2] as const).map((el) => processor.decide({ encoding: row.encoding, direction, rt: 0 }, el));
  const now = decisions.map((decision, el) => nowView(row, direction, LEVELS[el] as Level, decision));
  const rules = trapsOf(row, direction).map((rule): AccessRuleView => {
    const decision = decisions[rule.from];
    return {
      id: rule.id,
      from: LEVELS[rule.from] as Level,
      to: rule.to === 'undefined' ? 'UNDEFINED' : (LEVELS[rule.to] as Level),
      ec: rule.ec,
      ecName: rule.ec === 0 ? '' : className(rule.ec),
      condition: conditionText(rule.condition.text),
      decides: decision !== undefined && decision.kind !== 'ok' && decision.cause[0]?.rule === rule.id,
      possible: isPossible(rule, processor),
    };
  });
  return { direction, now, rules };
}

function nowView(row: Sysreg, direction: 'read' | 'write', from: Level, decision: AccessDecision): AccessNowView {
  switch (decision.kind) {
    case 'ok':
      return { from, outcome: 'done', sentence: doneSentence(row, direction, decision), why: [] };
    case 'trap':
      return {
        from,
        outcome: 'trapped',
        sentence: `trapped to EL${decision.target}, EC ${hex(decision.ec)}`,
        why: decision.cause.map(causeView),
      };
    case 'undefined':
      return { from, outcome: 'undefined', sentence: 'UNDEFINED', why: decision.cause.map(causeView) };
  }
}

function doneSentence(row: Sysreg, direction: 'read' | 'write', decision: Extract<AccessDecision, { kind: 'ok' }>): string {
  const verb = direction === 'read' ? 'reads' : 'writes';
  const { target } = decision;
  if (target.kind === 'register') return target.row === row ? `${verb} it` : `${verb} ${target.row.name} in its place`;
  if (target.kind === 'memory') return `${verb} memory at VNCR_EL2 + ${hex(target.offset)}`;
  return target.kind === 'zero' ? 'reads 0' : `${verb} it`;
}

/** Whether a rule can ever hold on this processor: what it lacks reads as 0, and that alone decides nothing. */
function isPossible({ condition: { deciding, context } }: TrapRule, { model }: Processor): boolean {
  const there = (text: string, owner: string): boolean =>
    holds(parsePresence(text, owner), (t) => t.kind !== 'feature' || model.features.has(t.name));
  const has = (term: Term): boolean => {
    if (term.kind === 'feature') return model.features.has(term.name);
    const ref = term.kind === 'field' ? term.ref : term.kind === 'compare' ? term.left : undefined;
    const row = ref && registerByName(ref.register);
    if (!ref || !row) return true;
    const fields = ref.field === '' || ref.index ? [] : fieldsNamed(row, ref.field);
    return there(row.feature, row.name) && (fields.length === 0 || fields.some((field) => there(field.presence, row.name)));
  };
  const zeroWill = (term: Term): boolean =>
    term.kind === 'field' && (term.operator === '=' ? (term.pattern.value & term.pattern.mask) === 0 : term.operator === '<=');
  return deciding.some(has) && [...deciding, ...context].every((term) => has(term) || zeroWill(term));
}

// ---- PSTATE

/** PSTATE with its fields, which are those of SPSR_EL1. */
export function pstateView(processor: Processor): PStateView {
  const value = processor.pstate;
  const fields = fieldViews(registerByName('SPSR_EL1') as Sysreg, value, fieldContext(processor));
  const { kind, why } = processor.softwareStep;
  return { value, fields: fields.filter((field) => field.msb < 32), step: { kind, why: why.map(causeView) } };
}

// ---- SIMD and floating point

/** V0 to V31 with what belongs to them. Whoever may read FPCR may use them: the same controls take both. */
export function vectorsView(processor: Processor, marks: RegisterMarks): VectorsView {
  const values = vectorsOf(processor);
  const context = fieldContext(processor);
  return {
    values,
    before: marks.vectors(processor, values),
    status: (['FPCR', 'FPSR'] as const).map((name) => {
      const value = processor.readRegister(name);
      return { name, value, fields: fieldViews(registerByName(name) as Sysreg, value, context) };
    }),
    access: accessView(registerByName('FPCR') as Sysreg, 'read', processor).now,
  };
}
