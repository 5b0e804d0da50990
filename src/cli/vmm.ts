// `trapscope vmm`: a VMM as a script, JSON Lines in and one result line out for each, written before the next line is read; without --json the
// same as lines for people. Owns the reading and the two forms of the answer.
import { parseArgs } from 'node:util';
import { type Io, lines, UsageError } from './io.ts';
import { Session, type StepResult } from './vmm-session.ts';

/** Runs the command. What KVM refuses is a result; what is wrong with the script itself ends it (1). */
export async function vmm(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...argv], allowPositionals: true, options: { json: { type: 'boolean' } } });
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('vmm: SCRIPT is missing (- is standard input)');
  if (more.length > 0) throw new UsageError(`vmm: one SCRIPT only, not also ${more[0]}`);
  const session = new Session();
  const warnings: string[] = [];
  session.warn = (message) => warnings.push(message);
  let line = 0;
  for await (const text of lines(file === '-' ? io.stdin : whole(io.readFile(file)))) {
    line += 1;
    if (text.trim() === '') continue;
    const result = session.step({ file, line }, text);
    for (const warning of warnings.splice(0)) await io.stderr.write(`${warning}\n`);
    await io.stdout.write(`${values.json ? JSON.stringify(result) : forPeople(text, result)}\n`);
    if (file === '-') await io.stdout.flush();
  }
  return 0;
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** `ret  errno  step  what it gave`, in columns. */
function forPeople(text: string, result: StepResult): string {
  const { ret, errno, ...rest } = result;
  const step = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const name = typeof step['ioctl'] === 'string' ? step['ioctl'] : (Object.keys(step)[0] ?? '');
  const given = Object.entries(rest).map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [String(ret).padStart(3), (errno ?? '').padEnd(8), name.padEnd(32), given.join(' ')].join('  ').trimEnd();
}
