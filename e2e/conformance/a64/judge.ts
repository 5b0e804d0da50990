// The assembler and the disassembler against GNU binutils 2.40. The cases are described in README.md; what is compared, and how, stands here.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complaint, type Outcome, type Run, rows } from '../outcome.ts';

export function a64(run: Run): readonly Outcome[] {
  return [...assemble(run), ...disassemble(run), ...directives(run)];
}

/** One line each, alone at address 0; `word` null: must be refused. */
function assemble(run: Run): readonly Outcome[] {
  const cases = rows<{ area: string; cat: string; asm: string; word: string | null }>('a64/assemble.jsonl.gz');
  const result = run(['asm', '--lines', '-'], { input: cases.map(({ asm }) => `${asm}\n`).join(''), timeout: 300_000 });
  const answers = result.stdout.split('\n');
  return cases.map(({ area, cat, asm, word }, at) => {
    const got = answers[at]?.trim() || complaint(result);
    const right = word === null ? got.startsWith('error') : got.toLowerCase() === word;
    return {
      group: `assemble/${area}/${cat}`,
      id: asm,
      ...(right ? {} : { failure: `${asm}  gives  ${got}, want ${word ?? 'an error'}` }),
    };
  });
}

/** One word each at address 0; `text` null: unallocated. */
function disassemble(run: Run): readonly Outcome[] {
  const cases = rows<{ area: string; word: string; text: string | null }>('a64/disassemble.jsonl.gz');
  const result = run(['disasm', '--words', '-'], { input: cases.map(({ word }) => `${word}\n`).join(''), timeout: 300_000 });
  const answers = result.stdout.split('\n');
  return cases.map(({ area, word, text }, at) => {
    const got = answers[at]?.trim() || complaint(result);
    const right = text === null ? /^\.inst\s.*undefined/.test(got) : normal(got) === normal(text);
    const group = `disassemble/${area}/${text === null ? 'unallocated' : 'allocated'}`;
    return { group, id: word, ...(right ? {} : { failure: `${word}  gives  ${got}, want ${text ?? 'undefined'}` }) };
  });
}

/** Without comments, case and the width of blanks. */
function normal(text: string): string {
  return text
    .replace(/\s*(\/\/|;(?! undefined)).*$/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

type Directive = {
  readonly id: string;
  readonly source: string;
  readonly expect:
    | { readonly image: string; readonly symbols: Readonly<Record<string, string>> }
    | { readonly errors: 'link' | readonly number[] };
};

type Assembled = {
  readonly ok: boolean;
  readonly image?: string;
  readonly symbols?: Readonly<Record<string, string>>;
  readonly diagnostics?: readonly { readonly line: number; readonly severity: string; readonly message: string }[];
};

/** Whole files: image and symbols as linked at 0x40080000, or every line that is in error. */
function directives(run: Run): readonly Outcome[] {
  const folder = mkdtempSync(join(tmpdir(), 'trapscope-a64-'));
  try {
    return rows<Directive>('a64/directives.jsonl').map((one) => {
      const source = join(folder, 'source.s');
      const image = join(folder, 'image.bin');
      writeFileSync(source, one.source);
      rmSync(image, { force: true });
      const result = run(['asm', source, '--base', '0x40080000', '--json', '-o', image]);
      const failure = directiveFailure(one, result.stdout, image) ?? undefined;
      const failed = failure === 'no JSON' ? `no JSON, ${complaint(result)}` : failure;
      return { group: 'directives', id: one.id, ...(failed === undefined ? {} : { failure: `${one.id}: ${failed}` }) };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function directiveFailure({ expect }: Directive, answer: string, imageFile: string): string | undefined {
  let got: Assembled;
  try {
    got = JSON.parse(answer) as Assembled;
  } catch {
    return 'no JSON';
  }
  const diagnostics = got.diagnostics ?? [];
  if ('errors' in expect) {
    if (got.ok) return 'accepted, GNU as refuses it';
    const lines = diagnostics.filter(({ severity }) => severity === 'error').map(({ line }) => line);
    return expect.errors === 'link' || expect.errors.every((line) => lines.includes(line))
      ? undefined
      : `errors on lines ${lines}, want ${expect.errors}`;
  }
  if (!got.ok)
    return `refused: ${diagnostics
      .map(({ line, message }) => `${line}: ${message}`)
      .slice(0, 3)
      .join('; ')}`;
  const image = got.image ?? '';
  if (image !== expect.image) {
    const at = [...expect.image].findIndex((digit, position) => image[position] !== digit);
    return `the image differs at byte ${(at < 0 ? expect.image.length : at) >> 1} (${image.length / 2} bytes, want ${expect.image.length / 2})`;
  }
  if (readFileSync(imageFile).toString('hex') !== image) return 'the image file is not the image of the JSON';
  const wrong = Object.entries(expect.symbols).find(
    ([name, value]) => got.symbols?.[name] === undefined || BigInt(got.symbols[name]) !== BigInt(value),
  );
  return wrong === undefined ? undefined : `symbol ${wrong[0]} is ${got.symbols?.[wrong[0]]}, want ${wrong[1]}`;
}
