// Runs one semantics case on the reference engine and says what differs from what the case expects. The one helper of all cases: it sets up
// a processor, translation tables and memory as the case says, runs the program, and compares the whole state. Knows no instruction.
import { fieldRange, getField, setField } from '#arch/field';
import { assemble } from '#asm';
import {
  type CpuModel,
  cpuModel,
  createMemory,
  createProcessor,
  type ExceptionLevel,
  type ExceptionRecord,
  type InterruptLine,
  LINES,
  type MachineMemory,
  modelOf,
  type Processor,
  type Stop,
} from '#cpu';
import { createStage2Tables, createTablePages } from '#mmu';
import { type Case, DATA, GRANULE, type Group, PLACES, type Setting } from './notation.ts';

const RAM = 0x4000_0000n;
const RAM_BYTES = 4n << 20n;
const CODE = PLACES.C as bigint;
const VECTORS = 0x4009_0000n;
const STAGE1 = 0x4020_0000n;
const STAGE2 = 0x8000_0000n;
const PAGE = 0x1000n;

const place = (name: string): bigint => PLACES[name] as bigint;

/** Registers that a case does not set hold values that are told apart from everything else. */
const untouchedX = (n: number): bigint => 0x5a00_0000_0000_0000n + BigInt(n) * 0x0101n;
const untouchedV = (n: number, half: 0 | 1): bigint => 0xa500_0000_0000_0000n + BigInt(2 * n + half);

/** What is wrong, one sentence each; empty when the case holds. */
export function differences(group: Group, one: Case): readonly string[] {
  const given = [...group.given, ...one.given];
  const machine = setUp(given, group.prefix === '' ? one.program : `${group.prefix} ; ${one.program}`);
  const before = snapshot(machine.p);
  const memory = machine.memory.readBytes(DATA.base, DATA.size) as Uint8Array;
  const tags = allTags(machine.memory);
  const { stop } = machine.p.run(10_000);
  return [
    ...compareExceptions(one, machine, stop),
    ...compareRegisters(one, machine, before),
    ...compareMemory(one, machine.memory, memory),
    ...compareTags(one, machine.memory, tags),
  ];
}

interface Machine {
  readonly p: Processor;
  readonly memory: MachineMemory;
  readonly exceptions: readonly ExceptionRecord[];
}

const isId = (name: string): boolean => /^(?:ID_|GMID_|DCZID_)/.test(name);

function setUp(given: readonly Setting[], program: string): Machine {
  const memory = createMemory({
    cpus: 1,
    regions: [
      { base: RAM, size: RAM_BYTES, kind: 'ram' },
      { base: STAGE2, size: 1n << 20n, kind: 'ram' },
    ],
  });
  const p = createProcessor({ memory, index: 0, model: model(given), el2: 'guest' });
  const el = given.findLast((s) => s.kind === 'value' && s.name === 'el');
  p.reset({ el: Number(el?.kind === 'value' ? el.value : 1) as ExceptionLevel, pc: CODE });
  p.writeRegister('HCR_EL2', setField(0n, fieldRange('HCR_EL2', 'RW'), 1));
  p.writeRegister('VBAR_EL1', VECTORS);
  p.writeRegister('VBAR_EL2', VECTORS + PAGE);
  p.writeRegister('CPACR_EL1', setField(0n, fieldRange('CPACR_EL1', 'FPEN'), 3));
  for (let n = 0; n < 31; n += 1) p.setX(n, untouchedX(n));
  for (let n = 0; n < 32; n += 1) for (const half of [0, 1] as const) p.setV(n, half, untouchedV(n, half));
  p.setSp(0, place('D') + 0x800n);
  p.setSp(1, place('D') + 0x800n);
  p.setSp(2, place('D') + 0x800n);
  for (const setting of given) {
    if (setting.kind === 'memory') memory.writeBytes(setting.address, setting.bytes);
    else if (setting.kind === 'value') set(p, setting.name, setting.value);
    else if (setting.kind === 'tags') setTags(memory, setting.address, setting.tags);
    else if (setting.name === 'mmu') stage1(p, memory, 'EL1');
    else if (setting.name === 'mmu2') stage1(p, memory, 'EL2');
    else if (setting.name === 's2') stage2(p, memory);
    else if (Object.hasOwn(LINES, setting.name)) p.setLine(setting.name as InterruptLine, true);
    else throw new Error(`"${setting.name}" cannot be set`);
  }
  const exceptions: ExceptionRecord[] = [];
  p.setObserver({
    exception(record) {
      exceptions.push(record);
      p.requestStop();
    },
  });
  const { image, diagnostics } = assemble(program.replaceAll(' ; ', '\n'), { base: CODE });
  if (image === undefined || diagnostics.some((d) => d.severity === 'error')) {
    throw new Error(diagnostics.map((d) => d.message).join('; '));
  }
  memory.writeBytes(CODE, image);
  p.setBreakpoints(new Set([CODE + BigInt(image.length)]));
  return { p, memory, exceptions };
}

// A processor's traps are prepared once for each model, which is most of what a case costs.
const MODELS = new Map<string, CpuModel>();

function model(given: readonly Setting[]): CpuModel {
  const own = given.flatMap((setting) => (setting.kind === 'value' && isId(setting.name) ? [setting] : []));
  const key = own.map(({ name, value }) => `${name}=${value}`).join(' ');
  let known = MODELS.get(key);
  if (known === undefined) {
    const registers = new Map((cpuModel('max') as CpuModel).registers);
    for (const { name, value } of own) {
      const [register, field] = name.split('.') as [string, string];
      registers.set(register, setField(registers.get(register) ?? 0n, fieldRange(register, field), Number(value)));
    }
    known = modelOf('semantics', registers);
    MODELS.set(key, known);
  }
  return known;
}

function set(p: Processor, name: string, to: bigint): void {
  const numbered = /^([xv])(\d+)$/.exec(name);
  if (numbered?.[1] === 'x') p.setX(Number(numbered[2]), to);
  else if (numbered) {
    p.setV(Number(numbered[2]), 0, BigInt.asUintN(64, to));
    p.setV(Number(numbered[2]), 1, to >> 64n);
  } else if (name === 'sp') p.setSp(p.el, to);
  else if (name === 'nzcv') p.pstate = (p.pstate & ~0xf000_0000n) | (to << 28n);
  else if (name !== 'el' && !isId(name)) {
    const [register, field] = name.split('.') as [string, string | undefined];
    p.writeRegister(
      register,
      field === undefined ? to : setField(p.readRegister(register), fieldRange(register, field), Number(to)),
    );
  }
}

function get(p: Processor, name: string): bigint {
  const numbered = /^([xv])(\d+)$/.exec(name);
  if (numbered?.[1] === 'x') return p.x(Number(numbered[2]));
  if (numbered) return (p.v(Number(numbered[2]), 1) << 64n) | p.v(Number(numbered[2]), 0);
  const [register, field] = name.split('.') as [string, string | undefined];
  const whole = p.readRegister(register);
  return field === undefined ? whole : getField(whole, fieldRange(register, field));
}

// Identity maps the RAM with 4 KiB pages; the pages of PLACES get what their names say.
function stage1(p: Processor, memory: MachineMemory, el: 'EL1' | 'EL2'): void {
  const attributes: Readonly<Record<string, { index?: number; readOnly?: boolean; user?: boolean; af?: boolean }>> = {
    T: { index: 3 },
    T2: { index: 3 },
    TRO: { index: 3, readOnly: true },
    NC: { index: 1 },
    DEV: { index: 2 },
    RO: { readOnly: true },
    AF0: { af: false },
    KERN: { user: false },
  };
  const table2 = STAGE1 + PAGE;
  const write = (at: bigint, entry: bigint): void => {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, entry, true);
    memory.writeBytes(at, bytes);
  };
  write(STAGE1 + 8n, table2 | 3n);
  for (let megabytes = 0n; megabytes < 2n; megabytes += 1n) {
    const table3 = STAGE1 + (2n + megabytes) * PAGE;
    write(table2 + 8n * megabytes, table3 | 3n);
    for (let page = 0n; page < 512n; page += 1n) {
      const pa = RAM + (megabytes * 512n + page) * PAGE;
      const [name] = Object.entries(PLACES).find(([, address]) => address === pa) ?? [''];
      if (name === 'GONE') continue;
      const { index = 0, readOnly = false, user = true, af = true } = attributes[name] ?? {};
      // Code is read-only, or EL1 could not execute what EL0 may write.
      const code = pa >= CODE && pa < place('D');
      const ap = (readOnly || code ? 2n : 0n) | (user ? 1n : 0n);
      write(table3 + 8n * page, pa | (af ? 1n << 10n : 0n) | (3n << 8n) | (ap << 6n) | (BigInt(index) << 2n) | 3n);
    }
  }
  const isHyp = el === 'EL2' && getField(p.readRegister('HCR_EL2'), fieldRange('HCR_EL2', 'E2H')) === 0n;
  const tcr: Readonly<Record<string, number>> = isHyp
    ? { T0SZ: 25, IRGN0: 1, ORGN0: 1, SH0: 3, PS: 2 }
    : { T0SZ: 25, IRGN0: 1, ORGN0: 1, SH0: 3, EPD1: 1, T1SZ: 25, TG1: 2, IPS: 2 };
  // TCR_EL2 has the fields of TCR_EL1 while E2H is 1.
  const layout = isHyp ? 'TCR_EL2' : 'TCR_EL1';
  p.writeRegister(`MAIR_${el}`, 0xf0_00_44_ffn);
  p.writeRegister(`TTBR0_${el}`, STAGE1);
  p.writeRegister(
    `TCR_${el}`,
    Object.entries(tcr).reduce((all, [field, to]) => setField(all, fieldRange(layout, field), to), 0n),
  );
  for (const field of ['M', 'C', 'I']) set(p, `SCTLR_${el}.${field}`, 1n);
}

function stage2(p: Processor, memory: MachineMemory): void {
  const pages = createTablePages(memory, STAGE2, 1n << 20n, true);
  const tables = createStage2Tables(memory, pages, { ipaBits: 40, paBits: 48 });
  if (tables === undefined) throw new Error('no room for stage 2 tables');
  tables.map(RAM, RAM, RAM_BYTES, { read: true, write: true, execute: true });
  tables.unmap(place('S2GONE'), PAGE);
  tables.map(place('S2RO'), place('S2RO'), PAGE, { read: true, write: false, execute: false });
  p.writeRegister('VTTBR_EL2', tables.base);
  p.writeRegister('VTCR_EL2', tables.vtcr);
  p.writeRegister('HCR_EL2', setField(p.readRegister('HCR_EL2'), fieldRange('HCR_EL2', 'VM'), 1));
}

interface Before {
  readonly values: ReadonlyMap<string, bigint>;
  readonly el: ExceptionLevel;
}

function snapshot(p: Processor): Before {
  const values = new Map<string, bigint>([
    ['sp', p.sp(p.el)],
    ['nzcv', p.pstate >> 28n],
  ]);
  for (let n = 0; n < 31; n += 1) values.set(`x${n}`, p.x(n));
  for (let n = 0; n < 32; n += 1) values.set(`v${n}`, get(p, `v${n}`));
  return { values, el: p.el };
}

const hex = (value: bigint): string => `0x${value.toString(16)}`;

const ABOUT_EXCEPTIONS = new Set(['to', 'ec', 'iss', 'iss2', 'far', 'hpfar', 'vector', 'pc', 'at']);

function compareExceptions(one: Case, { p, exceptions }: Machine, stop: Stop): string[] {
  const wanted = new Map<string, bigint>();
  let waits: bigint | undefined;
  for (const setting of one.expected) {
    if (setting.kind === 'flag' && setting.name === 'undefined') {
      for (const name of ['ec', 'iss']) wanted.set(name, 0n);
    } else if (setting.kind === 'value' && ABOUT_EXCEPTIONS.has(setting.name)) wanted.set(setting.name, setting.value);
    else if (setting.kind === 'value' && setting.name === 'waits') waits = setting.value;
  }
  const [e] = exceptions;
  if (e === undefined) {
    if (wanted.size > 0) return [`no exception was taken; pc is C+${hex(p.pc - CODE)}`];
    if (waits !== undefined) {
      const deadline = stop.kind === 'wait' ? (stop.deadline ?? 0n) : undefined;
      return deadline === waits ? [] : [`waits for ${deadline === undefined ? 'nothing' : hex(deadline)}, not ${hex(waits)}`];
    }
    return stop.kind === 'breakpoint' ? [] : [`it ended by ${stop.kind} at C+${hex(p.pc - CODE)}`];
  }
  const found: Readonly<Record<string, bigint>> = {
    to: BigInt(e.to),
    ec: (e.esr >> 26n) & 0x3fn,
    iss: e.esr & 0x1ff_ffffn,
    iss2: e.esr >> 32n,
    vector: e.vector & 0x7ffn,
    pc: p.pc,
    at: e.elr - CODE,
    ...(e.farValid ? { far: e.far } : {}),
    ...(e.hpfarValid ? { hpfar: e.hpfar } : {}),
  };
  if (wanted.size === 0) return [`an exception was taken to EL${e.to}: ESR ${hex(e.esr)} at C+${hex(e.elr - CODE)}`];
  return [...wanted].flatMap(([name, want]) =>
    found[name] === want ? [] : [`${name} is ${found[name] === undefined ? 'not valid' : hex(found[name])}, not ${hex(want)}`],
  );
}

function compareRegisters(one: Case, { p, exceptions }: Machine, before: Before): string[] {
  const wanted = new Map(before.values);
  for (const setting of one.expected) {
    if (setting.kind !== 'value' || ABOUT_EXCEPTIONS.has(setting.name) || setting.name === 'waits') continue;
    wanted.set(setting.name, setting.value);
  }
  // What the program had: entry to another level has its own stack pointer, and the flags are in what it saved.
  const flags = exceptions[0] === undefined ? p.pstate : exceptions[0].spsr;
  return [...wanted].flatMap(([name, want]) => {
    const found = name === 'sp' ? p.sp(before.el) : name === 'nzcv' ? (flags >> 28n) & 15n : get(p, name);
    return found === want ? [] : [`${name} is ${hex(found)}, not ${hex(want)}`];
  });
}

function compareMemory(one: Case, memory: MachineMemory, before: Uint8Array): string[] {
  const wanted = Uint8Array.from(before);
  for (const setting of one.expected) {
    if (setting.kind === 'memory') wanted.set(setting.bytes, Number(setting.address - DATA.base));
  }
  const found = memory.readBytes(DATA.base, DATA.size) as Uint8Array;
  const at = found.findIndex((byte, i) => byte !== wanted[i]);
  if (at < 0) return [];
  const some = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(at, at + 16)).toString('hex');
  return [`memory at D+${hex(BigInt(at))} is ${some(found)}…, not ${some(wanted)}…`];
}

function locate(memory: MachineMemory, address: bigint): number {
  const offset = memory.locate(Number(address));
  if (offset < 0) throw new Error(`no memory at ${hex(address)}`);
  return offset;
}

function setTags(memory: MachineMemory, address: bigint, tags: readonly number[]): void {
  for (const [i, tag] of tags.entries()) memory.setAllocationTag(locate(memory, address) + i * GRANULE, tag);
}

function allTags(memory: MachineMemory): readonly number[] {
  const base = locate(memory, DATA.base);
  return Array.from({ length: DATA.size / GRANULE }, (_, i) => memory.allocationTag(base + i * GRANULE));
}

function compareTags(one: Case, memory: MachineMemory, before: readonly number[]): string[] {
  const wanted = [...before];
  for (const setting of one.expected) {
    if (setting.kind === 'tags')
      wanted.splice(Number(setting.address - DATA.base) / GRANULE, setting.tags.length, ...setting.tags);
  }
  const found = allTags(memory);
  const at = found.findIndex((tag, i) => tag !== wanted[i]);
  if (at < 0) return [];
  const some = (tags: readonly number[]): string =>
    tags
      .slice(at, at + 16)
      .map((tag) => tag.toString(16))
      .join('');
  return [`the tags at D+${hex(BigInt(at * GRANULE))} are ${some(found)}…, not ${some(wanted)}…`];
}
