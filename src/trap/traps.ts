// All decisions about traps on one processor, made ready for the features that it has. A processor makes one of these when it is configured.
import type { FeatureSet } from '#arch/features';
import type { Sysreg } from '#arch/sysreg';
import { type Abort, type DataAccess, dataAbort, type Fault, instructionAbort } from './aborts.ts';
import { createCompiler } from './compile.ts';
import type { ControlView, StateReader } from './control-view.ts';
import { createInstructions, type DecideInstruction } from './instructions.ts';
import { createRoutes, type Routes } from './route.ts';
import { createSystemAccess, type DecideAccess, type ImplementationDefinedAtEl0 } from './system-access.ts';

export interface Traps {
  /** MRS, MSR, SYS, MSR (immediate). */
  readonly access: DecideAccess;
  /** Instructions that are no such access. */
  readonly instruction: DecideInstruction;
  /** Where exceptions go that no trap decided. */
  readonly route: Routes;
  readonly dataAbort: (view: ControlView, fault: Fault, access: DataAccess) => Abort;
  readonly instructionAbort: (view: ControlView, fault: Fault) => Abort;
  /** Effective HCR_EL2.E2H: 0 without FEAT_VHE or EL2. */
  readonly e2h: StateReader;
  /** Effective HCR_EL2.TGE: 0 without EL2. */
  readonly tge: StateReader;
}

/** `absent`: why the processor does not have a register that its features would bring (an element past the last of an array). */
export function createTraps(
  features: FeatureSet,
  absent: (row: Sysreg) => string | undefined = () => undefined,
  atEl0: ImplementationDefinedAtEl0 = 'undefined',
): Traps {
  const compiler = createCompiler(features);
  const route = createRoutes(features);
  return {
    access: createSystemAccess(compiler, route, absent, atEl0),
    instruction: createInstructions(compiler),
    route,
    dataAbort: (view, fault, access) => dataAbort(route, view, fault, access),
    instructionAbort: (view, fault) => instructionAbort(route, view, fault),
    e2h: compiler.states.E2H,
    tge: compiler.states.TGE,
  };
}
