// Names that `.arch`, `.cpu` and `.arch_extension` know. Nothing hangs on them but that a misspelt one is said.

const VERSIONS = [
  'armv8',
  'armv8-a',
  'armv8-r',
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `armv8.${n}-a`),
  'armv9-a',
  ...[1, 2, 3, 4, 5].map((n) => `armv9.${n}-a`),
];

export const ARCHITECTURES: ReadonlySet<string> = new Set(['all', ...VERSIONS]);

export const PROCESSORS: ReadonlySet<string> = new Set([
  'all',
  ...'a34 a35 a53 a55 a57 a65 a65ae a72 a73 a75 a76 a76ae a77 a78 a78ae a78c a510 a710 a715 r82 x1 x1c x2 x3 a520 a720 x4'
    .split(' ')
    .map((n) => `cortex-${n}`),
  ...'n1 n2 e1 v1 v2 512tvb'.split(' ').map((n) => `neoverse-${n}`),
  'ares',
  'exynos-m1',
  'falkor',
  'qdf24xx',
  'saphira',
  'thunderx',
  'thunderx2',
  'thunderx2t99',
  'thunderx3t110',
  'vulcan',
  'xgene1',
  'xgene2',
  'ampere1',
  'ampere1a',
  'a64fx',
  'generic',
]);

export const EXTENSIONS: ReadonlySet<string> = new Set(
  (
    'crc crypto fp fp16 fp16fml simd lse lor pan pauth ras rdma rdm rng sb sha2 sha3 sm4 aes ssbs sve sve2 sve2-aes sve2-bitperm sve2-sha3 sve2-sm4 sme sme2 sme-f64 sme-f64f64 sme-i64 sme-i16i64 sme-f16f16 ' +
    'bf16 i8mm f32mm f64mm tme memtag mops hbc cssc ls64 flagm flagm2 dotprod profile predres predres2 compnum rcpc rcpc2 rcpc3 frintts jscvt xs wfxt bti gcs the lse128 d128 chk ite rasv2 specres2 pmuv3 dit nmi csre fcma brbe'
  ).split(' '),
);
