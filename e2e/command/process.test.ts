// The built command as a process: one file that needs nothing beside it, exit status, streams, readers that leave.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { path } from '../conformance/outcome.ts';

// Away from the project, so that a file or package beside it would be missed.
const folder = mkdtempSync(join(tmpdir(), 'trapscope-command-'));
const command = join(folder, 'trapscope.js');
copyFileSync(path('../../dist-cli/trapscope.js'), command);
afterAll(() => rmSync(folder, { recursive: true }));

/** A shell line with `$T` for the command: status, stdout, stderr. */
function shell(line: string): { status: number | null; stdout: string; stderr: string } {
  return spawnSync('bash', ['-o', 'pipefail', '-c', line], {
    cwd: folder,
    env: { ...process.env, T: `${process.execPath} ${command}` },
    encoding: 'utf8',
  });
}

test('version and help go to standard output, usage errors to standard error', () => {
  expect(shell('$T --version')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^trapscope \d/), stderr: '' });
  expect(shell('$T')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('a command is missing') });
  expect(shell('$T esr --frob')).toMatchObject({ status: 2, stdout: '' });
});

test('lines stream: 100,000 of them through a pipe, every one answered', () => {
  const { stdout } = shell("yes nop | head -100000 | $T asm --lines - | grep -c '^d503201f$'");
  expect(stdout).toBe('100000\n');
});

test('a line is answered before the next one comes', () => {
  // The second line is only sent when the answer to the first is there.
  const { stdout } = shell(
    'mkfifo f; (exec 3>f; echo nop >&3; for i in $(seq 100); do [ -s out ] && break; sleep 0.05; done; [ -s out ] && echo ret >&3) & $T asm --lines - <f >out; cat out',
  );
  expect(stdout).toBe('d503201f\nd65f03c0\n');
});

test('output that cannot be written is said', () => {
  expect(shell('$T --version >/dev/full')).toMatchObject({
    status: 1,
    stderr: 'trapscope: the output cannot be written: no space left\n',
  });
});

test('a reader that leaves ends the command quietly', () => {
  expect(shell('yes nop | head -200000 | $T asm --lines - | head -1')).toMatchObject({ stdout: 'd503201f\n', stderr: '' });
});
