// TLBI: invalidation of translations, with the range, outer-shareable and nXS forms.
// The notation is that of ../notation.ts.
export const TLBI_OPERATIONS = `
TLBI VMALLE1OS     1 0 8 1 0   EL1  @FEAT_TLBIOS  Xt: none
  "Invalidates stage 1 of EL1&0, current VMID, outer shareable"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBOS=1; HFGITR_EL2.TLBIVMALLE1OS=1
TLBI VAE1OS        1 0 8 1 1   EL1  @FEAT_TLBIOS  Xt: VA+ASID
  "Invalidates an address of EL1, outer shareable"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBOS=1; HFGITR_EL2.TLBIVAE1OS=1
TLBI ASIDE1OS      1 0 8 1 2   EL1  @FEAT_TLBIOS  Xt: ASID
  "Invalidates an ASID, outer shareable"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBOS=1; HFGITR_EL2.TLBIASIDE1OS=1
TLBI VAAE1OS       1 0 8 1 3   EL1  @FEAT_TLBIOS  Xt: VA
  "Invalidates an address of EL1, any ASID, outer shareable"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBOS=1; HFGITR_EL2.TLBIVAAE1OS=1
TLBI VALE1OS       1 0 8 1 5   EL1  @FEAT_TLBIOS  Xt: VA+ASID
  "Invalidates an address of EL1, last level, outer shareable"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBOS=1; HFGITR_EL2.TLBIVALE1OS=1
TLBI VAALE1OS      1 0 8 1 7   EL1  @FEAT_TLBIOS  Xt: VA
  "Invalidates an address of EL1, any ASID, last level, outer shareable"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBOS=1; HFGITR_EL2.TLBIVAALE1OS=1
TLBI RVAE1IS       1 0 8 2 1   EL1  @FEAT_TLBIRANGE  Xt: VA range+ASID
  "Invalidates a range of addresses of EL1, inner shareable"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBIS=1; HFGITR_EL2.TLBIRVAE1IS=1
TLBI RVAAE1IS      1 0 8 2 3   EL1  @FEAT_TLBIRANGE  Xt: VA range
  "Invalidates a range of addresses of EL1, any ASID, inner shareable"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBIS=1; HFGITR_EL2.TLBIRVAAE1IS=1
TLBI RVALE1IS      1 0 8 2 5   EL1  @FEAT_TLBIRANGE  Xt: VA range+ASID
  "Invalidates a range of addresses of EL1, last level, inner shareable"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBIS=1; HFGITR_EL2.TLBIRVALE1IS=1
TLBI RVAALE1IS     1 0 8 2 7   EL1  @FEAT_TLBIRANGE  Xt: VA range
  "Invalidates a range of addresses of EL1, any ASID, last level, inner shareable"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBIS=1; HFGITR_EL2.TLBIRVAALE1IS=1
TLBI VMALLE1IS     1 0 8 3 0   EL1  Xt: none
  "Invalidates stage 1 of EL1&0, current VMID, inner shareable"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBIS=1; HFGITR_EL2.TLBIVMALLE1IS=1
TLBI VAE1IS        1 0 8 3 1   EL1  Xt: VA+ASID
  "Invalidates an address of EL1, inner shareable"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBIS=1; HFGITR_EL2.TLBIVAE1IS=1
TLBI ASIDE1IS      1 0 8 3 2   EL1  Xt: ASID
  "Invalidates an ASID, inner shareable"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBIS=1; HFGITR_EL2.TLBIASIDE1IS=1
TLBI VAAE1IS       1 0 8 3 3   EL1  Xt: VA
  "Invalidates an address of EL1, any ASID, inner shareable"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBIS=1; HFGITR_EL2.TLBIVAAE1IS=1
TLBI VALE1IS       1 0 8 3 5   EL1  Xt: VA+ASID
  "Invalidates an address of EL1, last level, inner shareable"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBIS=1; HFGITR_EL2.TLBIVALE1IS=1
TLBI VAALE1IS      1 0 8 3 7   EL1  Xt: VA
  "Invalidates an address of EL1, any ASID, last level, inner shareable"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBIS=1; HFGITR_EL2.TLBIVAALE1IS=1
TLBI RVAE1OS       1 0 8 5 1   EL1  @FEAT_TLBIRANGE&FEAT_TLBIOS  Xt: VA range+ASID
  "Invalidates a range of addresses of EL1, outer shareable"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBOS=1; HFGITR_EL2.TLBIRVAE1OS=1
TLBI RVAAE1OS      1 0 8 5 3   EL1  @FEAT_TLBIRANGE&FEAT_TLBIOS  Xt: VA range
  "Invalidates a range of addresses of EL1, any ASID, outer shareable"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBOS=1; HFGITR_EL2.TLBIRVAAE1OS=1
TLBI RVALE1OS      1 0 8 5 5   EL1  @FEAT_TLBIRANGE&FEAT_TLBIOS  Xt: VA range+ASID
  "Invalidates a range of addresses of EL1, last level, outer shareable"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBOS=1; HFGITR_EL2.TLBIRVALE1OS=1
TLBI RVAALE1OS     1 0 8 5 7   EL1  @FEAT_TLBIRANGE&FEAT_TLBIOS  Xt: VA range
  "Invalidates a range of addresses of EL1, any ASID, last level, outer shareable"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBOS=1; HFGITR_EL2.TLBIRVAALE1OS=1
TLBI RVAE1         1 0 8 6 1   EL1  @FEAT_TLBIRANGE  Xt: VA range+ASID
  "Invalidates a range of addresses of EL1"
  x 1>2 HCR_EL2.TTLB=1; HFGITR_EL2.TLBIRVAE1=1
TLBI RVAAE1        1 0 8 6 3   EL1  @FEAT_TLBIRANGE  Xt: VA range
  "Invalidates a range of addresses of EL1, any ASID"
  x 1>2 HCR_EL2.TTLB=1; HFGITR_EL2.TLBIRVAAE1=1
TLBI RVALE1        1 0 8 6 5   EL1  @FEAT_TLBIRANGE  Xt: VA range+ASID
  "Invalidates a range of addresses of EL1, last level"
  x 1>2 HCR_EL2.TTLB=1; HFGITR_EL2.TLBIRVALE1=1
TLBI RVAALE1       1 0 8 6 7   EL1  @FEAT_TLBIRANGE  Xt: VA range
  "Invalidates a range of addresses of EL1, any ASID, last level"
  x 1>2 HCR_EL2.TTLB=1; HFGITR_EL2.TLBIRVAALE1=1
TLBI VMALLE1       1 0 8 7 0   EL1  Xt: none
  "Invalidates stage 1 of EL1&0, current VMID"
  x 1>2 HCR_EL2.TTLB=1; HFGITR_EL2.TLBIVMALLE1=1
TLBI VAE1          1 0 8 7 1   EL1  Xt: VA+ASID
  "Invalidates an address of EL1"
  x 1>2 HCR_EL2.TTLB=1; HFGITR_EL2.TLBIVAE1=1
TLBI ASIDE1        1 0 8 7 2   EL1  Xt: ASID
  "Invalidates an ASID"
  x 1>2 HCR_EL2.TTLB=1; HFGITR_EL2.TLBIASIDE1=1
TLBI VAAE1         1 0 8 7 3   EL1  Xt: VA
  "Invalidates an address of EL1, any ASID"
  x 1>2 HCR_EL2.TTLB=1; HFGITR_EL2.TLBIVAAE1=1
TLBI VALE1         1 0 8 7 5   EL1  Xt: VA+ASID
  "Invalidates an address of EL1, last level"
  x 1>2 HCR_EL2.TTLB=1; HFGITR_EL2.TLBIVALE1=1
TLBI VAALE1        1 0 8 7 7   EL1  Xt: VA
  "Invalidates an address of EL1, any ASID, last level"
  x 1>2 HCR_EL2.TTLB=1; HFGITR_EL2.TLBIVAALE1=1
TLBI VMALLE1OSNXS  1 0 9 1 0   EL1  @FEAT_TLBIOS&FEAT_XS  Xt: none
  "Invalidates stage 1 of EL1&0, current VMID, outer shareable, without XS"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBOS=1; HFGITR_EL2.TLBIVMALLE1OS=1 (HCRX_EL2.FGTnXS=0)
TLBI VAE1OSNXS     1 0 9 1 1   EL1  @FEAT_TLBIOS&FEAT_XS  Xt: VA+ASID
  "Invalidates an address of EL1, outer shareable, without XS"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBOS=1; HFGITR_EL2.TLBIVAE1OS=1 (HCRX_EL2.FGTnXS=0)
TLBI ASIDE1OSNXS   1 0 9 1 2   EL1  @FEAT_TLBIOS&FEAT_XS  Xt: ASID
  "Invalidates an ASID, outer shareable, without XS"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBOS=1; HFGITR_EL2.TLBIASIDE1OS=1 (HCRX_EL2.FGTnXS=0)
TLBI VAAE1OSNXS    1 0 9 1 3   EL1  @FEAT_TLBIOS&FEAT_XS  Xt: VA
  "Invalidates an address of EL1, any ASID, outer shareable, without XS"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBOS=1; HFGITR_EL2.TLBIVAAE1OS=1 (HCRX_EL2.FGTnXS=0)
TLBI VALE1OSNXS    1 0 9 1 5   EL1  @FEAT_TLBIOS&FEAT_XS  Xt: VA+ASID
  "Invalidates an address of EL1, last level, outer shareable, without XS"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBOS=1; HFGITR_EL2.TLBIVALE1OS=1 (HCRX_EL2.FGTnXS=0)
TLBI VAALE1OSNXS   1 0 9 1 7   EL1  @FEAT_TLBIOS&FEAT_XS  Xt: VA
  "Invalidates an address of EL1, any ASID, last level, outer shareable, without XS"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBOS=1; HFGITR_EL2.TLBIVAALE1OS=1 (HCRX_EL2.FGTnXS=0)
TLBI RVAE1ISNXS    1 0 9 2 1   EL1  @FEAT_TLBIRANGE&FEAT_XS  Xt: VA range+ASID
  "Invalidates a range of addresses of EL1, inner shareable, without XS"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBIS=1; HFGITR_EL2.TLBIRVAE1IS=1 (HCRX_EL2.FGTnXS=0)
TLBI RVAAE1ISNXS   1 0 9 2 3   EL1  @FEAT_TLBIRANGE&FEAT_XS  Xt: VA range
  "Invalidates a range of addresses of EL1, any ASID, inner shareable, without XS"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBIS=1; HFGITR_EL2.TLBIRVAAE1IS=1 (HCRX_EL2.FGTnXS=0)
TLBI RVALE1ISNXS   1 0 9 2 5   EL1  @FEAT_TLBIRANGE&FEAT_XS  Xt: VA range+ASID
  "Invalidates a range of addresses of EL1, last level, inner shareable, without XS"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBIS=1; HFGITR_EL2.TLBIRVALE1IS=1 (HCRX_EL2.FGTnXS=0)
TLBI RVAALE1ISNXS  1 0 9 2 7   EL1  @FEAT_TLBIRANGE&FEAT_XS  Xt: VA range
  "Invalidates a range of addresses of EL1, any ASID, last level, inner shareable, without XS"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBIS=1; HFGITR_EL2.TLBIRVAALE1IS=1 (HCRX_EL2.FGTnXS=0)
TLBI VMALLE1ISNXS  1 0 9 3 0   EL1  @FEAT_XS  Xt: none
  "Invalidates stage 1 of EL1&0, current VMID, inner shareable, without XS"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBIS=1; HFGITR_EL2.TLBIVMALLE1IS=1 (HCRX_EL2.FGTnXS=0)
TLBI VAE1ISNXS     1 0 9 3 1   EL1  @FEAT_XS  Xt: VA+ASID
  "Invalidates an address of EL1, inner shareable, without XS"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBIS=1; HFGITR_EL2.TLBIVAE1IS=1 (HCRX_EL2.FGTnXS=0)
TLBI ASIDE1ISNXS   1 0 9 3 2   EL1  @FEAT_XS  Xt: ASID
  "Invalidates an ASID, inner shareable, without XS"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBIS=1; HFGITR_EL2.TLBIASIDE1IS=1 (HCRX_EL2.FGTnXS=0)
TLBI VAAE1ISNXS    1 0 9 3 3   EL1  @FEAT_XS  Xt: VA
  "Invalidates an address of EL1, any ASID, inner shareable, without XS"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBIS=1; HFGITR_EL2.TLBIVAAE1IS=1 (HCRX_EL2.FGTnXS=0)
TLBI VALE1ISNXS    1 0 9 3 5   EL1  @FEAT_XS  Xt: VA+ASID
  "Invalidates an address of EL1, last level, inner shareable, without XS"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBIS=1; HFGITR_EL2.TLBIVALE1IS=1 (HCRX_EL2.FGTnXS=0)
TLBI VAALE1ISNXS   1 0 9 3 7   EL1  @FEAT_XS  Xt: VA
  "Invalidates an address of EL1, any ASID, last level, inner shareable, without XS"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBIS=1; HFGITR_EL2.TLBIVAALE1IS=1 (HCRX_EL2.FGTnXS=0)
TLBI RVAE1OSNXS    1 0 9 5 1   EL1  @FEAT_TLBIRANGE&FEAT_TLBIOS&FEAT_XS  Xt: VA range+ASID
  "Invalidates a range of addresses of EL1, outer shareable, without XS"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBOS=1; HFGITR_EL2.TLBIRVAE1OS=1 (HCRX_EL2.FGTnXS=0)
TLBI RVAAE1OSNXS   1 0 9 5 3   EL1  @FEAT_TLBIRANGE&FEAT_TLBIOS&FEAT_XS  Xt: VA range
  "Invalidates a range of addresses of EL1, any ASID, outer shareable, without XS"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBOS=1; HFGITR_EL2.TLBIRVAAE1OS=1 (HCRX_EL2.FGTnXS=0)
TLBI RVALE1OSNXS   1 0 9 5 5   EL1  @FEAT_TLBIRANGE&FEAT_TLBIOS&FEAT_XS  Xt: VA range+ASID
  "Invalidates a range of addresses of EL1, last level, outer shareable, without XS"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBOS=1; HFGITR_EL2.TLBIRVALE1OS=1 (HCRX_EL2.FGTnXS=0)
TLBI RVAALE1OSNXS  1 0 9 5 7   EL1  @FEAT_TLBIRANGE&FEAT_TLBIOS&FEAT_XS  Xt: VA range
  "Invalidates a range of addresses of EL1, any ASID, last level, outer shareable, without XS"
  x 1>2 HCR_EL2.TTLB=1; HCR_EL2.TTLBOS=1; HFGITR_EL2.TLBIRVAALE1OS=1 (HCRX_EL2.FGTnXS=0)
TLBI RVAE1NXS      1 0 9 6 1   EL1  @FEAT_TLBIRANGE&FEAT_XS  Xt: VA range+ASID
  "Invalidates a range of addresses of EL1, without XS"
  x 1>2 HCR_EL2.TTLB=1; HFGITR_EL2.TLBIRVAE1=1 (HCRX_EL2.FGTnXS=0)
TLBI RVAAE1NXS     1 0 9 6 3   EL1  @FEAT_TLBIRANGE&FEAT_XS  Xt: VA range
  "Invalidates a range of addresses of EL1, any ASID, without XS"
  x 1>2 HCR_EL2.TTLB=1; HFGITR_EL2.TLBIRVAAE1=1 (HCRX_EL2.FGTnXS=0)
TLBI RVALE1NXS     1 0 9 6 5   EL1  @FEAT_TLBIRANGE&FEAT_XS  Xt: VA range+ASID
  "Invalidates a range of addresses of EL1, last level, without XS"
  x 1>2 HCR_EL2.TTLB=1; HFGITR_EL2.TLBIRVALE1=1 (HCRX_EL2.FGTnXS=0)
TLBI RVAALE1NXS    1 0 9 6 7   EL1  @FEAT_TLBIRANGE&FEAT_XS  Xt: VA range
  "Invalidates a range of addresses of EL1, any ASID, last level, without XS"
  x 1>2 HCR_EL2.TTLB=1; HFGITR_EL2.TLBIRVAALE1=1 (HCRX_EL2.FGTnXS=0)
TLBI VMALLE1NXS    1 0 9 7 0   EL1  @FEAT_XS  Xt: none
  "Invalidates stage 1 of EL1&0, current VMID, without XS"
  x 1>2 HCR_EL2.TTLB=1; HFGITR_EL2.TLBIVMALLE1=1 (HCRX_EL2.FGTnXS=0)
TLBI VAE1NXS       1 0 9 7 1   EL1  @FEAT_XS  Xt: VA+ASID
  "Invalidates an address of EL1, without XS"
  x 1>2 HCR_EL2.TTLB=1; HFGITR_EL2.TLBIVAE1=1 (HCRX_EL2.FGTnXS=0)
TLBI ASIDE1NXS     1 0 9 7 2   EL1  @FEAT_XS  Xt: ASID
  "Invalidates an ASID, without XS"
  x 1>2 HCR_EL2.TTLB=1; HFGITR_EL2.TLBIASIDE1=1 (HCRX_EL2.FGTnXS=0)
TLBI VAAE1NXS      1 0 9 7 3   EL1  @FEAT_XS  Xt: VA
  "Invalidates an address of EL1, any ASID, without XS"
  x 1>2 HCR_EL2.TTLB=1; HFGITR_EL2.TLBIVAAE1=1 (HCRX_EL2.FGTnXS=0)
TLBI VALE1NXS      1 0 9 7 5   EL1  @FEAT_XS  Xt: VA+ASID
  "Invalidates an address of EL1, last level, without XS"
  x 1>2 HCR_EL2.TTLB=1; HFGITR_EL2.TLBIVALE1=1 (HCRX_EL2.FGTnXS=0)
TLBI VAALE1NXS     1 0 9 7 7   EL1  @FEAT_XS  Xt: VA
  "Invalidates an address of EL1, any ASID, last level, without XS"
  x 1>2 HCR_EL2.TTLB=1; HFGITR_EL2.TLBIVAALE1=1 (HCRX_EL2.FGTnXS=0)
TLBI IPAS2E1IS     1 4 8 0 1   EL2  Xt: IPA
  "Invalidates an intermediate physical address, stage 2, inner shareable"
  x 1>2 HCR_EL2.NV=1
TLBI RIPAS2E1IS    1 4 8 0 2   EL2  @FEAT_TLBIRANGE  Xt: IPA range
  "Invalidates a range of intermediate physical addresses, stage 2, inner shareable"
  x 1>2 HCR_EL2.NV=1
TLBI IPAS2LE1IS    1 4 8 0 5   EL2  Xt: IPA
  "Invalidates an intermediate physical address, stage 2, last level, inner shareable"
  x 1>2 HCR_EL2.NV=1
TLBI RIPAS2LE1IS   1 4 8 0 6   EL2  @FEAT_TLBIRANGE  Xt: IPA range
  "Invalidates a range of intermediate physical addresses, stage 2, last level, inner shareable"
  x 1>2 HCR_EL2.NV=1
TLBI ALLE2OS       1 4 8 1 0   EL2  @FEAT_TLBIOS  Xt: none
  "Invalidates all of EL2, outer shareable"
  x 1>2 HCR_EL2.NV=1
TLBI VAE2OS        1 4 8 1 1   EL2  @FEAT_TLBIOS  Xt: VA+ASID
  "Invalidates an address of EL2, outer shareable"
  x 1>2 HCR_EL2.NV=1
TLBI ALLE1OS       1 4 8 1 4   EL2  @FEAT_TLBIOS  Xt: none
  "Invalidates all of EL1, outer shareable"
  x 1>2 HCR_EL2.NV=1
TLBI VALE2OS       1 4 8 1 5   EL2  @FEAT_TLBIOS  Xt: VA+ASID
  "Invalidates an address of EL2, last level, outer shareable"
  x 1>2 HCR_EL2.NV=1
TLBI VMALLS12E1OS  1 4 8 1 6   EL2  @FEAT_TLBIOS  Xt: none
  "Invalidates both stages of the current VMID, outer shareable"
  x 1>2 HCR_EL2.NV=1
TLBI RVAE2IS       1 4 8 2 1   EL2  @FEAT_TLBIRANGE  Xt: VA range+ASID
  "Invalidates a range of addresses of EL2, inner shareable"
  x 1>2 HCR_EL2.NV=1
TLBI VMALLWS2E1IS  1 4 8 2 2   EL2  @FEAT_TLBIW  Xt: none
  "Invalidates stage 2 write permission of the current VMID, inner shareable"
  x 1>2 HCR_EL2.NV=1
TLBI RVALE2IS      1 4 8 2 5   EL2  @FEAT_TLBIRANGE  Xt: VA range+ASID
  "Invalidates a range of addresses of EL2, last level, inner shareable"
  x 1>2 HCR_EL2.NV=1
TLBI ALLE2IS       1 4 8 3 0   EL2  Xt: none
  "Invalidates all of EL2, inner shareable"
  x 1>2 HCR_EL2.NV=1
TLBI VAE2IS        1 4 8 3 1   EL2  Xt: VA+ASID
  "Invalidates an address of EL2, inner shareable"
  x 1>2 HCR_EL2.NV=1
TLBI ALLE1IS       1 4 8 3 4   EL2  Xt: none
  "Invalidates all of EL1, inner shareable"
  x 1>2 HCR_EL2.NV=1
TLBI VALE2IS       1 4 8 3 5   EL2  Xt: VA+ASID
  "Invalidates an address of EL2, last level, inner shareable"
  x 1>2 HCR_EL2.NV=1
TLBI VMALLS12E1IS  1 4 8 3 6   EL2  Xt: none
  "Invalidates both stages of the current VMID, inner shareable"
  x 1>2 HCR_EL2.NV=1
TLBI IPAS2E1OS     1 4 8 4 0   EL2  @FEAT_TLBIOS  Xt: IPA
  "Invalidates an intermediate physical address, stage 2, outer shareable"
  x 1>2 HCR_EL2.NV=1
TLBI IPAS2E1       1 4 8 4 1   EL2  Xt: IPA
  "Invalidates an intermediate physical address, stage 2"
  x 1>2 HCR_EL2.NV=1
TLBI RIPAS2E1      1 4 8 4 2   EL2  @FEAT_TLBIRANGE  Xt: IPA range
  "Invalidates a range of intermediate physical addresses, stage 2"
  x 1>2 HCR_EL2.NV=1
TLBI RIPAS2E1OS    1 4 8 4 3   EL2  @FEAT_TLBIRANGE&FEAT_TLBIOS  Xt: IPA range
  "Invalidates a range of intermediate physical addresses, stage 2, outer shareable"
  x 1>2 HCR_EL2.NV=1
TLBI IPAS2LE1OS    1 4 8 4 4   EL2  @FEAT_TLBIOS  Xt: IPA
  "Invalidates an intermediate physical address, stage 2, last level, outer shareable"
  x 1>2 HCR_EL2.NV=1
TLBI IPAS2LE1      1 4 8 4 5   EL2  Xt: IPA
  "Invalidates an intermediate physical address, stage 2, last level"
  x 1>2 HCR_EL2.NV=1
TLBI RIPAS2LE1     1 4 8 4 6   EL2  @FEAT_TLBIRANGE  Xt: IPA range
  "Invalidates a range of intermediate physical addresses, stage 2, last level"
  x 1>2 HCR_EL2.NV=1
TLBI RIPAS2LE1OS   1 4 8 4 7   EL2  @FEAT_TLBIRANGE&FEAT_TLBIOS  Xt: IPA range
  "Invalidates a range of intermediate physical addresses, stage 2, last level, outer shareable"
  x 1>2 HCR_EL2.NV=1
TLBI RVAE2OS       1 4 8 5 1   EL2  @FEAT_TLBIRANGE&FEAT_TLBIOS  Xt: VA range+ASID
  "Invalidates a range of addresses of EL2, outer shareable"
  x 1>2 HCR_EL2.NV=1
TLBI VMALLWS2E1OS  1 4 8 5 2   EL2  @FEAT_TLBIW  Xt: none
  "Invalidates stage 2 write permission of the current VMID, outer shareable"
  x 1>2 HCR_EL2.NV=1
TLBI RVALE2OS      1 4 8 5 5   EL2  @FEAT_TLBIRANGE&FEAT_TLBIOS  Xt: VA range+ASID
  "Invalidates a range of addresses of EL2, last level, outer shareable"
  x 1>2 HCR_EL2.NV=1
TLBI RVAE2         1 4 8 6 1   EL2  @FEAT_TLBIRANGE  Xt: VA range+ASID
  "Invalidates a range of addresses of EL2"
  x 1>2 HCR_EL2.NV=1
TLBI VMALLWS2E1    1 4 8 6 2   EL2  @FEAT_TLBIW  Xt: none
  "Invalidates stage 2 write permission of the current VMID"
  x 1>2 HCR_EL2.NV=1
TLBI RVALE2        1 4 8 6 5   EL2  @FEAT_TLBIRANGE  Xt: VA range+ASID
  "Invalidates a range of addresses of EL2, last level"
  x 1>2 HCR_EL2.NV=1
TLBI ALLE2         1 4 8 7 0   EL2  Xt: none
  "Invalidates all of EL2"
  x 1>2 HCR_EL2.NV=1
TLBI VAE2          1 4 8 7 1   EL2  Xt: VA+ASID
  "Invalidates an address of EL2"
  x 1>2 HCR_EL2.NV=1
TLBI ALLE1         1 4 8 7 4   EL2  Xt: none
  "Invalidates all of EL1"
  x 1>2 HCR_EL2.NV=1
TLBI VALE2         1 4 8 7 5   EL2  Xt: VA+ASID
  "Invalidates an address of EL2, last level"
  x 1>2 HCR_EL2.NV=1
TLBI VMALLS12E1    1 4 8 7 6   EL2  Xt: none
  "Invalidates both stages of the current VMID"
  x 1>2 HCR_EL2.NV=1
TLBI IPAS2E1ISNXS  1 4 9 0 1   EL2  @FEAT_XS  Xt: IPA
  "Invalidates an intermediate physical address, stage 2, inner shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI RIPAS2E1ISNXS 1 4 9 0 2   EL2  @FEAT_TLBIRANGE&FEAT_XS  Xt: IPA range
  "Invalidates a range of intermediate physical addresses, stage 2, inner shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI IPAS2LE1ISNXS 1 4 9 0 5   EL2  @FEAT_XS  Xt: IPA
  "Invalidates an intermediate physical address, stage 2, last level, inner shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI RIPAS2LE1ISNXS 1 4 9 0 6   EL2  @FEAT_TLBIRANGE&FEAT_XS  Xt: IPA range
  "Invalidates a range of intermediate physical addresses, stage 2, last level, inner shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI ALLE2OSNXS    1 4 9 1 0   EL2  @FEAT_TLBIOS&FEAT_XS  Xt: none
  "Invalidates all of EL2, outer shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI VAE2OSNXS     1 4 9 1 1   EL2  @FEAT_TLBIOS&FEAT_XS  Xt: VA+ASID
  "Invalidates an address of EL2, outer shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI ALLE1OSNXS    1 4 9 1 4   EL2  @FEAT_TLBIOS&FEAT_XS  Xt: none
  "Invalidates all of EL1, outer shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI VALE2OSNXS    1 4 9 1 5   EL2  @FEAT_TLBIOS&FEAT_XS  Xt: VA+ASID
  "Invalidates an address of EL2, last level, outer shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI VMALLS12E1OSNXS 1 4 9 1 6   EL2  @FEAT_TLBIOS&FEAT_XS  Xt: none
  "Invalidates both stages of the current VMID, outer shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI RVAE2ISNXS    1 4 9 2 1   EL2  @FEAT_TLBIRANGE&FEAT_XS  Xt: VA range+ASID
  "Invalidates a range of addresses of EL2, inner shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI VMALLWS2E1ISNXS 1 4 9 2 2   EL2  @FEAT_TLBIW&FEAT_XS  Xt: none
  "Invalidates stage 2 write permission of the current VMID, inner shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI RVALE2ISNXS   1 4 9 2 5   EL2  @FEAT_TLBIRANGE&FEAT_XS  Xt: VA range+ASID
  "Invalidates a range of addresses of EL2, last level, inner shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI ALLE2ISNXS    1 4 9 3 0   EL2  @FEAT_XS  Xt: none
  "Invalidates all of EL2, inner shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI VAE2ISNXS     1 4 9 3 1   EL2  @FEAT_XS  Xt: VA+ASID
  "Invalidates an address of EL2, inner shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI ALLE1ISNXS    1 4 9 3 4   EL2  @FEAT_XS  Xt: none
  "Invalidates all of EL1, inner shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI VALE2ISNXS    1 4 9 3 5   EL2  @FEAT_XS  Xt: VA+ASID
  "Invalidates an address of EL2, last level, inner shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI VMALLS12E1ISNXS 1 4 9 3 6   EL2  @FEAT_XS  Xt: none
  "Invalidates both stages of the current VMID, inner shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI IPAS2E1OSNXS  1 4 9 4 0   EL2  @FEAT_TLBIOS&FEAT_XS  Xt: IPA
  "Invalidates an intermediate physical address, stage 2, outer shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI IPAS2E1NXS    1 4 9 4 1   EL2  @FEAT_XS  Xt: IPA
  "Invalidates an intermediate physical address, stage 2, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI RIPAS2E1NXS   1 4 9 4 2   EL2  @FEAT_TLBIRANGE&FEAT_XS  Xt: IPA range
  "Invalidates a range of intermediate physical addresses, stage 2, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI RIPAS2E1OSNXS 1 4 9 4 3   EL2  @FEAT_TLBIRANGE&FEAT_TLBIOS&FEAT_XS  Xt: IPA range
  "Invalidates a range of intermediate physical addresses, stage 2, outer shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI IPAS2LE1OSNXS 1 4 9 4 4   EL2  @FEAT_TLBIOS&FEAT_XS  Xt: IPA
  "Invalidates an intermediate physical address, stage 2, last level, outer shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI IPAS2LE1NXS   1 4 9 4 5   EL2  @FEAT_XS  Xt: IPA
  "Invalidates an intermediate physical address, stage 2, last level, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI RIPAS2LE1NXS  1 4 9 4 6   EL2  @FEAT_TLBIRANGE&FEAT_XS  Xt: IPA range
  "Invalidates a range of intermediate physical addresses, stage 2, last level, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI RIPAS2LE1OSNXS 1 4 9 4 7   EL2  @FEAT_TLBIRANGE&FEAT_TLBIOS&FEAT_XS  Xt: IPA range
  "Invalidates a range of intermediate physical addresses, stage 2, last level, outer shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI RVAE2OSNXS    1 4 9 5 1   EL2  @FEAT_TLBIRANGE&FEAT_TLBIOS&FEAT_XS  Xt: VA range+ASID
  "Invalidates a range of addresses of EL2, outer shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI VMALLWS2E1OSNXS 1 4 9 5 2   EL2  @FEAT_TLBIW&FEAT_XS  Xt: none
  "Invalidates stage 2 write permission of the current VMID, outer shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI RVALE2OSNXS   1 4 9 5 5   EL2  @FEAT_TLBIRANGE&FEAT_TLBIOS&FEAT_XS  Xt: VA range+ASID
  "Invalidates a range of addresses of EL2, last level, outer shareable, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI RVAE2NXS      1 4 9 6 1   EL2  @FEAT_TLBIRANGE&FEAT_XS  Xt: VA range+ASID
  "Invalidates a range of addresses of EL2, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI VMALLWS2E1NXS 1 4 9 6 2   EL2  @FEAT_TLBIW&FEAT_XS  Xt: none
  "Invalidates stage 2 write permission of the current VMID, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI RVALE2NXS     1 4 9 6 5   EL2  @FEAT_TLBIRANGE&FEAT_XS  Xt: VA range+ASID
  "Invalidates a range of addresses of EL2, last level, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI ALLE2NXS      1 4 9 7 0   EL2  @FEAT_XS  Xt: none
  "Invalidates all of EL2, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI VAE2NXS       1 4 9 7 1   EL2  @FEAT_XS  Xt: VA+ASID
  "Invalidates an address of EL2, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI ALLE1NXS      1 4 9 7 4   EL2  @FEAT_XS  Xt: none
  "Invalidates all of EL1, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI VALE2NXS      1 4 9 7 5   EL2  @FEAT_XS  Xt: VA+ASID
  "Invalidates an address of EL2, last level, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI VMALLS12E1NXS 1 4 9 7 6   EL2  @FEAT_XS  Xt: none
  "Invalidates both stages of the current VMID, without XS"
  x 1>2 HCR_EL2.NV=1
TLBI ALLE3OS       1 6 8 1 0   EL3  @FEAT_TLBIOS  Xt: none
  "Invalidates all of EL3, outer shareable"
TLBI VAE3OS        1 6 8 1 1   EL3  @FEAT_TLBIOS  Xt: VA
  "Invalidates an address of EL3, outer shareable"
TLBI PAALLOS       1 6 8 1 4   EL3  @FEAT_RME  Xt: none
  "Invalidates cached granule protection, outer shareable"
TLBI VALE3OS       1 6 8 1 5   EL3  @FEAT_TLBIOS  Xt: VA
  "Invalidates an address of EL3, last level, outer shareable"
TLBI RVAE3IS       1 6 8 2 1   EL3  @FEAT_TLBIRANGE  Xt: VA range
  "Invalidates a range of addresses of EL3, inner shareable"
TLBI RVALE3IS      1 6 8 2 5   EL3  @FEAT_TLBIRANGE  Xt: VA range
  "Invalidates a range of addresses of EL3, last level, inner shareable"
TLBI ALLE3IS       1 6 8 3 0   EL3  Xt: none
  "Invalidates all of EL3, inner shareable"
TLBI VAE3IS        1 6 8 3 1   EL3  Xt: VA
  "Invalidates an address of EL3, inner shareable"
TLBI VALE3IS       1 6 8 3 5   EL3  Xt: VA
  "Invalidates an address of EL3, last level, inner shareable"
TLBI RPAOS         1 6 8 4 3   EL3  @FEAT_RME  Xt: PA range
  "Invalidates a range of granule protection, outer shareable"
TLBI RPALOS        1 6 8 4 7   EL3  @FEAT_RME  Xt: PA range
  "Invalidates a range of granule protection, last level, outer shareable"
TLBI RVAE3OS       1 6 8 5 1   EL3  @FEAT_TLBIRANGE&FEAT_TLBIOS  Xt: VA range
  "Invalidates a range of addresses of EL3, outer shareable"
TLBI RVALE3OS      1 6 8 5 5   EL3  @FEAT_TLBIRANGE&FEAT_TLBIOS  Xt: VA range
  "Invalidates a range of addresses of EL3, last level, outer shareable"
TLBI RVAE3         1 6 8 6 1   EL3  @FEAT_TLBIRANGE  Xt: VA range
  "Invalidates a range of addresses of EL3"
TLBI RVALE3        1 6 8 6 5   EL3  @FEAT_TLBIRANGE  Xt: VA range
  "Invalidates a range of addresses of EL3, last level"
TLBI ALLE3         1 6 8 7 0   EL3  Xt: none
  "Invalidates all of EL3"
TLBI VAE3          1 6 8 7 1   EL3  Xt: VA
  "Invalidates an address of EL3"
TLBI PAALL         1 6 8 7 4   EL3  @FEAT_RME  Xt: none
  "Invalidates cached granule protection"
TLBI VALE3         1 6 8 7 5   EL3  Xt: VA
  "Invalidates an address of EL3, last level"
TLBI ALLE3OSNXS    1 6 9 1 0   EL3  @FEAT_TLBIOS&FEAT_XS  Xt: none
  "Invalidates all of EL3, outer shareable, without XS"
TLBI VAE3OSNXS     1 6 9 1 1   EL3  @FEAT_TLBIOS&FEAT_XS  Xt: VA
  "Invalidates an address of EL3, outer shareable, without XS"
TLBI VALE3OSNXS    1 6 9 1 5   EL3  @FEAT_TLBIOS&FEAT_XS  Xt: VA
  "Invalidates an address of EL3, last level, outer shareable, without XS"
TLBI RVAE3ISNXS    1 6 9 2 1   EL3  @FEAT_TLBIRANGE&FEAT_XS  Xt: VA range
  "Invalidates a range of addresses of EL3, inner shareable, without XS"
TLBI RVALE3ISNXS   1 6 9 2 5   EL3  @FEAT_TLBIRANGE&FEAT_XS  Xt: VA range
  "Invalidates a range of addresses of EL3, last level, inner shareable, without XS"
TLBI ALLE3ISNXS    1 6 9 3 0   EL3  @FEAT_XS  Xt: none
  "Invalidates all of EL3, inner shareable, without XS"
TLBI VAE3ISNXS     1 6 9 3 1   EL3  @FEAT_XS  Xt: VA
  "Invalidates an address of EL3, inner shareable, without XS"
TLBI VALE3ISNXS    1 6 9 3 5   EL3  @FEAT_XS  Xt: VA
  "Invalidates an address of EL3, last level, inner shareable, without XS"
TLBI RVAE3OSNXS    1 6 9 5 1   EL3  @FEAT_TLBIRANGE&FEAT_TLBIOS&FEAT_XS  Xt: VA range
  "Invalidates a range of addresses of EL3, outer shareable, without XS"
TLBI RVALE3OSNXS   1 6 9 5 5   EL3  @FEAT_TLBIRANGE&FEAT_TLBIOS&FEAT_XS  Xt: VA range
  "Invalidates a range of addresses of EL3, last level, outer shareable, without XS"
TLBI RVAE3NXS      1 6 9 6 1   EL3  @FEAT_TLBIRANGE&FEAT_XS  Xt: VA range
  "Invalidates a range of addresses of EL3, without XS"
TLBI RVALE3NXS     1 6 9 6 5   EL3  @FEAT_TLBIRANGE&FEAT_XS  Xt: VA range
  "Invalidates a range of addresses of EL3, last level, without XS"
TLBI ALLE3NXS      1 6 9 7 0   EL3  @FEAT_XS  Xt: none
  "Invalidates all of EL3, without XS"
TLBI VAE3NXS       1 6 9 7 1   EL3  @FEAT_XS  Xt: VA
  "Invalidates an address of EL3, without XS"
TLBI VALE3NXS      1 6 9 7 5   EL3  @FEAT_XS  Xt: VA
  "Invalidates an address of EL3, last level, without XS"
`;
