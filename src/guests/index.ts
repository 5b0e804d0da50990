// The example programs of the gallery, each with the configuration and the answer rules that it is shown with. The texts stand in guests/.
import { type AnswerRule, type BoardConfig, DEFAULT_BOARD, type MachineConfig, type Project } from '#project';
import hello from '../../guests/hello.s?raw';
import idRegisters from '../../guests/id-registers.s?raw';
import impdef from '../../guests/impdef.s?raw';
import nisv from '../../guests/nisv.s?raw';
import psciOff from '../../guests/psci-off.s?raw';
import sensor from '../../guests/sensor.s?raw';
import twoCpus from '../../guests/two-cpus.s?raw';
import undefinedInstruction from '../../guests/undefined.s?raw';

/** A program of the gallery. */
export interface Guest {
  readonly id: string;
  readonly title: string;
  /** What one sees in it, in a sentence. */
  readonly about: string;
  readonly project: Project;
}

function guest(
  id: string,
  title: string,
  about: string,
  source: string,
  more: { config?: MachineConfig; rules?: readonly AnswerRule[]; board?: Partial<BoardConfig> } = {},
): Guest {
  const project: Project = {
    version: 1,
    name: `${id}.s`,
    source,
    board: { ...DEFAULT_BOARD, ...more.board },
    config: more.config ?? {},
    rules: more.rules ?? [],
    breakpoints: [],
  };
  return { id, title, about, project };
}

const NISV: MachineConfig = { capabilities: ['KVM_CAP_ARM_NISV_TO_USER'] };

/** The gallery, in the order in which it teaches; the first is what a new visitor sees. */
export const GUESTS: readonly [Guest, ...Guest[]] = [
  guest('sensor', 'A sensor nobody emulates', 'The guest reads a device that is not there. You are the device.', sensor),
  guest('hello', 'Hello over the UART', 'Every character is an exit to the PL011 in userspace.', hello),
  guest(
    'impdef',
    'An implementation-defined register',
    'S3_0_C15_C2_0 read and written; answer it, or refuse and see UNDEFINED.',
    impdef,
    {
      config: { capabilities: ['KVM_CAP_ARM_IDSR_TO_USER'] },
    },
  ),
  guest('nisv', 'A store without syndrome: refused', 'str w0, [x1], #4 to a device. KVM_RUN fails with ENOSYS.', nisv),
  guest('nisv-on', 'A store without syndrome: forwarded', 'The same with KVM_CAP_ARM_NISV_TO_USER on: you decide.', nisv, {
    config: NISV,
  }),
  guest('nisv-abort', 'A store without syndrome: aborted', 'The same with a rule that answers an external abort.', nisv, {
    config: NISV,
    rules: [{ on: 'nisv', do: 'abort' }],
  }),
  guest(
    'undefined',
    'An undefined instruction',
    "Caught by the guest's own vector: an exception, but no exit.",
    undefinedInstruction,
  ),
  guest('psci-off', 'PSCI power-off', 'Hypercalls that KVM answers, and one that ends the run.', psciOff),
  guest('two-cpus', 'Two vCPUs', 'One switches the other on; a lock, events and interrupts between them.', twoCpus, {
    board: { cpus: 2 },
  }),
  guest('id-registers', 'ID registers', 'Each read is trapped by HCR_EL2.TID3 and answered with the VM’s value.', idRegisters),
];

/** The guest with this id. */
export function guestById(id: string): Guest | undefined {
  return GUESTS.find((g) => g.id === id);
}
