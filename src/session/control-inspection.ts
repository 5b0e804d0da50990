// The controls of EL2 over lower levels as their view asks for them: what each takes (read off the rows of what is taken), its value, how KVM
// leaves it, and which exits it has decided, read off the causes in the log and counted as they come.
import { docOf, registerByName, SYSREGS, type Sysreg } from '#arch/sysreg';
import { TRAP_CONTROLS, type TrappedAccess, trapControl, trappedBy } from '#arch/trap-controls';
import { err, ok } from '#base';
import type { Processor } from '#cpu';
import { fineGrainedFeatures } from '#hypervisor';
import type { LogEntry } from '#machine';
import type {
  ControlDetail,
  ControlRegisterLine,
  ControlRegisterView,
  ControlTakes,
  ControlView,
  FieldView,
  Level,
  Reply,
} from '#protocol';
import { fieldViews } from './field-views.ts';
import { absenceOf, className, conditionText, fieldContext, LEVELS } from './register-inspection.ts';

/** The registers: those whose every field has a sentence, in their order, then fine-grained traps. */
const COARSE: readonly string[] = [...new Set(TRAP_CONTROLS.map((control) => control.register))];
const FINE: readonly string[] = SYSREGS.map((row) => row.name).filter((name) => /^H(D|A)?FG[RWI]TR2?_EL2$/.test(name));

// ---- what was decided

interface Decided {
  count: number;
  readonly first: number;
  /** The newest last. */
  readonly last: number[];
  readonly lines: Map<number, number>;
}

const LAST_KEPT = 24;

/** Which exits each control has decided. */
export class DecidedExits {
  readonly #byControl = new Map<string, Decided>();
  readonly #byRegister = new Map<string, number>();
  /** Causes are kept once in the log, so what one names is worked out once. */
  readonly #named = new WeakMap<object, readonly (readonly [register: string, field: string])[]>();

  /** Counts an exit, once it is in the log. */
  count({ exit, exception: { cause } }: LogEntry, line: number | undefined): void {
    let named = this.#named.get(cause);
    if (!named) {
      const keys = new Map(cause.map((fact) => [`${fact.register}.${fact.field}`, [fact.register, fact.field] as const]));
      named = [...keys.values()].filter(([register, field]) => field !== '' && CONTROL_REGISTERS.has(register));
      this.#named.set(cause, named);
    }
    for (const register of new Set(named.map(([name]) => name)))
      this.#byRegister.set(register, (this.#byRegister.get(register) ?? 0) + 1);
    for (const [register, field] of named) {
      const key = `${register}.${field}`;
      let decided = this.#byControl.get(key);
      if (!decided) {
        decided = { count: 0, first: exit, last: [], lines: new Map() };
        this.#byControl.set(key, decided);
      }
      decided.count += 1;
      decided.last.push(exit);
      if (decided.last.length > LAST_KEPT) decided.last.shift();
      if (line !== undefined) decided.lines.set(line, (decided.lines.get(line) ?? 0) + 1);
    }
  }

  of(register: string, field: string): Decided | undefined {
    return this.#byControl.get(`${register}.${field}`);
  }

  ofRegister(register: string): number {
    return this.#byRegister.get(register) ?? 0;
  }
}

const CONTROL_REGISTERS: ReadonlySet<string> = new Set([...COARSE, ...FINE]);

// ---- the registers

/** Every register of controls. */
export function controlRegisters(processor: Processor, decided: DecidedExits): readonly ControlRegisterLine[] {
  return [...COARSE, ...FINE].map((name) => {
    const row = registerByName(name) as Sysreg;
    return {
      name,
      doc: docOf(row),
      fine: FINE.includes(name),
      value: processor.readRegister(name),
      absent: absenceOf(row, processor),
      exits: decided.ofRegister(name),
    };
  });
}

/** One of them with each control. `kvm`: EL2 is the KVM model's; `fresh`: nothing has run yet. */
export function controlRegister(
  name: string,
  processor: Processor,
  decided: DecidedExits,
  { kvm, fresh }: { readonly kvm: boolean; readonly fresh: boolean },
): Reply<ControlRegisterView> {
  const row = registerByName(name);
  if (!row || !CONTROL_REGISTERS.has(row.name)) return err({ message: `'${name}' is no register of trap controls.` });
  const value = processor.readRegister(row.name);
  const absent = absenceOf(row, processor);
  const fields = fieldViews(row, value, fieldContext(processor)).filter((field) => field.name !== 'RES1');
  return ok({
    name: row.name,
    doc: docOf(row),
    value,
    absent,
    notes: kvm && fresh && absent === '' ? ['At reset: KVM loads its values when the vCPU runs for the first time.'] : [],
    controls: fields.map((field) => controlView(row.name, field, processor, decided)),
  });
}

function controlView(register: string, field: FieldView, processor: Processor, decided: DecidedExits): ControlView {
  const takes = trappedBy(register, field.name);
  const past = decided.of(register, field.name);
  return {
    ...field,
    doc: field.doc || fineDoc(takes),
    kvm: kvmDefault(register, field.name, processor),
    takes: takes.length,
    exits: past?.count ?? 0,
    lines: past ? [...past.lines.keys()].sort((a, b) => a - b) : [],
  };
}

/** How KVM leaves a control: `0`, `1`, or what it depends on. */
function kvmDefault(register: string, field: string, { model }: Processor): string {
  const coarse = trapControl(register, field);
  if (coarse) {
    if (coarse.kvm.kind !== 'depends') return coarse.kvm.kind === 'set' ? '1' : '0';
    return coarse.kvm.on;
  }
  const needs = fineGrainedFeatures(register, field);
  if (!needs) return 'left as it is';
  // `nX` traps while 0.
  const [traps, leaves] = /^n[A-Z]/.test(field) ? ['0', '1'] : ['1', '0'];
  if (needs.length === 0) return leaves;
  if (needs.includes('trace')) return traps;
  return needs.some((feature) => model.features.has(feature))
    ? `${leaves}; ${traps} for a VM without ${needs.join(' or ')}`
    : traps;
}

/** What a fine-grained trap takes, in a sentence made of what is taken. */
function fineDoc(takes: readonly TrappedAccess[]): string {
  if (takes.length === 0) return '';
  const names = [...new Set(takes.map(({ row }) => row.name))];
  const some = names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
  const while0 = takes.every(({ condition }) => /=0(\s|$)/.test(condition));
  const [{ direction }] = takes as [TrappedAccess];
  const of = direction === 'read' ? 'reads of ' : direction === 'write' ? 'writes of ' : '';
  const verb = direction === 'execute' && names.length === 1 ? 'goes' : 'go';
  const sentence = `${of}${some} ${verb} to EL2.`;
  return while0 ? `While 0, ${sentence}` : `${sentence[0]?.toUpperCase()}${sentence.slice(1)}`;
}

// ---- one control

/** All that one control takes and has decided. */
export function controlDetail(register: string, field: string, decided: DecidedExits): Reply<ControlDetail> {
  const row = registerByName(register);
  if (!row || !CONTROL_REGISTERS.has(row.name)) return err({ message: `'${register}' is no register of trap controls.` });
  const past = decided.of(row.name, field);
  return ok({
    register: row.name,
    field,
    takes: takesOf(trappedBy(row.name, field)),
    exits: { count: past?.count ?? 0, first: past?.first, last: past ? [...past.last] : [] },
    lines: past ? [...past.lines].map(([line, count]) => ({ line, count })).sort((a, b) => a.line - b.line) : [],
  });
}

/** Accesses taken alike, together: the same names from several levels are one line. */
function takesOf(all: readonly TrappedAccess[]): readonly ControlTakes[] {
  const routes = new Map<string, { example: TrappedAccess; from: number; names: Set<string> }>();
  for (const access of all) {
    const { direction, from, to, ec, condition, row } = access;
    const key = `${direction} ${from} ${to} ${ec} ${condition}`;
    const known = routes.get(key) ?? { example: access, from, names: new Set<string>() };
    known.names.add(row.name);
    routes.set(key, known);
  }
  const merged = new Map<string, ControlTakes & { from: Level[] }>();
  for (const { example, from, names } of routes.values()) {
    const { direction, to, ec, condition } = example;
    const list = [...names];
    const key = `${direction} ${to} ${ec} ${condition} ${list.join(' ')}`;
    const level = LEVELS[from] as Level;
    const known = merged.get(key);
    if (known) known.from.push(level);
    else {
      merged.set(key, {
        direction,
        from: [level],
        to: to === 'undefined' ? 'UNDEFINED' : (LEVELS[to] as Level),
        ec,
        ecName: ec === 0 ? '' : className(ec),
        condition: conditionText(condition),
        names: list,
      });
    }
  }
  const order = { read: 0, write: 1, execute: 2 };
  return [...merged.values()]
    .map((takes) => ({ ...takes, from: takes.from.toSorted() }))
    .sort((a, b) => order[a.direction] - order[b.direction] || (a.from[0] as string).localeCompare(b.from[0] as string));
}
