// What fields of registers are for, in a sentence each, where the name does not say it: the state of the processor, system control,
// translation, timers, debug. Registers that share their fields share the sentences. Controls of EL2 over lower levels have theirs with the
// trap controls; ID registers say it with the values in their tables. Knows nothing of values.
import { assert } from '#base';

// The names of the registers, then one field a line.
const DOCS = `
SPSR_EL1 SPSR_EL2 NZCV DAIF PAN UAO DIT SSBS ALLINT SPSel CurrentEL FPSR
  N        The last result that set the flags was negative.
  Z        The last result that set the flags was zero.
  C        Carry out of an addition, or no borrow in a subtraction.
  V        The last result that set the flags overflowed as a signed number.
  TCO      Tag checks are off.
  DIT      The time of instructions does not depend on their data.
  UAO      Unprivileged loads and stores act with the rights of this level.
  PAN      Privileged accesses to pages that EL0 may access fault.
  SS       Software step: the next instruction may run before the step exception.
  IL       Illegal Execution state: the next instruction is an exception.
  ALLINT   With NMI in SCTLR of this level all its IRQs and FIQs are masked, those with Superpriority too.
  SSBS     Loads may speculate past earlier stores.
  BTYPE    How an indirect branch came here: at a guarded page it must land on a matching BTI.
  D        Watchpoint, breakpoint and software step exceptions are masked.
  A        SErrors are masked.
  I        IRQs are masked.
  F        FIQs are masked.
  M        The Exception level, and which stack pointer it uses.
  SP       Which stack pointer is in use: 0 SP_EL0, 1 the level's own.
  EL       The Exception level.
  QC       A saturating SIMD instruction has saturated.
  IDC      An input was denormal.
  IXC      A result was inexact.
  UFC      A result underflowed.
  OFC      A result overflowed.
  DZC      A number was divided by zero.
  IOC      An operation was invalid.

SCTLR_EL1 SCTLR_EL2
  TIDCP    EL0's use of IMPLEMENTATION DEFINED registers and instructions is trapped.
  SPINTMASK  With NMI, SP = 1 masks all IRQs and FIQs of this level; ALLINT is 0 after an exception to it, else 1.
  NMI      ALLINT masks all IRQs and FIQs of this level, and I and F do not mask those with Superpriority.
  EnTP2    Gives EL0 TPIDR2_EL0.
  EPAN     PAN also counts pages that EL0 may only execute.
  EnALS    Gives EL0 LD64B and ST64B.
  EnAS0    Gives EL0 ST64BV0.
  EnASR    Gives EL0 ST64BV.
  TWEDEL   How long a WFE of EL0 may wait before it is trapped.
  TWEDEn   Turns the delay of TWEDEL on.
  DSSBS    PSTATE.SSBS after an exception to this level.
  ATA      This level may use allocation tags.
  ATA0     EL0 may use allocation tags.
  TCF      What a failed tag check of this level does: nothing, a synchronous fault, a noted one, or both.
  TCF0     What a failed tag check of EL0 does.
  ITFSB    Noted tag faults are collected at exception entry.
  BT       PACIASP is no landing place for a BR that is not through X16 or X17.
  BT1      At EL1, PACIASP is no landing place for a BR that is not through X16 or X17.
  BT0      At EL0, PACIASP is no landing place for a BR that is not through X16 or X17.
  EnFPM    Gives EL0 FPMR.
  MSCEn    Gives EL0 the memory copy and set instructions.
  CMOW     EL0's cache invalidation needs write permission.
  EnIA     Pointer authentication with instruction key A.
  EnIB     Pointer authentication with instruction key B.
  EnDA     Pointer authentication with data key A.
  EnDB     Pointer authentication with data key B.
  LSMAOE   Load and store multiple behave as ordered in AArch32.
  nTLSMD   Load and store multiple to Device memory are not trapped in AArch32.
  UCI      Gives EL0 cache maintenance by address.
  EE       Byte order of data at this level, and of its translation tables.
  E0E      Byte order of data at EL0.
  SPAN     0: an exception to this level sets PSTATE.PAN; 1: it leaves it.
  EIS      Exception entry synchronises context.
  IESB     Exception entry and return take pending SErrors first.
  TSCXT    Traps EL0's use of SCXTNUM_EL0.
  WXN      What is writable is not executable.
  nTWE     WFE at EL0 is not trapped.
  nTWI     WFI at EL0 is not trapped.
  UCT      Gives EL0 CTR_EL0.
  DZE      Gives EL0 DC ZVA.
  I        Instruction fetches are cacheable.
  EOS      Exception return synchronises context.
  EnRCTX   Gives EL0 the speculation restriction instructions.
  UMA      Gives EL0 DAIF.
  SED      SETEND is disabled in AArch32.
  ITD      Most uses of IT are disabled in AArch32.
  nAA      Unaligned accesses inside 16 bytes are allowed to ordered and exclusive loads and stores.
  CP15BEN  The CP15 barriers are enabled in AArch32.
  SA0      EL0's stack pointer must be aligned to 16 when it is a base.
  SA       This level's stack pointer must be aligned to 16 when it is a base.
  C        Data accesses are cacheable.
  A        Unaligned accesses fault.
  M        Stage 1 translation is on.

TCR_EL1 TCR_EL2 VTCR_EL2
  DS       Descriptors hold 52-bit addresses (4 KiB and 16 KiB granules).
  E0PD0    EL0 may not use the lower range.
  E0PD1    EL0 may not use the upper range.
  TBID     The tag byte is ignored for data only.
  TBID0    In the lower range the tag byte is ignored for data only.
  TBID1    In the upper range the tag byte is ignored for data only.
  HPD      Table descriptors restrict nothing below them.
  HPD0     Table descriptors of the lower range restrict nothing below them.
  HPD1     Table descriptors of the upper range restrict nothing below them.
  HD       Hardware keeps the dirty state in descriptors.
  HA       Hardware sets the access flag in descriptors.
  TBI      The top byte of an address is a tag and ignored.
  TBI0     In the lower range the top byte of an address is a tag and ignored.
  TBI1     In the upper range the top byte of an address is a tag and ignored.
  AS       How many bits an ASID has.
  VS       How many bits a VMID has.
  IPS      How many bits an output address has.
  PS       How many bits an output address has.
  TG0      Granule of the lower range.
  TG1      Granule of the upper range.
  SH0      Shareability of the table walks of the lower range.
  SH1      Shareability of the table walks of the upper range.
  ORGN0    Outer cacheability of the table walks of the lower range.
  ORGN1    Outer cacheability of the table walks of the upper range.
  IRGN0    Inner cacheability of the table walks of the lower range.
  IRGN1    Inner cacheability of the table walks of the upper range.
  EPD0     Addresses of the lower range that miss the TLB fault.
  EPD1     Addresses of the upper range that miss the TLB fault.
  A1       The ASID is that of TTBR1.
  T0SZ     64 minus the bits of an address in the lower range.
  T1SZ     64 minus the bits of an address in the upper range.
  SL0      At which level the walk starts, together with SL2 and the granule.
  SL2      Makes the walk start at level -1.

TTBR0_EL1 TTBR1_EL1 TTBR0_EL2 TTBR1_EL2 VTTBR_EL2
  ASID        Address space: TLB entries that are not global belong to one.
  VMID        Virtual machine: TLB entries belong to one.
  BADDR[47:1] Address of the first table.
  CnP         The tables are the same on every processing element.

CPACR_EL1
  TTA      Trace registers are trapped to EL1.
  SMEN     SME: 0 and 2 trap it at EL1 and EL0, 1 at EL0, 3 nowhere.
  FPEN     SIMD and floating point: 0 and 2 trap it at EL1 and EL0, 1 at EL0, 3 nowhere.
  ZEN      SVE: 0 and 2 trap it at EL1 and EL0, 1 at EL0, 3 nowhere.

FPCR
  AHP      Alternative half-precision.
  DN       Results that are not numbers are the default NaN.
  FZ       Denormal numbers count as zero.
  RMode    Rounding: to nearest, up, down, towards zero.
  FZ16     Denormal half-precision numbers count as zero.

CNTP_CTL_EL0 CNTV_CTL_EL0 CNTHP_CTL_EL2 CNTHV_CTL_EL2
  ISTATUS  The condition is met: the compare value has been reached.
  IMASK    The timer's interrupt is masked.
  ENABLE   The timer is on.

CNTKCTL_EL1
  EVNTIS    The event stream takes its bit from 23:8 of the counter.
  EL0PTEN   Gives EL0 the physical timer.
  EL0VTEN   Gives EL0 the virtual timer.
  EVNTI     Which bit of the counter makes the event stream.
  EVNTDIR   Whether the event comes on a rising or a falling edge.
  EVNTEN    The event stream is on.
  EL0VCTEN  Gives EL0 the virtual counter.
  EL0PCTEN  Gives EL0 the physical counter.

MDSCR_EL1
  MDE      Breakpoints and watchpoints are on.
  KDE      Debug exceptions are also taken at the level that they come from.
  TDCC     Traps EL0's use of the debug communication channel.
  HDE      Halting debug is on.
  SS       Software step is on.

PAR_EL1
  ATTR     The memory type, as in MAIR.
  PA[47:12]  The physical address.
  PA[51:48]  The physical address, above bit 47.
  NS       1: a Non-secure address.
  SH       Shareability.
  S        The fault came from stage 2.
  PTW      Stage 2 refused the stage 1 table.
  FST      The fault status, as in ESR_ELx.
  F        Whether the translation failed.

MPIDR_EL1 VMPIDR_EL2
  Aff0     Affinity level 0: the processing element itself.
  Aff1     Affinity level 1.
  Aff2     Affinity level 2.
  Aff3     Affinity level 3.
  U        A single processor.
  MT       Affinity level 0 shares resources.

ISR_EL1
  IS       An IRQ with Superpriority is pending.
  FS       An FIQ with Superpriority is pending.
  A        An SError is pending.
  I        An IRQ is pending.
  F        An FIQ is pending.

ICC_RPR_EL1 ICC_AP1R<n>_EL1 ICH_AP1R<n>_EL2
  NMI      A non-maskable interrupt is active: nothing preempts it.
  Priority  The priority of what is active; 0xff when nothing is.

ICH_LR<n>_EL2
  NMI      The interrupt is non-maskable, in group 1: a virtual IRQ with Superpriority.

ICH_HCR_EL2
  EOIcount  Ends of interrupts that no list register held.
  TDIR     ICC_DIR_EL1 goes to EL2.
  TALL1    Group 1 registers of the CPU interface go to EL2.
  TALL0    Group 0 registers of the CPU interface go to EL2.
  TC       Registers of the CPU interface that serve both groups go to EL2.
  NPIE     Maintenance interrupt while nothing is pending.
  LRENPIE  Maintenance interrupt when an interrupt ended that no list register held.
  UIE      Maintenance interrupt when at most one list register is in use.
  En       The virtual CPU interface is on.

OSLSR_EL1
  OSLK     The OS lock is locked: debug exceptions are off.

PMCR_EL0
  N        How many event counters there are.
  DP       The cycle counter stands still where event counting is prohibited.
  C        Writing 1 resets the cycle counter.
  P        Writing 1 resets the event counters.
  E        Counters are on.
`;

const BY_REGISTER = read();

function read(): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const all = new Map<string, Map<string, string>>();
  let current: Map<string, string>[] = [];
  for (const line of DOCS.split('\n')) {
    if (line === '') continue;
    if (!line.startsWith(' ')) {
      current = line.split(' ').map((name) => {
        const docs = all.get(name) ?? new Map<string, string>();
        all.set(name, docs);
        return docs;
      });
      continue;
    }
    const match = /^ {2}(\S+) +(.*)$/.exec(line);
    assert(match !== null, `field sentence '${line}'`);
    for (const docs of current) docs.set(match[1] as string, match[2] as string);
  }
  return all;
}

/** What a field of this register is for, in a sentence; '' where nothing is said. */
export function fieldDoc(register: string, field: string): string {
  return BY_REGISTER.get(register)?.get(field) ?? '';
}

/** Every register and field that has a sentence, for the check that they exist. */
export function documentedFields(): readonly (readonly [register: string, field: string])[] {
  return [...BY_REGISTER].flatMap(([register, docs]) => [...docs.keys()].map((field) => [register, field] as const));
}
