// What an exit handler gives back, and the row that it stands in. Owns the shapes only.

import type { Vcpu } from './context.ts';
import type { Errno } from './errno.ts';

/** `guest`: re-enter (return 1); `user`: kvm_run is filled, KVM_RUN returns 0; otherwise KVM_RUN fails. */
export type Handled = 'guest' | 'user' | { readonly errno: Errno; readonly message: string };

/** One row of arm_exit_handlers. */
export interface ExitHandler {
  /** Exception class. */
  readonly ec: number;
  /** The kernel's function. */
  readonly function: string;
  /** What it does with a VM that is not nested, in a sentence. */
  readonly doc: string;
  handle(vcpu: Vcpu): Handled;
}
