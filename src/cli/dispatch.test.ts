import { parseArgs } from 'node:util';
import { expect, test } from 'vitest';
import { dispatch } from './dispatch.ts';
import { type Command, InputError, lines, readAll, UsageError } from './io.ts';
import { memoryIo } from './memory-io.ts';

/** Runs a command line where `asm` is this command; status, stdout and the first line of stderr. */
async function check(commandLine: string, asm: Command | undefined, expected: readonly [number, string, string]): Promise<void> {
  const io = memoryIo({ stdin: 'in' });
  const status = await dispatch(commandLine.split(' ').filter(Boolean), io, asm === undefined ? {} : { asm: async () => asm });
  expect([status, io.written.stdout, io.written.stderr.split('\n', 1)[0]]).toEqual(expected);
}

const throwing = (error: unknown): Command => {
  return async () => {
    throw error;
  };
};

test('the command gets the words after its name, and its status is the exit status', async () => {
  const echo: Command = async (argv, io) => {
    await io.stdout.write(`${argv.join('|')}\n`);
    return 3;
  };
  await check('asm a.s --json', echo, [3, 'a.s|--json\n', '']);
});

test('faults and their exit status', async () => {
  await check('asm', throwing(new InputError('a.s:3:7: error: no such register')), [1, '', 'a.s:3:7: error: no such register']);
  await check('asm', throwing(new UsageError('FILE is missing')), [2, '', 'trapscope: FILE is missing']);
  await check('asm --frob', async (argv) => parseArgs({ args: [...argv], options: {} }) && 0, [
    2,
    '',
    expect.stringMatching(/^trapscope: Unknown option '--frob'/),
  ]);
  await check('asm', throwing(new TypeError('oops')), [70, '', 'trapscope: internal error: TypeError: oops']);
  await check('asm', throwing('oops'), [70, '', 'trapscope: internal error: oops']);
});

test('what is written before a fault is not lost', async () => {
  const half: Command = async (_, io) => {
    await io.stdout.write('half');
    throw new InputError('-:1:1: error: wrong');
  };
  await check('asm', half, [1, 'half', '-:1:1: error: wrong']);
});

test('words that are no command', async () => {
  await check('', undefined, [2, '', 'trapscope: a command is missing']);
  await check('frob', undefined, [2, '', "trapscope: there is no command 'frob'"]);
  await check('constructor', undefined, [2, '', "trapscope: there is no command 'constructor'"]);
  await check('asm', undefined, [2, '', "trapscope: this version does not have the command 'asm' yet"]);
  await check('--version', undefined, [0, expect.stringMatching(/^trapscope \d+\.\d+\.\d+\n$/), '']);
  await check('--help', undefined, [0, expect.stringContaining('exit status: 0 done'), '']);
});

test('standard input by lines and whole', async () => {
  const linesOf = async (stdin: string) => {
    const found: string[] = [];
    for await (const line of lines(memoryIo({ stdin }).stdin)) found.push(line);
    return found;
  };
  expect(await linesOf('')).toEqual([]);
  expect(await linesOf('a\n\nbcdef\r\n')).toEqual(['a', '', 'bcdef']);
  expect(await linesOf('ä€\u{1f600}\nlast')).toEqual(['ä€\u{1f600}', 'last']);
  expect(new TextDecoder().decode(await readAll(memoryIo({ stdin: 'ä€ whole' }).stdin))).toBe('ä€ whole');
});
