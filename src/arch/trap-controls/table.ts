// What each control of EL2 over lower Exception levels is for, and how KVM/arm64 leaves it for a guest: one line a field,
// `NAME  KVM  what it does`. KVM is `1` set for every guest, `0` clear, `?` depends, with the condition in brackets at the end of the line
// (arch/arm64/kvm: HCR_GUEST_FLAGS, vcpu_set_hcr, vcpu_set_hcrx, the setup of MDCR_EL2 and CPTR_EL2). Bits stand in the register tables, and
// so does what a control traps: neither is repeated here. Fields of which the layout depends on HCR_EL2.E2H are listed once.
export const CONTROLS = `
HCR_EL2
  TWEDEL    0  How long a trapped WFE may wait before it is trapped, when TWEDEn is set.
  TWEDEn    0  Turns the delay of TWEDEL on.
  TID5      ?  Reads of GMID_EL1 go to EL2. [no MTE in the VM]
  DCT       0  Memory is tagged while stage 1 is off under DC.
  ATA       ?  Lets EL1 and EL0 use allocation tags; while 0 the tag control registers go to EL2. [VM with MTE]
  TTLBOS    ?  EL1 TLB maintenance in its outer-shareable forms goes to EL2. [VM without TLBI OS]
  TTLBIS    0  EL1 TLB maintenance in its inner-shareable forms goes to EL2.
  EnSCXT    0  Gives EL1 and EL0 the SCXTNUM registers; while 0 they go to EL2.
  TOCU      0  Cache maintenance to the point of unification goes to EL2.
  AMVOFFEN  0  Activity monitor counters are read with EL2's offsets.
  TICAB     0  IC IALLUIS goes to EL2.
  TID4      ?  The cache geometry registers go to EL2, CTR_EL0 does not. [FEAT_EVT, and the VM has the host's CTR_EL0; otherwise TID2]
  GPF       0  Granule protection faults of EL1 and EL0 are taken to EL2.
  FIEN      0  Gives EL1 the fault injection registers; while 0 they go to EL2.
  FWB       ?  Stage 2 can force write-back memory. [FEAT_S2FWB]
  NV2       0  EL2 register accesses of a nested hypervisor become memory accesses.
  AT        0  EL1 address translation instructions go to EL2.
  NV1       0  EL1 registers that a nested non-VHE hypervisor uses go to EL2 as well.
  NV        0  What a nested hypervisor at EL1 believes to do at EL2 goes to EL2: EL2 names, _EL12 names, EL2 TLB maintenance, ERET.
  API       ?  Lets EL1 and EL0 use pointer authentication instructions; while 0 they go to EL2. [VM with pointer authentication]
  APK       ?  Gives EL1 the pointer authentication keys; while 0 they go to EL2. [VM with pointer authentication]
  TEA       ?  Synchronous External aborts of EL1 and EL0 are taken to EL2. [FEAT_RAS]
  TERR      ?  The error record registers go to EL2. [FEAT_RAS]
  TLOR      1  The LORegion registers go to EL2.
  E2H       ?  EL2 hosts an operating system: EL1 register names at EL2 reach EL2 registers. [VHE]
  ID        0  Stage 2 makes instruction fetches non-cacheable.
  CD        0  Stage 2 makes data accesses non-cacheable.
  RW        ?  EL1 is AArch64. [cleared for a 32-bit VM]
  TRVM      0  Reads of the virtual memory control registers go to EL2.
  HCD       0  HVC is UNDEFINED (only without EL3).
  TDZ       0  DC ZVA and its tag forms go to EL2.
  TGE       0  Everything that would be taken to EL1 is taken to EL2: EL0 runs under EL2.
  TVM       ?  Writes of the virtual memory control registers go to EL2. [no FEAT_S2FWB, until the guest turns MMU and caches on]
  TTLB      0  All EL1 TLB maintenance goes to EL2.
  TPU       0  Instruction cache maintenance and cleaning to the point of unification go to EL2.
  TPCP      0  Data cache maintenance by address, to coherency or persistence, goes to EL2.
  TSW       1  Cache maintenance by set and way goes to EL2.
  TACR      1  ACTLR_EL1 goes to EL2.
  TIDCP     1  The IMPLEMENTATION DEFINED register and instruction space goes to EL2.
  TSC       1  SMC goes to EL2.
  TID3      1  Reads of the feature ID registers go to EL2.
  TID2      ?  The cache geometry registers and CTR_EL0 go to EL2. [where TID4 cannot be used]
  TID1      1  Reads of REVIDR_EL1, AIDR_EL1 and SMIDR_EL1 go to EL2.
  TID0      0  Reads of the AArch32 FPSID and JIDR go to EL2.
  TWE       ?  WFE that would wait goes to EL2. [clear while nothing else wants to run on this CPU]
  TWI       ?  WFI that would wait goes to EL2. [clear while nothing else wants to run on this CPU]
  DC        0  Stage 1 is off and memory is Normal write-back.
  BSU       1  Barriers of lower levels reach at least this shareability; KVM uses inner shareable.
  FB        1  TLB and instruction cache maintenance of EL1 is broadcast.
  VSE       ?  A virtual SError is pending. [injection]
  VI        ?  A virtual IRQ is pending. [injection]
  VF        ?  A virtual FIQ is pending. [injection]
  AMO       1  Physical SErrors are taken to EL2; virtual ones are enabled.
  IMO       1  Physical IRQs are taken to EL2; virtual ones are enabled; SGI generation goes to EL2.
  FMO       1  Physical FIQs are taken to EL2; virtual ones are enabled; SGI generation goes to EL2.
  PTW       1  Stage 1 walks that reach Device memory fault at stage 2.
  SWIO      1  DC ISW behaves as DC CISW.
  VM        1  Stage 2 translation is on.

HCRX_EL2
  SRMASKEn   0  Gives EL1 the register mask registers; while 0 they go to EL2.
  PACMEn     0  PSTATE.PACM has its effect at EL1 and EL0.
  EnFPM      ?  Gives EL1 and EL0 FPMR; while 0 it goes to EL2. [VM with FPMR]
  GCSEn      0  Guarded control stacks work at EL1 and EL0.
  EnIDCP128  0  Gives EL1 the 128-bit IMPLEMENTATION DEFINED registers; while 0 they go to EL2.
  EnSDERR    0  External aborts on reads of Device memory are synchronous.
  TMEA       0  Masked synchronous External aborts are taken to EL2.
  EnSNERR    0  External aborts on reads of Normal memory are synchronous.
  D128En     0  Gives EL1 MRRS and MSRR; while 0 they go to EL2.
  PTTWI      0  A hint about the coherency of translation table walks.
  SCTLR2En   ?  Gives EL1 SCTLR2_EL1; while 0 it goes to EL2. [VM with SCTLR2]
  TCR2En     ?  Gives EL1 TCR2_EL1; while 0 it goes to EL2. [VM with TCR2]
  MSCEn      ?  Gives EL1 and EL0 the memory copy and set instructions; while 0 they are UNDEFINED. [VM with MOPS]
  MCE2       ?  Memory copy and set exceptions of EL1 are taken to EL2. [VM with MOPS]
  CMOW       0  Cache invalidation needs write permission at stage 2.
  VFNMI      0  The virtual FIQ that HCR_EL2.VF makes pending has Superpriority.
  VINMI      0  The virtual IRQ that HCR_EL2.VI makes pending has Superpriority.
  TALLINT    0  Writes that set ALLINT at EL1 go to EL2.
  SMPME      1  Streaming priorities are mapped.
  FGTnXS     0  The TLBI bits of HFGITR_EL2 leave the nXS forms alone.
  FnXS       0  EL1 TLB maintenance behaves as its nXS form.
  EnASR      ?  Gives EL1 and EL0 ST64BV; while 0 it goes to EL2. [VM with LS64_V]
  EnALS      ?  Gives EL1 and EL0 LD64B and ST64B; while 0 they go to EL2. [VM with LS64]
  EnAS0      0  Gives EL1 and EL0 ST64BV0; while 0 it goes to EL2.

MDCR_EL2
  EnSTEPOP  0  Lets EL1 step over an instruction that it supplies.
  EBWE      0  Extended breakpoints and watchpoints.
  PMEE      0  How PMU overflow is reported: interrupt or exception.
  HPMFZS    0  EL2's event counters freeze on a profiling buffer event.
  PMSSE     0  PMU snapshots.
  HPMFZO    0  EL2's event counters freeze on overflow.
  MTPME     0  Events of other threads may be counted.
  TDCC      0  The debug communication channel goes to EL2.
  HLP       0  EL2's event counters overflow at 64 bits.
  E2TB      0  Who owns the trace buffer: 0 EL2, and its registers go to EL2; 3 EL1.
  HCCD      0  The cycle counter stands still at EL2.
  TTRF      1  TRFCR_EL1 goes to EL2.
  HPMD      0  Event counters stand still at EL2.
  EnSPM     0  Gives EL1 and EL0 the system PMU; while 0 it goes to EL2.
  TPMS      1  The statistical profiling controls go to EL2.
  E2PB      0  Who owns the profiling buffer: 0 EL2, and its registers go to EL2; 3 EL1.
  TDRA      1  The debug ROM address registers go to EL2.
  TDOSA     1  The OS lock and power control registers go to EL2.
  TDA       ?  The other debug registers go to EL2. [set unless the guest uses its own breakpoints]
  TDE       ?  Debug exceptions of EL1 and EL0 are taken to EL2, and the debug registers go there. [userspace debugs the guest]
  HPME      0  EL2's event counters count.
  TPM       1  All PMU registers go to EL2.
  TPMCR     1  PMCR_EL0 goes to EL2.
  HPMN      ?  How many event counters EL1 sees. [the host's count]

CPTR_EL2
  TCPAC  0  CPACR_EL1 goes to EL2.
  TAM    1  Activity monitor registers go to EL2.
  TTA    1  Trace registers go to EL2.
  TSM    ?  SME instructions and registers go to EL2. [until the guest's state is loaded]
  TFP    ?  SIMD and floating point go to EL2. [until the guest's state is loaded]
  TZ     ?  SVE goes to EL2. [until the guest's state is loaded, or always for a VM without SVE]
  E0POE  0  Gives EL0 POR_EL0 under a host; while 0 it goes to EL2.
  SMEN   ?  SME: 0 and 2 go to EL2, 1 only from EL0 under a host, 3 nothing. [until the guest's state is loaded]
  FPEN   ?  SIMD and floating point: 0 and 2 go to EL2, 1 only from EL0 under a host, 3 nothing. [until the guest's state is loaded]
  ZEN    ?  SVE: 0 and 2 go to EL2, 1 only from EL0 under a host, 3 nothing. [until the guest's state is loaded, or always for a VM without SVE]

CNTHCTL_EL2
  CNTPMASK  0  The EL1 physical timer cannot interrupt.
  CNTVMASK  0  The EL1 virtual timer cannot interrupt.
  EVNTIS    0  The event stream takes its bit from 23:8 of the counter.
  EL1NVVCT  0  The virtual timer by its _EL02 names goes to EL2 under nested virtualization.
  EL1NVPCT  0  The physical timer by its _EL02 names goes to EL2 under nested virtualization.
  EL1TVCT   0  Reads of the virtual counter go to EL2.
  EL1TVT    0  The virtual timer goes to EL2.
  ECV       ?  The physical counter and timer of EL1 use CNTPOFF_EL2. [VHE with FEAT_ECV_POFF]
  EL1PTEN   ?  Gives EL1 and EL0 the physical timer; while 0 it goes to EL2. [VHE, and no physical offset or one that the hardware applies]
  EL1PCTEN  ?  Gives EL1 and EL0 the physical counter; while 0 it goes to EL2. [no physical offset, or one that the hardware applies]
  EL0PTEN   0  Gives EL0 under a host the physical timer; while 0 it goes to EL2.
  EL0VTEN   0  Gives EL0 under a host the virtual timer; while 0 it goes to EL2.
  EVNTI     0  Which bit of the counter makes the event stream.
  EVNTDIR   0  Whether the event comes on a rising or a falling edge.
  EVNTEN    0  The event stream is on.
  EL0VCTEN  0  Gives EL0 under a host the virtual counter; while 0 it goes to EL2.
  EL1PCEN   0  Gives EL1 and EL0 the physical timer; while 0 it goes to EL2.
  EL0PCTEN  0  Gives EL0 under a host the physical counter; while 0 it goes to EL2.

HSTR_EL2
  T0   0  AArch32 accesses to coprocessor 15 registers c0 go to EL2.
  T1   0  AArch32 accesses to coprocessor 15 registers c1 go to EL2.
  T2   0  AArch32 accesses to coprocessor 15 registers c2 go to EL2.
  T3   0  AArch32 accesses to coprocessor 15 registers c3 go to EL2.
  T5   0  AArch32 accesses to coprocessor 15 registers c5 go to EL2.
  T6   0  AArch32 accesses to coprocessor 15 registers c6 go to EL2.
  T7   0  AArch32 accesses to coprocessor 15 registers c7 go to EL2.
  T8   0  AArch32 accesses to coprocessor 15 registers c8 go to EL2.
  T9   0  AArch32 accesses to coprocessor 15 registers c9 go to EL2.
  T10  0  AArch32 accesses to coprocessor 15 registers c10 go to EL2.
  T11  0  AArch32 accesses to coprocessor 15 registers c11 go to EL2.
  T12  0  AArch32 accesses to coprocessor 15 registers c12 go to EL2.
  T13  0  AArch32 accesses to coprocessor 15 registers c13 go to EL2.
  T15  1  AArch32 accesses to coprocessor 15 registers c15, IMPLEMENTATION DEFINED, go to EL2.
`;
