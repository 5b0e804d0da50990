// `trapscope esr`: explains exception syndromes given as numbers or found in any text, as a table for people or as JSON, and puts a syndrome
// together from fields. Owns the two output formats; what a syndrome means comes from #arch/syndrome, finding them in text from #formats.
import { parseArgs } from 'node:util';
import {
  type DrawnField,
  decodeSyndrome,
  type El,
  encodeSyndrome,
  fieldGroups,
  likelyEl,
  type Syndrome,
  type SyndromeField,
} from '#arch/syndrome';
import { encodingName } from '#arch/sysreg';
import { hex, hexDigits, parseInteger } from '#base';
import { findSyndromes } from '#formats';
import { InputError, type Io, readAll, UsageError } from './io.ts';

/** A syndrome and, where it was found in a text, its line there. */
type Entry = { readonly syndrome: Syndrome; readonly line?: number };

/** Runs the command. Values that are no numbers and fields that do not fit are the input's fault (1), the rest wrong usage (2). */
export async function esr(argv: readonly string[], io: Io): Promise<number> {
  const { values: options, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { el: { type: 'string' }, json: { type: 'boolean' }, encode: { type: 'string' } },
  });
  const el = options.el === undefined ? undefined : elOption(options.el);
  const isJson = options.json === true;

  if (options.encode !== undefined) {
    if (positionals.length > 0) throw new UsageError('esr --encode takes no values besides its fields');
    const { value, el: encodedFor } = encode(options.encode, el);
    const entry = explain(value, encodedFor);
    if (isJson) await io.stdout.write(json([entry]));
    else {
      await io.stdout.write(`${hex(value)}\n`);
      for (const { text } of entry.syndrome.warnings) await io.stderr.write(`warning: ${text}\n`);
    }
    return 0;
  }

  if (positionals.length === 0) throw new UsageError('esr needs a value, or - to read text from standard input');
  if (positionals.includes('-') && positionals.length > 1) throw new UsageError('esr takes values or -, not both');
  const entries =
    positionals[0] === '-' ? fromText(await readAll(io.stdin), el) : positionals.map((text) => explain(number(text), el));
  if (isJson) await io.stdout.write(json(entries));
  else if (entries.length === 0) await io.stderr.write('No syndrome was found in the text.\n');
  else await io.stdout.write(entries.map(table).join('\n'));
  return 0;
}

function elOption(text: string): El {
  if (text === '1' || text === '2' || text === '3') return Number(text) as El;
  throw new UsageError(`--el is 1, 2 or 3, the exception level that the syndrome was reported to; ${text} is none of them`);
}

function explain(value: bigint, el: El | undefined, line?: number): Entry {
  const syndrome = decodeSyndrome(value, el ?? likelyEl(value), encodingName);
  return line === undefined ? { syndrome } : { syndrome, line };
}

function number(text: string): bigint {
  const value = parseInteger(text);
  if (value === undefined) {
    const hint = /^[0-9a-fA-F_]+$/.test(text) ? `; hex starts with 0x: 0x${text}` : '';
    throw new InputError(`argument:1:1: error: '${text}' is not a number${hint}`);
  }
  if (value < 0n || value >> 64n !== 0n) throw new InputError(`argument:1:1: error: ${text} does not fit a register of 64 bits`);
  return value;
}

function fromText(bytes: Uint8Array, el: El | undefined): Entry[] {
  const text = new TextDecoder().decode(bytes);
  return findSyndromes(text).map((found) => explain(found.value, el ?? found.el, found.line));
}

/** `EC=0x24,ISV=1,…` put together; every mistake is reported with its column. */
function encode(text: string, el: El | undefined): { value: bigint; el: El } {
  const fields: Record<string, string> = {};
  const columns = new Map<string, number>();
  const mistakes: { column: number; message: string }[] = [];
  let column = 1;
  for (const part of text.split(',')) {
    const [, name = '', value] = /^([^=]*)(?:=(.*))?$/s.exec(part) as RegExpExecArray;
    const key = name.trim();
    if (part.trim() === '') mistakes.push({ column, message: 'a field is missing: they are written NAME=VALUE,NAME=VALUE' });
    else if (value === undefined || key === '')
      mistakes.push({ column, message: `'${part.trim()}' is not of the form NAME=VALUE` });
    else if (columns.has(key)) mistakes.push({ column, message: `${key} is given twice` });
    else {
      fields[key] = value.trim();
      columns.set(key, column);
    }
    column += part.length + 1;
  }
  const classOnly = encodeSyndrome(fields.EC === undefined ? {} : { EC: fields.EC }, 2);
  const level = el ?? (classOnly.ok ? likelyEl(classOnly.value) : 2);
  const result = encodeSyndrome(fields, level);
  if (!result.ok) mistakes.push(...result.error.map(({ field, message }) => ({ column: columns.get(field) ?? 1, message })));
  if (!result.ok || mistakes.length > 0) {
    mistakes.sort((a, b) => a.column - b.column);
    throw new InputError(mistakes.map((mistake) => `--encode:1:${mistake.column}: error: ${mistake.message}`).join('\n'));
  }
  return { value: result.value, el: level };
}

// ---- JSON, as shared with scripts ----

function json(entries: readonly Entry[]): string {
  if (entries.length === 0) return '[]\n';
  return `[\n${entries.map((entry) => JSON.stringify(jsonEntry(entry))).join(',\n')}\n]\n`;
}

function jsonEntry({ syndrome, line }: Entry): object {
  const fields = (part: { readonly value: number; readonly fields: readonly SyndromeField[] }) => ({
    value: hex(part.value),
    fields: part.fields.map(({ name, msb, lsb, value, meaning }) => ({ name, msb, lsb, value, meaning })),
  });
  return {
    value: hex(syndrome.value),
    el: syndrome.el,
    ...(line === undefined ? {} : { line }),
    ec: { value: syndrome.ec, name: syndrome.class?.name ?? 'Reserved' },
    il: syndrome.il,
    iss: fields(syndrome.iss),
    iss2: fields(syndrome.iss2),
    ...(syndrome.instruction === undefined ? {} : { instruction: syndrome.instruction }),
    warnings: syndrome.warnings.map(({ text }) => text),
    summary: syndrome.summary,
  };
}

// ---- Text, for people ----

function table({ syndrome, line }: Entry): string {
  const fields = fieldGroups(syndrome);
  // The upper half is all 0 in most syndromes, and then says nothing.
  const upper = syndrome.value >> 32n === 0n ? [] : fields.filter(({ lsb }) => lsb >= 32);
  const lower = fields.filter(({ lsb }) => lsb < 32);
  const where = line === undefined ? '' : `line ${line}: `;
  return [
    `${where}ESR_EL${syndrome.el} ${hex(syndrome.value)}`,
    syndrome.summary,
    ...(syndrome.instruction === undefined ? [] : [`    ${syndrome.instruction}`]),
    '',
    ...(upper.length > 0 ? [...picture(upper), ''] : []),
    ...picture(lower),
    '',
    ...meanings([...upper, ...lower]),
    ...syndrome.warnings.map(({ text }) => `warning: ${text}`),
    '',
  ].join('\n');
}

function bitsText({ msb, lsb }: DrawnField): string {
  return msb === lsb ? `${msb}` : `${msb}:${lsb}`;
}

/** Three lines: bit numbers, the bits, names. */
function picture(fields: readonly DrawnField[]): string[] {
  const columns = fields.map((field) => [
    bitsText(field),
    field.value.toString(2).padStart(field.msb - field.lsb + 1, '0'),
    field.name,
  ]);
  const widths = columns.map((column) => Math.max(...column.map((text) => text.length)));
  return [0, 1, 2].map((row) => `  ${columns.map((column, i) => column[row]?.padEnd(widths[i] ?? 0)).join(' ')}`.trimEnd());
}

/** One line for each field that is not reserved; reserved bits that are set are in the warnings. */
function meanings(fields: readonly DrawnField[]): string[] {
  const rows = fields
    .filter(({ group, value, name }) => group !== 0 || (name !== 'RES0' && value !== 0))
    .map((field) => {
      const digits = Math.ceil((field.msb - field.lsb + 1) / 4);
      const value = field.msb === field.lsb ? `${field.value}` : `0x${hexDigits(field.value, digits)}`;
      return [field.name, bitsText(field), value, field.meaning];
    });
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((text, i) => text.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd());
}
