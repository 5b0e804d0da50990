// Which Exception level takes an exception that no trap decided: synchronous ones by where they come from and HCR_EL2.TGE, debug exceptions
// by MDCR_EL2.TDE too, interrupts and SErrors by HCR_EL2.IMO, FMO, AMO (Arm ARM DDI 0487, D1.3; pseudocode AArch64.TakeException callers,
// AArch64.SoftwareBreakpoint). Knows nothing of masking, nor of syndromes.
import type { FeatureSet } from '#arch/features';
import { becauseField, type Cause } from './cause.ts';
import { bitAt, type ControlView, readBit, stateReaders } from './control-view.ts';

/** Where an exception goes, and the fact that moved it there ([] when it goes where its level's exceptions go). */
export interface Route {
  readonly target: 1 | 2;
  readonly cause: Cause;
}

export interface Routes {
  /** UNDEFINED, SVC that is not trapped, alignment faults, Illegal Execution state and all others without controls of their own. */
  sync(view: ControlView): Route;
  /** Breakpoints, watchpoints, software step, BRK. */
  debug(view: ControlView): Route;
  /** Synchronous External aborts. */
  external(view: ControlView): Route;
  /** A physical interrupt or SError, if it is taken: it never goes to a lower level than the current one. */
  async(view: ControlView, kind: 'irq' | 'fiq' | 'serror'): Route;
}

export function createRoutes(features: FeatureSet): Routes {
  const { TGE } = stateReaders(features);
  const hasEl2 = features.has('EL2');
  const tde = bitAt('MDCR_EL2', 'TDE');
  const tea = features.has('FEAT_RAS') ? bitAt('HCR_EL2', 'TEA') : undefined;
  const masks = { irq: 'IMO', fiq: 'FMO', serror: 'AMO' } as const;
  const maskBits = { irq: bitAt('HCR_EL2', 'IMO'), fiq: bitAt('HCR_EL2', 'FMO'), serror: bitAt('HCR_EL2', 'AMO') };
  const toEl2 = (register: string, field: string, rule: string, doc: string): Route => ({
    target: 2,
    cause: becauseField(register, field, 1, rule, doc),
  });
  const own = (view: ControlView): Route => ({ target: view.el === 2 ? 2 : 1, cause: [] });
  const host = (view: ControlView): Route | undefined =>
    view.el < 2 && TGE(view) === 1
      ? toEl2('HCR_EL2', 'TGE', 'route HCR_EL2.TGE=1', 'Exceptions that would go to EL1 are taken to EL2.')
      : undefined;

  return {
    sync: (view) => host(view) ?? own(view),
    debug: (view) => {
      if (view.el < 2 && hasEl2 && readBit(view, tde) === 1 && TGE(view) === 0) {
        return toEl2('MDCR_EL2', 'TDE', 'route MDCR_EL2.TDE=1', 'Debug exceptions at EL0 and EL1 are taken to EL2.');
      }
      return host(view) ?? own(view);
    },
    external: (view) => {
      if (view.el < 2 && hasEl2 && tea !== undefined && readBit(view, tea) === 1 && TGE(view) === 0) {
        return toEl2('HCR_EL2', 'TEA', 'route HCR_EL2.TEA=1', 'Synchronous External aborts at EL0 and EL1 are taken to EL2.');
      }
      return host(view) ?? own(view);
    },
    async: (view, kind) => {
      if (view.el < 2 && hasEl2 && TGE(view) === 0 && readBit(view, maskBits[kind]) === 1) {
        const what = kind === 'serror' ? 'SErrors' : `${kind.toUpperCase()}s`;
        return toEl2('HCR_EL2', masks[kind], `route HCR_EL2.${masks[kind]}=1`, `Physical ${what} are taken to EL2.`);
      }
      return host(view) ?? own(view);
    },
  };
}
