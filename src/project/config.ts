// The configuration of a machine, as `--config`, project files and share links carry it. Every key is optional.
import type { AnswerRule } from './rules.ts';

export type HypervisorName = 'kvm' | 'rmm' | 'none';

/** Where implementations of the model differ: each is a labelled switch; the first value is the default. */
export interface Policy {
  readonly idsr?: 'reviewed' | 'posted';
  readonly id_freeze?: 'first-run' | 'first-write';
  readonly mmio_read?: 'fixed' | 'zero-extended';
  readonly s1ptw_abort?: 'external' | 'level';
  readonly el0_impdef?: 'undef' | 'trap';
  readonly nisv_fetch?: 'same' | 'replaced';
  readonly qemu_sync?: 'before' | 'posted' | 'array';
  readonly rmi_mmio_flag?: 'posted' | 'agreed';
}

/** Guest memory written behind the guest's back: a stand-in for another vCPU, for lessons. */
export interface ScriptedWrite {
  /** Number of the exit that has just left for userspace, which has not looked at it yet. */
  readonly exit: number;
  /** Guest physical address, hex. */
  readonly write: string;
  /** Hex pairs in memory order. */
  readonly bytes: string;
}

export interface MachineConfig {
  readonly capabilities?: readonly string[];
  readonly features?: readonly string[];
  readonly host?: Readonly<Record<string, number>>;
  readonly policy?: Policy;
  /** A protected VM (pKVM). */
  readonly protected?: boolean;
  readonly script?: readonly ScriptedWrite[];
  readonly id_registers?: Readonly<Record<string, string>>;
  readonly registers?: Readonly<Record<string, string>>;
  readonly trap_controls?: Readonly<Record<string, { readonly set?: readonly string[]; readonly clear?: readonly string[] }>>;
}

/** The vCPU features of a configuration that names none. */
export const DEFAULT_FEATURES: readonly string[] = ['psci_0_2'];

/** What the command line gives as options of their own. */
export interface BoardConfig {
  readonly hypervisor: HypervisorName;
  readonly el: 0 | 1 | 2;
  /** Bytes of RAM. */
  readonly memory: number;
  readonly cpus: number;
  /** CPU model name. */
  readonly cpu: string;
  /** On bare metal in the page: HLT #0xF000 is a semihosting call, and files live as long as the machine. */
  readonly semihosting?: boolean | undefined;
}

export const DEFAULT_BOARD: BoardConfig = { hypervisor: 'kvm', el: 1, memory: 64 * 1024 * 1024, cpus: 1, cpu: 'max' };

/** A program that came as a file and not as text. */
export interface ProgramImage {
  /** An ELF file says where its parts go; the bytes of a flat one go to `load`, and it starts there. */
  readonly format: 'elf' | 'flat';
  /** The file, base64. */
  readonly bytes: string;
  /** Hex. */
  readonly load: string;
}

/** Everything that a person has written: what is saved, shared and replayed. */
export interface Project {
  readonly version: 1;
  readonly name: string;
  /** GNU-as source text; of a program that is an image, the listing that stands in its place. */
  readonly source: string;
  readonly image?: ProgramImage | undefined;
  readonly board: BoardConfig;
  readonly config: MachineConfig;
  readonly rules: readonly AnswerRule[];
  /** 1-based source lines. */
  readonly breakpoints: readonly number[];
}
