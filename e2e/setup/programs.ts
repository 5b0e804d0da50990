// The system's programs that the tests need: where they are, which Debian package has them, and how they get there. Nothing is downloaded from
// elsewhere, and nothing is skipped where one is missing.
import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Program → Debian package; for the browser the first that is there counts. */
const PROGRAMS = {
  chromium: { names: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'], package: 'chromium' },
  'qemu-system-aarch64': { names: ['qemu-system-aarch64'], package: 'qemu-system-arm' },
  'aarch64-linux-gnu-as': { names: ['aarch64-linux-gnu-as'], package: 'binutils-aarch64-linux-gnu' },
  'aarch64-linux-gnu-ld': { names: ['aarch64-linux-gnu-ld'], package: 'binutils-aarch64-linux-gnu' },
  'aarch64-linux-gnu-objdump': { names: ['aarch64-linux-gnu-objdump'], package: 'binutils-aarch64-linux-gnu' },
  'aarch64-linux-gnu-objcopy': { names: ['aarch64-linux-gnu-objcopy'], package: 'binutils-aarch64-linux-gnu' },
  'aarch64-linux-gnu-nm': { names: ['aarch64-linux-gnu-nm'], package: 'binutils-aarch64-linux-gnu' },
  'aarch64-linux-gnu-gcc': { names: ['aarch64-linux-gnu-gcc'], package: 'gcc-aarch64-linux-gnu' },
} as const;

export type Program = keyof typeof PROGRAMS;

/** The program's path; an environment variable `TRAPSCOPE_CHROMIUM` (and so on) names another one. Throws where there is none. */
export function program(name: Program): string {
  const found = find(name);
  if (found === undefined) throw new Error(`${name} is missing: apt-get install ${PROGRAMS[name].package}`);
  return found;
}

function find(name: Program): string | undefined {
  const named = process.env[`TRAPSCOPE_${name.toUpperCase().replaceAll('-', '_')}`];
  if (named !== undefined) return named;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return PROGRAMS[name].names.flatMap((file) => folders.map((folder) => join(folder, file))).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Sees to it that every program is there: as root on a Debian system what is missing is installed, otherwise the returned text says in one line
 * what to do. Undefined when all is well.
 */
export function provide(say: (line: string) => void): string | undefined {
  const missing = missingPackages();
  if (missing.length === 0) return undefined;
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) return `missing programs; run:  sudo ${command}`;
  say(`missing programs; as root: ${command}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: readonly string[]) => spawnSync('apt-get', args, { env, stdio: ['ignore', 2, 2] }).status === 0;
  const install = () => apt('install', '-y', '--no-install-recommends', ...missing);
  // A fresh system has no package lists, an old one has outdated ones: both show as a failed installation.
  if (!install()) {
    apt('update');
    install();
  }
  const still = missingPackages();
  return still.length === 0
    ? undefined
    : `could not be installed; run:  apt-get update && apt-get install -y --no-install-recommends ${still.join(' ')}`;
}

function missingPackages(): readonly string[] {
  const names = Object.keys(PROGRAMS) as Program[];
  return [...new Set(names.filter((name) => find(name) === undefined).map((name) => PROGRAMS[name].package))];
}

/** First line of `--version`, for the record of a test run. */
export function versionOf(name: Program): string {
  return (
    execFileSync(program(name), ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .split('\n', 1)[0]
      ?.trim() ?? ''
  );
}
