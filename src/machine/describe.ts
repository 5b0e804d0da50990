// The device tree that a guest finds where QEMU's `virt` has it: at the start of RAM, its address in x0. It describes the board as configured.
import { fieldRange, getFieldNumber } from '#arch/field';
import type { CpuModel } from '#cpu';
import { BOARD, type BoardDescription, deviceTree } from '#devices';
import type { LoadImage, MachineOptions } from './types.ts';

const PMU_VERSION = fieldRange('ID_AA64DFR0_EL1', 'PMUVer');
/** PMUVer of a PMU that is not the architecture's. */
const OWN_PMU = 15;

/** What only the kind of board knows. */
export type Described = Pick<BoardDescription, 'psci' | 'el2' | 'pmu'>;

/**
 * Writes the tree before the image is loaded. Its address, or undefined where the image itself begins at the start of RAM or RAM is too small:
 * then there is none.
 */
export function placeDeviceTree(
  { board, image }: Pick<MachineOptions, 'board' | 'image'>,
  described: Described,
  write: (address: bigint, bytes: Uint8Array) => boolean,
): bigint | undefined {
  const { base } = BOARD.ram;
  const tree = deviceTree({ cpus: board.cpus, memory: board.memory, devices: ['gic', 'pl011', 'pl031', 'pl061'], ...described });
  if (overlaps(image, base, base + BigInt(tree.length))) return undefined;
  return write(base, tree) ? base : undefined;
}

/** Whether the processor has the architecture's PMU. */
export function hasPmu(model: CpuModel): boolean {
  const version = getFieldNumber(model.registers.get('ID_AA64DFR0_EL1') ?? 0n, PMU_VERSION);
  return version !== 0 && version !== OWN_PMU;
}

function overlaps({ parts }: LoadImage, start: bigint, end: bigint): boolean {
  return parts.some(({ address, bytes }) => address < end && address + BigInt(bytes.length) > start);
}
