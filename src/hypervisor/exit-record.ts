// What a hypervisor model tells of its work: one exit from trap to the guest's return, as phases of plain data in the order in which they happen.
// Logs, views and exports read these and reconstruct nothing. Knows nothing of who listens.
import type { ExceptionRecord } from '#cpu';
import type { Errno } from './kvm/errno.ts';
import type { KvmRunExit } from './kvm/kvm-run.ts';

/** One step of the hypervisor's path: the kernel function, and what it decided there, as one sentence for people. */
export interface PathStep {
  readonly function: string;
  readonly what: string;
}

/** How the hypervisor disposed of an exit: emulated it, gave the guest an exception, returned to userspace, or failed the ioctl. */
export type Outcome = 'handled' | 'injected' | 'user' | 'error';

/** Bytes that a person or a device supplied, and what became of them on the way into the register. */
export interface RegisterWrite {
  /** `x5`, `w5` for 32-bit transfers, `xzr` / `wzr` where the value was discarded. */
  readonly register: string;
  readonly old: bigint;
  readonly new: bigint;
  /** Each rule that changed the value, in order: byte order, sign extension, cut to 32 bits. */
  readonly rules: readonly { readonly rule: string; readonly value: bigint; readonly doc: string }[];
}

/** An exception given to the guest. Addresses and syndromes unsigned 64-bit; `undefined` where the exception leaves the register alone. */
export interface Injection {
  readonly function: string;
  /** Why, as one sentence. */
  readonly reason: string;
  readonly exception: 'sync' | 'irq' | 'fiq' | 'serror';
  readonly esr: bigint;
  readonly far: bigint | undefined;
  readonly elr: bigint;
  readonly spsr: bigint;
  readonly vector: bigint;
}

interface Of {
  /** vcpu id. */
  readonly vcpu: number;
  /** Number of this exit among its vCPU's, from 1; 0 for what happens before the first. */
  readonly exit: number;
}

export type ExitPhase = Of &
  (
    | { readonly kind: 'trap'; readonly exception: ExceptionRecord }
    /** The handler has done its part. `handler` is the row of the exception class. */
    | {
        readonly kind: 'handled';
        readonly handler: string;
        readonly path: readonly PathStep[];
        readonly outcome: Outcome;
        readonly errno?: Errno;
      }
    /** Memory or register contents that the handler itself gave the guest (an emulated register, a device inside the kernel). */
    | { readonly kind: 'register'; readonly write: RegisterWrite }
    /** PC and PSTATE stepped past the instruction. */
    | { readonly kind: 'skip'; readonly function: string; readonly pc: { readonly old: bigint; readonly new: bigint } }
    | { readonly kind: 'injection'; readonly injection: Injection }
    /** KVM_RUN returned to userspace. `kvm_run` is absent when userspace had overwritten the exit reason. */
    | {
        readonly kind: 'return';
        readonly ret: 0 | -1;
        readonly errno?: Errno;
        readonly kvm_run?: KvmRunExit;
        readonly message?: string;
      }
    /** The next KVM_RUN took the answer from the page. */
    | { readonly kind: 'completion'; readonly function: string; readonly what: string; readonly write?: RegisterWrite }
  );

export type ExitPhaseKind = ExitPhase['kind'];

/** Receives every phase as it happens. */
export type ExitObserver = (phase: ExitPhase) => void;
