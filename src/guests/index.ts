// The example programs of the gallery, each with the configuration and the answer rules that it is shown with. Programs, configurations and
// answers stand as files in guests/, for the command line too; here they get their titles, and the arguments their positions.
import { type AnswerRule, type BoardConfig, DEFAULT_BOARD, type MachineConfig, type Project } from '#project';
import hello from '../../guests/hello.s?raw';
import idRegisters from '../../guests/id-registers.s?raw';
import idWrites from '../../guests/id-writes.s?raw';
import idFirstWrite from '../../guests/id-writes-first-write.config.json?raw';
import idLowered from '../../guests/id-writes-lowered.config.json?raw';
import idsrOn from '../../guests/impdef.config.json?raw';
import impdef from '../../guests/impdef.s?raw';
import answersOfEach from '../../guests/impdef-answers.answers.json?raw';
import impdefAnswers from '../../guests/impdef-answers.s?raw';
import impdefEl0 from '../../guests/impdef-el0.s?raw';
import el0Trap from '../../guests/impdef-el0-trap.config.json?raw';
import idsrPosted from '../../guests/impdef-posted.config.json?raw';
import nisv from '../../guests/nisv.s?raw';
import nisvAbort from '../../guests/nisv-abort.answers.json?raw';
import nisvDecode from '../../guests/nisv-decode.answers.json?raw';
import nisvOn from '../../guests/nisv-on.config.json?raw';
import nisvProtected from '../../guests/nisv-protected.config.json?raw';
import nisvRace from '../../guests/nisv-race.s?raw';
import nisvReplaced from '../../guests/nisv-race-replaced.config.json?raw';
import nisvScript from '../../guests/nisv-script.config.json?raw';
import psciOff from '../../guests/psci-off.s?raw';
import sensor from '../../guests/sensor.s?raw';
import staleTlb from '../../guests/stale-tlb.s?raw';
import twoCpus from '../../guests/two-cpus.s?raw';
import undefinedInstruction from '../../guests/undefined.s?raw';

/** Something that kernel people argued about in the open. */
export type Argument = 'implementation-defined registers' | 'accesses without syndrome' | 'writable ID registers';

/** A program of the gallery. Guests of one text and one argument are its positions. */
export interface Guest {
  readonly id: string;
  readonly title: string;
  /** What one sees in it, in a sentence. */
  readonly about: string;
  readonly argument: Argument | undefined;
  readonly project: Project;
}

interface More {
  readonly argument?: Argument;
  /** Texts of files that the command line takes with --config and --answers. */
  readonly config?: string;
  readonly answers?: string;
  readonly board?: Partial<BoardConfig>;
}

function guest(id: string, file: string, title: string, about: string, source: string, more: More = {}): Guest {
  const project: Project = {
    version: 1,
    name: `${file}.s`,
    source,
    board: { ...DEFAULT_BOARD, ...more.board },
    config: more.config === undefined ? {} : (JSON.parse(more.config) as MachineConfig),
    rules: more.answers === undefined ? [] : (JSON.parse(more.answers) as { rules: readonly AnswerRule[] }).rules,
    breakpoints: [],
  };
  return { id, title, about, argument: more.argument, project };
}

const IMPDEF = { argument: 'implementation-defined registers' } as const;
const NISV = { argument: 'accesses without syndrome' } as const;
const ID = { argument: 'writable ID registers' } as const;

/** The gallery, in the order in which it teaches; the first is what a new visitor sees. */
export const GUESTS: readonly [Guest, ...Guest[]] = [
  guest(
    'sensor',
    'sensor',
    'A sensor nobody emulates',
    'The guest reads a device that is not there. You are the device.',
    sensor,
  ),
  guest('hello', 'hello', 'Hello over the UART', 'Every character is an exit to the PL011 in userspace.', hello),
  guest(
    'undefined',
    'undefined',
    'An undefined instruction',
    "Caught by the guest's own vector: an exception, but no exit.",
    undefinedInstruction,
  ),
  guest('psci-off', 'psci-off', 'PSCI power-off', 'Hypercalls that KVM answers, and one that ends the run.', psciOff),
  guest('two-cpus', 'two-cpus', 'Two vCPUs', 'One switches the other on; a lock, events and interrupts between them.', twoCpus, {
    board: { cpus: 2 },
  }),
  guest(
    'stale-tlb',
    'stale-tlb',
    'A forgotten TLBI',
    'The descriptor has changed and the page has not: the TLB keeps what the walk found.',
    staleTlb,
  ),
  guest(
    'id-registers',
    'id-registers',
    'ID registers',
    'Each read is trapped by HCR_EL2.TID3 and answered with the VM’s value.',
    idRegisters,
  ),

  guest(
    'impdef',
    'impdef',
    'An implementation-defined register: you answer',
    'The version that the review asks for. Answer S3_0_C15_C2_0, or refuse: UNDEFINED, and x4 is as it was.',
    impdef,
    { ...IMPDEF, config: idsrOn },
  ),
  guest(
    'impdef-kernel',
    'impdef',
    'An implementation-defined register: KVM alone',
    'The kernel’s default: UNDEFINED in the guest, and userspace never hears of it.',
    impdef,
    IMPDEF,
  ),
  guest(
    'impdef-posted',
    'impdef',
    'An implementation-defined register: as posted',
    'The patch as it was posted: x4 is overwritten before the answer. Refuse, and see that it was.',
    impdef,
    { ...IMPDEF, config: idsrPosted },
  ),
  guest(
    'impdef-answers',
    'impdef-answers',
    'Implementation-defined registers: an answer for each',
    'RAZ/WI, a constant, 64-bit storage by rules; for the fourth you are asked.',
    impdefAnswers,
    { ...IMPDEF, config: idsrOn, answers: answersOfEach },
  ),
  guest(
    'impdef-el0',
    'impdef-el0',
    'Implementation-defined registers at EL0: UNDEFINED',
    'UNDEFINED at EL1 at once: an exception, and no exit. With SCTLR_EL1.TIDCP the guest’s kernel takes it.',
    impdefEl0,
    IMPDEF,
  ),
  guest(
    'impdef-el0-trap',
    'impdef-el0',
    'Implementation-defined registers at EL0: trapped',
    'Trapped to EL2 by HCR_EL2.TIDCP, where KVM gives the guest the UNDEF.',
    impdefEl0,
    { ...IMPDEF, config: el0Trap },
  ),

  guest(
    'nisv',
    'nisv',
    'A store without syndrome: refused',
    'The kernel’s default: KVM_RUN fails with ENOSYS, and the VMM dumps the registers and ends.',
    nisv,
    NISV,
  ),
  guest(
    'nisv-on',
    'nisv',
    'A store without syndrome: forwarded',
    'With KVM_CAP_ARM_NISV_TO_USER you decide: abort, skip, or decode.',
    nisv,
    { ...NISV, config: nisvOn },
  ),
  guest(
    'nisv-abort',
    'nisv',
    'A store without syndrome: aborted',
    'What QEMU does: ext_dabt_pending, and the guest takes an external abort.',
    nisv,
    { ...NISV, config: nisvOn, answers: nisvAbort },
  ),
  guest(
    'nisv-protected',
    'nisv',
    'A store without syndrome: in a protected VM',
    'pKVM may not look: KVM itself gives the guest the external abort.',
    nisv,
    { ...NISV, config: nisvProtected },
  ),
  guest(
    'nisv-decode',
    'nisv',
    'A store without syndrome: decoded in userspace',
    'Userspace reads the instruction through the guest’s tables and emulates the store; the device keeps it.',
    nisv,
    { ...NISV, config: nisvOn, answers: nisvDecode },
  ),
  guest(
    'nisv-script',
    'nisv',
    'A store without syndrome: replaced by a script',
    'A shortcut for lessons: the store becomes a load between the trap and userspace’s read.',
    nisv,
    { ...NISV, config: nisvScript, answers: nisvDecode },
  ),
  guest(
    'nisv-race',
    'nisv-race',
    'The race of decoding: userspace is first',
    'Two vCPUs. Userspace reads the instruction before the other vCPU runs: the one that trapped.',
    nisvRace,
    { ...NISV, config: nisvOn, answers: nisvDecode, board: { cpus: 2 } },
  ),
  guest(
    'nisv-race-replaced',
    'nisv-race',
    'The race of decoding: the other vCPU is first',
    'The other vCPU runs in between and replaces the store by a load: userspace emulates what never trapped.',
    nisvRace,
    { ...NISV, config: nisvReplaced, answers: nisvDecode, board: { cpus: 2 } },
  ),

  guest(
    'id-writes',
    'id-writes',
    'Writable ID registers: as KVM makes them',
    'Write one in the view of ID registers, run, and write again: EBUSY, they froze at the first run.',
    idWrites,
    ID,
  ),
  guest(
    'id-writes-lowered',
    'id-writes',
    'Writable ID registers: two fields lowered',
    'With PAN = 1 AT S1E1RP is UNDEFINED; with DIT = 0 nothing is: PSTATE.DIT still works.',
    idWrites,
    { ...ID, config: idLowered },
  ),
  guest(
    'id-writes-first-write',
    'id-writes',
    'Writable ID registers: frozen by the first write',
    'The proposal: once the VMM has set PC, before anything has run, a write is EBUSY.',
    idWrites,
    { ...ID, config: idFirstWrite },
  ),
];

/** The guest with this id. */
export function guestById(id: string): Guest | undefined {
  return GUESTS.find((g) => g.id === id);
}

/** The positions of a text's argument: guests with this text; none when it is no argument's. */
export function positionsOf(source: string): readonly Guest[] {
  return GUESTS.filter((g) => g.argument !== undefined && g.project.source === source);
}
