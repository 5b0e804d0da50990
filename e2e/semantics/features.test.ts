// `max` announces what is implemented: each feature has a case that holds, and that does not hold without it; docs/features.md says the same.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { FEATURE_ROWS, featuresOfRegisters } from '#arch/features';
import { fieldRange, setField } from '#arch/field';
import { type CpuModel, cpuModel } from '#cpu';
import { DOCUMENT, document, fieldsOfFeature } from './document.ts';
import { ABSENT, groupOf, SHOWN } from './features.ts';
import { differences } from './machine.ts';
import type { Setting } from './notation.ts';

const max = cpuModel('max') as CpuModel;

/** The ID register field that takes the feature away, set to what is nearest to `max`; all of its fields where one does not. */
function without(feature: string): readonly Setting[] {
  for (const [register, field] of fieldsOfFeature(feature)) {
    const range = fieldRange(register, field);
    const own = max.registers.get(register) ?? 0n;
    const now = Number((own & range.mask) >> BigInt(range.lsb));
    const others = Array.from({ length: 16 }, (_, n) => (n < now ? now - 1 - n : n)).filter((n) => n !== now && n >= 0);
    for (const value of others) {
      const changed = setField(own, range, value);
      const features = featuresOfRegisters((name) => (name === register ? changed : (max.registers.get(name) ?? 0n)));
      if (!features.has(feature)) return [{ kind: 'value', name: `${register}.${field}`, value: BigInt(value) }];
    }
  }
  return fieldsOfFeature(feature).map(([register, field]) => ({ kind: 'value', name: `${register}.${field}`, value: 0n }));
}

describe('what max announces is there, and not without its announcement', () => {
  for (const shown of SHOWN) {
    const { case: one } = shown;
    if (one === undefined) continue;
    test(`${shown.feature}: ${one.text}`, () => {
      expect(differences(groupOf(shown), one)).toEqual([]);
      expect(differences(groupOf(shown, without(shown.feature)), one)).not.toEqual([]);
    });
  }
});

test('each announced feature has its row, each other one a reason, and nothing has both', () => {
  const named = FEATURE_ROWS.map(({ name }) => name).filter((name) => !/^EL[012]$/.test(name));
  expect(SHOWN.map(({ feature }) => feature)).toEqual(named.filter((name) => max.features.has(name)));
  const absent = ABSENT.flatMap(({ features }) => features.split(' '));
  expect([...absent].sort()).toEqual(named.filter((name) => !max.features.has(name)).sort());
});

test('what a row names is there', () => {
  const src = fileURLToPath(new URL('../../src/', import.meta.url));
  for (const { feature, where } of SHOWN) {
    for (const path of where.split(', ')) expect(existsSync(src + path), `${feature}: src/${path}`).toBe(true);
  }
});

test('docs/features.md is what the tables give', () => {
  expect(readFileSync(DOCUMENT, 'utf8')).toBe(document());
});
