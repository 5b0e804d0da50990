// A processor for tests: a program assembled and run, and what came of it. Exceptions to EL2 stop it, as with a hypervisor model, unless the
// test runs EL2 itself.
import { expect } from 'vitest';
import { assemble } from '#asm';
import {
  type CpuModel,
  cpuModel,
  createMemory,
  createProcessor,
  type DeviceBus,
  type ExceptionLevel,
  type ExceptionRecord,
  type MachineMemory,
  type Processor,
  type Stop,
} from './index.ts';

export const RAM = 0x4000_0000n;
export const CODE = 0x4008_0000n;
export const VECTORS = 0x4009_0000n;
export const TABLES = 0x8000_0000n;

export interface Options {
  readonly el?: ExceptionLevel;
  readonly el2?: 'modelled' | 'guest';
  readonly model?: CpuModel;
  readonly x?: readonly bigint[];
  readonly registers?: Readonly<Record<string, bigint>>;
  /** What stands at VBAR_EL1 + 0x200 (and at every other vector): default `hvc #0xe000`. */
  readonly vector?: string;
  readonly bus?: DeviceBus;
  readonly pmuOutput?: (level: boolean) => void;
  readonly budget?: number;
  readonly prepare?: (p: Processor, memory: MachineMemory) => void;
}

export interface Outcome {
  readonly p: Processor;
  readonly memory: MachineMemory;
  readonly stop: Stop;
  readonly executed: number;
  readonly exceptions: readonly ExceptionRecord[];
}

export function image(text: string, base: bigint): Uint8Array {
  const result = assemble(text, { base });
  expect(result.diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  return result.image as Uint8Array;
}

export function max(): CpuModel {
  return cpuModel('max') as CpuModel;
}

/** Assembles at CODE and runs until something stops it; `hvc #0` at the end is the usual way out. */
export function run(text: string, options: Options = {}): Outcome {
  const memory = createMemory({
    cpus: 1,
    regions: [
      { base: RAM, size: 4n << 20n, kind: 'ram' },
      { base: TABLES, size: 1n << 20n, kind: 'ram' },
    ],
  });
  const p = createProcessor({
    memory,
    index: 0,
    model: options.model ?? max(),
    el2: options.el2 ?? 'modelled',
    bus: options.bus,
    pmuOutput: options.pmuOutput,
  });
  p.reset({ el: options.el ?? 1, pc: CODE });
  p.writeRegister('HCR_EL2', 1n << 31n);
  p.writeRegister('VBAR_EL1', VECTORS);
  p.writeRegister('VBAR_EL2', VECTORS + 0x1000n);
  p.writeRegister('CPACR_EL1', 3n << 20n);
  for (let vector = 0n; vector < 0x800n; vector += 0x80n)
    memory.writeBytes(VECTORS + vector, image(options.vector ?? 'hvc #0xe000', VECTORS + vector));
  for (const [name, value] of Object.entries(options.registers ?? {})) p.writeRegister(name, value);
  for (const [n, value] of (options.x ?? []).entries()) p.setX(n, value);
  const exceptions: ExceptionRecord[] = [];
  p.setObserver({ exception: (record) => exceptions.push(record) });
  memory.writeBytes(CODE, image(text, CODE));
  options.prepare?.(p, memory);
  const { stop, executed } = p.run(options.budget ?? 10_000);
  return { p, memory, stop, executed, exceptions };
}

/** The values of these registers after the program, in hex. */
export function registers(text: string, names: string, options: Options = {}): string {
  const { p } = run(`${text}\nhvc #0`, options);
  return names
    .split(' ')
    .map((name) => `${name}=${(/^x\d+$/.test(name) ? p.x(Number(name.slice(1))) : p.readRegister(name)).toString(16)}`)
    .join(' ');
}

/** What was taken: from>to, syndrome, FAR where it is valid, and the return address relative to the code. */
export function taken({ exceptions }: Outcome): string[] {
  return exceptions.map((e) => {
    const far = e.farValid ? ` far ${e.far.toString(16)}` : '';
    const hpfar = e.hpfarValid ? ` hpfar ${e.hpfar.toString(16)}` : '';
    const at = e.elr >= VECTORS ? `V+${(e.elr - VECTORS).toString(16)}` : `+${(e.elr - CODE).toString(16)}`;
    const kind = e.kind === 'sync' ? e.esr.toString(16) : e.kind;
    return `${e.from}>${e.to} ${kind}${far}${hpfar} ${at}`;
  });
}
