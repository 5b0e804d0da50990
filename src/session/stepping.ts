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

/** Runs until the function that PC is in has returned: one instruction at a time, counting calls and returns. */
export class StepOut {
  readonly #machine: Machine;
  #depth = 0;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** Runs at most `budget` instructions. */
  step(budget: number): RunStop | 'goal' {
    const machine = this.#machine;
    for (let n = 0; n < budget; n += 1) {
      const processor = machine.processor(machine.current);
      const mnemonic = mnemonicAt(machine, processor.pc);
      const at = processor.pc;
      const stop = machine.run({ instructions: 1, cpu: machine.current, breakpoints: n > 0 });
      if (stop === 'state' || stop === 'breakpoint') return stop;
      if (CALLS.has(mnemonic) && processor.pc !== at + 4n) this.#depth += 1;
      if (RETURNS.has(mnemonic)) {
        if (this.#depth === 0) return 'goal';
        this.#depth -= 1;
      }
    }
    return 'budget';
  }
}
