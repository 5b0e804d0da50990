// Names that `.arch`, `.cpu` and `.arch_extension` know, and the features that they bring. As GNU as: until one of them is met everything is
// accepted; then what was not asked for is refused, instruction by instruction. Knows nothing of statements.

const VERSIONS = [
  'armv8',
  'armv8-a',
  'armv8-r',
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `armv8.${n}-a`),
  'armv9-a',
  ...[1, 2, 3, 4, 5, 6, 7].map((n) => `armv9.${n}-a`),
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
  'xgene-1',
  'xgene2',
  'ampere1',
  'ampere1a',
  'a64fx',
  'generic',
]);

export const EXTENSIONS: ReadonlySet<string> = new Set(
  (
    'crc crypto fp fp16 fp16fml simd lse lor pan pauth ras rdma rdm rng sb sha2 sha3 sm4 aes ssbs sve sve2 sve2-aes sve2-bitperm sve2-sha3 sve2-sm4 sme sme2 sme-f64 sme-f64f64 sme-i64 sme-i16i64 sme-f16f16 ' +
    'bf16 i8mm f32mm f64mm tme memtag mops hbc cssc ls64 flagm flagm2 dotprod profile predres predres2 compnum rcpc rcpc2 rcpc3 frintts jscvt xs wfxt bti gcs the lse128 d128 chk ite rasv2 specres2 pmuv3 dit nmi csre fcma brbe ' +
    'cpa pauth-lr cmpbr lsui pops occmo pcdphint mops-go lscp tev poe2 faminmax fp8 fp8fma fp8dot2 fp8dot4 lut sve2p1 sve2p2 sve-b16b16 sme2p1 sme2p2 sme-lutv2 sme-b16b16 sme-f8f16 sme-f8f32 ' +
    'ssve-fp8fma ssve-fp8dot2 ssve-fp8dot4 fprcvt lsfe tlbid mtetc gcie btie'
  ).split(' '),
);

/** The first version of the architecture that has a feature without asking, and the extensions that bring it. */
interface Origin {
  /** As 8.4 is 84; from Armv9.0 on as Armv8.5 is counted, version by version. Absent: only by extension. */
  readonly since?: number;
  readonly by: readonly string[];
  /** The first version that the extensions can be asked for with. */
  readonly from?: number;
}

/** Features of instructions' rows. One that is not here has no name for `.arch_extension`, and is refused once a version was chosen. */
const ORIGINS: Readonly<Record<string, Origin>> = {
  FEAT_LSE: { since: 81, by: ['lse'] },
  FEAT_LOR: { since: 81, by: ['lor'] },
  FEAT_CRC32: { since: 81, by: ['crc'] },
  FEAT_PAuth: { since: 83, by: ['pauth'] },
  FEAT_LRCPC: { since: 83, by: ['rcpc', 'rcpc2', 'rcpc3'] },
  FEAT_LRCPC2: { since: 84, by: ['rcpc2', 'rcpc3'] },
  FEAT_FlagM: { since: 84, by: ['flagm', 'flagm2'] },
  FEAT_FlagM2: { since: 85, by: ['flagm2'] },
  FEAT_SB: { since: 85, by: ['sb'] },
  FEAT_XS: { since: 87, by: ['xs'] },
  FEAT_WFxT: { since: 87, by: ['wfxt'] },
  FEAT_LS64: { since: 87, by: ['ls64'] },
  FEAT_LS64_V: { since: 87, by: ['ls64'] },
  FEAT_LS64_ACCDATA: { since: 87, by: ['ls64'] },
  FEAT_MOPS: { since: 88, by: ['mops'] },
  FEAT_HBC: { since: 88, by: ['hbc'] },
  FEAT_CSSC: { since: 89, by: ['cssc'] },
  FEAT_MTE: { by: ['memtag'], from: 85 },
  FEAT_MTE2: { by: ['memtag'], from: 85 },
  FEAT_TME: { by: ['tme'] },
  FEAT_FP: { since: 80, by: ['fp', 'simd', 'fp16', 'sve', 'sve2', 'sme'] },
  FEAT_AdvSIMD: { since: 80, by: ['simd', 'crypto', 'sve', 'sve2'] },
  FEAT_FP16: { since: 90, by: ['fp16', 'sve', 'sve2', 'sme', 'compnum'] },
  FEAT_LRCPC3: { by: ['rcpc3'] },
  FEAT_LSE128: { by: ['lse128'] },
  FEAT_THE: { by: ['the'] },
  FEAT_D128: { by: ['d128'] },
  FEAT_SYSINSTR128: { by: ['d128'] },
  FEAT_SYSREG128: { by: ['d128'] },
  FEAT_GCS: { by: ['gcs'] },
  FEAT_CPA: { since: 95, by: ['cpa'] },
  FEAT_CMPBR: { since: 96, by: ['cmpbr'] },
  FEAT_LSUI: { since: 96, by: ['lsui'] },
  FEAT_PAuth_LR: { by: ['pauth-lr'] },
  FEAT_MOPS_GO: { by: ['mops-go'] },
  FEAT_LSCP: { by: ['lscp'] },
  FEAT_TEV: { by: ['tev'] },
  FEAT_S1POE2: { by: ['poe2'] },
};

/** What the source has chosen. */
export interface Chosen {
  readonly version: number;
  /** Extensions that were asked for, and those that were taken away (`nolse`). */
  readonly with: ReadonlySet<string>;
  readonly without: ReadonlySet<string>;
}

/** The version that an architecture's name stands for, as Origin counts it; undefined: everything. */
function versionOf(architecture: string): number | undefined {
  const [, major, minor] = /^armv([89])(?:\.(\d))?(?:-[ar])?$/.exec(architecture) ?? [];
  if (major === undefined) return undefined;
  if (architecture === 'armv8-r') return 84;
  return major === '9' ? NINE + Number(minor ?? 0) : 80 + Number(minor ?? 0);
}

/** Armv9.0 holds Armv8.5; counted apart, since FP16 comes with it. */
const NINE = 90;

function has(version: number, since: number): boolean {
  if (version < NINE || since >= NINE) return version >= since;
  return version - NINE + 85 >= since;
}

/** What `.arch` chooses; undefined: everything. */
export function chooseArchitecture(name: string, extensions: readonly string[]): Chosen | undefined {
  const version = versionOf(name);
  return version === undefined ? undefined : extend({ version, with: new Set(), without: new Set() }, extensions);
}

/** What `.arch_extension` adds or takes away. */
export function extend(chosen: Chosen, extensions: readonly string[]): Chosen {
  const added = new Set(chosen.with);
  const removed = new Set(chosen.without);
  for (const extension of extensions) {
    if (!EXTENSIONS.has(extension) && extension.startsWith('no')) {
      added.delete(extension.slice(2));
      removed.add(extension.slice(2));
    } else {
      removed.delete(extension);
      added.add(extension);
    }
  }
  return { version: chosen.version, with: added, without: removed };
}

/** What would have to be asked for: the first of these features that was not chosen. */
export function missing(
  chosen: Chosen,
  features: readonly string[],
): { readonly feature: string; readonly extension: string | undefined } | undefined {
  for (const feature of features) {
    const origin = ORIGINS[feature];
    const extension = origin?.by[0];
    const asked = has(chosen.version, origin?.from ?? 0) && (origin?.by.some((name) => chosen.with.has(name)) ?? false);
    const taken = extension !== undefined && chosen.without.has(extension);
    const inherent = origin?.since !== undefined && has(chosen.version, origin.since) && !taken;
    if (!asked && !inherent) return { feature, extension };
  }
  return undefined;
}
