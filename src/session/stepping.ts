// Stepping over and out: where a call comes back to, and when the current function has returned. Works from the instructions themselves.
import type { Processor } from '#cpu';
import { decode } from '#isa';
import type { Machine, RunStop } from '#machine';

function wordAt(machine: Machine, address: bigint): number | undefined {
  const bytes = machine.readMemory(address, 4);
  return bytes && new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
}

function mnemonicAt(machine: Machine, address: bigint): string {
  const word = wordAt(machine, address);
  const decoded = word === undefined ? undefined : decode(word);
  return decoded ? (decoded.row.template.text.split(/[ {.]/, 1)[0]?.toLowerCase() ?? '') : '';
}

const CALLS = new Set(['bl', 'blr', 'blraa', 'blraaz', 'blrab', 'blrabz', 'svc', 'hvc', 'smc']);
const RETURNS = new Set(['ret', 'retaa', 'retab', 'retaasppc', 'retabsppc', 'eret', 'eretaa', 'eretab']);

/** Where the instruction at PC comes back to when it is a call of any kind, else undefined. */
export function returnsTo(processor: Processor, machine: Machine): bigint | undefined {
  return CALLS.has(mnemonicAt(machine, processor.pc)) ? processor.pc + 4n : undefined;
}

/** Runs a CPU alone until the function that its PC is in has returned: one instruction at a time, counting calls and returns. */
export class StepOut {
  readonly #machine: Machine;
  readonly #cpu: number;
  #depth = 0;

  constructor(machine: Machine, cpu: number) {
    this.#machine = machine;
    this.#cpu = cpu;
  }

  /** Runs at most `budget` instructions. */
  step(budget: number): RunStop | 'goal' {
    const machine = this.#machine;
    const processor = machine.processor(this.#cpu);
    for (let n = 0; n < budget; n += 1) {
      const mnemonic = mnemonicAt(machine, processor.pc);
      const at = processor.pc;
      const stop = machine.run({ instructions: 1, cpu: this.#cpu, breakpoints: n > 0 });
      if (stop === 'state' || stop === 'breakpoint' || stop === 'asleep') return stop;
      if (CALLS.has(mnemonic) && processor.pc !== at + 4n) this.#depth += 1;
      if (RETURNS.has(mnemonic)) {
        if (this.#depth === 0) return 'goal';
        this.#depth -= 1;
      }
    }
    return 'budget';
  }
}

/** One instruction of each CPU that can run, in their order; where all sleep, the first that wakes. */
export function stepAll(machine: Machine): RunStop | 'goal' {
  let ran = false;
  for (let cpu = 0; cpu < machine.cpus; cpu += 1) {
    const stop = machine.run({ instructions: 1, cpu, breakpoints: false });
    if (stop === 'state') return stop;
    if (stop !== 'asleep') ran = true;
  }
  if (!ran) machine.run({ instructions: 1, breakpoints: false });
  return 'goal';
}

/** Everybody runs until this CPU is at an address; at most `budget` instructions. */
export function runTo(machine: Machine, cpu: number, address: bigint, budget: number): RunStop {
  const end = machine.moment.instructions + budget;
  for (;;) {
    const stop = machine.run({ instructions: end - machine.moment.instructions, addresses: [address] });
    if (stop !== 'address' || machine.current === cpu) return stop;
    // Another CPU came by: it passes with the next run.
    if (machine.moment.instructions >= end) return 'budget';
  }
}
