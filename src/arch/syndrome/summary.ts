// One plain sentence for a syndrome. Says only what the syndrome says; where the stage of a walk does not follow from the class, the level and
// the other fields, no stage is named. Knows nothing of layouts.

import { type FaultStatus, faultStatus } from '#arch/fault';
import { assertNever } from '#base';
import { EC } from './classes.ts';
import type { SyndromeFields } from './decode.ts';
import { registerText } from './decode.ts';
import { fieldValue, type SystemName, systemRegisterText, trappedInstruction } from './instruction.ts';

/** One sentence, with its full stop. */
export function summarize(syndrome: SyndromeFields, systemName: SystemName): string {
  const get = (name: string) => fieldValue(syndrome, name);
  const instruction = trappedInstruction(syndrome, systemName);
  const row = syndrome.class;
  if (row === undefined) return `Exception class 0x${hex2(syndrome.ec)} is reserved: no exception is reported with it.`;
  switch (row.ec) {
    case EC.Unknown:
      return 'An undefined instruction, or another exception that has no class of its own.';
    case EC.Wfx:
    case EC.LdcStc:
    case EC.Vmrs:
    case EC.Tstart:
    case EC.Eret:
    case EC.OtherInstruction:
      return instruction === undefined ? `${row.name}.` : `The instruction ${instruction} was trapped.`;
    case EC.McrMrcCp15:
    case EC.McrMrcCp14:
    case EC.McrrMrrcCp15:
    case EC.MrrcCp14: {
      const direction = get('Direction') === 1 ? 'A read' : 'A write';
      return `${direction} of an AArch32 System register was trapped: ${instruction}.`;
    }
    case EC.FpAccess:
      return 'An access to SME, SVE, Advanced SIMD or floating-point registers was trapped.';
    case EC.PointerAuthentication:
      return 'A pointer authentication instruction was trapped.';
    case EC.BranchTarget:
      return `An indirect branch landed where no landing pad for BTYPE ${get('BTYPE')} is.`;
    case EC.IllegalExecutionState:
      return 'An instruction was executed in an Illegal Execution state (PSTATE.IL is 1).';
    case EC.SvcAArch32:
    case EC.SvcAArch64:
      return `A supervisor call with immediate ${number(get('imm16'))}.`;
    case EC.HvcAArch32:
    case EC.HvcAArch64:
      return `A hypervisor call with immediate ${number(get('imm16'))}.`;
    case EC.SmcAArch32:
      return syndrome.el === 2 ? 'A secure monitor call from AArch32 was trapped.' : 'A secure monitor call from AArch32.';
    case EC.SmcAArch64:
      return syndrome.el === 2
        ? `A secure monitor call with immediate ${number(get('imm16'))} was trapped.`
        : `A secure monitor call with immediate ${number(get('imm16'))}.`;
    case EC.SystemRegister:
    case EC.SystemRegister128:
      return systemMove(get, instruction, systemName, row.ec === EC.SystemRegister128);
    case EC.SveAccess:
      return 'An access to SVE registers or instructions was trapped.';
    case EC.PacFail:
      return `A pointer failed its authentication with ${['instruction key A', 'instruction key B', 'data key A', 'data key B'][2 * get('DnI') + get('BnA')]}.`;
    case EC.SmeAccess:
      return `An SME access was trapped: ${sentenceEnd(meaningOf(syndrome, 'SMTC'))}`;
    case EC.GranuleProtectionCheck:
      return granuleProtection(get, syndrome);
    case EC.ImplementationDefined:
      return 'An IMPLEMENTATION DEFINED exception, with a syndrome that only the implementation explains.';
    case EC.InstructionAbortLowerEl:
    case EC.InstructionAbortSameEl:
      return `${get('S1PTW') === 1 ? 'The stage 1 walk of an instruction fetch' : 'An instruction fetch'} ${fault(get('IFSC'), stage(syndrome, get))}.`;
    case EC.PcAlignment:
      return 'The PC was not aligned to an instruction.';
    case EC.DataAbortLowerEl:
    case EC.DataAbortSameEl:
      return `${dataAccess(get)} ${fault(get('DFSC'), stage(syndrome, get))}.`;
    case EC.SpAlignment:
      return 'An access through SP was made while SP was not aligned to 16 bytes.';
    case EC.MemoryOperation:
      return `A memory ${get('MemInst') === 1 ? 'set' : 'copy'} instruction found its registers in the other format: ${instruction}.`;
    case EC.FloatingPointAArch32:
    case EC.FloatingPointAArch64:
      return floatingPoint(get);
    case EC.Gcs:
      return gcs(get, instruction);
    case EC.SError:
      return serror(syndrome, get);
    case EC.BreakpointLowerEl:
    case EC.BreakpointSameEl:
      return 'A hardware breakpoint matched.';
    case EC.SoftwareStepLowerEl:
    case EC.SoftwareStepSameEl:
      return get('EX') === 1 ? 'One instruction was stepped, a load-exclusive.' : 'One instruction was stepped.';
    case EC.WatchpointLowerEl:
    case EC.WatchpointSameEl:
      return `${get('CM') === 1 ? 'Cache maintenance' : get('WnR') === 1 ? 'A write' : 'A read'} hit ${get('WPTV') === 1 ? `watchpoint ${get('WPT')}` : 'a watchpoint'}.`;
    case EC.BkptAArch32:
    case EC.BrkAArch64:
      return `A breakpoint instruction with immediate ${number(get('Comment'))}.`;
    case EC.VectorCatch:
      return 'An AArch32 exception vector was caught.';
    case EC.Profiling:
      return `A profiling exception: ${sentenceEnd(meaningOf(syndrome, 'FSC'))}`;
    default:
      return `${row.name}.`;
  }
}

type Get = (name: string) => number;

function hex2(value: number): string {
  return value.toString(16).padStart(2, '0');
}

function number(value: number): string {
  return value < 10 ? `${value}` : `0x${value.toString(16)}`;
}

function meaningOf(syndrome: SyndromeFields, name: string): string {
  return syndrome.iss.fields.find((field) => field.name === name)?.meaning ?? '';
}

function sentenceEnd(text: string): string {
  return `${text[0]?.toLowerCase() ?? ''}${text.slice(1)}.`;
}

function systemMove(get: Get, instruction: string | undefined, systemName: SystemName, isPair: boolean): string {
  if (get('Op0') < 2) {
    return instruction === undefined ? 'A System instruction was trapped.' : `The System instruction ${instruction} was trapped.`;
  }
  const register = systemRegisterText(get, systemName);
  const rt = isPair ? `${registerText(2 * get('Rt'))} and ${registerText(2 * get('Rt') + 1)}` : registerText(get('Rt'));
  return get('Direction') === 1
    ? `A read of ${register} into ${rt} was trapped.`
    : `A write of ${rt} to ${register} was trapped.`;
}

/** The stage whose walk faulted, where the syndrome settles it. */
function stage(syndrome: SyndromeFields, get: Get): 1 | 2 | undefined {
  if (get('S1PTW') === 1) return 2;
  // EL1 and EL3 take faults of stage 1 alone, and EL2's own accesses have no stage 2.
  const isSameEl = syndrome.ec === EC.DataAbortSameEl || syndrome.ec === EC.InstructionAbortSameEl;
  if (syndrome.el !== 2 || isSameEl) return 1;
  // ESR_EL2.ISV is 1 for stage 2 aborts, and for 64-byte accesses at either stage.
  return get('ISV') === 1 && get('LST') === 0 ? 2 : undefined;
}

const SIZES = ['byte', 'halfword', 'word', 'doubleword'];

function dataAccess(get: Get): string {
  const isWrite = get('WnR') === 1;
  const through = get('VNCR') === 1 ? ' through VNCR_EL2' : '';
  if (get('CM') === 1) return 'A cache maintenance or address translation instruction';
  if (get('S1PTW') === 1) return `The stage 1 walk of a ${isWrite ? 'write' : 'read'}${through}`;
  if (get('ISV') === 0) return `A ${isWrite ? 'write' : 'read'}${through}`;
  const register = registerText(get('SRT'), get('SF') === 1 ? 'x' : 'w');
  if (get('LST') !== 0) return `A 64-byte ${isWrite ? 'store from' : 'load into'} ${register} and the seven registers after it`;
  const size = `${get('SSE') === 1 ? 'signed ' : ''}${SIZES[get('SAS')]}`;
  return `A ${isWrite ? 'store' : 'load'} of one ${size} ${isWrite ? 'from' : 'into'} ${register}${through}`;
}

/** The end of a sentence about an access: what became of it. */
function fault(code: number, stageOfWalk: 1 | 2 | undefined): string {
  const status = faultStatus(code);
  if (status === undefined) return `was refused with the reserved fault status code 0x${hex2(code)}`;
  const level = status.level === undefined ? '' : ` at level ${status.level}`;
  const entry = `${stageOfWalk === undefined ? 'table' : `stage ${stageOfWalk}`} entry${level}`;
  return consequence(status, level, entry, stageOfWalk);
}

function consequence(status: FaultStatus, level: string, entry: string, stageOfWalk: 1 | 2 | undefined): string {
  const onWalk = `on the ${stageOfWalk === undefined ? '' : `stage ${stageOfWalk} `}table walk${level}`;
  switch (status.kind) {
    case 'address-size':
      return `met an output address that is too large in the ${entry}${status.code === 0 ? ' or the table base' : ''}`;
    case 'translation':
      return stageOfWalk === undefined ? `met no valid table entry${level}` : `met no ${entry}`;
    case 'access-flag':
      return `met a clear access flag in the ${entry}`;
    case 'permission':
      return `was not permitted by the ${entry}`;
    case 'external':
      return 'was answered with a synchronous external abort';
    case 'external-on-walk':
      return `met a synchronous external abort ${onWalk}`;
    case 'parity':
      return 'met a parity or ECC error';
    case 'parity-on-walk':
      return `met a parity or ECC error ${onWalk}`;
    case 'tag-check':
      return 'failed its tag check';
    case 'alignment':
      return 'was not aligned';
    case 'granule-protection':
      return 'failed the granule protection check';
    case 'granule-protection-on-walk':
      return `failed the granule protection check ${onWalk}`;
    case 'tlb-conflict':
      return 'hit more than one TLB entry';
    case 'hardware-update':
      return 'needed a table entry updated in memory that cannot do so atomically';
    case 'lockdown':
      return 'met an IMPLEMENTATION DEFINED lockdown fault';
    case 'exclusive-or-atomic':
      return 'was exclusive or atomic, which the memory does not support';
    default:
      return assertNever(status.kind);
  }
}

function granuleProtection(get: Get, syndrome: SyndromeFields): string {
  const access =
    get('InD') === 1
      ? 'An instruction fetch'
      : get('CM') === 1
        ? 'A cache maintenance instruction'
        : get('WnR') === 1
          ? 'A write'
          : 'A read';
  return `${access} failed its granule protection check: ${meaningOf(syndrome, 'GPCSC')}.`;
}

const FLOATING_POINT = [
  ['IOF', 'invalid operation'],
  ['DZF', 'division by zero'],
  ['OFF', 'overflow'],
  ['UFF', 'underflow'],
  ['IXF', 'inexact result'],
  ['IDF', 'input denormal'],
] as const;

function floatingPoint(get: Get): string {
  const raised = FLOATING_POINT.filter(([name]) => get(name) === 1).map(([, text]) => text);
  if (get('TFV') === 0 || raised.length === 0) return 'A floating-point exception was trapped; the syndrome does not say which.';
  return `A floating-point exception was trapped: ${raised.join(', ')}.`;
}

function gcs(get: Get, instruction: string | undefined): string {
  switch (get('ExType')) {
    case 0:
      return `The Guarded Control Stack check of ${instruction ?? 'an instruction'} failed.`;
    case 1:
      return 'The Guarded Control Stack registers were written while they were locked (EXLOCK).';
    case 2:
      return `A store to the Guarded Control Stack was trapped: ${instruction}.`;
    default:
      return 'A Guarded Control Stack exception of a reserved type.';
  }
}

function serror(syndrome: SyndromeFields, get: Get): string {
  if (get('IDS') === 1) return 'An SError with an IMPLEMENTATION DEFINED syndrome.';
  if (get('DFSC') !== 0x11) return 'An uncategorized SError.';
  return `An asynchronous SError; state after the error: ${sentenceEnd(meaningOf(syndrome, 'AET'))}`;
}
