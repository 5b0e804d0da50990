// What the view of switches works out of what it is told: sections, the configuration that a moved switch makes, and which position of an argument
// the program stands in.
import type { SwitchView } from '#client';
import type { Guest } from '#guests';
import type { AnswerRule, BoardConfig, MachineConfig } from '#project';

/** A heading with the call that its switches belong to. */
export interface SwitchSection {
  readonly title: string;
  readonly call: string;
  readonly movable: readonly SwitchView[];
  /** Those that cannot be moved here, each with its reason. */
  readonly fixed: readonly SwitchView[];
}

const SECTIONS: readonly { readonly kind: SwitchView['kind']; readonly title: string; readonly call: string }[] = [
  { kind: 'capability', title: 'Capabilities', call: 'KVM_ENABLE_CAP' },
  { kind: 'policy', title: 'Open arguments, and what changed over time', call: 'policy of the model' },
  { kind: 'feature', title: 'vCPU features', call: 'KVM_ARM_VCPU_INIT' },
  { kind: 'vm', title: 'Kind of VM', call: 'KVM_CREATE_VM' },
];

/** The switches under their headings. */
export function sections(switches: readonly SwitchView[]): readonly SwitchSection[] {
  return SECTIONS.map(({ kind, title, call }) => {
    const own = switches.filter((s) => s.kind === kind);
    // One that stands where it cannot be left must be movable back.
    const stuck = (s: SwitchView) => s.fixed !== '' && s.value === s.usual;
    return { title, call, movable: own.filter((s) => !stuck(s)), fixed: own.filter(stuck) };
  });
}

/** The configuration with one switch moved; a position that is the usual one leaves no word of it. */
export function moved(config: MachineConfig, switches: readonly SwitchView[], name: string, value: string): MachineConfig {
  const which = switches.find((s) => s.name === name);
  if (!which) return config;
  const now = (s: SwitchView) => (s.name === name ? value : s.value);
  const onOf = (kind: SwitchView['kind']) => switches.filter((s) => s.kind === kind && now(s) === 'on').map((s) => s.name);
  switch (which.kind) {
    case 'capability': {
      const { capabilities: _, ...rest } = config;
      const capabilities = onOf('capability');
      return capabilities.length === 0 ? rest : { ...rest, capabilities };
    }
    case 'feature': {
      const { features: _, ...rest } = config;
      const usual = switches.every((s) => s.kind !== 'feature' || now(s) === s.usual);
      return usual ? rest : { ...rest, features: onOf('feature') };
    }
    case 'vm': {
      const { protected: _, ...rest } = config;
      return value === 'on' ? { ...rest, protected: true } : rest;
    }
    case 'policy': {
      const { policy: _, ...rest } = config;
      const policy = Object.fromEntries(
        switches.filter((s) => s.kind === 'policy' && now(s) !== s.usual).map((s) => [s.name, now(s)]),
      );
      return Object.keys(policy).length === 0 ? rest : { ...rest, policy };
    }
  }
}

/** Switches that the machine does not run with yet. */
export function waiting(switches: readonly SwitchView[]): readonly SwitchView[] {
  return switches.filter((s) => s.value !== s.runs);
}

interface Stand {
  readonly board: BoardConfig;
  readonly config: MachineConfig;
  readonly rules: readonly AnswerRule[];
}

/** True when a program stands in this position: board, configuration and rules are the guest's. */
export function standsIn({ board, config, rules }: Stand, { project }: Guest): boolean {
  const text = (of: Stand) =>
    JSON.stringify([
      of.board.cpus,
      of.board.hypervisor,
      Object.entries(of.config).toSorted(([a], [b]) => (a < b ? -1 : 1)),
      of.rules,
    ]);
  return text({ board, config, rules }) === text(project);
}

/** The word of a position: what stands behind the colon of its title. */
export function positionWord({ title }: Guest): string {
  return title.replace(/^[^:]*:\s*/, '');
}
