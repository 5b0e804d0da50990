// Whether a decoded case is what the architecture asks for: the first difference, as text. Bits and registers that the architecture leaves open
// are left out, as README.md lists them. Pure.
import { classOf, type Decoded, type Exit, field, isAbort, type Parameters, type Registers, type Saved, u64 } from './log.ts';

/** One event of an `arch` list: an exit, or an exception taken to EL1; only the keys given are compared. */
type Event = Saved & { readonly k?: string; readonly el1?: Saved; readonly optional?: boolean; readonly or?: readonly Event[] };

export type Case = {
  readonly id: string;
  readonly asm: string;
  readonly p: Parameters;
  /** Address and bytes of what is copied into the guest. */
  readonly seg: readonly (readonly [string, string])[];
  readonly exits: readonly (Exit & { readonly qemu_esr?: string })[];
  readonly end: Decoded['end'];
  /** Registers that are not compared. */
  readonly ignore?: readonly string[];
  /** Bits that are not compared, by register. */
  readonly unk?: Readonly<Record<string, string>>;
  /** Where QEMU 7.2, which gave `exits` and `end`, is known to err. */
  readonly dev?: string;
  /** What must be seen instead. */
  readonly arch?: readonly Event[];
};

/** What an exception leaves in SPSR.BTYPE is defined for these classes and for interrupts only. */
const BTYPE_DEFINED = [0x0d, 0x0e, 0x20, 0x21, 0x22, 0x30, 0x31, 0x32, 0x33, 0x3c];
const BTYPE = 0xc00n;
/** FAR may be any address of the access within the watched granule. */
const WATCHPOINT = [0x34, 0x35];
const HVC_END = '0x5a00ffff';
const SVC_END = '0x56000fff';

function spsrOpen(esr: string | undefined): bigint {
  return esr === undefined || BTYPE_DEFINED.includes(classOf(esr)) ? 0n : BTYPE;
}

/** xFSC 0b01xxxx: external aborts and parity errors, on walks too; not 0b010001, the tag check fault. */
function isExternal(esr: string | undefined): boolean {
  return isAbort(esr) && field(u64(esr), 4, 2) === 1 && field(u64(esr), 0, 4) !== 1;
}

/** FnV: the abort leaves FAR undefined. */
function farUndefined(esr: string | undefined): boolean {
  return field(u64(esr), 10) === 1;
}

function instructionAt(one: Case, address: string | undefined): number {
  for (const [base, bytes] of one.seg) {
    const offset = Number(u64(address) - BigInt(base));
    if (offset >= 0 && offset + 4 <= bytes.length / 2)
      return Buffer.from(bytes.slice(2 * offset, 2 * offset + 8), 'hex').readUInt32LE();
  }
  return 0;
}

/** Bits of a syndrome that the architecture leaves open: SET, FnV and EA of an external abort, AR of LDLAR and STLLR. */
function esrOpen(one: Case, esr: string | undefined, elr: string | undefined): bigint {
  const external = isExternal(esr) ? 0x1e00n : 0n;
  const dataAbort = (classOf(esr) === 0x24 || classOf(esr) === 0x25) && field(u64(esr), 24) === 1;
  const limitedOrdering = (instructionAt(one, elr) & 0x3fbf_fc00) >>> 0 === 0x089f_7c00;
  return external | (dataAbort && limitedOrdering ? 1n << 14n : 0n);
}

function same(a: string | undefined, b: string | undefined, open = 0n): boolean {
  return a === undefined || b === undefined ? a === b : (BigInt(a) & ~open) === (BigInt(b) & ~open);
}

function difference(where: string, want: unknown, got: unknown): string {
  const show = (value: unknown): string =>
    value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value);
  return `${where}: ${show(got)}, want ${show(want)}`;
}

function plain(where: string, want: unknown, got: unknown): string | undefined {
  return JSON.stringify(want) === JSON.stringify(got) ? undefined : difference(where, want, got);
}

function first(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const found = check();
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The first difference. With `asQemu` the yardstick is what QEMU 7.2 did, its errors included: to check a log of QEMU's own. */
export function firstDifference(one: Case, got: Decoded, asQemu = false): string | undefined {
  return one.arch !== undefined && one.dev !== undefined && !asQemu
    ? eventDifference(one, one.arch, got)
    : recordDifference(one, got, asQemu);
}

function recordDifference(one: Case, got: Decoded, asQemu: boolean): string | undefined {
  const ignored = new Set(one.ignore);
  const value = (where: string, want: string | undefined, seen: string | undefined, open = 0n): string | undefined => {
    const name = where.slice(where.lastIndexOf('.') + 1);
    return ignored.has(name) || same(want, seen, open | u64(one.unk?.[name])) ? undefined : difference(where, want, seen);
  };
  const registers = (where: string, letter: string, want: Registers = {}, seen: Registers = {}): string | undefined =>
    first(
      [...new Set([...Object.keys(want), ...Object.keys(seen)])].map(
        (n) => () => value(`${where}.${letter}${n}`, want[n], seen[n]),
      ),
    );
  const saved = (where: string, want: Saved & { readonly qemu_esr?: string }, seen: Saved): string | undefined => {
    const esr = asQemu && want.qemu_esr !== undefined ? want.qemu_esr : want.esr;
    const farOpen = isExternal(esr) && farUndefined(seen.esr);
    return first([
      () => value(`${where}.esr`, esr, seen.esr, esrOpen(one, esr, want.elr)),
      () => (farOpen ? undefined : value(`${where}.far`, want.far, seen.far, WATCHPOINT.includes(classOf(esr)) ? 15n : 0n)),
      () => (want.hpfar === undefined ? undefined : value(`${where}.hpfar`, want.hpfar, seen.hpfar)),
      () => value(`${where}.elr`, want.elr, seen.elr),
      () => value(`${where}.spsr`, want.spsr, seen.spsr, spsrOpen(esr)),
    ]);
  };
  const action = (where: string, want: Exit['act'], seen: Exit['act']): string | undefined => {
    const open = Array.isArray(want) && ignored.has(`x${want[1]}`);
    const cut = (act: Exit['act']): unknown => (open && Array.isArray(act) ? act.slice(0, 2) : act);
    return plain(where, cut(want), cut(seen));
  };
  const exit = (at: number): string | undefined => {
    const [want, seen, where] = [one.exits[at], got.exits[at], `exit${at}`];
    if (want === undefined || seen === undefined) return difference(where, brief(want), brief(seen));
    return first([
      () => plain(`${where}.k`, want.k, seen.k),
      () => saved(where, want, seen),
      () => plain(`${where}.irq`, want.irq, seen.irq),
      () => value(`${where}.hcr`, want.hcr, seen.hcr),
      () => registers(where, 'x', want.dx, seen.dx),
      () => plain(`${where}.sp`, want.sp, seen.sp),
      () =>
        want.el1 !== undefined && seen.el1 !== undefined
          ? saved(`${where}.el1`, want.el1, seen.el1)
          : plain(`${where}.el1`, want.el1, seen.el1),
      () => action(`${where}.act`, want.act, seen.act),
    ]);
  };
  const [want, seen, last] = [one.end, got.end, one.exits.at(-1)];
  const open = want.why === 'watchdog' || last?.k !== 'sync' ? 0n : spsrOpen(last.esr);
  return first([
    ...Array.from({ length: Math.max(one.exits.length, got.exits.length) }, (_, at) => () => exit(at)),
    () => plain('end.why', want.why, seen.why),
    () => value('end.pc', want.pc, seen.pc),
    () => value('end.spsr', want.spsr, seen.spsr, open),
    () => registers('end', 'x', want.x, seen.x),
    () => plain('end.sp', want.sp, seen.sp),
    () => registers('end', 'v', want.v, seen.v),
    ...['fpcr', 'fpsr', 'tpidr0', 'tpidrro', 'par1'].map(
      (name) => () => value(`end.${name}`, want[name] as string | undefined, seen[name] as string | undefined),
    ),
    () => plain('end.mem', want.mem, seen.mem),
  ]);
}

function brief(exit: Exit | undefined): unknown {
  if (exit === undefined) return undefined;
  const { k, esr, far, hpfar, elr, el1 } = exit;
  return el1 === undefined ? { k, esr, far, hpfar, elr } : { el1 };
}

/** A case where QEMU errs: the events of the run, without those that end the case, against the complete list that the architecture asks for. */
function eventDifference(one: Case, list: readonly Event[], got: Decoded): string | undefined {
  const events = got.exits.filter(({ k, esr, el1 }) => !(k === 'sync' && esr === HVC_END) && el1?.esr !== SVC_END);
  const matches = (want: Event, event: Exit): boolean => {
    const wanted: Saved = want.el1 ?? want;
    const seen: Saved | undefined = want.el1 === undefined ? (event.el1 === undefined ? event : undefined) : event.el1;
    if (seen === undefined || (want.k !== undefined && want.k !== event.k)) return false;
    if (!same(wanted.esr, seen.esr, esrOpen(one, wanted.esr, wanted.elr ?? seen.elr))) return false;
    const farOpen = isExternal(wanted.esr) && farUndefined(seen.esr);
    return (['far', 'hpfar', 'elr'] as const).every(
      (name) => wanted[name] === undefined || (name === 'far' && farOpen) || same(wanted[name], seen[name]),
    );
  };
  let at = 0;
  for (const [position, want] of list.entries()) {
    const event = events[at];
    if (event !== undefined && [want, ...(want.or ?? [])].some((one) => matches(one, event))) at++;
    else if (want.optional !== true) return difference(`arch${position}`, want, brief(event));
  }
  if (at < events.length) return difference(`event after arch${list.length - 1}`, undefined, brief(events[at]));
  return one.end.why === 'hvc_end' ? plain('end.why', 'hvc_end', got.end.why) : undefined;
}
