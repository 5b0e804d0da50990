// Runs a TypeScript program of this folder under Node 20, which does not take types off by itself:
//   node e2e/launch.mjs e2e/conformance/main.ts ARGUMENTS…
// The program exports main(arguments), which resolves to the exit status.
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const [program, ...args] = process.argv.slice(2);
const { module } = await runnerImport(resolve(program), { configFile: false, logLevel: 'error' });
process.exitCode = await module.main(args);
