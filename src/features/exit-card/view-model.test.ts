import { describe, expect, it } from 'vitest';
import type { Ask } from '#client';
import { otherAnswers, plainAnswer } from './view-model.ts';

function ask(part: Partial<Ask>): Ask {
  return {
    exit: 1,
    kind: 'mmio',
    access: 'read',
    what: '1 byte',
    bytes: 1,
    permitted: ['value', 'raz-wi', 'storage', 'abort'],
    ...part,
  };
}

describe('answers beside a typed value', () => {
  it('offers what the question permits, the last value with it', () => {
    expect(otherAnswers(ask({ last: 4n })).map((o) => o.word)).toEqual(['Zero', 'Storage', 'Last: 0x4', 'External abort']);
    expect(otherAnswers(ask({ access: 'write' })).map((o) => o.word)).toEqual(['Ignore', 'Storage', 'External abort']);
    expect(otherAnswers(ask({ kind: 'sysreg', permitted: ['value', 'raz-wi', 'storage', 'undef'] })).map((o) => o.word)).toEqual([
      'Zero',
      'Storage',
      'Refuse',
    ]);
    expect(otherAnswers(ask({ kind: 'nisv', permitted: ['abort', 'skip'] })).map((o) => o.word)).toEqual([
      'Skip',
      'External abort',
    ]);
  });
  it('has an answer for Enter only where nothing needs to be decided', () => {
    expect(plainAnswer(ask({ access: 'write' }))).toEqual({ do: 'value', value: '0x0' });
    expect(plainAnswer(ask({ kind: 'nisv', permitted: ['abort', 'skip'] }))).toBeUndefined();
  });
});
