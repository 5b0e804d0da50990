// The tables, by name, in the order in which storage is laid out and lists are shown.
import { AMU } from './amu.ts';
import { BRBE } from './brbe.ts';
import { CONTROL } from './control.ts';
import { DEBUG } from './debug.ts';
import { EL3 } from './el3.ts';
import { EXCEPTION } from './exception.ts';
import { GCS } from './gcs.ts';
import { GIC } from './gic.ts';
import { HYPERVISOR } from './hypervisor.ts';
import { ID } from './id.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { MEMORY } from './memory.ts';
import { MPAM } from './mpam.ts';
import { MTE } from './mte.ts';
import { AT_OPERATIONS } from './op-at.ts';
import { CACHE_OPERATIONS } from './op-cache.ts';
import { OTHER_OPERATIONS } from './op-other.ts';
import { TLBI_OPERATIONS } from './op-tlbi.ts';
import { PAUTH } from './pauth.ts';
import { PMU } from './pmu.ts';
import { PSTATE } from './pstate.ts';
import { PSTATE_IMMEDIATE } from './pstate-immediate.ts';
import { RAS } from './ras.ts';
import { SPE } from './spe.ts';
import { SPMU } from './spmu.ts';
import { TIMER } from './timer.ts';
import { TRACE } from './trace.ts';

/** Tables of registers. */
export const REGISTER_TABLES = {
  id: ID,
  pstate: PSTATE,
  control: CONTROL,
  memory: MEMORY,
  exception: EXCEPTION,
  hypervisor: HYPERVISOR,
  debug: DEBUG,
  timer: TIMER,
  gic: GIC,
  pmu: PMU,
  pauth: PAUTH,
  mte: MTE,
  ras: RAS,
  amu: AMU,
  mpam: MPAM,
  gcs: GCS,
  brbe: BRBE,
  spe: SPE,
  spmu: SPMU,
  trace: TRACE,
  el3: EL3,
} as const;

/** Tables of system instructions. */
export const OPERATION_TABLES = {
  at: AT_OPERATIONS,
  cache: CACHE_OPERATIONS,
  tlbi: TLBI_OPERATIONS,
  other: OTHER_OPERATIONS,
} as const;

export { INSTRUCTIONS, PSTATE_IMMEDIATE };
