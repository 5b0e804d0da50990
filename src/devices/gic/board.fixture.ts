// A GIC of two CPUs for tests, which plays the lines of sequences.ts on it and compares what it tells the CPUs.
import { expect } from 'vitest';
import { ownBytes } from '#base';
import type { Device } from '../device.ts';
import { type Accessor, GIC_STATE_SIZE, type GicParameters, makeGic } from './index.ts';
import { readSequence, type SequenceLine } from './sequences.ts';

export function board(parameters: Partial<GicParameters> = {}, state = ownBytes(GIC_STATE_SIZE)) {
  const told = new Set<string>();
  const changes: string[] = [];
  const gic = makeGic(
    state,
    {
      line(cpu, output, level) {
        changes.push(`${cpu} ${output} ${level}`);
        if (level) told.add(`${cpu} ${output}`);
        else told.delete(`${cpu} ${output}`);
      },
    },
    { cpus: 2, ...parameters },
  );
  let hcr = 0n;
  let nmi = false;

  function device(name: string, cpu: number): { device: Device; offset: number; bytes: number } {
    const of = name.startsWith('GICD_') ? gic.distributor : (gic.redistributors[cpu] as Device);
    const row = of.registers.find((r) => r.name === name);
    if (row === undefined) throw new Error(`no register ${name}`);
    return { device: of, offset: row.offset, bytes: /^GICD_IROUTER|^GICR_TYPER$/.test(name) ? 8 : 4 };
  }

  /** Plays a line; what a read gave. */
  function play({ cpu, el, name, access, value }: SequenceLine): bigint | undefined {
    if (access === 'line') {
      gic.setLine(Number(name), value ? 1 : 0, cpu);
      return undefined;
    }
    if (name === 'HCR_EL2') {
      hcr = value;
      return undefined;
    }
    if (name === 'SCTLR_ELx.NMI') {
      nmi = value === 1n;
      return undefined;
    }
    if (name.startsWith('GIC')) {
      const at = device(name, cpu);
      const done = access === 'read' ? at.device.read(at.offset, at.bytes) : at.device.write(at.offset, at.bytes, value);
      if (!done.ok) throw new Error(done.error.message);
      return done.value ?? undefined;
    }
    const register = gic.cpuInterfaces[cpu]?.registers.get(name);
    const by: Accessor = { el, hcr, nmi };
    if (access === 'read') return register?.read?.(by);
    register?.write?.(by, value);
    return undefined;
  }

  const toldTo = (cpu: number) => [...told].filter((line) => line.startsWith(`${cpu} `)).map((line) => line.slice(2));

  return {
    gic,
    changes,
    run(text: string) {
      for (const line of readSequence(text)) {
        const value = play(line);
        if (line.access === 'read')
          expect(`${line.text}: 0x${value?.toString(16)}`).toBe(`${line.text}: 0x${line.value.toString(16)}`);
        if (line.told) expect([line.text, ...toldTo(line.cpu)].sort()).toEqual([line.text, ...line.told].sort());
      }
    },
  };
}
