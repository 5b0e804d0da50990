// The benchmark's guests: the six bare-metal programs of `trapscope bench`, built by GNU as and ld for a number of iterations. Each ends with a semihosting exit whose
// status is the low 7 bits of its checksum, so a run that is fast and wrong is seen.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { program } from '../setup/programs.ts';

export const WORKLOADS = {
  loop: 1,
  memory: 2,
  sieve: 3,
  fibonacci: 4,
  hash: 5,
  device: 6,
} as const;

/** Builds a workload as an ELF file; it is loaded and entered at 0x40200000. */
export function buildWorkload(name: keyof typeof WORKLOADS, iterations: number, file: string): void {
  const source = fileURLToPath(new URL('../../guests/bench/workloads.s', import.meta.url));
  const layout = ['-Wl,-Ttext=0x40200000', '-Wl,--build-id=none', '-Wl,-N', '-Wl,--no-warn-rwx-segments'];
  execFileSync(program('aarch64-linux-gnu-gcc'), [
    ...['-nostdlib', '-static', `-Wa,--defsym,WL=${WORKLOADS[name]},--defsym,ITERS=${iterations}`, ...layout],
    ...[source, '-o', file],
  ]);
}
