// The instruction that a syndrome names, as text in assembler syntax where the syndrome holds enough for one. Addresses are not in a syndrome:
// they stand as `[…]`. Names of system registers and instructions come from the caller. Knows nothing of warnings or sentences.
import { EC } from './classes.ts';
import { conditionName, registerText, type SyndromeFields } from './decode.ts';

/**
 * The name of a System register (`TTBR0_EL1`) or of a System instruction (`DC CVAU`), undefined or the generic spelling where there is none.
 * `encoding` is op0, op1, CRn, CRm, op2 packed into 16 bits, 2:3:4:4:3, as KVM's ONE_REG ids pack them.
 */
export type SystemName = (encoding: number, direction: 'read' | 'write') => string | undefined;

/** The value of an ISS or ISS2 field by its name, 0 where the layout has none. */
export function fieldValue(syndrome: SyndromeFields, name: string): number {
  const named = (field: { readonly name: string }) => field.name === name;
  return (syndrome.iss.fields.find(named) ?? syndrome.iss2.fields.find(named))?.value ?? 0;
}

/** The trapped instruction, or undefined where the syndrome does not name one. */
export function trappedInstruction(syndrome: SyndromeFields, systemName: SystemName): string | undefined {
  const get = (name: string) => fieldValue(syndrome, name);
  switch (syndrome.class?.ec) {
    case EC.Wfx:
      return wfx(get);
    case EC.McrMrcCp15:
      return mcrMrc(15, get);
    case EC.McrMrcCp14:
      return mcrMrc(14, get);
    case EC.McrrMrrcCp15:
      return mcrrMrrc(15, get);
    case EC.MrrcCp14:
      return mcrrMrrc(14, get);
    case EC.LdcStc:
      return ldcStc(get);
    case EC.Vmrs:
      return vmrs(get);
    case EC.OtherInstruction:
      return ['st64bv', 'st64bv0', 'ld64b or st64b', 'tsb csync', 'psb csync'][get('ISS')];
    case EC.SvcAArch32:
    case EC.SvcAArch64:
      return `svc ${immediate(get('imm16'))}`;
    case EC.HvcAArch32:
    case EC.HvcAArch64:
      return `hvc ${immediate(get('imm16'))}`;
    case EC.SmcAArch32:
      return get('CCKNOWNPASS') === 1 ? `smc${suffix(get)}` : 'smc';
    case EC.SmcAArch64:
      return `smc ${immediate(get('imm16'))}`;
    case EC.BkptAArch32:
      return `bkpt ${immediate(get('Comment'))}`;
    case EC.BrkAArch64:
      return `brk ${immediate(get('Comment'))}`;
    case EC.SystemRegister:
      return systemInstruction(get, systemName);
    case EC.SystemRegister128:
      return systemInstruction128(get, systemName);
    case EC.Eret:
      return get('ERET') === 0 ? 'eret' : get('ERETA') === 0 ? 'eretaa' : 'eretab';
    case EC.Tstart:
      return `tstart ${registerText(get('Rd'))}`;
    case EC.DataAbortLowerEl:
    case EC.DataAbortSameEl:
      return loadOrStore(get);
    case EC.MemoryOperation:
      return memoryOperation(get);
    case EC.Gcs:
      return gcs(get);
    default:
      return undefined;
  }
}

type Get = (name: string) => number;

function immediate(value: number): string {
  return `#0x${value.toString(16)}`;
}

/** A System register by name, or in the generic spelling: `S3_0_C15_C2_0`. */
export function systemRegisterText(get: Get, systemName: SystemName): string {
  const { Op0, Op1, CRn, CRm, Op2 } = encodingOf(get);
  return nameOf(get, systemName) ?? `S${Op0}_${Op1}_C${CRn}_C${CRm}_${Op2}`;
}

function encodingOf(get: Get): Readonly<Record<'Op0' | 'Op1' | 'CRn' | 'CRm' | 'Op2', number>> {
  return { Op0: get('Op0'), Op1: get('Op1'), CRn: get('CRn'), CRm: get('CRm'), Op2: get('Op2') };
}

function nameOf(get: Get, systemName: SystemName): string | undefined {
  const { Op0, Op1, CRn, CRm, Op2 } = encodingOf(get);
  const packed = (Op0 << 14) | (Op1 << 11) | (CRn << 7) | (CRm << 3) | Op2;
  return systemName(packed, get('Direction') === 1 ? 'read' : 'write');
}

function systemInstruction(get: Get, systemName: SystemName): string | undefined {
  const { Op0, Op1, CRn, CRm, Op2 } = encodingOf(get);
  const rt = registerText(get('Rt'));
  const isRead = get('Direction') === 1;
  if (Op0 >= 2) {
    const register = systemRegisterText(get, systemName).toLowerCase();
    return isRead ? `mrs ${rt}, ${register}` : `msr ${register}, ${rt}`;
  }
  if (Op0 === 0) {
    // The MSR (immediate) forms that EL0 can be trapped on (SCTLR_EL1.UMA); the others are UNDEFINED there.
    if (isRead || CRn !== 4 || Op1 !== 3 || (Op2 !== 6 && Op2 !== 7)) return undefined;
    return `msr ${Op2 === 6 ? 'daifset' : 'daifclr'}, #0x${CRm.toString(16)}`;
  }
  const space = `#${Op1}, c${CRn}, c${CRm}, #${Op2}`;
  if (isRead) return `sysl ${rt}, ${space}`;
  // The name of an instruction has two words. Those that work on everything take no register; SYS has 31 there.
  const name = nameOf(get, systemName);
  if (name === undefined || !name.includes(' ')) return `sys ${space}${get('Rt') === 31 ? '' : `, ${rt}`}`;
  return `${name.toLowerCase()}${get('Rt') === 31 && /ALL|INJ/i.test(name) ? '' : `, ${rt}`}`;
}

function systemInstruction128(get: Get, systemName: SystemName): string | undefined {
  const { Op0, Op1, CRn, CRm, Op2 } = encodingOf(get);
  const pair = `${registerText(2 * get('Rt'))}, ${registerText(2 * get('Rt') + 1)}`;
  const isRead = get('Direction') === 1;
  if (Op0 < 2) return isRead ? undefined : `sysp #${Op1}, c${CRn}, c${CRm}, #${Op2}, ${pair}`;
  const register = systemRegisterText(get, systemName).toLowerCase();
  return isRead ? `mrrs ${pair}, ${register}` : `msrr ${register}, ${pair}`;
}

function wfx(get: Get): string {
  const mnemonic = ['wfi', 'wfe', 'wfit', 'wfet'][get('TI')] as string;
  const operand = get('TI') >= 2 && get('RV') === 1 ? ` ${registerText(get('RN'))}` : '';
  return `${mnemonic}${suffix(get)}${operand}`;
}

/** A single-register load or store, from ISV, SAS, SSE, SF, AR and WnR; undefined for a combination that no instruction has. */
function loadOrStore(get: Get): string | undefined {
  if (get('ISV') === 0) return undefined;
  const isWrite = get('WnR') === 1;
  const [size, signed, wide, ordered] = [get('SAS'), get('SSE') === 1, get('SF') === 1, get('AR') === 1];
  const width = wide ? 'x' : 'w';
  const operands = `${registerText(get('SRT'), width)}, […]`;
  const lst = get('LST');
  if (lst !== 0) {
    if (lst === 2) return `${isWrite ? 'st64b' : 'ld64b'} ${operands}`;
    return `${lst === 1 ? 'st64bv' : 'st64bv0'} ${registerText(get('Xs'))}, ${operands}`;
  }
  const letter = ['b', 'h', '', ''][size] as string;
  if (signed) {
    // Sign extension goes to a wider register than the access, and no store has it.
    if (isWrite || size === 3 || (size === 2 && !wide)) return undefined;
    return `${ordered ? 'ldapurs' : 'ldrs'}${letter || 'w'} ${operands}`;
  }
  if (wide !== (size === 3)) return undefined;
  if (ordered) return `${isWrite ? 'stlr' : 'ldar'}${letter} ${operands}`;
  return `${isWrite ? 'str' : 'ldr'}${letter} ${operands}`;
}

/** CPY* and SET*; the syndrome tells the epilogue only, prologue and main are one to it. */
function memoryOperation(get: Get): string {
  const isSet = get('MemInst') === 1;
  const [d, s, n] = [registerText(get('destreg')), registerText(get('srcreg')), registerText(get('sizereg'))];
  const stem = isSet ? (get('isSETG') === 1 ? 'setg' : 'set') : 'cpy';
  const operands = isSet ? `[${d}]!, ${n}!, ${s}` : `[${d}]!, [${s}]!, ${n}!`;
  return get('FromEpilogue') === 1 ? `${stem}e* ${operands}` : `${stem}p* or ${stem}m* ${operands}`;
}

function gcs(get: Get): string | undefined {
  if (get('ExType') === 2) return `gcsstr or gcssttr ${registerText(get('Rvalue'))}, [${registerText(get('Raddr'))}]`;
  if (get('ExType') !== 0) return undefined;
  const rn = registerText(get('Rn'));
  switch (get('IT')) {
    case 0:
      return get('Rn') === 30 ? 'ret' : `ret ${rn}`;
    case 1:
      return get('Rn') === 31 ? 'gcspopm' : `gcspopm ${rn}`;
    case 2:
      return 'retaa';
    case 3:
      return 'retab';
    case 4:
      return `gcsss1 ${rn}`;
    case 5:
      return 'gcsss2';
    case 8:
      return 'gcspopcx';
    case 9:
      return 'gcspopx';
    default:
      return undefined;
  }
}

/** The condition suffix of an AArch32 instruction: none for AL, or where the syndrome does not tell. */
function suffix(get: Get): string {
  return get('CV') === 0 || get('COND') >= 14 ? '' : conditionName(get('COND')).toLowerCase();
}

// The AArch32 registers behind the AArch64 view of X13 to X31 (Arm ARM DDI 0487 D1, mapping of the general-purpose registers between the
// Execution states): the banked copies of User, Hyp, IRQ, Supervisor, Abort, Undefined and FIQ mode.
const BANKED = 'sp lr sp lr sp lr sp lr sp lr sp r8 r9 r10 r11 r12 sp lr pc'.split(' ');

function aarch32Register(number: number): string {
  return number < 13 ? `r${number}` : (BANKED[number - 13] as string);
}

function mcrMrc(coprocessor: number, get: Get): string {
  const isRead = get('Direction') === 1;
  // MRC with register 15 writes the condition flags.
  const rt = isRead && get('Rt') === 31 ? 'APSR_nzcv' : aarch32Register(get('Rt'));
  const [opc1, crn, crm, opc2] = [get('Opc1'), get('CRn'), get('CRm'), get('Opc2')];
  return `${isRead ? 'mrc' : 'mcr'}${suffix(get)} p${coprocessor}, ${opc1}, ${rt}, c${crn}, c${crm}, ${opc2}`;
}

function mcrrMrrc(coprocessor: number, get: Get): string {
  const mnemonic = get('Direction') === 1 ? 'mrrc' : 'mcrr';
  const registers = `${aarch32Register(get('Rt'))}, ${aarch32Register(get('Rt2'))}`;
  return `${mnemonic}${suffix(get)} p${coprocessor}, ${get('Opc1')}, ${registers}, c${get('CRm')}`;
}

const VMRS_REGISTERS: Readonly<Record<number, string>> = { 0: 'FPSID', 5: 'MVFR2', 6: 'MVFR1', 7: 'MVFR0', 8: 'FPEXC' };

function vmrs(get: Get): string | undefined {
  const register = VMRS_REGISTERS[get('CRn')];
  if (register === undefined) return undefined;
  const rt = aarch32Register(get('Rt'));
  return get('Direction') === 1 ? `vmrs${suffix(get)} ${rt}, ${register}` : `vmsr${suffix(get)} ${register}, ${rt}`;
}

/** The only architected LDC and STC are those of the debug data transfer register, c5 of coprocessor 14. */
function ldcStc(get: Get): string | undefined {
  const mnemonic = `${get('Direction') === 1 ? 'ldc' : 'stc'}${suffix(get)} p14, c5`;
  const base = aarch32Register(get('Rn'));
  const isAdded = get('Offset') === 1;
  const offset = `#${isAdded ? '' : '-'}${4 * get('imm8')}`;
  switch (get('AM')) {
    case 0:
      return `${mnemonic}, [${base}], {${get('imm8')}}`;
    case 1:
      return `${mnemonic}, [${base}], ${offset}`;
    case 2:
      return `${mnemonic}, [${base}, ${offset}]`;
    case 3:
      return `${mnemonic}, [${base}, ${offset}]!`;
    case 4:
      return `${mnemonic}, [pc], {${get('imm8')}}`;
    case 6:
      return `${mnemonic}, [pc, ${offset}]`;
    default:
      return undefined;
  }
}
