// Writes docs/features.md:
//   node e2e/launch.mjs e2e/semantics/main.ts
import { writeFileSync } from 'node:fs';
import { DOCUMENT, document } from './document.ts';

export async function main(): Promise<number> {
  writeFileSync(DOCUMENT, document());
  return 0;
}
