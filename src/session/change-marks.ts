// Which registers changed since the machine last stood still, and who changed them: an instruction, the answer to an exit, or a hand.
import type { Processor } from '#cpu';
import type { EventLog, Machine } from '#machine';
import { type ChangedBy, REGISTER_ORDER, type RegisterChange } from '#protocol';
import type { ProgramNames } from './exit-views.ts';

function read(processor: Processor, register: string): bigint {
  if (register === 'sp_el0') return processor.sp(0);
  if (register === 'sp_el1') return processor.sp(1);
  if (register === 'sp_el2') return processor.sp(2);
  return processor.x(Number(register.slice(1)));
}

const MARKED = REGISTER_ORDER.filter((name) => name !== 'pc' && name !== 'pstate');

/** The marks of one machine: of each of its CPUs. */
export class ChangeMarks {
  #before: readonly ReadonlyMap<string, bigint>[] = [];
  #hands = new Set<string>();
  #since = 0;

  /** The exit that changes count from; 0 is reset. */
  get since(): number {
    return this.#since;
  }

  /** From here on changes count. */
  set(machine: Machine): void {
    this.#before = Array.from({ length: machine.cpus }, (_, cpu) => {
      const processor = machine.processor(cpu);
      return new Map(MARKED.map((name) => [name, read(processor, name)]));
    });
    this.#hands.clear();
    this.#since = machine.log.exits;
  }

  /** The person wrote this register. */
  byHand(cpu: number, register: string): void {
    this.#hands.add(`${cpu} ${register}`);
  }

  /** What changed, in register order. */
  changes(processor: Processor, log: EventLog, names: ProgramNames): readonly RegisterChange[] {
    const out: RegisterChange[] = [];
    for (const register of MARKED) {
      const before = this.#before[processor.index]?.get(register) ?? 0n;
      const after = read(processor, register);
      if (before !== after) out.push({ register, before, after, ...this.#who(register, processor, log, names) });
    }
    return out;
  }

  #who(register: string, processor: Processor, log: EventLog, names: ProgramNames): { by: ChangedBy; detail: string } {
    if (this.#hands.has(`${processor.index} ${register}`)) return { by: 'person', detail: 'you, by hand' };
    const writer = register.startsWith('x') ? processor.lastWriter(Number(register.slice(1))) : undefined;
    for (let n = log.exits; n >= Math.max(1, this.#since); n -= 1) {
      const entry = log.exit(n);
      if (entry.cpu !== processor.index) continue;
      if (entry.write?.register.replace(/^w/, 'x') !== register || entry.write.new !== read(processor, register)) continue;
      // An instruction that wrote it after the exit takes the credit.
      if (writer !== undefined && writer.instructions > entry.exception.instructions) break;
      return entry.answer
        ? { by: 'answer', detail: `answer to exit ${n}` }
        : { by: 'guest', detail: `exit ${n}, ${entry.handler ?? 'KVM'}` };
    }
    if (writer === undefined) return { by: 'guest', detail: '' };
    const line = names.lineAt(writer.pc);
    return { by: 'guest', detail: line === undefined ? `at 0x${writer.pc.toString(16)}` : `line ${line}` };
  }
}
