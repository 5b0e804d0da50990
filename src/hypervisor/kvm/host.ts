// What KVM is given: the machine below it. A host is a memory, processing elements and the values of their identification registers; KVM runs
// at their EL2. Owns the interface and knows no implementation.
import type { Processor, ProcessorOptions, TimerName } from '#cpu';
import type { ExitObserver } from '../exit-record.ts';

/** The host's memory, as KVM uses it: its own records, and physical addresses that slots and tables point to. */
export interface HostMemory {
  readonly view: DataView;
  /** Physical addresses that are memory. */
  readonly regions: readonly { readonly base: bigint; readonly size: bigint }[];
  /** Zeroed bytes for KVM's records; the same calls in the same order give the same places. */
  reserve(bytes: number): number;
  /** undefined when not all of it is memory. */
  readBytes(physical: bigint, length: number): Uint8Array | undefined;
  /** False, and nothing written, when not all of it is memory. */
  writeBytes(physical: bigint, bytes: Uint8Array): boolean;
  /** The place of a physical address in the memory, -1 for none; and the allocation tag of the granule at a place. */
  locate(physical: number): number;
  allocationTag(offset: number): number;
  setAllocationTag(offset: number, tag: number): void;
  /** A 64-bit word at an aligned address; undefined, or false, when no memory is there. */
  read64(physical: number): bigint | undefined;
  write64(physical: number, value: bigint): boolean;
}

type Registers = NonNullable<ProcessorOptions['interruptInterface']>['registers'];

/** What a VM has for the processors that run it. */
export interface GuestLines {
  /** A register of the CPU interface, as a GIC of the VM's own has it. */
  register(index: number, name: string): ReturnType<Registers['get']>;
  /** A timer's output changed. */
  timer(index: number, timer: TimerName, level: boolean): void;
}

export interface KvmHost {
  readonly memory: HostMemory;
  /** The processing element that runs the vCPU with this index; there are `processors` of them. */
  processor(index: number): Processor;
  readonly processors: number;
  /** Value of an identification register of the hardware (packed encoding of #arch/sysreg); 0n where it has none. */
  idRegister(encoding: number): bigint;
  /** Physical memory for KVM's stage 2 tables, whole pages, zero. */
  readonly tables: { readonly base: bigint; readonly size: number };
  /** Virtual time in nanoseconds. */
  now(): bigint;
  observe?: ExitObserver | undefined;
  /** What the processors were made with, so that a vGIC and the timers' interrupts reach them; without it a VM has none. */
  readonly wiring?: { connect(lines: GuestLines): void } | undefined;
}
