// From a fault to the exception: aborts of data accesses and fetches, with the syndrome that #trap builds and the facts of the walk joined to
// the facts of the routing. Every function here takes the exception and leaves the instruction.
import type { FaultKind } from '#arch/fault';
import { va as asVa, type Ipa } from '#base';
import type { AccessSyndrome } from '#isa';
import type { TranslationFault } from '#mmu';
import type { Abort, Cause, CauseFact, Fault, GprAccess } from '#trap';
import { type Core, LEAVE } from '../core.ts';
import { takeException } from './entry.ts';

function gprAccess(syndrome: AccessSyndrome | undefined): { gpr: GprAccess } | undefined {
  if (syndrome === undefined) return undefined;
  const { sas, sse, sf, srt, ar, ls64 } = syndrome;
  const size = sas as GprAccess['size'];
  return {
    gpr: {
      size,
      signExtend: sse === 1,
      sf: sf === 1,
      rt: srt,
      acquireRelease: ar === 1,
      ...(ls64 === undefined ? {} : { ls64 }),
    },
  };
}

function asFault(va: bigint, fault: TranslationFault): Fault {
  return {
    kind: fault.kind,
    stage: fault.stage,
    onStage1Walk: fault.s1ptw,
    va: asVa(va),
    ...(fault.level === undefined || !hasLevel(fault.kind) ? {} : { level: fault.level }),
    ...(fault.ipa === undefined ? {} : { ipa: fault.ipa as Ipa }),
  };
}

function hasLevel(kind: FaultKind): boolean {
  return kind !== 'alignment' && kind !== 'external';
}

function take(core: Core, abort: Abort, ipa: bigint | undefined, cause: Cause): never {
  takeException(core, {
    kind: 'sync',
    to: abort.target,
    esr: abort.esr,
    far: abort.far,
    // HPFAR_EL2 is written for every stage 2 fault; where IPAValid() says UNKNOWN, the right value is as good as any.
    ...(ipa === undefined ? {} : { hpfar: (ipa >> 12n) << 4n, hpfarValid: abort.hpfarValid }),
    returnAddress: core.u64[core.pc64] as bigint,
    cause: [...cause, ...abort.cause],
  });
  throw LEAVE;
}

/** What accesses: a load or store, a cache maintenance or address translation instruction, or FEAT_NV2 in place of a register. */
export type Accessor = 'access' | 'maintenance' | 'vncr';

/** A data access that translation refused. */
export function abortData(core: Core, va: bigint, fault: TranslationFault, by: Accessor = 'access'): never {
  const gpr = by === 'access' ? gprAccess(core.current()?.syndrome) : undefined;
  const how = { write: fault.write, maintenance: by === 'maintenance', vncr: by === 'vncr', ...gpr };
  const abort = core.traps.dataAbort(core, asFault(va, fault), how);
  return take(core, abort, fault.ipa, fault.reasons);
}

/** The abort that an access from this level would end in; nothing is taken. Without an instruction there is no instruction syndrome. */
export function describeAbort(core: Core, el: 0 | 1 | 2, fetch: boolean, va: bigint, fault: TranslationFault): Abort {
  const view = { el, sp: el === 0 ? 0 : 1, word: (index: number) => core.word(index) } as const;
  return fetch
    ? core.traps.instructionAbort(view, asFault(va, fault))
    : core.traps.dataAbort(view, asFault(va, fault), { write: fault.write });
}

/** A fetch that translation refused; PC is where it was to fetch from. */
export function abortFetch(core: Core, va: bigint, fault: TranslationFault): never {
  return take(core, core.traps.instructionAbort(core, asFault(va, fault)), fault.ipa, fault.reasons);
}

const UNALIGNED: Readonly<Record<string, CauseFact>> = {
  'SCTLR.A': {
    register: 'SCTLR_ELx',
    field: 'A',
    value: '0x1',
    rule: 'alignment SCTLR_ELx.A',
    doc: 'Unaligned data accesses fault.',
  },
  atomic: {
    register: '',
    field: '',
    value: '',
    rule: 'alignment atomic',
    doc: 'Atomic and exclusive accesses must be aligned to their size.',
  },
  ordered: {
    register: '',
    field: '',
    value: '',
    rule: 'alignment ordered',
    doc: 'Load-acquire and store-release must be aligned to their size.',
  },
  block: {
    register: '',
    field: '',
    value: '',
    rule: 'alignment 64 bytes',
    doc: 'Accesses of 64 bytes must be aligned to them.',
  },
  tags: {
    register: '',
    field: '',
    value: '',
    rule: 'alignment tags',
    doc: 'Tags are stored to addresses that are a multiple of 16.',
  },
  'memory-type': {
    register: '',
    field: '',
    value: '',
    rule: 'alignment memory type',
    doc: 'Unaligned atomic and ordered accesses need Normal write-back memory.',
  },
};

/** An access that must be aligned and is not. */
export function alignmentAbort(
  core: Core,
  va: bigint,
  write: boolean,
  rule: 'SCTLR.A' | 'atomic' | 'ordered' | 'block' | 'tags' | 'memory-type',
): never {
  const abort = core.traps.dataAbort(core, { kind: 'alignment', stage: 1, va: asVa(va) }, { write });
  return take(core, abort, undefined, [UNALIGNED[rule] as CauseFact]);
}

/** A load or store whose address and memory have different tags. */
export function tagCheckAbort(core: Core, va: bigint, write: boolean, why: CauseFact): never {
  // FAR_ELx holds all of the address, as FEAT_MTE_TAGGED_FAR has it; without that bits 63:60 are UNKNOWN.
  const abort = core.traps.dataAbort(core, { kind: 'tag-check', stage: 1, va: asVa(va) }, { write });
  return take(core, abort, undefined, [why]);
}

const UNSUPPORTED = {
  type: 'Accesses of 64 bytes are for Device memory and Normal memory that is not cacheable.',
  location: 'What is at this address takes no access of 64 bytes: it is a device that takes 8 at most, or nothing at all.',
} as const;

/**
 * A 64-byte access that what it goes to does not support (Arm ARM C3.2.8): the memory type that a stage of translation gives, or without one
 * the location.
 */
export function unsupportedAbort(
  core: Core,
  va: bigint,
  write: boolean,
  type?: { readonly stage: 1 } | { readonly stage: 2; readonly ipa: bigint },
): never {
  const ipa = type?.stage === 2 ? type.ipa : undefined;
  const fault: Fault = { kind: 'exclusive-or-atomic', stage: type?.stage ?? 1, va: asVa(va) };
  const abort = core.traps.dataAbort(core, ipa === undefined ? fault : { ...fault, ipa: ipa as Ipa }, { write });
  const doc = UNSUPPORTED[type === undefined ? 'location' : 'type'];
  return take(core, abort, ipa, [{ register: '', field: '', value: '', rule: 'unsupported exclusive or atomic', doc }]);
}

const NOTHING_THERE: CauseFact = {
  register: '',
  field: '',
  value: '',
  rule: 'external abort',
  doc: 'Nothing answers at this physical address: synchronous external abort.',
};

/** A data access to a physical address where nothing answers. */
export function externalAbort(core: Core, va: bigint, write: boolean, by: Accessor = 'access'): never {
  const abort = core.traps.dataAbort(core, { kind: 'external', stage: 1, va: asVa(va) }, { write, vncr: by === 'vncr' });
  return take(core, abort, undefined, [NOTHING_THERE]);
}

/** A fetch from a physical address where nothing answers. */
export function externalFetchAbort(core: Core, va: bigint): never {
  return take(core, core.traps.instructionAbort(core, { kind: 'external', stage: 1, va: asVa(va) }), undefined, [NOTHING_THERE]);
}
