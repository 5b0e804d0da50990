// The two that are compared: QEMU 7.2 and the built command. Each runs a batch's ELF in a folder and leaves the result file there.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { program as tool } from '../../setup/programs.ts';
import { RESULT_FILE } from './layout.ts';
import { harnessTrouble } from './results.ts';

/** The result file, or why there is none. */
export type Ran = { readonly bytes: Uint8Array } | { readonly trouble: string };

export type Engine = { readonly name: string; readonly run: (elf: string, folder: string) => Ran };

const COMMAND = fileURLToPath(new URL('../../../dist-cli/trapscope.js', import.meta.url));

export const QEMU: Engine = {
  name: 'QEMU',
  run: (elf, folder) =>
    ran(
      tool('qemu-system-aarch64'),
      [
        ...['-M', 'virt,virtualization=on,gic-version=3', '-cpu', 'max', '-m', '64M', '-accel', 'tcg', '-net', 'none'],
        ...['-display', 'none', '-monitor', 'none', '-serial', 'none', '-no-reboot'],
        ...['-semihosting-config', 'enable=on,target=native', '-kernel', elf],
      ],
      join(folder, 'qemu'),
      6,
    ),
};

/** The built command; `file` is another one to be tried. It stays the same for a whole campaign, whatever is built meanwhile. */
export function trapscope(file = COMMAND): Engine {
  const command = readFileSync(file);
  return {
    name: 'Trapscope',
    run: (elf, folder) => {
      const copy = join(folder, 'trapscope.js');
      if (!existsSync(copy)) writeFileSync(copy, command);
      return ran(
        process.execPath,
        [
          ...[copy, 'run', elf, '--hypervisor', 'none', '--cpu', 'qemu-7.2-max', '--cpus', '1', '--memory', '64M'],
          ...['--semihosting', 'on', '--max-instructions', '20000000'],
        ],
        join(folder, 'trapscope'),
        30,
      );
    },
  };
}

function ran(command: string, args: readonly string[], cwd: string, seconds: number): Ran {
  mkdirSync(cwd, { recursive: true });
  const file = join(cwd, RESULT_FILE);
  rmSync(file, { force: true });
  // Processor time, so that a busy system does not look like a program that never ends.
  const limited = ['-c', `ulimit -t ${seconds}; exec "$0" "$@"`, command, ...args];
  const { status, stderr } = spawnSync('/bin/sh', limited, {
    cwd,
    timeout: seconds * 20_000,
    encoding: 'utf8',
    killSignal: 'SIGKILL',
  });
  const bytes = existsSync(file) ? readFileSync(file) : undefined;
  // The command's own status is 0 whatever the guest's is.
  const found = bytes === undefined ? undefined : harnessTrouble(bytes);
  if (found !== undefined) return { trouble: found };
  if (status === 0 && bytes !== undefined) return { bytes };
  const said = stderr.trim().split('\n').slice(0, 3).join(' | ');
  return {
    trouble: `${status === null ? `not done after ${seconds} s of processor time` : `exit status ${status}`}${said === '' ? '' : `: ${said}`}`,
  };
}
