// The walk: virtual to intermediate physical to physical address through real descriptors in memory, as AArch64.FullTranslate, S1Translate,
// S1Walk, S2Translate and S2Walk of Arm ARM J1.1.4 do it, with every descriptor that was read kept. Descriptors of 64 bits, granules of 4,
// 16 and 64 KiB, levels −1 to 3. Not here: indirect permissions and overlays (FEAT_S1PIE, FEAT_S1POE), 128-bit descriptors, Secure and
// Realm spaces. Knows nothing of TLBs: every call walks.
import { type FaultKind, type FaultLevel, faultStatusCode } from '#arch/fault';
import { assert, hex } from '#base';
import {
  combineStages,
  DEVICE_NGNRNE,
  fetchWithoutStage1,
  type MemoryAttributes,
  NORMAL_TAGGED,
  NORMAL_WRITE_BACK,
  nonCacheable,
  type Stage2Declaration,
  stage1Attributes,
  stage2IsDevice,
} from './attributes.ts';
import {
  type GranuleBits,
  HCR,
  maxTxsz,
  type Regime,
  regimeOf,
  SCTLR,
  type Stage1Parameters,
  stage1MinTxsz,
  stage1Parameters,
  stage2MinTxsz,
  stage2Parameters,
  type TranslationControls,
} from './controls.ts';
import type {
  Permissions,
  StageOff,
  TableMemory,
  TranslationFault,
  TranslationReason,
  TranslationRequest,
  Walk,
  WalkStep,
} from './walk.ts';

const ALL: Permissions = { read: true, write: true, execute: true };

/** Thrown by the walkers to get out of a walk; caught by `translate` and nowhere else. */
interface Fault {
  readonly fault: TranslationFault;
}

interface Context {
  readonly controls: TranslationControls;
  readonly memory: TableMemory;
  readonly request: TranslationRequest;
  readonly regime: Regime;
  readonly steps: WalkStep[];
  readonly off: StageOff[];
  /** Some descriptor was to be updated. */
  updates: boolean;
}

interface Stage1Output {
  readonly address: bigint;
  readonly permissions: Permissions;
  readonly attributes: MemoryAttributes;
  readonly size: number;
  readonly guarded: boolean;
  readonly writeUpdates: boolean;
}

interface Stage2Output {
  readonly address: bigint;
  readonly permissions: Permissions;
  /** Undefined while stage 2 is off: everything is as stage 1 has it. */
  readonly declaration: Stage2Declaration | undefined;
  readonly size: number;
  readonly writeUpdates: boolean;
}

/** Translates one address for one access. */
export function translate(controls: TranslationControls, memory: TableMemory, request: TranslationRequest): Walk {
  const regime = request.regime ?? regimeOf(controls, request.el);
  const context: Context = { controls, memory, request, regime, steps: [], off: [], updates: false };
  try {
    const stage1 = translateStage1(context);
    const guest = regime === 'EL1&0' && controls.features.el2 && request.stage1Only !== true;
    const stage2 = guest ? translateStage2(context, stage1.address, 'address', request.kind) : undefined;
    const declared = stage2?.declaration;
    const attributes = declared ? combineStages(stage1.attributes, declared, controls.features) : stage1.attributes;
    return {
      kind: 'translation',
      va: request.va,
      regime,
      steps: context.steps,
      off: context.off,
      ipa: stage1.address,
      pa: stage2 ? stage2.address : stage1.address,
      permissions: stage2 ? both(stage1.permissions, stage2.permissions) : stage1.permissions,
      writeUpdates: stage1.writeUpdates || stage2?.writeUpdates === true,
      updates: context.updates,
      attributes,
      stage1Attributes: stage1.attributes,
      size: Math.min(stage1.size, stage2?.size ?? 64),
      guarded: stage1.guarded,
    };
  } catch (thrown) {
    if (!isFault(thrown)) throw thrown;
    return { kind: 'fault', va: request.va, regime, steps: context.steps, off: context.off, fault: thrown.fault };
  }
}

function isFault(thrown: unknown): thrown is Fault {
  return typeof thrown === 'object' && thrown !== null && 'fault' in thrown;
}

function both(a: Permissions, b: Permissions): Permissions {
  return { read: a.read && b.read, write: a.write && b.write, execute: a.execute && b.execute };
}

// ---- faults

function writes(request: TranslationRequest): boolean {
  return request.kind === 'write' || request.kind.startsWith('clean') || request.kind === 'invalidate';
}

function stage1Fault(
  context: Context,
  kind: FaultKind,
  level: FaultLevel | undefined,
  reasons: readonly TranslationReason[],
  write?: boolean,
): never {
  const fault: TranslationFault = {
    stage: 1,
    kind,
    level,
    code: faultStatusCode(kind, level),
    s1ptw: false,
    ipa: undefined,
    write: write ?? writes(context.request),
    reasons,
  };
  throw { fault } satisfies Fault;
}

function stage2Fault(
  context: Context,
  of: WalkStep['of'],
  ipa: bigint,
  kind: FaultKind,
  level: FaultLevel | undefined,
  reasons: readonly TranslationReason[],
  write?: boolean,
): never {
  const fault: TranslationFault = {
    stage: 2,
    kind,
    level,
    code: faultStatusCode(kind, level),
    s1ptw: of === 'descriptor',
    ipa,
    // A fault on a stage 1 walk reports the access that asked for it, also when the walk itself was to write.
    write: write ?? writes(context.request),
    reasons: [stage2On(context.controls), ...reasons],
  };
  throw { fault } satisfies Fault;
}

function stage2On(controls: TranslationControls): TranslationReason {
  const field = controls.hcr & HCR.VM ? 'VM' : 'DC';
  return { register: 'HCR_EL2', field, value: '0x1', rule: `HCR_EL2.${field}`, doc: 'Stage 2 translation is on.' };
}

function stage1On(context: Context): TranslationReason {
  const register = context.regime === 'EL1&0' ? 'SCTLR_EL1' : 'SCTLR_EL2';
  return { register, field: 'M', value: '0x1', rule: `${register}.M`, doc: 'Stage 1 translation is on.' };
}

function tableReason(
  stage: 1 | 2,
  level: number,
  index: number,
  descriptor: bigint | undefined,
  rule: string,
  doc: string,
): TranslationReason {
  return {
    register: `stage ${stage} L${level}[${index}]`,
    field: '',
    value: descriptor === undefined ? 'unreadable' : hex(descriptor),
    rule: `stage${stage}.${rule}`,
    doc,
  };
}

function fieldReason(register: string, field: string, value: number | bigint, rule: string, doc: string): TranslationReason {
  return { register, field, value: hex(value), rule, doc };
}

// ---- descriptors, alike in both stages

const FINAL = 3;

/** Bits that one level resolves. */
function stride(granule: GranuleBits): number {
  return granule - 3;
}

/** Bits below those that a lookup at this level resolves. */
function below(granule: GranuleBits, level: number): number {
  return (FINAL - level) * stride(granule) + granule;
}

function field(value: bigint, msb: number, lsb: number): bigint {
  return (value >> BigInt(lsb)) & ((1n << BigInt(msb - lsb + 1)) - 1n);
}

function has(value: bigint, bit: number): boolean {
  return ((value >> BigInt(bit)) & 1n) !== 0n;
}

function descriptorKind(descriptor: bigint, granule: GranuleBits, level: number, ds: boolean, paBits: number): WalkStep['kind'] {
  if (!has(descriptor, 0)) return 'invalid';
  if (level === FINAL) return has(descriptor, 1) ? 'page' : 'reserved';
  if (has(descriptor, 1)) return 'table';
  // AArch64.BlockDescSupported.
  const block =
    granule === 12
      ? level === 1 || level === 2 || (level === 0 && ds)
      : granule === 14
        ? level === 2 || (level === 1 && ds)
        : level === 2 || (level === 1 && paBits >= 52);
  return block ? 'block' : 'reserved';
}

// AArch64.NextTableBase and AArch64.LeafBase: address bits 51:48 stand apart in the wide formats.
function outputBase(descriptor: bigint, granule: GranuleBits, lsb: number, ds: boolean, paBits: number, table: boolean): bigint {
  const low = field(descriptor, 47, lsb) << BigInt(lsb);
  if (granule === 16) return paBits >= 52 ? low | (field(descriptor, 15, 12) << 48n) : low;
  if (!ds) return low;
  return (
    (table || lsb <= 48 ? low | (field(descriptor, 49, 48) << 48n) : field(descriptor, 49, lsb) << BigInt(lsb)) |
    (field(descriptor, 9, 8) << 50n)
  );
}

/** What a descriptor leads to: the next table, or the block or page. */
function stepOutput(
  descriptor: bigint | undefined,
  kind: WalkStep['kind'],
  granule: GranuleBits,
  lsb: number,
  ds: boolean,
  paBits: number,
): bigint | undefined {
  if (descriptor === undefined || kind === 'invalid' || kind === 'reserved' || kind === 'missing') return undefined;
  const table = kind === 'table';
  return outputBase(descriptor, granule, table ? granule : lsb, ds, paBits, table);
}

// AArch64.S1TTBaseAddress, AArch64.S2TTBaseAddress.
function baseAddress(ttbr: bigint, granule: GranuleBits, txsz: number, start: number, wide: boolean): bigint {
  let size = 64 - txsz - below(granule, start) + 3;
  let base = field(ttbr, 47, 1) << 1n;
  if (wide) {
    size = Math.max(size, 6);
    base = (field(ttbr, 5, 2) << 48n) | (field(ttbr, 47, 6) << 6n);
  }
  return (base >> BigInt(size)) << BigInt(size);
}

function reversed(value: bigint): bigint {
  let out = 0n;
  for (let i = 0n; i < 8n; i += 1n) out |= ((value >> (8n * i)) & 0xffn) << (8n * (7n - i));
  return out;
}

function readDescriptor(memory: TableMemory, physical: bigint, bigEndian: boolean): bigint | undefined {
  const value = memory.read64(Number(physical));
  return value === undefined || !bigEndian ? value : reversed(value);
}

const AF = 10;
/** Of stage 2. */
const FNXS = 11;
const DBM = 51;

// ---- stage 1

function translateStage1(context: Context): Stage1Output {
  const { controls, request, regime } = context;
  const { features } = controls;
  const p = stage1Parameters(controls, regime, request.va);
  // AArch64.AddrTop.
  const top = p.tbid && request.kind === 'fetch' ? 63 : p.tbi ? 55 : 63;
  if (!p.enabled) return stage1Off(context, p, top);

  const min = stage1MinTxsz(p, features);
  const max = maxTxsz(p.granule, features);
  const tcr = regime === 'EL1&0' ? 'TCR_EL1' : 'TCR_EL2';
  const sizeField = p.upper ? 'T1SZ' : 'T0SZ';
  if (p.txsz < min || p.txsz > max) {
    return stage1Fault(context, 'translation', 0, [
      stage1On(context),
      fieldReason(tcr, sizeField, p.txsz, 'stage1.txsz', `${sizeField} is outside ${min} to ${max}.`),
    ]);
  }
  const iaBits = 64 - p.txsz;
  if (top >= iaBits) {
    const rest = field(request.va, top, iaBits);
    const wanted = p.unprivileged && p.upper ? (1n << BigInt(top - iaBits + 1)) - 1n : 0n;
    if (rest !== wanted) {
      return stage1Fault(context, 'translation', 0, [
        stage1On(context),
        fieldReason(tcr, sizeField, p.txsz, 'stage1.range', `The address does not fit the ${iaBits} bits of this range.`),
      ]);
    }
  }
  if (request.el === 0 && p.e0pd) {
    const name = p.upper ? 'E0PD1' : 'E0PD0';
    return stage1Fault(context, 'translation', 0, [
      stage1On(context),
      fieldReason(tcr, name, 1, `${tcr}.${name}`, 'EL0 may not use this range.'),
    ]);
  }
  if (p.epd) {
    const name = p.upper ? 'EPD1' : 'EPD0';
    return stage1Fault(context, 'translation', 0, [
      stage1On(context),
      fieldReason(tcr, name, 1, `${tcr}.${name}`, 'Walks of this range are off.'),
    ]);
  }
  return walkStage1(context, p, top);
}

// AArch64.S1DisabledOutput.
function stage1Off(context: Context, p: Stage1Parameters, top: number): Stage1Output {
  const { controls, request, regime } = context;
  const { paBits } = controls.features;
  const off = stage1OffReason(controls, regime);
  context.off.push({ stage: 1, reason: off });
  if (top >= paBits && field(request.va, top, paBits) !== 0n) {
    const range = fieldReason(
      'ID_AA64MMFR0_EL1',
      'PARange',
      paBits,
      'stage1.pa-range',
      `Physical addresses have ${paBits} bits.`,
    );
    return stage1Fault(context, 'address-size', 0, [off, range]);
  }
  const attributes = p.dc
    ? p.dct
      ? NORMAL_TAGGED
      : NORMAL_WRITE_BACK
    : request.kind === 'fetch'
      ? fetchWithoutStage1(p.instructionCache)
      : DEVICE_NGNRNE;
  if (attributes.device && !request.aligned)
    return stage1Fault(context, 'alignment', undefined, [off, deviceReason(1, attributes)]);
  return {
    address: request.va & 0xf_ffff_ffff_ffffn,
    permissions: ALL,
    attributes,
    size: 64,
    guarded: false,
    writeUpdates: false,
  };
}

// HCR_EL2.DC and TGE turn the guest's stage 1 off whatever its own SCTLR_EL1.M says.
function stage1OffReason({ el1, hcr }: TranslationControls, regime: Regime): TranslationReason {
  const doc = 'Stage 1 translation is off.';
  if (regime !== 'EL1&0') return fieldReason('SCTLR_EL2', 'M', 0, 'stage1.off', doc);
  if ((el1.sctlr & SCTLR.M) === 0n) return fieldReason('SCTLR_EL1', 'M', 0, 'stage1.off', doc);
  return fieldReason('HCR_EL2', hcr & HCR.TGE ? 'TGE' : 'DC', 1, 'stage1.off', doc);
}

const DEVICE_NAMES = ['nGnRnE', 'nGnRE', 'nGRE', 'GRE'];

function deviceReason(stage: 1 | 2, attributes: MemoryAttributes): TranslationReason {
  return {
    register: `stage ${stage}`,
    field: 'memory type',
    value: `Device-${DEVICE_NAMES[attributes.deviceKind]}`,
    rule: `stage${stage}.device-alignment`,
    doc: 'An access to Device memory must be aligned to its size.',
  };
}

interface TablePermissions {
  ap: number;
  uxn: boolean;
  pxn: boolean;
}

function walkStage1(context: Context, p: Stage1Parameters, top: number): Stage1Output {
  const { controls, memory, request } = context;
  const { features } = controls;
  const { paBits } = features;
  const iaBits = 64 - p.txsz;
  const start = FINAL - Math.floor((iaBits - 1 - p.granule) / stride(p.granule));
  const wide = p.ds || (p.granule === 16 && p.oaBits === 52);
  let table = baseAddress(p.ttbr, p.granule, p.txsz, start, wide);
  const hierarchy: TablePermissions = { ap: 0, uxn: false, pxn: false };
  const guest = p.regime === 'EL1&0' && features.el2;
  const ttbr = `${p.upper ? 'TTBR1' : 'TTBR0'}_${p.regime === 'EL1&0' ? 'EL1' : 'EL2'}`;

  for (let level = start; ; level += 1) {
    const lsb = below(p.granule, level);
    const msb = level === start ? iaBits - 1 : lsb + stride(p.granule) - 1;
    const index = Number(field(request.va, msb, lsb));
    const address = table + BigInt(index) * 8n;
    const at = level as FaultLevel;
    if (address >> BigInt(p.oaBits) !== 0n) {
      const reason =
        level === start
          ? fieldReason(ttbr, 'BADDR', p.ttbr, 'stage1.base', `The table lies above ${p.oaBits} bits of address.`)
          : tooLarge(context, p.oaBits);
      return stage1Fault(context, 'address-size', level === start ? 0 : ((level - 1) as FaultLevel), [stage1On(context), reason]);
    }
    // The table's own address is intermediate physical for a guest.
    const located = guest ? translateStage2(context, address, 'descriptor', 'read') : undefined;
    const physical = located ? located.address : address;
    const descriptor = readDescriptor(memory, physical, p.ee);
    const kind = descriptor === undefined ? 'missing' : descriptorKind(descriptor, p.granule, level, p.ds, paBits);
    const output = stepOutput(descriptor, kind, p.granule, lsb, p.ds, paBits);
    context.steps.push({
      stage: 1,
      level: at,
      of: 'address',
      tableAddress: table,
      index,
      descriptorAddress: address,
      physical: descriptor === undefined ? undefined : physical,
      descriptor,
      kind,
      msb,
      lsb,
      granule: p.granule,
      wide: p.granule === 16 ? paBits >= 52 : p.ds,
      output,
    });
    if (descriptor === undefined) {
      return stage1Fault(context, 'external-on-walk', at, [
        stage1On(context),
        tableReason(1, level, index, undefined, 'missing', 'No memory answers at the table’s address.'),
      ]);
    }
    if (kind === 'invalid' || kind === 'reserved') {
      const doc =
        kind === 'invalid'
          ? `Invalid: translation fault at level ${level}.`
          : `Reserved encoding at level ${level}: translation fault.`;
      return stage1Fault(context, 'translation', at, [stage1On(context), tableReason(1, level, index, descriptor, kind, doc)]);
    }
    if (kind === 'table') {
      table = output as bigint;
      if (!p.hpd) {
        // AArch64.S1ApplyTablePerms.
        if (p.nv1) {
          hierarchy.ap |= has(descriptor, 62) ? 2 : 0;
          hierarchy.pxn ||= has(descriptor, 60);
        } else if (p.unprivileged) {
          hierarchy.ap |= Number(field(descriptor, 62, 61));
          hierarchy.uxn ||= has(descriptor, 60);
          hierarchy.pxn ||= has(descriptor, 59);
        } else {
          hierarchy.ap |= has(descriptor, 62) ? 2 : 0;
          hierarchy.pxn ||= has(descriptor, 60);
        }
      }
      if (table >> BigInt(p.oaBits) !== 0n) {
        return stage1Fault(context, 'address-size', at, [
          stage1On(context),
          tableReason(1, level, index, descriptor, 'address-size', `The next table lies above ${p.oaBits} bits of address.`),
        ]);
      }
      continue;
    }
    return stage1Leaf(context, p, top, {
      descriptor,
      level: at,
      index,
      lsb,
      base: output as bigint,
      hierarchy,
      descriptorIpa: address,
      descriptorPa: physical,
    });
  }
}

function tooLarge(context: Context, oaBits: number): TranslationReason {
  const tcr = context.regime === 'EL1&0' ? 'TCR_EL1' : 'TCR_EL2';
  return fieldReason(
    tcr,
    context.regime === 'EL2' ? 'PS' : 'IPS',
    oaBits,
    'stage1.address-size',
    `Addresses have ${oaBits} bits.`,
  );
}

interface Leaf {
  readonly descriptor: bigint;
  readonly level: FaultLevel;
  readonly index: number;
  readonly lsb: number;
  /** Base address of the block or page. */
  readonly base: bigint;
  readonly hierarchy: TablePermissions;
  readonly descriptorIpa: bigint;
  readonly descriptorPa: bigint;
}

function stage1Leaf(context: Context, p: Stage1Parameters, _top: number, leaf: Leaf): Stage1Output {
  const { controls, memory, request } = context;
  const { features } = controls;
  const { descriptor, level, index, lsb, base } = leaf;
  const because = (rule: string, doc: string): readonly TranslationReason[] => [
    stage1On(context),
    tableReason(1, level, index, descriptor, rule, doc),
  ];
  const address = base | field(request.va, lsb - 1, 0);
  if (base >> BigInt(p.oaBits) !== 0n)
    return stage1Fault(
      context,
      'address-size',
      level,
      because('address-size', `The output address lies above ${p.oaBits} bits.`),
    );
  if (!has(descriptor, AF) && !p.ha)
    return stage1Fault(context, 'access-flag', level, because('access-flag', 'The access flag is 0.'));

  const attrIndex = Number(field(descriptor, 4, 2));
  const mair = Number((p.mair >> BigInt(8 * attrIndex)) & 0xffn);
  const declared = stage1Attributes(mair, p.ds ? p.sh : Number(field(descriptor, 9, 8)), features);
  // AArch64.S1TreatAsNormalNC. A fetch from Device memory is one from Normal memory (a choice that the manual leaves).
  const uncached = request.kind === 'fetch' ? declared.device || !p.instructionCache : !p.dataCache && !declared.device;
  if (declared.device && !request.aligned && request.kind !== 'fetch') {
    return stage1Fault(context, 'alignment', undefined, [...because('device', 'Device memory.'), deviceReason(1, declared)]);
  }
  const { permissions, dirtyPending, denied } = stage1Permissions(context, p, leaf);
  checkStage1(context, p.cmow, permissions, denied.length === 0 ? because : (rule, doc) => [...because(rule, doc), ...denied]);

  const writing = request.probe !== true && (request.kind === 'write' || request.kind === 'read-write');
  let updated = descriptor;
  if (!has(descriptor, AF)) updated |= 1n << BigInt(AF);
  if (dirtyPending && writing) updated &= ~(1n << 7n);
  if (updated !== descriptor) context.updates = true;
  if (updated !== descriptor && request.peek !== true) {
    const guest = p.regime === 'EL1&0' && features.el2;
    if (guest) translateStage2(context, leaf.descriptorIpa, 'descriptor', 'write');
    if (!memory.write64(Number(leaf.descriptorPa), p.ee ? reversed(updated) : updated)) {
      return stage1Fault(context, 'external-on-walk', level, because('missing', 'No memory answers at the table’s address.'));
    }
  }
  return {
    address,
    permissions,
    attributes: uncached ? nonCacheable(declared) : declared,
    size: lsb,
    guarded: features.bti && has(descriptor, 50),
    writeUpdates: dirtyPending && !writing,
  };
}

// AArch64.S1DirectBasePermissions: of the level that asks, with hierarchical permissions, PAN and WXN.
function stage1Permissions(
  context: Context,
  p: Stage1Parameters,
  leaf: Leaf,
): { permissions: Permissions; dirtyPending: boolean; denied: readonly TranslationReason[] } {
  const { request, controls } = context;
  const { descriptor, hierarchy } = leaf;
  let readOnly = has(descriptor, 7);
  const dirtyPending = readOnly && p.hd && has(descriptor, DBM);
  if (dirtyPending) readOnly = false;
  const el0 = p.nv1 ? false : p.unprivileged ? has(descriptor, 6) : false;
  const pxnBit = p.nv1 ? has(descriptor, 54) : p.unprivileged ? has(descriptor, 53) : has(descriptor, 54);
  const uxnBit = p.nv1 ? false : has(descriptor, 54);

  let pr = true;
  let pw = !readOnly && (hierarchy.ap & 2) === 0;
  let ur = el0 && (hierarchy.ap & 1) === 0;
  let uw = ur && pw;
  if (!p.unprivileged) {
    ur = false;
    uw = false;
  }
  const px = !(pxnBit || hierarchy.pxn || uw);
  const ux = p.unprivileged && !(uxnBit || hierarchy.uxn);
  const isEl0 = request.el === 0 && p.unprivileged;
  // PAN is not for fetches: what counts here is what could be written without it.
  const wxn = p.wxn && (isEl0 ? uw : pw);
  let denied: readonly TranslationReason[] = [];
  if (controls.features.pan && request.pan && p.unprivileged && !p.nv1 && (ur || uw || (p.epan && ux))) {
    pr = false;
    pw = false;
    if (request.el !== 0 && request.kind !== 'fetch') denied = ur || uw ? [PAN] : [PAN, EPAN];
  }
  const [r, w, x] = isEl0 ? [ur, uw, ux] : [pr, pw, px];
  return { permissions: { read: r, write: w, execute: x && !wxn }, dirtyPending, denied };
}

const PAN = fieldReason('PSTATE', 'PAN', 1, 'stage1.pan', 'EL0 may use this page, so this level’s data accesses may not.');
const EPAN = fieldReason('SCTLR_ELx', 'EPAN', 1, 'stage1.epan', 'A page that EL0 may only execute counts for PAN too.');

function checkStage1(
  context: Context,
  cmow: boolean,
  allowed: Permissions,
  because: (rule: string, doc: string) => readonly TranslationReason[],
): void {
  const { request } = context;
  const level = lastLevel(context);
  const who = request.el === 0 ? 'EL0' : 'this level';
  switch (request.kind) {
    case 'fetch':
      if (!allowed.execute)
        stage1Fault(context, 'permission', level, because('execute', `The page is not executable for ${who}.`));
      return;
    case 'invalidate':
      if (!allowed.write)
        stage1Fault(context, 'permission', level, because('write', `The page is not writable for ${who}.`), true);
      return;
    case 'clean':
    case 'clean-invalidate':
      // Cleaning from a privileged level is never refused.
      if (request.el === 0 && !allowed.read)
        stage1Fault(context, 'permission', level, because('read', 'The page is not readable for EL0.'), true);
      // ... unless it also invalidates, with SCTLR_ELx.CMOW (FEAT_CMOW).
      if (request.el === 0 && cmow && request.kind === 'clean-invalidate' && !allowed.write)
        stage1Fault(
          context,
          'permission',
          level,
          because('write', 'The page is not writable for EL0, and CMOW asks for it.'),
          true,
        );
      return;
    case 'read':
    case 'read-write':
      if (!allowed.read)
        stage1Fault(context, 'permission', level, because('read', `The page is not readable for ${who}.`), false);
      if (request.kind === 'read-write' && !allowed.write)
        stage1Fault(context, 'permission', level, because('write', `The page is not writable for ${who}.`), true);
      return;
    case 'write':
      if (!allowed.write)
        stage1Fault(context, 'permission', level, because('write', `The page is not writable for ${who}.`), true);
  }
}

function lastLevel(context: Context): FaultLevel {
  for (let i = context.steps.length - 1; i >= 0; i -= 1) {
    const step = context.steps[i] as WalkStep;
    if (step.stage === 1) return step.level;
  }
  assert(false, 'a leaf was read');
}

// ---- stage 2

const STAGE2_OFF = fieldReason('HCR_EL2', 'VM', 0, 'stage2.off', 'Stage 2 translation is off.');
const STAGE2_OF_HOST = fieldReason(
  'HCR_EL2',
  'TGE',
  1,
  'stage2.off',
  'With HCR_EL2.E2H too, VM and DC behave as 0: stage 2 translation is off.',
);

function translateStage2(context: Context, ipa: bigint, of: WalkStep['of'], kind: TranslationRequest['kind']): Stage2Output {
  const { controls, memory, request } = context;
  const { features } = controls;
  const p = stage2Parameters(controls);
  if (!p.enabled) {
    if (of === 'address') context.off.push({ stage: 2, reason: controls.hcr & (HCR.VM | HCR.DC) ? STAGE2_OF_HOST : STAGE2_OFF });
    return {
      address: ipa,
      permissions: ALL,
      declaration: undefined,
      size: 64,
      writeUpdates: false,
    };
  }
  const min = stage2MinTxsz(p, features);
  const max = maxTxsz(p.granule, features);
  const iaBits = 64 - p.txsz;
  if (p.txsz < min || p.txsz > max) {
    return stage2Fault(context, of, ipa, 'translation', 0, [
      fieldReason('VTCR_EL2', 'T0SZ', p.txsz, 'stage2.txsz', `T0SZ is outside ${min} to ${max}.`),
    ]);
  }
  const start = p.start;
  // AArch64.S2InconsistentSL: at least one bit for the first level, at most 16 concatenated tables.
  if (start === undefined || iaBits < below(p.granule, start) + 1 || iaBits > below(p.granule, start) + stride(p.granule) + 4) {
    return stage2Fault(context, of, ipa, 'translation', 0, [
      fieldReason(
        'VTCR_EL2',
        'SL0',
        field(controls.vtcr, 7, 6),
        'stage2.start-level',
        'The start level does not go with T0SZ and the granule.',
      ),
    ]);
  }
  if (ipa >> BigInt(iaBits) !== 0n) {
    return stage2Fault(context, of, ipa, 'translation', 0, [
      fieldReason('VTCR_EL2', 'T0SZ', p.txsz, 'stage2.range', `The intermediate physical address does not fit ${iaBits} bits.`),
    ]);
  }
  const wide = p.ds || (p.granule === 16 && p.oaBits === 52);
  let table = baseAddress(p.vttbr, p.granule, p.txsz, start, wide);
  for (let level = start; ; level += 1) {
    const lsb = below(p.granule, level);
    const msb = level === start ? iaBits - 1 : lsb + stride(p.granule) - 1;
    const index = Number(field(ipa, msb, lsb));
    const address = table + BigInt(index) * 8n;
    const at = level as FaultLevel;
    if (level === start && address >> BigInt(p.oaBits) !== 0n) {
      return stage2Fault(context, of, ipa, 'address-size', 0, [
        fieldReason('VTTBR_EL2', 'BADDR', p.vttbr, 'stage2.base', `The table lies above ${p.oaBits} bits of address.`),
      ]);
    }
    const descriptor = readDescriptor(memory, address, p.ee);
    const type = descriptor === undefined ? 'missing' : descriptorKind(descriptor, p.granule, level, p.ds, features.paBits);
    const output = stepOutput(descriptor, type, p.granule, lsb, p.ds, features.paBits);
    context.steps.push({
      stage: 2,
      level: at,
      of,
      tableAddress: table,
      index,
      descriptorAddress: address,
      physical: descriptor === undefined ? undefined : address,
      descriptor,
      kind: type,
      msb,
      lsb,
      granule: p.granule,
      wide: p.granule === 16 ? features.paBits >= 52 : p.ds,
      output,
    });
    const because = (rule: string, doc: string): readonly TranslationReason[] => [
      tableReason(2, level, index, descriptor, rule, doc),
    ];
    if (descriptor === undefined) {
      return stage2Fault(
        context,
        of,
        ipa,
        'external-on-walk',
        at,
        because('missing', 'No memory answers at the table’s address.'),
      );
    }
    if (type === 'invalid' || type === 'reserved') {
      const code = hex(faultStatusCode('translation', at));
      const doc =
        type === 'invalid'
          ? `Invalid: translation fault at level ${level}, fault status ${code}.`
          : `Reserved encoding at level ${level}: translation fault, fault status ${code}.`;
      return stage2Fault(context, of, ipa, 'translation', at, because(type, doc));
    }
    if (type === 'table') {
      table = output as bigint;
      if (table >> BigInt(p.oaBits) !== 0n) {
        return stage2Fault(
          context,
          of,
          ipa,
          'address-size',
          at,
          because('address-size', `The next table lies above ${p.oaBits} bits of address.`),
        );
      }
      continue;
    }
    const base = output as bigint;
    if (base >> BigInt(p.oaBits) !== 0n) {
      return stage2Fault(
        context,
        of,
        ipa,
        'address-size',
        at,
        because('address-size', `The output address lies above ${p.oaBits} bits.`),
      );
    }
    if (!has(descriptor, AF) && !p.ha)
      return stage2Fault(context, of, ipa, 'access-flag', at, because('access-flag', 'The access flag is 0.'));
    const memAttr = Number(field(descriptor, 5, 2));
    const isDevice = stage2IsDevice(memAttr, p.fwb);
    if (isDevice && of === 'address' && !request.aligned && request.kind !== 'fetch') {
      return stage2Fault(context, of, ipa, 'alignment', undefined, [
        ...because('device', 'Device memory.'),
        fieldReason(
          'stage 2',
          'MemAttr',
          memAttr,
          'stage2.device-alignment',
          'An access to Device memory must be aligned to its size.',
        ),
      ]);
    }
    const readable = has(descriptor, 6);
    const dirtyPending = !has(descriptor, 7) && p.hd && has(descriptor, DBM);
    const writable = has(descriptor, 7) || dirtyPending;
    const executable = stage2Executable(descriptor, request.el, features.xnx);
    if (of === 'descriptor') {
      if (p.ptw && isDevice) {
        return stage2Fault(context, of, ipa, 'permission', at, [
          fieldReason('HCR_EL2', 'PTW', 1, 'HCR_EL2.PTW', 'A table walk may not touch stage 2 Device memory.'),
          ...because('device', 'Device memory.'),
        ]);
      }
      if (!readable) return stage2Fault(context, of, ipa, 'permission', at, because('read', 'The page is not readable.'));
      if (kind === 'write' && !writable)
        return stage2Fault(
          context,
          of,
          ipa,
          'permission',
          at,
          because('write', 'The table may not be written: hardware update refused.'),
        );
    } else {
      checkStage2(context, p.cmow, ipa, at, { read: readable, write: writable, execute: executable }, because);
    }
    const writing = (kind === 'write' || kind === 'read-write') && (of === 'descriptor' || request.probe !== true);
    let updated = descriptor;
    if (!has(descriptor, AF)) updated |= 1n << BigInt(AF);
    if (dirtyPending && writing) updated |= 1n << 7n;
    if (updated !== descriptor) context.updates = true;
    if (updated !== descriptor && request.peek !== true && !memory.write64(Number(address), p.ee ? reversed(updated) : updated)) {
      return stage2Fault(
        context,
        of,
        ipa,
        'external-on-walk',
        at,
        because('missing', 'No memory answers at the table’s address.'),
      );
    }
    return {
      address: base | field(ipa, lsb - 1, 0),
      permissions: { read: readable, write: writable, execute: executable },
      declaration: {
        memAttr,
        shareability: p.ds ? p.sh : Number(field(descriptor, 9, 8)),
        fnxs: has(descriptor, FNXS),
        forceWriteBack: p.fwb,
        uncached: request.kind === 'fetch' ? p.id : p.cd,
      },
      size: lsb,
      writeUpdates: dirtyPending && !writing,
    };
  }
}

// XN[1:0] of AArch64.S2DirectBasePermissions: 00 all, 01 EL0 only, 10 nobody, 11 EL1 only; without FEAT_XNX bit 53 is ignored.
function stage2Executable(descriptor: bigint, el: number, xnx: boolean): boolean {
  const xn = has(descriptor, 54);
  const other = xnx && has(descriptor, 53);
  if (xn) return other && el !== 0;
  return !other || el === 0;
}

function checkStage2(
  context: Context,
  cmow: boolean,
  ipa: bigint,
  level: FaultLevel,
  allowed: Permissions,
  because: (rule: string, doc: string) => readonly TranslationReason[],
): void {
  const { request } = context;
  const refuse = (rule: string, doc: string, write?: boolean): never =>
    stage2Fault(context, 'address', ipa, 'permission', level, because(rule, doc), write);
  switch (request.kind) {
    case 'fetch':
      if (!allowed.execute) refuse('execute', 'The page is not executable at stage 2.');
      return;
    case 'invalidate':
      if (!allowed.write) refuse('write', 'The page is not writable at stage 2.', true);
      return;
    case 'clean':
    case 'clean-invalidate':
      if (request.el === 0 && !allowed.read) refuse('read', 'The page is not readable at stage 2.', true);
      if (cmow && request.kind === 'clean-invalidate' && !allowed.write)
        refuse('write', 'The page is not writable at stage 2, and HCRX_EL2.CMOW asks for it.', true);
      return;
    case 'read':
    case 'read-write':
      if (!allowed.read) refuse('read', 'The page is not readable at stage 2.', false);
      if (request.kind === 'read-write' && !allowed.write) refuse('write', 'The page is not writable at stage 2.', true);
      return;
    case 'write':
      if (!allowed.write) refuse('write', 'The page is not writable at stage 2.', true);
  }
}
