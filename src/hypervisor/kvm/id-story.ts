// The story of an ID register of a VM, field by field: what the host has, what KVM lets through and why no more, what a write must be, and what
// the guest meets because of the value: trap controls, fine-grained UNDEF, hidden registers. Everything is found by asking the rules of the
// kernel twice: for the VM as it is, and for one that differs in the fact in question. Nothing is stored here and nothing changed.
import { bits64, insert64 } from '#base';
import type { VcpuFeature } from './constants.ts';
import { VCPU_FEATURES } from './constants.ts';
import type { Vm } from './context.ts';
import { type UndefinedAccess, undefinedAccesses } from './fgu.ts';
import {
  ID_REGISTERS,
  type IdField,
  type IdRegister,
  type IdVerdict,
  idRegister,
  idRegisterLimit,
  judgeIdRegister,
  sanitisedHost,
} from './id-registers.ts';
import { isVisible, SYS_REGS } from './sysregs.ts';
import { idTraps } from './traps.ts';

/** Why a value cannot be had: what refuses it, and a sentence. */
export interface IdReason {
  readonly by: 'architecture' | 'host' | 'kvm' | 'feature' | 'frozen';
  readonly text: string;
}

/** Something that the guest meets because of a field. */
export interface IdConsequence {
  /** The control that makes it so (`HFGRTR_EL2.ERXFR_EL1`), or the kernel's table of registers. */
  readonly control: string;
  readonly what: string;
}

/** One field; values unsigned. */
export interface IdFieldStory {
  readonly field: IdField;
  readonly writable: boolean;
  readonly host: bigint;
  readonly limit: bigint;
  readonly value: bigint;
  /** What a write must be: `lower or equal`. */
  readonly rule: string;
  /** Why the limit is not the host's value, or why nothing can be written; undefined when there is nothing to explain. */
  readonly reason: IdReason | undefined;
  /** What follows from its not being the host's value; undefined when it is. */
  readonly follows: readonly IdConsequence[] | undefined;
}

/** The fields of a register, from the top. */
export function idFieldStories(vm: Vm, row: IdRegister): readonly IdFieldStory[] {
  const now = followsOf(vm);
  return row.fields
    .map((field): IdFieldStory => {
      const host = fieldOf(field, vm.host.idRegister(row.encoding));
      const limit = fieldOf(field, idRegisterLimit(vm, row));
      const value = fieldOf(field, idRegister(vm, row.encoding));
      const writable = isWritable(vm, row, field);
      return {
        field,
        writable,
        host,
        limit,
        value,
        rule: ruleText(vm, row, field, limit),
        reason: reasonFor(vm, row, field, writable),
        follows: value === host ? undefined : difference(now(), followsOf(asHost(vm, row, field))()),
      };
    })
    .sort((a, b) => b.field.msb - a.field.msb);
}

/** Why userspace was refused, by who refuses. */
export function refusalReason(vm: Vm, row: IdRegister, wanted: bigint, verdict: Extract<IdVerdict, { ok: false }>): IdReason {
  if (verdict.errno === 'EBUSY') return { by: 'frozen', text: verdict.reason };
  const field = row.fields.find((f) => f.name === verdict.field);
  if (!field) return { by: row.kind === 'raz' ? 'kvm' : 'architecture', text: verdict.reason };
  const limit = fieldOf(field, idRegisterLimit(vm, row));
  const value = fieldOf(field, wanted);
  const why = reasonFor(vm, row, field, isWritable(vm, row, field));
  // Above the host's own value no VM can have it; between that and the limit it is KVM, or a feature, that says no.
  if (why && value !== limit && !(why.by === 'kvm' && value > fieldOf(field, vm.host.idRegister(row.encoding))))
    return { by: why.by, text: `${verdict.reason}. ${why.text}` };
  return { by: value > fieldOf(field, vm.host.idRegister(row.encoding)) ? 'host' : 'architecture', text: verdict.reason };
}

/** The verdict on a value as if nothing were frozen, as it would be before the VM's first run. */
export function judgeThawed(vm: Vm, row: IdRegister, value: bigint): IdVerdict {
  return judgeIdRegister(withState(vm, { has_ran_once: 0, id_frozen: 0 }), row, value);
}

function fieldOf({ msb, lsb }: IdField, value: bigint): bigint {
  return bits64(value, msb, lsb);
}

function isWritable(vm: Vm, row: IdRegister, { msb, lsb, rule }: IdField): boolean {
  const mask = ((1n << BigInt(msb - lsb + 1)) - 1n) << BigInt(lsb);
  return rule.kind !== 'none' && (row.mask & mask) === mask && (row.kind !== 'aa32' || vm.hostHasAArch32);
}

function ruleText(vm: Vm, row: IdRegister, field: IdField, limit: bigint): string {
  if (row.kind === 'aa32' && !vm.hostHasAArch32) return 'anything, and it is ignored';
  if (!isWritable(vm, row, field)) return `${limit}, the limit`;
  switch (field.rule.kind) {
    case 'lower':
      return limit === 0n && !field.signed ? '0' : 'the limit or lower';
    case 'higher':
      return 'the limit or higher';
    case 'higher-or-zero':
      return '0, the limit or higher';
    case 'exact':
      return `the limit or ${field.rule.value}`;
    case 'none':
      return 'the limit';
  }
}

const FEATURES = Object.keys(VCPU_FEATURES) as VcpuFeature[];
const PTRAUTH: readonly VcpuFeature[] = ['ptrauth_address', 'ptrauth_generic'];

function reasonFor(vm: Vm, row: IdRegister, field: IdField, writable: boolean): IdReason | undefined {
  if (row.kind === 'aa32' && !vm.hostHasAArch32)
    return { by: 'host', text: 'This host has no AArch32: the register has no value, and writes are ignored.' };
  const host = fieldOf(field, vm.host.idRegister(row.encoding));
  const known = fieldOf(field, sanitisedHost(vm, row.encoding));
  const limit = fieldOf(field, idRegisterLimit(vm, row));
  if (limit !== known) {
    const missing = FEATURES.filter((name) => {
      const more = withState(vm, { vcpu_features: vm.state.vcpu_features | (1 << VCPU_FEATURES[name]) });
      return fieldOf(field, idRegisterLimit(more, row)) !== limit;
    });
    if (missing.length > 0) {
      const both = missing.some((name) => PTRAUTH.includes(name)) ? PTRAUTH : missing;
      return { by: 'feature', text: `The vCPUs are made without ${both.join(' and ')}.` };
    }
    if (fieldOf(field, idRegisterLimit(withState(vm, { mte_enabled: 1 }), row)) !== limit)
      return { by: 'feature', text: 'The VM is made without KVM_CAP_ARM_MTE.' };
    if (known > limit) return { by: 'kvm', text: `KVM does not give it to a guest: ${limit} is the most.` };
    return { by: 'kvm', text: `KVM starts every VM with ${limit}.` };
  }
  if (known !== host) return { by: 'kvm', text: 'The kernel has no safe rule for it: no guest sees it.' };
  if (writable) return undefined;
  return field.rule.kind === 'none'
    ? { by: 'kvm', text: 'No value but the host’s counts as safe.' }
    : { by: 'kvm', text: 'Outside the writable mask: KVM keeps the host’s.' };
}

/** The VM with some of its state otherwise. */
function withState(vm: Vm, change: Readonly<Partial<Record<keyof Vm['state'], unknown>>>): Vm {
  const properties = Object.fromEntries(Object.entries(change).map(([name, value]) => [name, { value }]));
  return Object.create(vm, { state: { value: Object.create(vm.state, properties) } }) as Vm;
}

/** The VM with one field as the host's register has it, and the vCPU features that this takes. */
function asHost(vm: Vm, row: IdRegister, field: IdField): Vm {
  const slot = ID_REGISTERS.indexOf(row);
  const value = insert64(idRegister(vm, row.encoding), field.msb, field.lsb, fieldOf(field, vm.host.idRegister(row.encoding)));
  const { id_regs } = vm.state;
  const changed = withState(vm, { id_regs: { get: (n: number) => (n === slot ? value : id_regs.get(n)) } });
  return row.name === 'ID_AA64DFR0_EL1' && field.name === 'PMUVer'
    ? (Object.create(changed, { hasPmu: { value: true } }) as Vm)
    : changed;
}

interface Follows {
  readonly undefined: ReadonlyMap<string, UndefinedAccess>;
  readonly hidden: readonly string[];
  readonly traps: ReturnType<typeof idTraps>;
}

/** What follows from the values of a VM's ID registers; worked out when it is first asked for. */
function followsOf(vm: Vm): () => Follows {
  let made: Follows | undefined;
  return () => {
    made ??= {
      undefined: new Map(undefinedAccesses(vm).map((a) => [`${a.name} ${a.direction}`, a])),
      hidden: SYS_REGS.filter((row) => !isVisible(vm, row)).map((row) => row.name),
      traps: idTraps(vm),
    };
    return made;
  };
}

function difference(now: Follows, then: Follows): readonly IdConsequence[] {
  const byControl = new Map<string, string[]>();
  for (const [key, { name, register, field }] of now.undefined) {
    if (then.undefined.has(key)) continue;
    const control = `${register}.${field}`;
    const names = byControl.get(control) ?? [];
    if (!names.includes(name)) names.push(name);
    byControl.set(control, names);
  }
  const undefinedOnes = Array.from(
    byControl,
    ([control, names]): IdConsequence => ({ control, what: `${few(names)} UNDEFINED` }),
  );
  const hidden = now.hidden.filter(
    (name) => !then.hidden.includes(name) && ![...byControl.values()].some((n) => n.includes(name)),
  );
  const traps = now.traps.flatMap(({ register, field, value }): IdConsequence[] => {
    const other = then.traps.find((t) => t.register === register && t.field === field);
    return other && other.value !== value
      ? [{ control: `${register}.${field}`, what: `${value}, where the host's value gives ${other.value}` }]
      : [];
  });
  return [
    ...undefinedOnes,
    ...(hidden.length > 0 ? [{ control: 'KVM’s table', what: `${few(hidden)} UNDEFINED` }] : []),
    ...traps,
  ];
}

const FEW = 4;

function few(names: readonly string[]): string {
  if (names.length <= FEW) return names.join(', ');
  return `${names.slice(0, FEW - 1).join(', ')} and ${names.length - FEW + 1} more`;
}
