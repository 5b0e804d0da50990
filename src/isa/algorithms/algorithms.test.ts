import { describe, expect, it } from 'vitest';
import type { MemoryMove } from '../operations.ts';
import { crc32, crc32c } from './crc.ts';
import { type MoveMachine, moveMemory } from './memory-move.ts';
import { authenticatePac, computePac, insertPac, type PacLevel, type PointerLayout, stripPac } from './pointer-authentication.ts';
import { chooseTag, stepTagSeed } from './tags.ts';

describe('CRC-32', () => {
  const of = (crc: typeof crc32, text: string): string => {
    let value = 0xffff_ffffn;
    for (const character of text) value = crc(value, BigInt(character.charCodeAt(0)), 1n);
    return (value ^ 0xffff_ffffn).toString(16);
  };
  it('gives the check values of both polynomials', () => {
    expect(of(crc32, '123456789')).toBe('cbf43926');
    expect(of(crc32c, '123456789')).toBe('e3069283');
  });
  it('takes the lowest byte first', () => {
    const bytes = crc32(crc32(crc32(crc32(7n, 0x78n, 1n), 0x56n, 1n), 0x34n, 1n), 0x12n, 1n);
    expect(crc32(7n, 0xffff_ffff_1234_5678n, 4n)).toBe(bytes);
  });
});

describe('tags', () => {
  it('skip those that are excluded', () => {
    expect(chooseTag(3n, 0n, 0b1000n)).toBe(4n);
    expect(chooseTag(14n, 3n, 0b1n)).toBe(2n);
    expect(chooseTag(5n, 2n, 0xffffn)).toBe(0n);
  });
  it('come out of the shift register four bits at a time', () => {
    // Seed 1: feedback 1, 0, 0, 0 (bits 5, 3, 2 and 0 of 0x0001, 0x8000, 0x4000, 0x2000).
    expect(stepTagSeed(1)).toEqual({ offset: 1, seed: 0x1000 });
  });
});

describe('pointer authentication', () => {
  const key = { high: 0x84be85ce9804e94bn, low: 0xec2802d4e0a488e9n };
  it('computes the published QARMA-64 vector', () => {
    expect(computePac(0xfb623599da6e8127n, 0x477d469dec0b8762n, key, 'qarma5')).toBe(0xc003b93999b33765n);
  });
  const layouts: readonly PointerLayout[] = [
    { bottom: 48, tbi: false },
    { bottom: 39, tbi: true },
    { bottom: 42, tbi: true },
  ];
  for (const level of ['pauth', 'epac', 'pauth2'] as const satisfies readonly PacLevel[]) {
    for (const algorithm of ['qarma5', 'qarma3'] as const) {
      for (const layout of layouts) {
        it(`signs and authenticates: ${level} ${algorithm} from bit ${layout.bottom}${layout.tbi ? ' with tags' : ''}`, () => {
          const compute = (pointer: bigint): bigint => computePac(pointer, 0x1234n, key, algorithm);
          for (const pointer of [0x1000n, 0x7f_ffff_fff8n, 0xffff_ff80_0000_1000n]) {
            const select = ((pointer >> 55n) & 1n) as 0n | 1n;
            const signed = insertPac(pointer, select, layout, level, compute);
            expect(signed).not.toBe(pointer);
            expect(stripPac(signed, layout)).toBe(pointer);
            expect(authenticatePac(signed, layout, level, 0, compute)).toEqual({ pointer, ok: true });
            const wrong = authenticatePac(signed ^ (1n << 53n), layout, level, 1, compute);
            expect(wrong.ok).toBe(false);
            if (level !== 'pauth2') {
              const at = layout.tbi ? 53n : 61n;
              expect((wrong.pointer >> at) & 3n).toBe(2n);
            }
          }
        });
      }
    }
  }
  it('never authenticates a pointer that was not canonical when it was signed', () => {
    const layout = { bottom: 48, tbi: false };
    for (const level of ['pauth', 'pauth2'] as const) {
      const compute = (pointer: bigint): bigint => computePac(pointer, 9n, key, 'qarma5');
      const signed = insertPac(0x0010_0000_0000_1000n, 0n, layout, level, compute);
      expect(authenticatePac(signed, layout, level, 0, compute).ok).toBe(false);
    }
  });
});

/** A machine of 64 KiB whose pages from `fault` on cannot be touched. */
function machine(fault = 0x1_0000): MoveMachine & { readonly memory: Uint8Array; registers: bigint[]; raised: string[] } {
  const memory = Uint8Array.from({ length: 0x1_0000 }, (_, i) => (i * 7 + (i >> 8)) & 0xff);
  const registers = Array.from({ length: 32 }, () => 0n);
  const raised: string[] = [];
  let flags = 15;
  const stop = (what: string): never => {
    raised.push(what);
    throw new Error(what);
  };
  return {
    memory,
    registers,
    raised,
    x: (n) => (n === 31 ? 0n : (registers[n] as bigint)),
    setX(n, value) {
      registers[n] = value;
    },
    nzcv: () => flags,
    setNzcv(value) {
      flags = value;
    },
    load(address, bytes) {
      if (address + BigInt(bytes) > BigInt(fault)) stop('fault');
      let value = 0n;
      for (let i = bytes - 1; i >= 0; i -= 1) value = (value << 8n) | BigInt(memory[Number(address) + i] as number);
      return value;
    },
    store(address, bytes, value) {
      if (address + BigInt(bytes) > BigInt(fault)) stop('fault');
      for (let i = 0; i < bytes; i += 1) memory[Number(address) + i] = Number((value >> BigInt(i * 8)) & 0xffn);
    },
    storeTag: () => stop('tag'),
    raiseMops: (iss) => stop(`mops ${iss.toString(16)}`),
    raiseAlignment: () => stop('alignment'),
  };
}

describe('memory moves', () => {
  const run = (m: ReturnType<typeof machine>, kind: MemoryMove['kind'], d: bigint, s: bigint, n: bigint): void => {
    m.registers[0] = d;
    m.registers[1] = s;
    m.registers[2] = n;
    for (const stage of [0, 1, 2] as const) {
      moveMemory(m, { kind, stage, readUnprivileged: false, writeUnprivileged: false, Rd: 0, Rs: 1, Rn: 2, options: 0 });
    }
  };
  for (const [d, s, n] of [
    [0x100, 0x8000, 0],
    [0x100, 0x8000, 1],
    [0x101, 0x8003, 37],
    [0x2000, 0x2001, 500],
    [0x2001, 0x2000, 500],
    [0x2000, 0x2000, 64],
  ] as const) {
    it(`copies ${n} bytes from ${s} to ${d} as if through a buffer`, () => {
      const m = machine();
      const want = Uint8Array.from(m.memory);
      want.copyWithin(d, s, s + n);
      run(m, 'copy', BigInt(d), BigInt(s), BigInt(n));
      expect(m.memory.findIndex((byte, i) => byte !== want[i])).toBe(-1);
      expect(m.registers[2]).toBe(0n);
      expect(m.nzcv()).toBe(0);
    });
  }
  it('copies forward only, smearing what overlaps', () => {
    const m = machine();
    run(m, 'copy-forward', 0x201n, 0x200n, 3n);
    expect(m.registers[0]).toBe(0x204n);
    expect(m.registers[1]).toBe(0x203n);
  });
  it('fills with the low byte', () => {
    const m = machine();
    run(m, 'set', 0x40n, 0xabcdn, 13n);
    expect([...m.memory.subarray(0x40, 0x4d)]).toEqual(Array.from({ length: 13 }, () => 0xcd));
    expect(m.memory[0x4d]).toBe((0x4d * 7) & 0xff);
    expect(m.registers[0]).toBe(0x4dn);
  });
  it('leaves registers at a fault such that it goes on from there', () => {
    const m = machine(0x4000);
    expect(() => run(m, 'set', 0x3ff0n, 1n, 0x20n)).toThrow('fault');
    expect(m.registers[0]).toBe(0x4010n);
    expect(m.registers[2]).toBe(0xffff_ffff_ffff_fff0n);
  });
  it('raises an exception when the flags are not those that the prologue leaves', () => {
    const m = machine();
    m.registers[2] = 0xffff_ffff_ffff_ffffn;
    const move = {
      kind: 'copy',
      stage: 1,
      readUnprivileged: false,
      writeUnprivileged: false,
      Rd: 0,
      Rs: 1,
      Rn: 2,
      options: 5,
    } as const;
    expect(() => moveMemory(m, move)).toThrow('mops');
    // Options 22:19, WrongOption 17, OptionA 16, srcreg 9:5, sizereg 4:0.
    expect(m.raised).toEqual([`mops ${((5 << 19) | (1 << 17) | (1 << 16) | (1 << 5) | 2).toString(16)}`]);
  });
});
