// A translation as its view draws it: the address that was meant, the walk that the processor's own translation makes of it (changing nothing),
// stage by stage and descriptor by descriptor with their fields in words, and the outcome. Decides nothing about translation.
import { descriptorFields, memoryType } from '#arch/descriptor';
import { faultStatus } from '#arch/fault';
import { bit } from '#arch/field';
import { bits64, err, hex, MASK64, ok, parseInteger } from '#base';
import type { Processor, TagLook } from '#cpu';
import type { EventLog } from '#machine';
import type {
  CauseView,
  FieldView,
  Reply,
  RightsView,
  TlbEntryView,
  TlbView,
  TranslationQuery,
  TranslationView,
  WalkOutcome,
  WalkStageView,
  WalkStepView,
} from '#protocol';
import { syndromeViews } from './field-views.ts';
import { className, LEVELS } from './register-inspection.ts';

type Walk = ReturnType<Processor['walk']>;
type Step = Walk['steps'][number];
type Attributes = Extract<Walk, { kind: 'translation' }>['attributes'];

/** What translating needs to know besides the processor. */
export interface TranslationWorld {
  readonly log: EventLog;
  /** The value of a symbol of the program. */
  symbol(name: string): bigint | undefined;
  /** EL2 is the KVM model's. */
  readonly kvm: boolean;
}

/** The walk that a query asks for; the error says what is wrong with its address. */
export function translationView(query: TranslationQuery, processor: Processor, world: TranslationWorld): Reply<TranslationView> {
  const meant = addressOf(query, processor, world);
  if (typeof meant === 'string') return err({ message: meant });
  const kind = kindOf(query.access);
  const pan = (processor.pstate & PAN) !== 0n;
  const unprivileged = query.access === 'ldtr' || query.access === 'sttr';
  const walk = processor.walk(meant.address, kind, query.level, { pan, unprivileged });
  const outcome = outcomeOf(walk, kind, query.level, processor);
  return ok({
    address: meant.address,
    named: meant.named,
    access: query.access,
    level: LEVELS[query.level] as TranslationView['level'],
    regime: walk.regime,
    stages: stagesOf(walk, query, processor),
    outcome,
    rights: rightsOf(walk, pan, processor),
    notes: notesOf(walk, query, processor, world),
  });
}

function kindOf(access: TranslationQuery['access']): 'read' | 'write' | 'fetch' {
  return access === 'ldtr' ? 'read' : access === 'sttr' ? 'write' : access;
}

// ---- which address

interface Meant {
  readonly address: bigint;
  readonly named: string;
}

function addressOf(query: TranslationQuery, processor: Processor, { log, symbol }: TranslationWorld): Meant | string {
  const text = query.address.trim();
  const word = text.toLowerCase();
  if (text === '') return 'An address is needed: a number, pc, sp, far, x0 to x30, or a symbol of the program.';
  const number = parseInteger(text);
  if (number !== undefined) {
    if (number < -(1n << 63n) || number > MASK64) return `${text} does not fit 64 bits.`;
    return { address: BigInt.asUintN(64, number), named: '' };
  }
  if (word === 'pc') return { address: processor.pc, named: 'pc' };
  if (word === 'sp') {
    const level = processor.pstate & 1n ? processor.el : 0;
    return { address: processor.sp(level), named: `sp, SP_EL${level}` };
  }
  const general = /^x([0-9]|[12][0-9]|30)$/.exec(word);
  if (general) return { address: processor.x(Number(general[1])), named: word };
  if (word === 'far') {
    const n = query.exit ?? log.exits;
    if (n < 1 || n > log.exits) return 'There is no exit yet whose FAR could be translated.';
    const { exception } = log.exit(n);
    return exception.farValid ? { address: exception.far, named: `FAR of exit ${n}` } : `Exit ${n} left no address in FAR.`;
  }
  const value = symbol(text);
  if (value !== undefined) return { address: BigInt.asUintN(64, value), named: text };
  return `“${text}” is no number, register or symbol: pc, sp, far, x0 to x30, 0x4008_0000, or a label of the program.`;
}

// ---- the stages

function stagesOf(walk: Walk, query: TranslationQuery, processor: Processor): readonly WalkStageView[] {
  const guest = walk.regime === 'EL1&0';
  const stage1Steps = walk.steps.filter((step) => step.stage === 1);
  const stage2Steps = walk.steps.filter((step) => step.stage === 2 && step.of === 'address');
  const off = (stage: 1 | 2): CauseView | undefined => walk.off.find((o) => o.stage === stage)?.reason;
  const failed = walk.kind === 'fault' ? walk.fault : undefined;
  // A stage 2 fault of the address itself says which intermediate address stage 1 gave.
  const given = walk.kind === 'translation' ? walk.ipa : failed?.stage === 2 && !failed.s1ptw ? failed.ipa : undefined;
  const first: WalkStageView = {
    stage: 1,
    from: 'VA',
    to: guest ? 'IPA' : 'PA',
    input: walk.va,
    output: given,
    off: off(1),
    parts: addressParts(stage1Steps, walk.va),
    base: off(1) ? undefined : baseOf(baseOfStage1(walk), stage1Steps[0], processor),
    steps: stage1Steps.map((step) => stepView(step, walk, processor, query)),
  };
  if (!guest || given === undefined) return [first];
  return [
    first,
    {
      stage: 2,
      from: 'IPA',
      to: 'PA',
      input: given,
      output: walk.kind === 'translation' ? walk.pa : undefined,
      off: off(2),
      parts: addressParts(stage2Steps, given),
      base: off(2) ? undefined : baseOf('VTTBR_EL2', stage2Steps[0], processor),
      steps: stage2Steps.map((step) => stepView(step, walk, processor, query)),
    },
  ];
}

function baseOfStage1({ regime, va }: Walk): string {
  const upper = regime !== 'EL2' && bits64(va, 55, 55) === 1n;
  return `TTBR${upper ? 1 : 0}_EL${regime === 'EL1&0' ? 1 : 2}`;
}

/** The granule is that of the walk; a walk that ends before its first descriptor names none. */
function baseOf(register: string, first: Step | undefined, processor: Processor): WalkStageView['base'] {
  return { register, value: processor.readRegister(register), granule: first ? `${1 << (first.granule - 10)} KiB granule` : '' };
}

/** The bits of an address by the level that they index, and what the walk leaves of them. */
function addressParts(steps: readonly Step[], address: bigint): readonly FieldView[] {
  const part = (name: string, msb: number, lsb: number, doc: string, group: FieldView['group']): FieldView => ({
    name,
    msb,
    lsb,
    value: bits64(address, msb, lsb),
    meaning: '',
    doc,
    absent: '',
    values: [],
    group,
  });
  const [first] = steps;
  const last = steps.at(-1);
  if (!first || !last) return [];
  const parts = steps.map(({ level, msb, lsb, index }) =>
    part(`L${level}`, msb, lsb, `index ${index} of the level ${level} table`, 2),
  );
  if (first.msb < 63) parts.unshift({ ...part('above', 63, first.msb + 1, 'above what the tables translate', 1), group: 0 });
  if (last.lsb > 0) parts.push(part('offset', last.lsb - 1, 0, last.kind === 'table' ? 'not resolved' : 'passes through', 1));
  return parts;
}

function stepView(step: Step, walk: Walk, processor: Processor, query: TranslationQuery): WalkStepView {
  const at = walk.steps.indexOf(step);
  // The stage 2 steps just before a stage 1 step are those that located it.
  const located: Step[] = [];
  for (let i = at - 1; step.stage === 1 && i >= 0 && walk.steps[i]?.of === 'descriptor'; i -= 1)
    located.unshift(walk.steps[i] as Step);
  return {
    stage: step.stage,
    level: step.level,
    table: step.tableAddress,
    index: step.index,
    msb: step.msb,
    lsb: step.lsb,
    address: step.descriptorAddress,
    physical: step.physical,
    descriptor: step.descriptor,
    kind: step.kind,
    output: step.output,
    what: whatIs(step),
    fields: step.descriptor === undefined ? [] : stepFields(step, step.descriptor, walk, processor),
    located: located.map((s) => stepView(s, walk, processor, query)),
  };
}

function whatIs({ kind, lsb }: Step): string {
  switch (kind) {
    case 'table':
      return 'next table';
    case 'block':
    case 'page':
      return `${sizeText(lsb)} ${kind}`;
    case 'invalid':
      return 'invalid';
    case 'reserved':
      return 'reserved encoding';
    case 'missing':
      return 'no memory there';
  }
}

/** Bytes of 2 to the power `bits`. */
function sizeText(bits: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  const unit = Math.min(Math.floor(bits / 10), units.length - 1);
  return `${2 ** (bits - 10 * unit)} ${units[unit]}`;
}

function stepFields(step: Step, descriptor: bigint, walk: Walk, processor: Processor): readonly FieldView[] {
  if (step.kind === 'missing') return [];
  const fields = descriptorFields({
    stage: step.stage,
    kind: step.kind,
    lsb: step.lsb,
    granule: step.granule,
    wide: step.wide,
    unprivileged: walk.regime !== 'EL2',
    forceWriteBack: processor.model.features.has('FEAT_S2FWB') && (processor.readRegister('HCR_EL2') & FWB) !== 0n,
    executionByLevel: processor.model.features.has('FEAT_XNX'),
  });
  return fields.map(({ name, msb, lsb, group, meaning }): FieldView => {
    const value = bits64(descriptor, msb, lsb);
    const said = name === 'AttrIndx' ? attrIndex(Number(value), walk, processor) : meaning(Number(value & 0xffff_ffffn));
    return { name, msb, lsb, value, meaning: said, doc: '', absent: '', values: [], group };
  });
}

const FWB = bit('HCR_EL2', 'FWB');

function attrIndex(index: number, { regime }: Walk, processor: Processor): string {
  const mair = `MAIR_EL${regime === 'EL1&0' ? 1 : 2}`;
  const byte = Number(bits64(processor.readRegister(mair), 8 * index + 7, 8 * index));
  return `Attr${index} of ${mair}: ${memoryType(byte)}`;
}

// ---- the outcome

function outcomeOf(walk: Walk, kind: 'read' | 'write' | 'fetch', level: 0 | 1 | 2, processor: Processor): WalkOutcome {
  if (walk.kind === 'translation') {
    const { pa, permissions, attributes, size } = walk;
    return {
      kind: 'translation',
      address: pa,
      ...permissions,
      memory: memoryText(attributes),
      size: size >= 64 ? '' : sizeText(size),
    };
  }
  const { fault } = walk;
  return {
    kind: 'fault',
    name: faultStatus(fault.code)?.name ?? 'Fault',
    stage: fault.stage,
    code: fault.code,
    ipa: fault.ipa,
    onWalk: fault.s1ptw,
    reasons: fault.reasons,
    abort: abortOf(walk, kind, level, processor),
  };
}

function abortOf(
  walk: Extract<Walk, { kind: 'fault' }>,
  kind: 'read' | 'write' | 'fetch',
  level: 0 | 1 | 2,
  processor: Processor,
): Extract<WalkOutcome, { kind: 'fault' }>['abort'] {
  const { target, ec, esr, far, cause } = processor.describeAbort(walk, kind, level);
  const { ipa } = walk.fault;
  return {
    to: LEVELS[target] as TranslationView['level'],
    ec,
    ecName: className(ec),
    esr,
    fields: syndromeViews(esr, target),
    far,
    hpfar: target === 2 && ipa !== undefined ? (ipa >> 12n) << 4n : undefined,
    why: cause,
  };
}

/** What each level of the regime may do there. A fault of another kind than permission is nobody's right. */
function rightsOf(walk: Walk, pan: boolean, processor: Processor): readonly RightsView[] {
  const levels = walk.regime === 'EL1&0' ? ([0, 1] as const) : walk.regime === 'EL2&0' ? ([0, 2] as const) : ([2] as const);
  const rights = levels.flatMap((level): RightsView[] => {
    const walks = (['read', 'write', 'fetch'] as const).map((kind) => processor.walk(walk.va, kind, level, { pan }));
    if (walks.some((w) => w.regime !== walk.regime)) return [];
    if (walks.some((w) => w.kind === 'fault' && faultStatus(w.fault.code)?.kind !== 'permission')) return [];
    const [read, write, execute] = walks.map((w) => w.kind === 'translation') as [boolean, boolean, boolean];
    const denied = walks.find((w) => w.kind === 'fault');
    const why = denied?.kind === 'fault' ? denied.fault.reasons : [];
    return [{ level: LEVELS[level] as TranslationView['level'], read, write, execute, why }];
  });
  return rights;
}

const SHAREABILITY = ['non-shareable', '', 'outer shareable', 'inner shareable'];

/** The memory type that comes of both stages; Device memory is outer shareable by nature. */
function memoryText({ device, attr, shareability }: Attributes): string {
  const type = memoryType(attr);
  return device ? type : `${type}, ${SHAREABILITY[shareability]}`;
}

function notesOf(
  walk: Walk,
  { access, level }: TranslationQuery,
  processor: Processor,
  { kvm }: TranslationWorld,
): readonly string[] {
  const notes: string[] = [];
  if (level === 2 && kvm)
    notes.push('EL2 is the KVM model here: no instruction runs there, and nobody has set its translation up.');
  if (access === 'ldtr' || access === 'sttr') {
    const name = access.toUpperCase();
    if ((processor.pstate & UAO) !== 0n) notes.push(`PSTATE.UAO is 1: ${name} acts with the permissions of its own level.`);
    else if (level === 1 || walk.regime === 'EL2&0') notes.push(`${name} acts with the permissions of EL0.`);
  }
  const stage1Off = walk.off.find(({ stage }) => stage === 1);
  if (stage1Off && stage1Off.reason.field !== 'DC') {
    notes.push(
      access === 'fetch'
        ? 'With stage 1 off a fetch is Normal memory, cacheable as SCTLR_ELx.I says.'
        : 'With stage 1 off data is Device-nGnRnE at stage 1: only aligned accesses.',
    );
  }
  const write = kindOf(access) === 'write';
  const unprivileged = access === 'ldtr' || access === 'sttr';
  const tags = access === 'fetch' ? undefined : processor.tags(walk, level, { write, unprivileged });
  if (tags) notes.push(tagNote(tags, write));
  return notes;
}

/** What becomes of the tags of an address in Tagged memory. */
function tagNote({ logical, allocated, effect, unchecked }: TagLook, write: boolean): string {
  const both = `Tagged memory: the granule’s allocation tag is ${logical === allocated ? `${allocated}, as is` : `${allocated},`} the address’s`;
  const tags = logical === allocated ? `${both}.` : `${both} ${logical}.`;
  if (unchecked) {
    const { register, field, value, doc } = unchecked;
    return `${tags} They are not compared: ${register === '' ? doc : `${register}.${field} = ${value}: ${doc}`}`;
  }
  if (logical === allocated) return tags;
  const atOnce = effect === 'synchronous' || (effect === 'asymmetric' && !write);
  return atOnce ? `${tags} A checked access is a Tag Check Fault.` : `${tags} A checked access is made, and noted in TFSR_ELx.`;
}

const PAN = bit('SPSR_EL1', 'PAN');
const UAO = bit('SPSR_EL1', 'UAO');

// ---- the TLB

const KINDS = [
  ['r', 'read'],
  ['w', 'write'],
  ['x', 'fetch'],
] as const;
const TLB_LEVELS: Readonly<Record<string, readonly (0 | 1 | 2)[]>> = { 'EL1&0': [1, 0], EL2: [2], 'EL2&0': [2, 0] };

/** What the processor keeps, measured against memory. */
export function tlbView(processor: Processor): TlbView {
  const entries = processor
    .tlb()
    .map((look): TlbEntryView => {
      const { va, regime, asid, vmid, current } = look;
      const levels = (TLB_LEVELS[regime] ?? []).map((el) => ({
        el,
        walks: KINDS.map(([letter, kind]) => ({ letter, ...look.walks(kind, el) })),
      }));
      const walks = levels.flatMap((level) => level.walks);
      const open = walks.map(({ kept }) => kept).find((kept) => kept.kind === 'translation');
      const any = open ?? walks[0]?.kept;
      const last = (stage: 1 | 2) => any?.steps.findLast((step) => step.stage === stage && step.of === 'address');
      const [first, second] = [last(1), last(2)];
      return {
        va,
        pa: open?.kind === 'translation' ? open.pa : undefined,
        regime,
        rights: levels.map(({ el, walks: of }) => ({
          level: LEVELS[el] as TlbEntryView['rights'][number]['level'],
          may: of.map(({ letter, kept }) => (kept.kind === 'translation' ? letter : '-')).join(''),
        })),
        asid,
        vmid,
        current,
        stage1: first ? `L${first.level}[${first.index}]` : '',
        stage2: second ? `L${second.level}[${second.index}]` : '',
        size: open?.kind === 'translation' ? sizeText(Math.min(open.size, 48)) : '',
        memory: open?.kind === 'translation' ? memoryText(open.attributes) : '',
        stale: current ? staleText(walks) : '',
      };
    })
    .sort((a, b) => (a.va < b.va ? -1 : a.va > b.va ? 1 : 0));
  return {
    entries,
    notes: [
      'What a walk has found stays in use until a TLBI drops it, whatever becomes of the descriptors in memory: an entry of which memory says something else now is stale. The model keeps pages of 4 KiB and no parts of walks, and drops all when a control register changes or there is no room for more; hardware may drop an entry at any time.',
    ],
  };
}

/** What memory says now, where that is something else. */
function staleText(walks: readonly { readonly letter: string; readonly kept: Walk; readonly memory: Walk }[]): string {
  for (const { letter, kept, memory } of walks) {
    if (kept.kind === 'translation' && memory.kind === 'fault')
      return `${letter}: memory’s tables now end in ${faultStatus(memory.fault.code)?.name ?? 'a fault'}`;
    if (kept.kind === 'fault' && memory.kind === 'translation') return `${letter}: memory’s tables now allow it`;
    if (kept.kind === 'translation' && memory.kind === 'translation') {
      if (kept.pa !== memory.pa) return `memory’s tables now lead to ${hex(memory.pa)}`;
      if (memoryText(kept.attributes) !== memoryText(memory.attributes))
        return `memory’s tables now say ${memoryText(memory.attributes)}`;
    }
  }
  return '';
}
