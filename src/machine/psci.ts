// PSCI as firmware below a bare-metal guest gives it, called by SMC (Power State Coordination Interface, Arm DEN 0022). The KVM model has its own.
import type { Processor } from '#cpu';

/** What a call does to the machine. */
export type PsciOutcome =
  | { readonly kind: 'continue' }
  | { readonly kind: 'off' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'cpu-off' }
  | { readonly kind: 'suspend' };

/** The CPUs as firmware sees them. */
export interface PsciCpus {
  /** Index of the CPU with this MPIDR affinity, or undefined. */
  find(mpidr: bigint): number | undefined;
  isOn(cpu: number): boolean;
  /** Starts a CPU at an address with a context value in X0. */
  turnOn(cpu: number, entry: bigint, context: bigint): void;
}

const NOT_SUPPORTED = -1n;
const INVALID_PARAMETERS = -2n;
const ALREADY_ON = -4n;

/** Function identifiers; those of CPU_SUSPEND, CPU_ON and AFFINITY_INFO exist with 64-bit arguments too (bit 30). */
const PSCI = {
  version: 0x8400_0000,
  cpuSuspend: 0x8400_0001,
  cpuOff: 0x8400_0002,
  cpuOn: 0x8400_0003,
  affinityInfo: 0x8400_0004,
  migrateInfoType: 0x8400_0006,
  systemOff: 0x8400_0008,
  systemReset: 0x8400_0009,
  features: 0x8400_000a,
} as const;
const SMCCC_VERSION = 0x8000_0000;
const SIXTY_FOUR = 0x4000_0000;
const WITH_64: ReadonlySet<number> = new Set([PSCI.cpuSuspend, PSCI.cpuOn, PSCI.affinityInfo]);

/** Answers the SMC whose function is in W0; results go to X0. */
export function psci(cpu: Processor, cpus: PsciCpus): PsciOutcome {
  const id = Number(cpu.x(0) & 0xffff_ffffn);
  const wide = (id & SIXTY_FOUR) !== 0;
  const base = (id & ~SIXTY_FOUR) >>> 0;
  const argument = (n: number): bigint => (wide ? cpu.x(n) : cpu.x(n) & 0xffff_ffffn);
  const result = (value: bigint): PsciOutcome => {
    cpu.setX(0, BigInt.asUintN(64, value));
    return { kind: 'continue' };
  };
  if (wide && !WITH_64.has(base)) return result(NOT_SUPPORTED);
  switch (base) {
    case SMCCC_VERSION:
      return result(0x1_0001n);
    case PSCI.version:
      return result(0x1_0001n);
    case PSCI.cpuSuspend:
      cpu.setX(0, 0n);
      return { kind: 'suspend' };
    case PSCI.cpuOff:
      return { kind: 'cpu-off' };
    case PSCI.cpuOn: {
      const target = cpus.find(argument(1));
      if (target === undefined) return result(INVALID_PARAMETERS);
      if (cpus.isOn(target)) return result(ALREADY_ON);
      cpus.turnOn(target, argument(2), argument(3));
      return result(0n);
    }
    case PSCI.affinityInfo: {
      const target = cpus.find(argument(1));
      if (target === undefined || argument(2) !== 0n) return result(INVALID_PARAMETERS);
      return result(cpus.isOn(target) ? 0n : 1n);
    }
    case PSCI.migrateInfoType:
      // Trusted OS not present.
      return result(2n);
    case PSCI.systemOff:
      return { kind: 'off' };
    case PSCI.systemReset:
      return { kind: 'reset' };
    case PSCI.features: {
      const asked = Number(cpu.x(1) & 0xffff_ffffn);
      const known = (Object.values(PSCI) as number[]).includes((asked & ~SIXTY_FOUR) >>> 0) || asked === SMCCC_VERSION;
      const allowed = (asked & SIXTY_FOUR) === 0 || WITH_64.has((asked & ~SIXTY_FOUR) >>> 0);
      return result(known && allowed ? 0n : NOT_SUPPORTED);
    }
    default:
      return result(NOT_SUPPORTED);
  }
}
