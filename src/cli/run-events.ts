// Entries of the event log as the events that `run --json` streams. Registers, addresses and syndromes are hex strings.
import { disassemble } from '#asm';
import { hex } from '#base';
import type { LogEntry, Machine } from '#machine';

function level(el: number): string {
  return `EL${el}`;
}

/** kvm_run's members with every u64 as hex and bytes as pairs. */
function kvmRunObject(run: object): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(run)) {
    if (typeof value === 'bigint') out[name] = hex(value);
    else if (Array.isArray(value) && typeof value[0] === 'bigint') out[name] = value.map((v: bigint) => hex(v));
    else if (Array.isArray(value)) out[name] = value.map((v: number) => v.toString(16).padStart(2, '0')).join('');
    else out[name] = value;
  }
  return out;
}

/** The event of one entry: an exit, or an exception that the guest took by itself. */
export function logEvent(entry: LogEntry): Record<string, unknown> {
  const { exception } = entry;
  const common = {
    from: level(exception.from),
    to: level(exception.to),
    esr: hex(exception.esr),
    far: hex(exception.far),
  };
  if (entry.exit === 0) {
    return {
      event: 'exception',
      cpu: entry.cpu,
      kind: exception.kind,
      ...common,
      elr: hex(exception.elr),
      spsr: hex(exception.spsr),
      vector: hex(exception.vector),
    };
  }
  return {
    event: 'exit',
    n: entry.exit,
    cpu: entry.cpu,
    instructions: entry.instructions,
    kind: exception.kind,
    ...common,
    hpfar: hex(exception.hpfar),
    elr: hex(exception.elr),
    spsr: hex(exception.spsr),
    ...(exception.word === undefined
      ? {}
      : {
          instruction: { word: hex(exception.word), text: disassemble(exception.word, { pc: exception.elr }).replace('\t', ' ') },
        }),
    cause: exception.cause.map(({ register, field, value, rule }) => ({ register, field, value, rule })),
    ...(entry.handler === undefined ? {} : { handler: entry.handler }),
    outcome: entry.outcome === 'error' ? 'user' : (entry.outcome ?? 'handled'),
    ...(entry.kvmRun ? { kvm_run: kvmRunObject(entry.kvmRun) } : {}),
    ...(entry.errno === undefined ? {} : { errno: entry.errno }),
    ...(entry.answer
      ? {
          answer: {
            ...entry.answer.answer,
            by: entry.answer.from.by,
            ...(entry.answer.value === undefined ? {} : { value: hex(entry.answer.value) }),
          },
        }
      : {}),
    ...(entry.injection
      ? {
          injected: {
            esr: hex(entry.injection.esr),
            ...(entry.injection.far === undefined ? {} : { far: hex(entry.injection.far) }),
            elr: hex(entry.injection.elr),
            vector: hex(entry.injection.vector),
          },
        }
      : {}),
  };
}

/** The last event. */
export function endEvent(machine: Machine, limitReached: boolean): Record<string, unknown> {
  const { state } = machine;
  const processor = machine.processor(machine.current);
  const registers: Record<string, string> = {};
  for (let n = 0; n < 31; n += 1) registers[`x${n}`] = hex(processor.x(n));
  registers['sp_el0'] = hex(processor.sp(0));
  registers['sp_el1'] = hex(processor.sp(1));
  registers['pc'] = hex(processor.pc);
  registers['pstate'] = hex(processor.pstate);
  const end = { instructions: machine.moment.instructions, pc: hex(processor.pc), registers };
  if (state.kind === 'ended') {
    return {
      event: 'end',
      reason: state.reason,
      ...(state.errno === undefined ? {} : { errno: state.errno }),
      ...(state.status === undefined ? {} : { status: state.status }),
      ...end,
      message: state.message,
    };
  }
  if (state.kind === 'waiting') {
    const { question } = state;
    const what = question.register ?? `${question.bytes} bytes at ${hex(question.address ?? 0n)}`;
    return {
      event: 'end',
      reason: 'needs-answer',
      ...end,
      message: `exit ${question.exit}: ${question.access} of ${what}; ${question.refused ?? 'no rule answers it'}`,
    };
  }
  return { event: 'end', reason: 'limit', ...end, message: limitReached ? 'the limit of instructions was reached' : 'stopped' };
}
