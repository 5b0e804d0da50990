// From entries of the event log to what the page shows of an exit: rows of the log, and the card in full. Every figure and reason is in the
// entry already; here it only gets words and an order.

import { type DrawnField, decodeSyndrome, fieldGroups } from '#arch/syndrome';
import { encodingName } from '#arch/sysreg';
import { disassemble } from '#asm';
import { hex } from '#base';
import { KVM_EXITS, KVM_RUN_MEMBERS, type KvmRunExit, type KvmRunMember } from '#hypervisor';
import type { LogEntry, LoggedAnswer } from '#machine';
import type { CauseView, ExitDetail, ExitRow, KvmRunField, RouteStep, SyndromeFieldView, World } from '#protocol';

/** What the views need to know of the program. */
export interface ProgramNames {
  symbolAt(address: bigint): string | undefined;
  /** 1-based line of the instruction at an address. */
  lineAt(address: bigint): number | undefined;
}

const WORLDS: readonly World[] = ['EL0', 'EL1', 'EL2'];

/** Address of the instruction that an exit is about: behind HVC and SMC the saved ELR is already the next one's. */
export function instructionAddress({ exception }: LogEntry): bigint {
  const ec = Number((exception.esr >> 26n) & 0x3fn);
  return ec === 0x16 || ec === 0x15 ? exception.elr - 4n : exception.elr;
}

function instructionText(entry: LogEntry, names: ProgramNames): string {
  const { word } = entry.exception;
  if (word === undefined) return '';
  return disassemble(word, { pc: instructionAddress(entry), symbolAt: (address) => names.symbolAt(address) }).replace('\t', ' ');
}

function causeText(entry: LogEntry): string {
  const fact = entry.exception.cause.findLast((f) => f.register !== '');
  if (fact) return `${fact.register}${fact.field ? `.${fact.field}` : ''} = ${fact.value.replace(/^0x([01])$/, '$1')}`;
  return entry.exception.cause[0]?.doc ?? '';
}

function reasonText(entry: LogEntry): string {
  if (entry.errno) return entry.errno;
  const run = entry.kvmRun;
  if (!run) return entry.handler ?? '';
  if (run.exit_reason === 'KVM_EXIT_MMIO') return `KVM_EXIT_MMIO ${run.is_write ? 'w' : 'r'}${run.len}`;
  return run.exit_reason;
}

/** Who answered, in a word or two. */
function answeredBy({ from }: LoggedAnswer): string {
  switch (from.by) {
    case 'person':
      return 'you';
    case 'rule':
      return `rule ${from.rule}`;
    case 'device':
      return from.device.toUpperCase();
    case 'vmm':
      return 'VMM';
  }
}

/** Who answered, and what. Of a device one knows that it answers by its own rules. */
function answerText(answer: LoggedAnswer): string {
  return answer.from.by === 'device' ? answeredBy(answer) : `${answeredBy(answer)} · ${answer.text}`;
}

/** What a line badge says of an exit: `MMIO · you`, `TID3 · KVM`. */
export function badgeText(entry: LogEntry): string {
  const reason = entry.kvmRun?.exit_reason.replace(/^KVM_EXIT_(ARM_)?/, '') ?? entry.exception.cause[0]?.field ?? '';
  const who = entry.errno ?? (entry.waiting ? 'you' : entry.answer ? answeredBy(entry.answer) : 'KVM');
  return reason === '' ? who : `${reason} · ${who}`;
}

/** A row of the exit log. */
export function exitRow(entry: LogEntry, names: ProgramNames): ExitRow {
  const syndrome = decodeSyndrome(entry.exception.esr, 2, encodingName);
  return {
    n: entry.exit,
    cpu: entry.cpu,
    from: WORLDS[entry.exception.from] as World,
    instructions: entry.instructions,
    pc: instructionAddress(entry),
    instruction: instructionText(entry, names),
    ec: syndrome.ec,
    ecName: syndrome.class?.name ?? 'Reserved',
    cause: causeText(entry),
    reason: reasonText(entry),
    outcome: entry.outcome === 'error' ? 'user' : (entry.outcome ?? 'handled'),
    answer: entry.answer ? answerText(entry.answer) : entry.injection ? `injected ${entry.injection.function}` : '',
    waiting: entry.waiting,
  };
}

function fieldView(field: DrawnField): SyndromeFieldView {
  return {
    name: field.name,
    msb: field.msb,
    lsb: field.lsb,
    value: BigInt(field.value),
    meaning: field.meaning,
    group: field.group,
  };
}

// ISS2 is drawn as one field as long as all of it is 0: eight empty names say less than one.
function drawnFields(esr: bigint): readonly SyndromeFieldView[] {
  const syndrome = decodeSyndrome(esr, 2, encodingName);
  const fields = fieldGroups(syndrome).map(fieldView);
  if (syndrome.iss2.value !== 0) return fields;
  const low = fields.filter((field) => field.lsb < 32 || field.lsb > 55);
  const iss2: SyndromeFieldView = { name: 'ISS2', msb: 55, lsb: 32, value: 0n, meaning: 'all 0', group: 3 };
  return [...low.filter((f) => f.lsb > 55), iss2, ...low.filter((f) => f.lsb < 32)];
}

const MEMBER_BYTES = { u8: 1, u16: 2, u32: 4, u64: 8 } as const;

/** What a member of kvm_run says, for the members that need a word. */
function memberMeaning(run: KvmRunExit, name: string, waits: boolean): string {
  if (name === 'exit_reason') return run.exit_reason;
  switch (run.exit_reason) {
    case 'KVM_EXIT_MMIO':
      if (name === 'phys_addr') return 'the IPA';
      if (name === 'data') return waits ? 'your answer' : run.is_write ? 'what the guest writes' : 'the answer';
      if (name === 'len') return run.len === 1 ? '1 byte' : `${run.len} bytes`;
      return name === 'is_write' ? (run.is_write ? 'a write' : 'a read') : '';
    case 'KVM_EXIT_ARM_IDSR':
      if (name === 'regval') return run.is_write ? 'what the guest writes' : waits ? 'your answer' : 'the answer';
      if (name === 'is_write') return run.is_write ? 'MSR' : 'MRS';
      if (name === 'flags') return 'which instruction set, and how wide';
      if (name === 'is_needed') return '1 until the next KVM_RUN completes it';
      return name === 'is_handled' ? 'left 0: UNDEFINED; 1: as regval says' : '';
    case 'KVM_EXIT_ARM_NISV':
      return name === 'fault_ipa' ? 'the IPA' : name === 'esr_iss' ? 'CM, WnR and DFSC only' : '';
    case 'KVM_EXIT_ARM_LDST64B':
      return name === 'fault_ipa' ? 'the IPA' : name === 'esr_iss' ? 'ESR_EL2 without DFSC' : '';
    case 'KVM_EXIT_SYSTEM_EVENT':
      return name === 'type' ? (SYSTEM_EVENTS[run.type] ?? '') : '';
    default:
      return '';
  }
}

const SYSTEM_TITLES: Readonly<Record<number, string>> = {
  1: 'The guest switches off',
  2: 'The guest resets',
  4: 'The guest wakes up',
  5: 'The guest suspends',
};

const SYSTEM_EVENTS: Readonly<Record<number, string>> = { 1: 'SHUTDOWN', 2: 'RESET', 3: 'CRASH', 4: 'WAKEUP', 5: 'SUSPEND' };

function kvmRunFields(entry: LogEntry): readonly KvmRunField[] {
  const run = entry.kvmRun;
  if (!run) return [];
  const shown: readonly string[] = KVM_EXITS[run.exit_reason].shown;
  const members = KVM_RUN_MEMBERS.filter((m) =>
    m.exit === undefined
      ? m.name === 'exit_reason'
      : m.exit === run.exit_reason && (shown.includes(m.name) || isIdsrFlags(m, entry)),
  );
  return members.map((member) => {
    // A system event's sixteen words are shown as far as they are used.
    const used =
      run.exit_reason === 'KVM_EXIT_SYSTEM_EVENT' && member.name === 'data' ? Math.max(1, run.ndata) : (member.count ?? 1);
    const bytes = entry.kvmRunBytes.slice(member.offset, member.offset + MEMBER_BYTES[member.scalar] * used);
    const slot = entry.waiting && 'is_write' in run && run.is_write === 0 && (member.name === 'data' || member.name === 'regval');
    const waits = !slot ? 0 : run.exit_reason === 'KVM_EXIT_MMIO' ? run.len : bytes.length;
    return {
      offset: member.offset,
      name: member.count === undefined ? member.name : `${member.name}[${member.count}]`,
      bytes,
      waits,
      meaning: memberMeaning(run, member.name, waits > 0),
    };
  });
}

/** The flags word of an IDSR exit is there in the version that the review asks for only, which sets it. */
function isIdsrFlags({ exit, name, offset }: KvmRunMember, { kvmRunBytes }: LogEntry): boolean {
  return exit === 'KVM_EXIT_ARM_IDSR' && name === 'flags' && kvmRunBytes.slice(offset, offset + 4).some((byte) => byte !== 0);
}

/** Why it trapped and why it went where it went: the facts that decided, then what the hypervisor found. */
function whyChain(entry: LogEntry): readonly CauseView[] {
  const facts = entry.exception.cause.filter((fact) => fact.register !== '');
  const found = entry.path.map((step) => ({
    register: step.function,
    field: '',
    value: '',
    rule: entry.handler ?? '',
    doc: step.what,
  }));
  return [...facts, ...found].slice(0, 4);
}

/** The general register that a read by this exit lands in, as its syndrome names it; undefined for writes and where there is none. */
function landsIn(entry: LogEntry): string | undefined {
  if (entry.write) return entry.write.register;
  const run = entry.kvmRun;
  if (!run || !('is_write' in run) || run.is_write !== 0) return undefined;
  const fields = new Map(decodeSyndrome(entry.exception.esr, 2).iss.fields.map((f) => [f.name, f.value]));
  const number = fields.get('SRT') ?? fields.get('Rt');
  if (number === undefined) return undefined;
  const letter = fields.get('SF') === 0 ? 'w' : 'x';
  return `${letter}${number === 31 ? 'zr' : number}`;
}

/** The kernel function that will complete what waits, where there is one. */
const COMPLETES: Readonly<Record<string, string>> = { KVM_EXIT_MMIO: 'kvm_handle_mmio_return', KVM_EXIT_ARM_IDSR: 'KVM_RUN' };

function short(name: string): string {
  return name.replace(/^kvm_(handle_)?/, '');
}

/** The route of an exit through the worlds: what is done, then what is still to come. */
function route(entry: LogEntry, text: string): readonly RouteStep[] {
  const from = WORLDS[entry.exception.from] as World;
  const run = entry.kvmRun;
  const steps: RouteStep[] = [
    { world: from, label: text.split(' ')[0] || 'fetch', done: true, doc: `${text || 'instruction fetch'} at ${from}` },
    { world: 'EL2', label: 'save', done: true, doc: `ELR, SPSR, ESR, FAR saved; vector ${hex(entry.exception.vector)}` },
  ];
  const last = entry.path.at(-1);
  const handler = last ? last.function : entry.handler;
  if (handler)
    steps.push({
      world: 'EL2',
      label: short(handler),
      done: true,
      doc: entry.path.map((s) => `${s.function}: ${s.what}`).join('; ') || handler,
    });
  if (entry.errno !== undefined) {
    steps.push({ world: 'VMM', label: entry.errno, done: true, doc: entry.message ?? 'KVM_RUN fails' });
    return steps;
  }
  const target = landsIn(entry);
  const injected = entry.injection !== undefined;
  const back = entry.answer !== undefined || !run;
  if (run) {
    steps.push({
      world: 'VMM',
      label: run.exit_reason,
      done: true,
      doc: entry.answer ? `answered: ${answerText(entry.answer)}` : 'userspace has it',
    });
    if (run.exit_reason === 'KVM_EXIT_SYSTEM_EVENT') return steps;
    const completes = entry.injection?.function ?? entry.completion?.function ?? COMPLETES[run.exit_reason] ?? 'KVM_RUN';
    steps.push({
      world: 'EL2',
      label: short(completes),
      done: back,
      doc: entry.injection?.reason ?? entry.completion?.what ?? 'the next KVM_RUN completes the exit',
    });
  }
  steps.push({
    world: injected ? 'EL1' : from,
    label: injected ? 'vector' : target ? `${target} ←` : 'pc + 4',
    done: back,
    doc: injected
      ? 'the guest takes the exception'
      : target
        ? `the value lands in ${target}, the guest goes on`
        : 'the guest goes on',
  });
  return steps;
}

/** Hex in groups of four for reading, as the page writes addresses. */
function grouped(value: bigint): string {
  const digits = value.toString(16);
  const padded = digits.length <= 4 ? digits : digits.padStart(digits.length <= 8 ? 8 : 16, '0');
  return `0x${padded.replace(/\B(?=(?:.{4})+$)/g, '_')}`;
}

/** What happened, in a sentence; what comes from the machine stands between backticks. */
function sentence(entry: LogEntry, text: string): string {
  const run = entry.kvmRun;
  const code = text === '' ? 'An instruction fetch' : `\`${text}\``;
  if (run?.exit_reason === 'KVM_EXIT_MMIO') {
    const bytes = run.len === 1 ? '1 byte' : `${run.len} bytes`;
    const device =
      entry.answer?.from.by === 'device' ? `, where the VMM has its ${answeredBy(entry.answer)}.` : ', where nobody is.';
    return `${code} ${run.is_write ? 'writes' : 'reads'} ${bytes} at \`${grouped(run.phys_addr)}\`${device}${entry.waiting ? ' You are the device.' : ''}`;
  }
  if (run?.exit_reason === 'KVM_EXIT_ARM_IDSR') {
    return `${code} ${run.is_write ? 'writes' : 'reads'} an implementation-defined register.${entry.waiting ? ' You are the register.' : ''}`;
  }
  if (run?.exit_reason === 'KVM_EXIT_ARM_NISV') {
    return `${code} touches \`${grouped(run.fault_ipa)}\`, and the syndrome does not say how.${entry.waiting ? ' You decide what becomes of it.' : ''}`;
  }
  if (run?.exit_reason === 'KVM_EXIT_ARM_LDST64B') {
    return `${code} moves 64 bytes at \`${grouped(run.fault_ipa)}\` at once, where nobody is.${entry.waiting ? ' You decide what becomes of it.' : ''}`;
  }
  return `${code}: ${decodeSyndrome(entry.exception.esr, 2, encodingName).summary}`;
}

function title(entry: LogEntry): string {
  if (entry.waiting) return 'The guest is waiting for you';
  if (entry.errno) return `KVM_RUN failed: ${entry.errno}`;
  if (entry.injection) return 'The guest took an exception';
  if (entry.kvmRun?.exit_reason === 'KVM_EXIT_SYSTEM_EVENT') return SYSTEM_TITLES[entry.kvmRun.type] ?? 'A system event';
  return entry.kvmRun ? 'Userspace answered' : 'KVM handled it';
}

/** Everything of one exit; `dump` is what the VMM printed where it was the last. */
export function exitDetail(entry: LogEntry, names: ProgramNames, dump = ''): ExitDetail {
  const { exception } = entry;
  const text = instructionText(entry, names);
  const address = instructionAddress(entry);
  const rule = entry.write?.rules.map((r) => r.doc).join(' ');
  return {
    row: exitRow(entry, names),
    title: title(entry),
    sentence: sentence(entry, text),
    address,
    line: names.lineAt(address),
    word: exception.word,
    route: route(entry, text),
    why: whyChain(entry),
    esr: exception.esr,
    fields: drawnFields(exception.esr),
    warnings: decodeSyndrome(exception.esr, 2, encodingName).warnings.map((w) => w.text),
    kvmRun: kvmRunFields(entry),
    saved: [
      { register: 'ELR_EL2', value: exception.elr, note: '' },
      { register: 'SPSR_EL2', value: exception.spsr, note: `EL${(exception.spsr >> 2n) & 3n}${exception.spsr & 1n ? 'h' : 't'}` },
      ...(exception.farValid ? [{ register: 'FAR_EL2', value: exception.far, note: '' }] : []),
      ...(exception.hpfarValid ? [{ register: 'HPFAR_EL2', value: exception.hpfar, note: '' }] : []),
      { register: 'vector', value: exception.vector, note: '' },
    ],
    completion: entry.write
      ? { register: entry.write.register, before: entry.write.old, after: entry.write.new, why: rule ?? '' }
      : entry.completion || entry.answer
        ? { why: entry.completion?.what ?? (entry.answer ? answerText(entry.answer) : '') }
        : undefined,
    injected: entry.injection && {
      esr: entry.injection.esr,
      elr: entry.injection.elr,
      far: entry.injection.far ?? 0n,
      vector: entry.injection.vector,
      sentence: entry.injection.reason,
    },
    emulated: entry.answer?.emulated && {
      ...entry.answer.emulated,
      replaced: exception.word !== undefined && entry.answer.emulated.word !== exception.word,
    },
    dump,
    notes: entry.message ? [entry.message] : [],
  };
}
