// What the page knows, in slices by fact: the program as written, the machine as last reported, the person's own settings. Views read it
// through selectors; only the functions in actions.ts write it. No Comlink, Monaco or xterm objects live here.

import { create } from 'zustand';
import {
  type AnswerRule,
  type BoardConfig,
  DEFAULT_BOARD,
  type MachineConfig,
  type Moment,
  type ProgramImage,
  type Project,
} from '#project';
import type { AccessHintView, CpuLine, LineBadge, MachineStatus, ProgramView, RegisterChange } from '#protocol';

/** The program: what the person writes, and what the assembler says of it. */
export interface ProgramSlice {
  readonly name: string;
  readonly source: string;
  /** The file that the program is, where it came as one; `source` is its listing then, and nobody edits it. */
  readonly image: ProgramImage | undefined;
  readonly board: BoardConfig;
  readonly config: MachineConfig;
  readonly rules: readonly AnswerRule[];
  readonly breakpoints: readonly number[];
  /** Accesses of devices without a syndrome in the source as it was when they were last looked for. */
  readonly hints: readonly AccessHintView[];
  /** The last assembly of the source as it stands; undefined until the first. */
  readonly assembled: ProgramView | undefined;
  /** True when the machine runs this very text. */
  readonly loaded: boolean;
  /** What the machine was made of, besides the text; undefined until there is one. */
  readonly made: Pick<Project, 'config' | 'rules'> | undefined;
}

/** The machine, as the last update reported it. */
export interface MachineSlice {
  readonly epoch: number;
  readonly status: MachineStatus;
  readonly moment: Moment;
  /** The CPU that views show: level, registers, changes and line are its. */
  readonly cpu: number;
  readonly el: 0 | 1 | 2;
  readonly cpus: readonly CpuLine[];
  readonly registers: BigUint64Array;
  readonly changes: readonly RegisterChange[];
  /** The exit that `changes` counts from; 0 is reset. */
  readonly changesSince: number;
  readonly line: number | undefined;
  readonly exits: number;
  readonly badges: readonly LineBadge[];
  readonly lineLevels: Uint8Array;
}

/** Console output since reset: chunks in order; `epoch` tells when it began anew. */
export interface ConsoleSlice {
  readonly epoch: number;
  readonly chunks: readonly Uint8Array[];
  readonly bytes: number;
}

/** What the person looks at. */
export interface SelectionSlice {
  /** The exit that the card shows; undefined = the newest. */
  readonly exit: number | undefined;
  /** The system register that its view shows in full. */
  readonly register: string | undefined;
  /** The ID register that its view shows. */
  readonly idRegister: string;
  /** The trap control that its view shows in full; '' for a register without a chosen field. */
  readonly control: { readonly register: string; readonly field: string };
}

/** The last thing that went wrong with a request, until dismissed; and what is said to screen readers. */
export interface NoticeSlice {
  readonly error: string | undefined;
  readonly announcement: string;
}

export interface ClientState {
  readonly program: ProgramSlice;
  readonly machine: MachineSlice;
  readonly console: ConsoleSlice;
  readonly selection: SelectionSlice;
  readonly notice: NoticeSlice;
}

export const EMPTY_MACHINE: MachineSlice = {
  epoch: 0,
  status: { kind: 'empty' },
  moment: { instructions: 0, exits: 0 },
  cpu: 0,
  el: 1,
  cpus: [],
  registers: new BigUint64Array(36),
  changes: [],
  changesSince: 0,
  line: undefined,
  exits: 0,
  badges: [],
  lineLevels: new Uint8Array(0),
};

export const useClient = create<ClientState>(() => ({
  program: {
    name: 'untitled.s',
    source: '',
    image: undefined,
    board: DEFAULT_BOARD,
    config: {},
    rules: [],
    breakpoints: [],
    hints: [],
    assembled: undefined,
    loaded: false,
    made: undefined,
  },
  machine: EMPTY_MACHINE,
  console: { epoch: 0, chunks: [], bytes: 0 },
  selection: { exit: undefined, register: undefined, idRegister: 'ID_AA64PFR0_EL1', control: { register: 'HCR_EL2', field: '' } },
  notice: { error: undefined, announcement: '' },
}));
