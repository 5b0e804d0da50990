import { describe, expect, it } from 'vitest';
import { readConfig, readRules } from './read-json.ts';

describe('JSON texts', () => {
  it('reads rules and gives numbers as hex', () => {
    expect(readRules('{"rules":[{"on":"mmio","address":184549379,"access":"read","do":"value","value":"0x2A"}]}')).toEqual({
      ok: true,
      value: [{ on: 'mmio', address: '0xb000003', access: 'read', do: 'value', value: '0x2a' }],
    });
  });
  it.each([
    ['{"rules":[\n  {"on":"mmio","do":"raz-wi"}\n]}', 2, 3, '"address" is missing'],
    ['{"rules":[{"on":"disk"}]}', 1, 17, '"on" is one of mmio, sysreg, nisv, hypercall'],
    ['{"rules":[{"on":"nisv","do":"undef"}]}', 1, 29, 'expected "decode", "skip", "abort"'],
    ['{"rules":[{"on":"mmio","address":"0x0","do":"value"}]}', 1, 11, '"value" is missing'],
    ['{"rules":[}', 1, 11, 'not JSON: ValueExpected'],
    ['', 1, 1, 'not JSON: ValueExpected'],
    ['{"rule":[]}', 1, 2, 'there is no "rule" here: rules'],
  ])('%s', (source, line, column, message) => {
    const read = readRules(source);
    expect(read.ok).toBe(false);
    expect(!read.ok && read.error).toContainEqual({ line, column, message });
  });
  it('reports every mistake of a configuration', () => {
    const read = readConfig('{"capabilities":"KVM", "policy":{"idsr":"later"}, "id_registers":{"MIDR_EL1":-1}}');
    expect(!read.ok && read.error.map((e) => e.message)).toEqual([
      'expected a list, found a string',
      'expected "reviewed", "posted"',
      '-1 does not fit 64 bits',
    ]);
  });
  it('cannot be tricked through names of Object', () => {
    expect(readConfig('{"__proto__":{"x":1}}').ok).toBe(false);
    expect(readRules('{"rules":[{"on":"toString"}]}').ok).toBe(false);
  });
});
