// A host for KVM: memory, processing elements and what they say of themselves. Owns the layout of the host's physical addresses: memory for slots is
// handed out here as mmap hands it to a VMM, congruent to the guest's addresses so that stage 2 can use blocks. Knows nothing of VMs.
import { encodingName, registerByName, sysreg } from '#arch/sysreg';
import { assert, bits64, insert64 } from '#base';
import {
  type CpuModel,
  cpuModel,
  createMemory,
  createProcessor,
  type MachineMemory,
  modelOf,
  type Processor,
  type ProcessorOptions,
} from '#cpu';
import type { ExitObserver } from '../exit-record.ts';
import type { KvmHost } from './host.ts';
import { ID_REGISTERS } from './id-registers.ts';
import type { KvmPolicy } from './policy.ts';
import { GuestWiring } from './wiring.ts';

export interface NewKvmHost {
  readonly processors: number;
  /** What the processors are; `max` when absent. */
  readonly model?: CpuModel;
  /** ID registers of the host where they differ from the model's, by name. What the processors lack stays UNDEFINED whatever these promise. */
  readonly idRegisters?: ReadonlyMap<string, bigint>;
  /** Switches that are the hardware's. */
  readonly policy?: Partial<KvmPolicy>;
  readonly observe?: ExitObserver;
  /** Options for each processor beyond memory, index and model. */
  readonly options?: (index: number) => Omit<ProcessorOptions, 'memory' | 'index' | 'model' | 'el2'>;
}

export interface NewHost extends KvmHost {
  readonly memory: MachineMemory;
  readonly cpus: readonly Processor[];
  /** Zeroed memory of whole pages, for guest addresses from `ipa` on; its physical address, or undefined when the machine has no more. */
  allocate(ipa: bigint, size: bigint): bigint | undefined;
  free(physical: bigint): void;
}

const TABLES_AT = 0xf000_0000_0000n;
const TABLES_SIZE = 0x20_0000;
/** Each piece of memory starts in a terabyte of its own. */
const PIECE_SHIFT = 40n;
const PIECES = 200;
const GIB = 1n << 30n;

/** Makes a host. Throws RangeError when this computer has no room for it. */
export function newKvmHost({
  processors,
  model = maxModel(),
  idRegisters = new Map(),
  policy = {},
  observe,
  options,
}: NewKvmHost): NewHost {
  const memory = createMemory({ cpus: processors, regions: [{ base: TABLES_AT, size: BigInt(TABLES_SIZE), kind: 'ram' }] });
  const lesser =
    idRegisters.size === 0
      ? model
      : modelOf(
          'host',
          new Map([...model.registers].map(([name, value]) => [name, withdrawn(name, value, idRegisters.get(name))])),
          model.choices,
        );
  const hardware = hardwareUnder(lesser, policy);
  const wiring = new GuestWiring();
  const cpus: readonly Processor[] = Array.from({ length: processors }, (_, index) =>
    createProcessor({
      ...wiring.options(index),
      ...options?.(index),
      memory,
      index,
      model: hardware,
      el2: 'modelled',
      broadcastTlbi: (invalidation) => {
        for (const other of cpus) if (other.index !== index) other.invalidateTlb(invalidation);
      },
    }),
  );
  return {
    memory,
    cpus,
    processors,
    processor: (index) => cpus[index] as Processor,
    idRegister(encoding) {
      const name = encodingName(encoding);
      return idRegisters.get(name) ?? model.registers.get(name) ?? 0n;
    },
    tables: { base: TABLES_AT, size: TABLES_SIZE },
    now: () => memory.clock,
    observe,
    wiring,
    allocate(ipa, size) {
      for (let piece = 1n; piece <= BigInt(PIECES); piece++) {
        const base = (piece << PIECE_SHIFT) + (ipa % GIB);
        const taken = memory.regions.some((r) => r.base >> PIECE_SHIFT === piece);
        if (taken) continue;
        if (size >= 1n << PIECE_SHIFT || memory.regions.length >= MAX_REGIONS) return undefined;
        try {
          memory.addRegion({ base, size, kind: 'ram' });
        } catch (error) {
          if (error instanceof RangeError) return undefined;
          throw error;
        }
        return base;
      }
      return undefined;
    },
    free(physical) {
      const region = memory.regions.find((r) => r.base === physical);
      if (region) memory.removeRegion(region);
    },
  };
}

/** The processor that a policy means: what EL0's use of IMPLEMENTATION DEFINED registers does is not KVM's choice but hardware's. */
export function hardwareUnder(model: CpuModel, { el0_impdef }: Partial<KvmPolicy>): CpuModel {
  if (el0_impdef !== 'trap') return model;
  return { ...model, choices: { ...model.choices, implementationDefinedAtEl0: 'trapped' } };
}

/** Regions that a machine's memory has entries for. */
const MAX_REGIONS = 150;

function maxModel(): CpuModel {
  const model = cpuModel('max');
  assert(model, 'there is a model max');
  return model;
}

/** A register of the hardware: the model's value, with the fields that the host has less of taken back. */
function withdrawn(name: string, value: bigint, host: bigint | undefined): bigint {
  if (host === undefined || !registerByName(name)) return value;
  const row = ID_REGISTERS.find((r) => r.encoding === sysreg(name).encoding);
  let result = value;
  for (const { msb, lsb, signed } of row?.fields ?? []) {
    const width = msb - lsb + 1;
    const number = (v: bigint): bigint => (signed ? BigInt.asIntN(width, bits64(v, msb, lsb)) : bits64(v, msb, lsb));
    if (number(host) < number(value)) result = insert64(result, msb, lsb, bits64(host, msb, lsb));
  }
  return result;
}
