import { describe, expect, test } from 'vitest';
import { bits64 } from '#base';
import { type DescriptorForm, descriptorFields } from './descriptor.ts';
import { memoryType } from './memory-type.ts';

const PLAIN: DescriptorForm = {
  stage: 1,
  kind: 'page',
  lsb: 12,
  granule: 12,
  wide: false,
  unprivileged: true,
  forceWriteBack: false,
  executionByLevel: true,
};

/** The fields of a value with their meanings: `AP=1 every level reads and writes`. */
function told(value: bigint, form: Partial<DescriptorForm>): string[] {
  return descriptorFields({ ...PLAIN, ...form }).map(({ name, msb, lsb, meaning }) => {
    const field = bits64(value, msb, lsb);
    return `${name}=${field.toString(16)} ${msb < 48 && msb - lsb < 8 ? meaning(Number(field)) : meaning(Number(field & 0xffn))}`.trim();
  });
}

describe('descriptors', () => {
  test('fields never overlap, in any form', () => {
    for (const stage of [1, 2] as const)
      for (const kind of ['table', 'block', 'page', 'invalid', 'reserved'] as const)
        for (const [granule, lsb] of [
          [12, 12],
          [12, 21],
          [12, 30],
          [14, 14],
          [14, 25],
          [16, 16],
          [16, 29],
        ] as const)
          for (const wide of [false, true])
            for (const unprivileged of [false, true]) {
              if (kind === 'block' && lsb === granule) continue;
              let used = 0n;
              for (const { name, msb, lsb: low } of descriptorFields({
                ...PLAIN,
                stage,
                kind,
                granule,
                lsb,
                wide,
                unprivileged,
              })) {
                const mask = ((1n << BigInt(msb - low + 1)) - 1n) << BigInt(low);
                expect(used & mask, `${stage} ${kind} ${granule} ${name}`).toBe(0n);
                used |= mask;
              }
            }
  });

  test('a stage 1 page', () => {
    expect(told(0x0060_0000_4008_0f43n, {})).toEqual([
      'UXN=1 EL0 may not execute',
      'PXN=1 the privileged level may not execute',
      'Contiguous=0',
      'DBM=0',
      'GP=0',
      'address=40080',
      'nG=1 of this ASID',
      'AF=1 accessed',
      'SH=3 inner shareable',
      'AP=1 every level reads and writes',
      'NS=0',
      'AttrIndx=0 memory type Attr0 of MAIR',
      'type=3 page: the walk ends here',
    ]);
  });

  test('a stage 2 block, plain and with forced write-back', () => {
    const value = 0x10_4000_07d9n;
    const at = (forceWriteBack: boolean) => told(value, { stage: 2, kind: 'block', lsb: 21, forceWriteBack });
    expect(at(true)).toContain('S2AP=3 readable and writable');
    expect(at(true)).toContain('MemAttr=6 Normal write-back');
    expect(at(false)).toContain('MemAttr=6 Normal, outer non-cacheable, inner write-through');
    expect(at(false)).toContain('type=1 block: the walk ends here');
  });

  test('of an invalid descriptor only the type is told', () => {
    expect(told(0n, { stage: 2, kind: 'invalid' })).toEqual(['type=0 invalid: bit 0 is 0, nothing else counts']);
  });
});

test('memory types of MAIR', () => {
  expect([0x00, 0x04, 0x08, 0x0c, 0x44, 0xff, 0xbb, 0x4f, 0x77, 0xf0, 0x02, 0x30].map(memoryType)).toEqual([
    'Device-nGnRnE',
    'Device-nGnRE',
    'Device-nGRE',
    'Device-GRE',
    'Normal non-cacheable',
    'Normal write-back',
    'Normal write-through',
    'Normal, outer non-cacheable, inner write-back',
    'Normal write-back transient',
    'Normal write-back, tagged (FEAT_MTE2)',
    'reserved',
    'reserved',
  ]);
});
