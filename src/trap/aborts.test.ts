import { expect, test } from 'vitest';
import { decodeSyndrome } from '#arch/syndrome';
import { ipa, va } from '#base';
import type { DataAccess, Fault } from './aborts.ts';
import { ALL, State } from './test-state.ts';
import { createTraps } from './traps.ts';

const traps = createTraps(ALL);
const ADDRESS = { va: va(0xffff_0000_0000_1234n), ipa: ipa(0x0900_1234n) };
const WORD: DataAccess = { write: false, gpr: { size: 2, signExtend: false, sf: false, rt: 5, acquireRelease: false } };

function data(fault: Omit<Fault, 'va'>, access: DataAccess, el: 0 | 1 | 2 = 1, settings: Readonly<Record<string, number>> = {}) {
  return traps.dataAbort(new State(el, settings), { ...ADDRESS, ...fault }, access);
}

test('a stage 2 fault of one register: instruction syndrome and HPFAR', () => {
  const abort = data({ kind: 'translation', level: 2, stage: 2 }, WORD);
  // The ESR that KVM sees for `ldr w5, [x0]` on an unmapped device: EC 0x24, IL, ISV, SAS word, SRT 5, DFSC 0x06.
  expect(abort).toMatchObject({ target: 2, ec: 0x24, esr: 0x9385_0006n, hpfar: 0x9_0010n, hpfarValid: true, farValid: true });
  expect(abort.far).toBe(ADDRESS.va);
  const store = data(
    { kind: 'translation', level: 3, stage: 2 },
    { write: true, gpr: { size: 3, signExtend: false, sf: true, rt: 31, acquireRelease: true } },
  );
  expect(store.esr).toBe(0x93df_c047n);
  const sign = data(
    { kind: 'access-flag', level: 1, stage: 2 },
    { write: false, gpr: { size: 1, signExtend: true, sf: true, rt: 2, acquireRelease: false } },
  );
  expect(sign.esr).toBe(0x9362_8009n);
});

test('no instruction syndrome for pairs and write-back, on the stage 1 walk, at stage 1, for external aborts', () => {
  expect(data({ kind: 'translation', level: 2, stage: 2 }, { write: true }).esr).toBe(0x9200_0046n);
  const walk = data({ kind: 'translation', level: 2, stage: 2, onStage1Walk: true }, WORD);
  expect(walk).toMatchObject({ target: 2, esr: 0x9200_0086n, hpfarValid: true });
  expect(data({ kind: 'translation', level: 2, stage: 1 }, WORD)).toMatchObject({
    target: 1,
    esr: 0x9600_0006n,
    hpfarValid: false,
    hpfar: 0n,
  });
  expect(data({ kind: 'external', stage: 1 }, WORD, 0, { 'HCR_EL2.TEA': 1 })).toMatchObject({
    target: 2,
    esr: 0x9200_0010n,
    hpfarValid: false,
  });
});

test('HPFAR is not written for a permission fault on the access itself', () => {
  expect(data({ kind: 'permission', level: 3, stage: 2 }, WORD)).toMatchObject({ hpfarValid: false, hpfar: 0n });
  expect(data({ kind: 'permission', level: 3, stage: 2, onStage1Walk: true }, WORD).hpfarValid).toBe(true);
});

test('who takes it', () => {
  const stage1: Omit<Fault, 'va'> = { kind: 'permission', level: 3, stage: 1 };
  expect(data(stage1, WORD, 0)).toMatchObject({ target: 1, ec: 0x24 });
  expect(data(stage1, WORD, 0, { 'HCR_EL2.TGE': 1 })).toMatchObject({ target: 2, ec: 0x24 });
  expect(data(stage1, WORD, 2)).toMatchObject({ target: 2, ec: 0x25 });
  expect(data({ kind: 'external', stage: 1 }, WORD)).toMatchObject({ target: 1, ec: 0x25 });
  expect(data({ kind: 'alignment', stage: 1 }, WORD, 1, { 'HCR_EL2.TEA': 1 })).toMatchObject({ target: 1, esr: 0x9600_0021n });
  expect(data(stage1, { write: false, vncr: true }, 1)).toMatchObject({ target: 2, ec: 0x25, iss: (1 << 13) | 0x0f });
});

test('cache maintenance reports CM and a write', () => {
  expect(data({ kind: 'translation', level: 0, stage: 1 }, { write: false, maintenance: true }).iss).toBe(
    (1 << 8) | (1 << 6) | 4,
  );
});

test('instruction aborts', () => {
  const fetch = (fault: Omit<Fault, 'va'>, el: 0 | 1 | 2) => traps.instructionAbort(new State(el), { ...ADDRESS, ...fault });
  expect(fetch({ kind: 'permission', level: 3, stage: 1 }, 0)).toMatchObject({ target: 1, esr: 0x8200_000fn });
  expect(fetch({ kind: 'translation', level: 0, stage: 1 }, 1)).toMatchObject({ target: 1, esr: 0x8600_0004n });
  expect(fetch({ kind: 'translation', level: 1, stage: 2, onStage1Walk: true }, 1)).toMatchObject({
    target: 2,
    esr: 0x8200_0085n,
    hpfar: 0x9_0010n,
  });
});

test('what is put together can be taken apart', () => {
  const { esr } = data({ kind: 'translation', level: 2, stage: 2 }, WORD);
  const fields = decodeSyndrome(esr, 2)
    .iss.fields.filter(({ value }) => value !== 0)
    .map(({ name, value }) => `${name}=${value}`);
  expect(fields).toEqual(['ISV=1', 'SAS=2', 'SRT=5', 'DFSC=6']);
});
