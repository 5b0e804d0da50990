// KVM's configuration and the VM's ID registers, for the views: the tables of switches and fields put into the protocol's words, and writes of ID
// registers as a VMM makes them. Keeps what no register holds: the writes since the machine was made.

import { docOf, encodingName, registerByName, unpackEncoding } from '#arch/sysreg';
import { err, ok, type Result } from '#base';
import {
  CAPABILITY_SWITCHES,
  type ConfigurationSwitch,
  FEATURE_SWITCHES,
  ID_REGISTERS,
  type IdRegister,
  type IdVerdict,
  KVM_CAP,
  type KvmCap,
  type KvmVm,
  POLICY_SWITCHES,
  type PolicySwitch,
  registerId,
  VM_SWITCHES,
} from '#hypervisor';
import { createMachine, type Machine } from '#machine';
import { type BoardConfig, DEFAULT_BOARD, DEFAULT_FEATURES, type MachineConfig, type Project } from '#project';
import type { HypervisorApi, IdRegisterDetail, IdVerdictView, IdWriteView, Reply, SwitchView } from '#protocol';
import { fieldViews } from './field-views.ts';
import type { Inspected } from './inspect.ts';
import { RAM_BASE } from './program-views.ts';

export interface HypervisorInspector {
  readonly requests: HypervisorApi;
  /** Another machine, made of this project. */
  renew(project: Project): void;
}

const NO_KVM = 'Nobody is at EL2 on this board: there is nothing of KVM to configure.';
/** Memory of a machine that is made only to see whether it can be. */
const TRIAL_MEMORY = 4 << 20;

/** Makes an inspector of whatever `inspected` gives. `wrote` is told of every write to an ID register, with the value that KVM took. */
export function createHypervisorInspector(
  inspected: () => Inspected | undefined,
  wrote: (name: string, value: bigint | undefined) => void,
): HypervisorInspector {
  let made: Project | undefined;
  let writes = new Map<string, IdWriteView[]>();

  function ask<T>(answer: (vm: KvmVm, of: Inspected) => Reply<T>): Reply<T> {
    const of = inspected();
    if (!of || !made) return err({ message: 'No program is loaded.' });
    return of.machine.vm ? answer(of.machine.vm, of) : err({ message: NO_KVM });
  }
  function withRow<T>(name: string, answer: (vm: KvmVm, row: IdRegister, of: Inspected) => Reply<T>): Reply<T> {
    const row = ID_REGISTERS.find((r) => r.name === name);
    return row
      ? ask((vm, of) => answer(vm, row, of))
      : err({ message: `${name} is not an ID register that KVM keeps for a VM.` });
  }
  const told = (name: string): readonly IdWriteView[] => writes.get(name) ?? [];

  return {
    requests: {
      switches: (config) => {
        const of = inspected();
        if (of && !of.machine.vm) return err({ message: NO_KVM });
        const runs = made?.config ?? {};
        const tried =
          of && JSON.stringify(config) === JSON.stringify(runs) ? undefined : trial(made?.board ?? DEFAULT_BOARD, config);
        const refused = !tried || tried.ok ? '' : tried.error;
        // Without a machine, perhaps because of its configuration, a plain one knows what the host has.
        // So does it for a protected VM, which has not what the host has.
        const plain = (runs.protected ? undefined : of?.machine) ?? trialOf({});
        if (!plain?.vm) return err({ message: NO_KVM });
        return ok({ switches: switchViews(plain.vm, config, runs), refused });
      },
      idRegisters: () =>
        ask((vm) => {
          const lines = vm.idRegisters.map(({ row, limit, value }) => ({
            name: row.name,
            encoding: encodingText(row.encoding),
            note: noteOf(row, limit),
            changed: row.fields.filter(({ msb, lsb }) => ((limit ^ value) >> BigInt(lsb)) & ((1n << BigInt(msb - lsb + 1)) - 1n))
              .length,
          }));
          return ok({ lines, frozen: vm.idRegistersFrozen ?? '', advice: vm.idAdvice });
        }),
      idRegister: (name) => withRow(name, (vm, row, of) => ok(detail(vm, row, of, told(name)))),
      judgeIdRegister: (name, value) =>
        withRow(name, (vm, row) => ok(verdictView(vm, row, value, vm.judgeIdRegister(row, value)))),
      writeIdRegister: (name, value) =>
        withRow(name, (vm, row, of) => {
          const view = verdictView(vm, row, value, vm.judgeIdRegister(row, value));
          if (view.errno === '') {
            const done = of.machine.input({ kind: 'id-register', register: name, value: `0x${value.toString(16)}` });
            if (!done.ok) return err({ message: done.error });
          }
          writes.set(name, [...told(name), { ...view, from: 'person' }]);
          wrote(name, view.errno === '' ? value : undefined);
          return ok(view);
        }),
    },
    renew(project) {
      made = project;
      writes = new Map();
      const vm = inspected()?.machine.vm;
      for (const [name, text] of Object.entries(project.config.id_registers ?? {})) {
        const row = ID_REGISTERS.find((r) => r.name === registerByName(name)?.name);
        if (!row || !vm) continue;
        const value = BigInt(text);
        writes.set(row.name, [{ ...verdictView(vm, row, value, vm.judgeThawed(row, value)), from: 'configuration' }]);
      }
    },
  };
}

/** A machine of a configuration, made only to see whether it can be. */
function trial(board: BoardConfig, config: MachineConfig): Result<Machine, string> {
  return createMachine({
    board: { ...board, memory: TRIAL_MEMORY },
    config: { ...config, script: [] },
    rules: [],
    image: { parts: [], entry: RAM_BASE },
  });
}

function trialOf(config: MachineConfig): Machine | undefined {
  const made = trial(DEFAULT_BOARD, config);
  return made.ok ? made.value : undefined;
}

const OFF_ON = ['off', 'on'] as const;

function switchViews(vm: KvmVm, config: MachineConfig, runs: MachineConfig): readonly SwitchView[] {
  const onOff = (
    kind: SwitchView['kind'],
    name: string,
    { title, docs }: ConfigurationSwitch,
    usual: boolean,
    isOn: (of: MachineConfig) => boolean,
    fixed: string,
  ): SwitchView => ({
    kind,
    name,
    title,
    positions: OFF_ON.map((value, i) => ({ value, doc: docs[i as 0 | 1] })),
    usual: usual ? 'on' : 'off',
    value: isOn(config) ? 'on' : 'off',
    runs: isOn(runs) ? 'on' : 'off',
    fixed,
  });
  const lacks = (cap: KvmCap | undefined): string =>
    cap === undefined || vm.checkExtension(KVM_CAP[cap]) > 0 ? '' : `This host does not have it: ${cap} is 0.`;
  const policy = (of: MachineConfig): Readonly<Record<string, string | undefined>> => ({ ...of.policy });
  return [
    ...Object.entries(CAPABILITY_SWITCHES).map(([name, row]) =>
      onOff('capability', name, row, false, (of) => of.capabilities?.includes(name) ?? false, lacks(name as KvmCap)),
    ),
    ...Object.entries(FEATURE_SWITCHES).map(([name, row]) =>
      onOff(
        'feature',
        name,
        row,
        DEFAULT_FEATURES.includes(name),
        (of) => (of.features ?? DEFAULT_FEATURES).includes(name),
        lacks(row.capability),
      ),
    ),
    ...Object.entries(VM_SWITCHES).map(([name, row]) => onOff('vm', name, row, false, (of) => of.protected === true, '')),
    ...Object.entries(POLICY_SWITCHES).map(([name, row]: [string, PolicySwitch]): SwitchView => {
      const [usual] = row.values;
      return {
        kind: 'policy',
        name,
        title: row.title,
        positions: row.values.map((value, i) => ({ value, doc: row.docs[i] ?? '' })),
        usual,
        value: policy(config)[name] ?? usual,
        runs: policy(runs)[name] ?? usual,
        fixed: row.later ?? '',
      };
    }),
  ];
}

function encodingText(encoding: number): string {
  const { op0, op1, crn, crm, op2 } = unpackEncoding(encoding);
  return `${op0}, ${op1}, ${crn}, ${crm}, ${op2}`;
}

function noteOf(row: IdRegister, limit: bigint): string {
  if (row.kind === 'raz') return registerByName(row.name) ? 'hidden' : 'unallocated';
  return row.kind !== 'implementation' && limit === 0n && row.mask === 0n ? 'reads 0' : '';
}

const NOTES: Readonly<Record<string, string>> = {
  hidden: 'KVM hides it: a guest reads 0, and userspace may write nothing else.',
  unallocated: 'No register has this encoding yet: a guest reads 0, so that a newer one means “not there”.',
};

function detail(vm: KvmVm, row: IdRegister, { machine }: Inspected, writes: readonly IdWriteView[]): IdRegisterDetail {
  const entry = vm.idRegisters.find((e) => e.row === row);
  const { host = 0n, limit = 0n, value = 0n } = entry ?? {};
  const sysreg = registerByName(row.name);
  const cpu = machine.processor(machine.current);
  const context = { features: cpu.model.features, read: (name: string) => cpu.readRegister(name) };
  const views = sysreg ? fieldViews(sysreg, value, context) : [];
  const last = writes.findLast((w) => w.errno === '');
  return {
    name: row.name,
    encoding: encodingText(row.encoding),
    id: registerId(encodingName(row.encoding)) ?? 0n,
    note: NOTES[noteOf(row, limit)] ?? '',
    doc: sysreg ? docOf(sysreg) : '',
    host,
    limit,
    value,
    mask: row.mask,
    frozen: vm.idRegistersFrozen ?? '',
    fields: vm.idFieldStories(row).map(({ field, writable, host: has, limit: most, value: is, rule, reason, follows }) => ({
      name: field.name,
      msb: field.msb,
      lsb: field.lsb,
      signed: field.signed,
      writable,
      host: has,
      limit: most,
      written: last && (last.value >> BigInt(field.lsb)) & ((1n << BigInt(field.msb - field.lsb + 1)) - 1n),
      value: is,
      meaning: views.find((v) => v.name === field.name)?.meaning ?? '',
      rule,
      reason,
      follows,
    })),
    writes,
    advice: vm.idAdvice.filter(({ fields }) => fields.some(({ name }) => name.startsWith(`${row.name}.`))),
  };
}

function verdictView(vm: KvmVm, row: IdRegister, value: bigint, verdict: IdVerdict): IdVerdictView {
  if (verdict.ok) {
    return { value, stored: verdict.value, errno: '', text: verdict.note ?? '', by: undefined, field: '', late: false };
  }
  const { by, text } = vm.refusalReason(row, value, verdict);
  const late = verdict.errno === 'EBUSY' && vm.judgeThawed(row, value).ok;
  return { value, stored: undefined, errno: verdict.errno, text, by, field: verdict.field ?? '', late };
}
