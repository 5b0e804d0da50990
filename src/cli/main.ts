// The command line's entry: finds the command modules and runs the one that is asked for (see dispatch.ts).
import { dispatch, type Loaders } from './dispatch.ts';
import type { Command } from './io.ts';
import { nodeIo } from './node-io.ts';

// One module per command, named like it and exporting a function of that name; loaded only when asked for.
const modules = import.meta.glob<Record<string, Command>>([
  './asm.ts',
  './disasm.ts',
  './esr.ts',
  './run.ts',
  './vmm.ts',
  './bench.ts',
]);

const loaders: Loaders = Object.fromEntries(
  Object.entries(modules).map(([path, load]) => {
    const name = path.slice('./'.length, -'.ts'.length);
    return [
      name,
      async () => {
        const command = (await load())[name];
        if (command === undefined) throw new Error(`${path} does not export ${name}`);
        return command;
      },
    ];
  }),
);

process.exitCode = await dispatch(process.argv.slice(2), nodeIo(), loaders);
