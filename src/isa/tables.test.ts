// The tables check themselves: what every row must keep, whatever it says.
import { describe, expect, it } from 'vitest';
import { featureRow } from '#arch/features';
import { decode } from './decode.ts';
import { formsOf, mnemonics, readForm } from './forms.ts';
import { instructionGroups } from './groups.ts';
import { operandKinds } from './operands/index.ts';
import { encodeFields, extractFields } from './pattern.ts';
import { printInstruction } from './print.ts';
import { operationText } from './print-operation.ts';
import { type Fields, type Instruction, matchRow } from './row.ts';
import { testCursor } from './test-cursor.ts';

const rows = instructionGroups.flatMap((group) => group.instructions);
const aliases = instructionGroups.flatMap((group) => group.aliases);

/** Random 32-bit words, the same each run. */
function randomWords(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** A word of the row with random fields; undefined when none was found in some tries. */
function randomWord(row: Instruction, next: () => number): number | undefined {
  for (let tries = 0; tries < 400; tries += 1) {
    const word = encodeFields(row.pattern, extractFields(row.pattern, next()));
    if (matchRow(row, word)) return word;
  }
  return undefined;
}

describe('instruction tables', () => {
  it('have distinct names', () => {
    const names = [...rows, ...aliases].map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it('explain every row in whole sentences', () => {
    const bad = [...rows.map(({ row }) => row.doc), ...aliases.map(({ alias }) => alias.doc)].filter(
      (doc) => !/^[A-Z].*\.$/.test(doc),
    );
    expect(bad).toEqual([]);
  });

  it('need features that are known, each with what announces it', () => {
    const unknown = rows.flatMap(({ name, row }) =>
      row.features.filter((feature) => featureRow(feature) === undefined).map((feature) => `${name}: ${feature}`),
    );
    expect(unknown).toEqual([]);
  });

  it('execute every row or say why not', () => {
    expect(rows.filter(({ row }) => !row.exec && !row.notModelled).map(({ name }) => name)).toEqual([]);
  });

  it('overlap only where one pattern is a special case of the other', () => {
    const next = randomWords(1);
    const bad: string[] = [];
    for (const [i, { name, row }] of rows.entries()) {
      for (const { name: otherName, row: other } of rows.slice(i + 1)) {
        const common = row.pattern.mask & other.pattern.mask;
        if (((row.pattern.value ^ other.pattern.value) & common) !== 0) continue;
        const nested = common === (row.pattern.mask | 0) || common === (other.pattern.mask | 0);
        if (nested && row.pattern.mask !== other.pattern.mask) continue;
        // Neither contains the other: what tells them apart must be a condition on fields.
        for (let n = 0; n < 64; n += 1) {
          const free = ~(row.pattern.mask | other.pattern.mask);
          const word = (row.pattern.value | other.pattern.value | (next() & free)) >>> 0;
          if (matchRow(row, word) && matchRow(other, word)) {
            bad.push(`${name} and ${otherName}: ${word.toString(16)}`);
            break;
          }
        }
      }
    }
    expect(bad).toEqual([]);
  });

  it('name every choice of CONSTRAINED UNPREDICTABLE that their operands can meet', () => {
    const bad: string[] = [];
    for (const { name, row } of rows) {
      const { text } = row.template;
      const fields = new Set(row.pattern.fields.map((field) => field.name));
      const meets = (same: Readonly<Record<string, number>>): boolean => {
        const values = { ...Object.fromEntries([...fields].map((field, n) => [field, n + 1])), ...same };
        return row.unpredictable.some((choice) => choice.when(values));
      };
      // Transfers of one general register, or of a pair of any, through a base that is stepped; tags are no transfers of their register.
      const general = /\{Rt(?:,\w+)?:(?:R|W|X|Rw)\}/.test(text) && !/^(?:st|ld)z?2?g|^stgp/.test(text);
      const stepped = /\]!|\], \{/.test(text) && !/^(?:cpy|set)/.test(text);
      if (general && stepped && !meets({ Rt: 9, Rn: 9 })) bad.push(`${name}: Rt = Rn`);
      const pair = fields.has('Rt2') && !text.startsWith('st');
      if (pair && !meets({ Rt: 9, Rt2: 9 })) bad.push(`${name}: Rt = Rt2`);
      if (pair && general && stepped && !meets({ Rt2: 9, Rn: 9 })) bad.push(`${name}: Rt2 = Rn`);
      if (/^st(?:l?t?xr|l?xp)/.test(text)) {
        for (const other of ['Rt', 'Rn', 'Rt2']) {
          if (fields.has(other) && !meets({ Rs: 9, [other]: 9 })) bad.push(`${name}: Rs = ${other}`);
        }
      }
      if (fields.has('stage') && !meets({ Rd: 9, Rn: 9 })) bad.push(`${name}: Rd = Rn`);
    }
    expect(bad).toEqual([]);
  });

  it('say of each choice what it is', () => {
    const choices = new Map(rows.flatMap(({ row }) => row.unpredictable.map((choice) => [choice.id, choice])));
    expect(choices.size).toBeGreaterThan(10);
    for (const { doc, choice, source } of choices.values()) {
      expect(doc).toMatch(/: (?:UNDEFINED|NOP)/);
      expect(choice).toMatch(/^[A-Z].*\.$/);
      expect(source).toMatch(/^K1\.2, Unpredictable_/);
    }
  });

  it('use every operand kind', () => {
    const used = new Set(
      [...rows.map(({ row }) => row.template), ...aliases.map(({ alias }) => alias.template)].flatMap((template) =>
        [...template.mnemonic, ...template.operands].flatMap((part) => (part.kind === 'hole' ? [part.operand] : [])),
      ),
    );
    expect([...operandKinds.keys()].filter((name) => !used.has(name))).toEqual([]);
  });

  it('write every field of a row in its own text', () => {
    const bad: string[] = [];
    for (const { name, row } of rows) {
      if (row.template.text === '') continue;
      const written = new Set(
        [...row.template.mnemonic, ...row.template.operands].flatMap((p) => (p.kind === 'hole' ? p.names : [])),
      );
      // The width of a register is read from its name.
      for (const { name: field } of row.pattern.fields) {
        if (!written.has(field) && field !== 'sf' && field !== 'w') bad.push(`${name}: ${field}`);
      }
    }
    expect(bad).toEqual([]);
  });

  it('decode what they encode', () => {
    const next = randomWords(2);
    const bad: string[] = [];
    let words = 0;
    for (const { name, row } of rows) {
      for (let n = 0; n < 400; n += 1) {
        const word = randomWord(row, next);
        if (word === undefined) {
          bad.push(`${name}: no word found`);
          break;
        }
        words += 1;
        const decoded = decode(word);
        // A more specific row may own the word, but it must be the same word to it.
        if (!decoded || encodeFields(decoded.row.pattern, decoded.fields) !== word) bad.push(`${name}: ${word.toString(16)}`);
      }
    }
    expect(bad).toEqual([]);
    expect(words).toBeGreaterThan(200_000);
  });

  it('read what they print', () => {
    const next = randomWords(3);
    const bad: string[] = [];
    for (const { name, row } of rows) {
      if (row.template.text === '') continue;
      for (let n = 0; n < 60; n += 1) {
        const word = randomWord(row, next);
        const decoded = word === undefined ? undefined : decode(word);
        if (!decoded || decoded.row !== row) continue;
        for (const preferred of [true, false]) {
          const text = printInstruction(decoded, { pc: 0n }, preferred);
          const again = read(text);
          // Registers that are UNDEFINED here have a text that is not accepted.
          if (again === undefined && /^(?:ld64b|st64b)/.test(text)) continue;
          const back = again === undefined ? undefined : decode(again);
          // Several words can have one text: bits of a bitmask immediate beyond its element, Rt of an operation without register.
          const same =
            again === word || (back?.row === row && printInstruction(back, { pc: 0n }, preferred) === text && sharesText(text));
          if (!same) bad.push(`${name}: ${(word as number).toString(16)} "${text}" ${again?.toString(16)}`);
        }
      }
    }
    expect(bad.slice(0, 40)).toEqual([]);
  });

  it('read every alias that only assembles, by its own text', () => {
    const next = randomWords(4);
    const bad: string[] = [];
    for (const mnemonic of mnemonics()) {
      for (const form of formsOf(mnemonic)) {
        if (form.alias?.use !== 'assemble') continue;
        for (let n = 0; n < 20; n += 1) {
          const fields: Fields = { ...extractFields(form.row.pattern, next()), ...form.settled };
          const text = printOperands(form.template.operands, fields);
          if (text === undefined || (form.row.allocated && !form.row.allocated(fields))) continue;
          const reading = readForm(form, testCursor(text));
          if (!reading.fields) bad.push(`${form.name}: ${mnemonic} ${text}: ${reading.mismatch.message}`);
          else if (encodeFields(form.row.pattern, reading.fields) !== encodeFields(form.row.pattern, fields)) {
            bad.push(`${form.name}: ${mnemonic} ${text}`);
          }
        }
      }
    }
    expect(bad.slice(0, 20)).toEqual([]);
  });

  it('have an operation text wherever there is an operation', () => {
    const next = randomWords(5);
    for (const { row } of rows) {
      const word = randomWord(row, next);
      if (word === undefined || !row.exec) continue;
      for (const line of operationText({ row, fields: extractFields(row.pattern, word) }))
        expect(line).not.toMatch(/undefined|NaN|\[object/);
    }
  });
});

/** Instructions whose text does not tell all of their words apart. */
function sharesText(text: string): boolean {
  return /^(?:and|ands|orr|eor|tst|mov|ic|tlbi)\t/.test(text);
}

function printOperands(parts: (typeof rows)[number]['row']['template']['operands'], fields: Fields): string | undefined {
  let text = '';
  for (const part of parts) {
    const piece = part.kind === 'literal' ? part.text : operandKinds.get(part.operand)?.print(fields, part.names, { pc: 0n });
    if (piece === undefined) return undefined;
    text += piece;
  }
  return text;
}

/** The word that the first form which reads a text gives. */
function read(text: string): number | undefined {
  const [mnemonic, operands = ''] = text.split('\t');
  for (const form of formsOf(mnemonic as string)) {
    const reading = readForm(form, testCursor(operands));
    if (reading.fields) return encodeFields(form.row.pattern, reading.fields);
  }
  return undefined;
}
