// From the command line's first word to the module of that name: help, version, exit status. Knows nothing of what a command does.
import { version } from '../../package.json' with { type: 'json' };
import { type Command, InputError, type Io, UsageError } from './io.ts';

/** The commands of the contract, in the order of the help text: what follows the name, and what it is for. */
const COMMANDS: Readonly<Record<string, readonly [syntax: string, purpose: string]>> = {
  asm: ['FILE|- [--base ADDR] [--json] [-o IMAGE], --lines -', 'assemble GNU-as text into a flat image'],
  disasm: ['[--base ADDR] [--no-aliases] FILE, --words -', 'disassemble a flat image or words'],
  esr: ['VALUE…|- [--el 1|2|3] [--json], --encode NAME=VALUE,…', 'explain or build an exception syndrome'],
  run: ['FILE [--hypervisor kvm|rmm|none] [--json] …', 'run a guest and report its exits'],
  vmm: ['SCRIPT|- [--json]', 'drive the KVM model through its ioctls'],
  bench: ['[--json]', 'measure'],
};

const HELP = `usage: trapscope COMMAND …

${Object.entries(COMMANDS)
  .map(([name, [syntax, purpose]]) => `  ${name.padEnd(7)} ${syntax.padEnd(54)} ${purpose}\n`)
  .join('')}
  --help, --version

exit status: 0 done, 1 the input was at fault, 2 wrong usage, 3 a limit was reached or an answer is needed, 4 KVM_RUN failed, 70 internal error
`;

/** Loads one command's function; absent where this version does not have the command. */
export type Loaders = Readonly<Partial<Record<string, () => Promise<Command>>>>;

/** Runs the command that `argv` names and returns the exit status. Never throws; everything written has been flushed when it resolves. */
export async function dispatch(argv: readonly string[], io: Io, loaders: Loaders): Promise<number> {
  let status: number;
  try {
    status = await run(argv, io, loaders);
  } catch (error) {
    status = await report(error, io);
  }
  await io.stdout.flush();
  await io.stderr.flush();
  return status;
}

async function run([name, ...rest]: readonly string[], io: Io, loaders: Loaders): Promise<number> {
  if (name === undefined) throw new UsageError('a command is missing');
  if (name === '--help' || name === '-h' || name === 'help') {
    await io.stdout.write(HELP);
    return 0;
  }
  if (name === '--version') {
    await io.stdout.write(`trapscope ${version}\n`);
    return 0;
  }
  if (!Object.hasOwn(COMMANDS, name)) throw new UsageError(`there is no command '${name}'`);
  const load = loaders[name];
  if (load === undefined) throw new UsageError(`this version does not have the command '${name}' yet`);
  const command = await load();
  return command(rest, io);
}

async function report(error: unknown, io: Io): Promise<number> {
  if (error instanceof InputError) {
    await io.stderr.write(`${error.message}\n`);
    return 1;
  }
  if (error instanceof UsageError || isParseArgsError(error)) {
    await io.stderr.write(`trapscope: ${error.message}\nTry 'trapscope --help'.\n`);
    return 2;
  }
  await io.stderr.write(
    `trapscope: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return 70;
}

/** What parseArgs of node:util throws for options that it was not told of. */
function isParseArgsError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}
