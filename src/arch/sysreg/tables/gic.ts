// The GICv3 CPU interface: ICC_*, and ICH_* by which EL2 gives a virtual interface to EL1 (GIC architecture specification IHI 0069).
// The CPU interface has no memory-mapped form here: SRE, Enable, DFB and DIB are RAO/WI, so no access is refused because of them.
// The notation is that of ../notation.ts.
export const GIC = `
ICC_PMR_EL1            3 0 4 6 0     rw EL1  @FEAT_GICv3
  "Priority mask: only more urgent interrupts are signalled"
  7:0 Priority
  rw 1>2 ICH_HCR_EL2.TC=1
ICC_IAR0_EL1           3 0 12 8 0    ro EL1  @FEAT_GICv3
  "Acknowledges an interrupt of group 0"
  23:0 INTID
  r 1>2 ICH_HCR_EL2.TALL0=1
ICC_EOIR0_EL1          3 0 12 8 1    wo EL1  @FEAT_GICv3
  "Ends an interrupt of group 0"
  23:0 INTID
  w 1>2 ICH_HCR_EL2.TALL0=1
ICC_HPPIR0_EL1         3 0 12 8 2    ro EL1  @FEAT_GICv3
  "Highest priority pending interrupt of group 0"
  23:0 INTID
  r 1>2 ICH_HCR_EL2.TALL0=1
ICC_BPR0_EL1           3 0 12 8 3    rw EL1  @FEAT_GICv3
  "Binary point of group 0: where priorities divide"
  2:0 BinaryPoint
  rw 1>2 ICH_HCR_EL2.TALL0=1
ICC_AP0R<n>_EL1 n=0-3  3 0 12 8 1:n[1:0] rw EL1  @FEAT_GICv3
  "Active priorities, group 0"
  31:0 P<31:0>
  rw 1>2 ICH_HCR_EL2.TALL0=1
ICC_AP1R<n>_EL1 n=0-3  3 0 12 9 0:n[1:0] rw EL1  @FEAT_GICv3
  "Active priorities, group 1"
  63 NMI  31:0 P<31:0>
  rw 1>2 ICH_HCR_EL2.TALL1=1
ICC_NMIAR1_EL1         3 0 12 9 5    ro EL1  @FEAT_GICv3_NMI
  "Acknowledges a non-maskable interrupt of group 1"
  23:0 INTID
  r 1>2 ICH_HCR_EL2.TALL1=1
ICC_DIR_EL1            3 0 12 11 1   wo EL1  @FEAT_GICv3
  "Deactivates an interrupt"
  23:0 INTID
  w 1>2 ICH_HCR_EL2.TC=1; ICH_HCR_EL2.TDIR=1
ICC_RPR_EL1            3 0 12 11 3   ro EL1  @FEAT_GICv3
  "Running priority"
  63 NMI  62 NMI_NS  7:0 Priority
  r 1>2 ICH_HCR_EL2.TC=1
ICC_SGI1R_EL1          3 0 12 11 5   wo EL1  @FEAT_GICv3
  "Sends an SGI of group 1"
  55:48 Aff3  47:44 RS  40 IRM  39:32 Aff2  27:24 INTID  23:16 Aff1  15:0 TargetList
  w 1>2 HCR_EL2.FMO=1; HCR_EL2.IMO=1; ICH_HCR_EL2.TC=1
ICC_ASGI1R_EL1         3 0 12 11 6   wo EL1  @FEAT_GICv3
  "Sends an SGI of the other Security state's group 1"
  55:48 Aff3  47:44 RS  40 IRM  39:32 Aff2  27:24 INTID  23:16 Aff1  15:0 TargetList
  w 1>2 HCR_EL2.FMO=1; HCR_EL2.IMO=1; ICH_HCR_EL2.TC=1
ICC_SGI0R_EL1          3 0 12 11 7   wo EL1  @FEAT_GICv3
  "Sends an SGI of group 0"
  55:48 Aff3  47:44 RS  40 IRM  39:32 Aff2  27:24 INTID  23:16 Aff1  15:0 TargetList
  w 1>2 HCR_EL2.FMO=1; HCR_EL2.IMO=1; ICH_HCR_EL2.TC=1
ICC_IAR1_EL1           3 0 12 12 0   ro EL1  @FEAT_GICv3
  "Acknowledges an interrupt of group 1"
  23:0 INTID
  r 1>2 ICH_HCR_EL2.TALL1=1
ICC_EOIR1_EL1          3 0 12 12 1   wo EL1  @FEAT_GICv3
  "Ends an interrupt of group 1"
  23:0 INTID
  w 1>2 ICH_HCR_EL2.TALL1=1
ICC_HPPIR1_EL1         3 0 12 12 2   ro EL1  @FEAT_GICv3
  "Highest priority pending interrupt of group 1"
  23:0 INTID
  r 1>2 ICH_HCR_EL2.TALL1=1
ICC_BPR1_EL1           3 0 12 12 3   rw EL1  @FEAT_GICv3
  "Binary point of group 1: where priorities divide"
  2:0 BinaryPoint
  rw 1>2 ICH_HCR_EL2.TALL1=1
ICC_CTLR_EL1           3 0 12 12 4   rw EL1  @FEAT_GICv3
  "CPU interface: control and what is implemented"
  19 ExtRange  18 RSS  15 A3V  14 SEIS  13:11 IDbits  10:8 PRIbits  6 PMHE  1 EOImode  0 CBPR
  rw 1>2 ICH_HCR_EL2.TC=1
ICC_SRE_EL1            3 0 12 12 5   rw EL1  @FEAT_GICv3
  "Use of system registers for the CPU interface"
  2 DIB=1  1 DFB=1  0 SRE=1
ICC_IGRPEN0_EL1        3 0 12 12 6   rw EL1  @FEAT_GICv3
  "Enables group 0"
  0 Enable
  rw 1>2 HFGxTR_EL2.ICC_IGRPENn_EL1=1; ICH_HCR_EL2.TALL0=1
ICC_IGRPEN1_EL1        3 0 12 12 7   rw EL1  @FEAT_GICv3
  "Enables group 1"
  0 Enable
  rw 1>2 HFGxTR_EL2.ICC_IGRPENn_EL1=1; ICH_HCR_EL2.TALL1=1
ICH_AP0R<n>_EL2 n=0-3  3 4 12 8 0:n[1:0] rw EL2  @FEAT_GICv3  vncr 0x480
  "Virtual active priorities, group 0"
  31:0 P<31:0>
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
ICH_AP1R<n>_EL2 n=0-3  3 4 12 9 0:n[1:0] rw EL2  @FEAT_GICv3  vncr 0x4a0
  "Virtual active priorities, group 1"
  63 NMI  31:0 P<31:0>
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
ICC_SRE_EL2            3 4 12 9 5    rw EL2  @FEAT_GICv3
  "Use of system registers for the CPU interface"
  3 Enable=1  2 DIB=1  1 DFB=1  0 SRE=1
  rw 1>2 HCR_EL2.NV=1
ICH_HCR_EL2            3 4 12 11 0   rw EL2  @FEAT_GICv3  vncr 0x4c0
  "Virtual CPU interface: control, maintenance interrupts, traps"
  31:27 EOIcount  15 DVIM  14 TDIR  13 TSEI  12 TALL1  11 TALL0  10 TC  8 vSGIEOICount  7 VGrp1DIE  6 VGrp1EIE  5 VGrp0DIE  4 VGrp0EIE  3 NPIE
  2 LRENPIE  1 UIE  0 En
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
ICH_VTR_EL2            3 4 12 11 1   ro EL2  @FEAT_GICv3
  "Virtual CPU interface: what is implemented"
  31:29 PRIbits  28:26 PREbits  25:23 IDbits  22 SEIS  21 A3V  20 nV4  19 TDS  18 DVIM  4:0 ListRegs
  r 1>2 HCR_EL2.NV=1
ICH_MISR_EL2           3 4 12 11 2   ro EL2  @FEAT_GICv3
  "Why the maintenance interrupt is asserted"
  7 VGrp1D  6 VGrp1E  5 VGrp0D  4 VGrp0E  3 NP  2 LRENP  1 U  0 EOI
  r 1>2 HCR_EL2.NV=1
ICH_EISR_EL2           3 4 12 11 3   ro EL2  @FEAT_GICv3
  "List registers whose interrupt ended and asks for maintenance"
  15:0 Status<15:0>
  r 1>2 HCR_EL2.NV=1
ICH_ELRSR_EL2          3 4 12 11 5   ro EL2  @FEAT_GICv3
  "Empty list registers"
  15:0 Status<15:0>
  r 1>2 HCR_EL2.NV=1
ICH_VMCR_EL2           3 4 12 11 7   rw EL2  @FEAT_GICv3  vncr 0x4c8
  "Virtual CPU interface: what the guest has set"
  31:24 VPMR  23:21 VBPR0  20:18 VBPR1  9 VEOIM  4 VCBPR  3 VFIQEn  2 VAckCtl  1 VENG1  0 VENG0
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
ICH_LR<n>_EL2 n=0-15   3 4 12 110:n[3] n[2:0] rw EL2  @FEAT_GICv3  vncr 0x400
  "List register: one virtual interrupt"
  63:62 State  61 HW  60 Group  59 NMI  55:48 Priority  44:32 pINTID  31:0 vINTID
  rw 1>2 HCR_EL2.NV=1 (NV2=0)
`;
