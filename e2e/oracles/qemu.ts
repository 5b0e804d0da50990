// QEMU as an oracle: runs an image on the bare `virt` board and reports what it printed and how it ended.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program } from '../setup/programs.ts';

export type Board = {
  /** Exception level at entry (1). */
  readonly el?: 1 | 2;
  /** QEMU's CPU model (`max`). */
  readonly cpu?: string;
  /** As QEMU takes it (`64M`). */
  readonly memory?: string;
  /** What the PL011 receives. */
  readonly input?: string;
  /** After so many milliseconds the guest is stopped (10,000). */
  readonly timeout?: number;
};

export type Ended = {
  /** What the guest wrote to the PL011. */
  readonly serial: string;
  /** Its semihosting exit status, 0 after PSCI SYSTEM_OFF or SYSTEM_RESET; null: it was still running when its time was up. */
  readonly status: number | null;
};

/** Runs an ELF file from its entry point. */
export function runElf(file: string, { el = 1, cpu = 'max', memory = '64M', input = '', timeout = 10_000 }: Board = {}): Ended {
  const machine = [
    '-M',
    `virt,gic-version=3,virtualization=${el === 2 ? 'on' : 'off'}`,
    '-cpu',
    cpu,
    '-m',
    memory,
    '-accel',
    'tcg',
    '-net',
    'none',
  ];
  const surroundings = [
    '-display',
    'none',
    '-monitor',
    'none',
    '-serial',
    'stdio',
    '-no-reboot',
    '-semihosting-config',
    'enable=on,target=native',
  ];
  const { stdout, stderr, status, error } = spawnSync(
    program('qemu-system-aarch64'),
    [...machine, ...surroundings, '-kernel', file],
    {
      input,
      timeout,
      encoding: 'latin1',
      killSignal: 'SIGKILL',
    },
  );
  if (status === null && (error as NodeJS.ErrnoException | undefined)?.code !== 'ETIMEDOUT')
    throw error ?? new Error(`QEMU was killed: ${stderr}`);
  if (status === 1 && stderr.startsWith('qemu-system-aarch64:')) throw new Error(stderr);
  return { serial: stdout, status };
}

/** Runs a flat image, loaded at `address` and entered at `entry`. */
export function runFlat(
  image: Uint8Array,
  { address = 0x4008_0000, entry = address, ...board }: Board & { address?: number; entry?: number } = {},
): Ended {
  const folder = mkdtempSync(join(tmpdir(), 'trapscope-qemu-'));
  try {
    const file = join(folder, 'image.elf');
    writeFileSync(file, elf(image, address, entry));
    return runElf(file, board);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The image as a static AArch64 ELF of one segment: QEMU takes a flat file for a Linux kernel. */
function elf(image: Uint8Array, address: number, entry: number): Uint8Array {
  const [headerSize, segmentSize] = [64, 56];
  const head = Buffer.alloc(headerSize + segmentSize);
  head.set([0x7f, ...Buffer.from('ELF'), /* 64 bits */ 2, /* little-endian */ 1, /* version */ 1]);
  head.writeUInt16LE(/* ET_EXEC */ 2, 16);
  head.writeUInt16LE(/* EM_AARCH64 */ 183, 18);
  head.writeUInt32LE(1, 20);
  head.writeBigUInt64LE(BigInt(entry), 24);
  head.writeBigUInt64LE(BigInt(headerSize), 32);
  head.writeUInt16LE(headerSize, 52);
  head.writeUInt16LE(segmentSize, 54);
  head.writeUInt16LE(1, 56);
  head.writeUInt32LE(/* PT_LOAD */ 1, headerSize);
  head.writeUInt32LE(/* read, write, execute */ 7, headerSize + 4);
  head.writeBigUInt64LE(BigInt(head.length), headerSize + 8);
  for (const offset of [16, 24]) head.writeBigUInt64LE(BigInt(address), headerSize + offset);
  for (const offset of [32, 40]) head.writeBigUInt64LE(BigInt(image.length), headerSize + offset);
  return Buffer.concat([head, image]);
}
