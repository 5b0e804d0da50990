// The registers of the CPU that is shown: the CPUs where there are several, what changed, then X0–X30 or V0–V31, and PC and PSTATE below.
// Values are edited in place; who wrote a value is told by its mark. Every figure comes from the worker.

import { useState } from 'react';
import { useClient } from '#client';
import { Chip, createCell, Empty, groupHex, Mark, readStored, Segmented, useCell, writeStored } from '#ui';
import './registers.css';
import { CpuList } from './cpu-list.tsx';
import { GeneralRegisters } from './general-registers.tsx';
import { PState } from './pstate.tsx';
import { VectorRegisters } from './vector-registers.tsx';
import { currentSp, LANES, type Lanes, type LaneText, modeName, type Radix, SPECIAL, worldOf } from './view-model.ts';

const FILES = [
  { value: 'x', word: 'X', hint: 'X0 to X30 and SP, 64 bits' },
  { value: 'w', word: 'W', hint: 'W0 to W30 and WSP: the lower 32 bits' },
  { value: 'v', word: 'V', hint: 'V0 to V31, FPCR and FPSR: SIMD and floating point' },
] as const;
type File = (typeof FILES)[number]['value'];

const RADICES = [
  { value: 'hex', word: 'hex' },
  { value: 'dec', word: 'dec', hint: 'signed decimal' },
  { value: 'bin', word: 'bin' },
  { value: 'ascii', word: 'text', hint: 'bytes as ASCII, highest first' },
] as const;

const LANE_TEXTS = [
  { value: 'hex', word: 'hex' },
  { value: 'dec', word: 'dec', hint: 'signed decimal' },
  { value: 'float', word: 'float', hint: 'floating point, of lanes of 64, 32 and 16 bits' },
] as const;

/** One of these values, as kept in the browser. */
function oneOf<T extends string>(options: readonly { readonly value: T }[]): (data: unknown) => T | undefined {
  return (data) => options.find(({ value }) => value === data)?.value;
}

/** Which registers stand in the grid; other views may ask for V. */
const file = createCell<File>('x', { key: 'registers.file', parse: oneOf(FILES) });

/** See the head of this file. */
export function RegistersView() {
  const machine = useClient((s) => s.machine);
  const [radix, setRadix] = useState<Radix>(() => readStored('registers.radix', oneOf(RADICES)) ?? 'hex');
  const [lanes, setLanes] = useState<Lanes>(() => readStored('registers.lanes', oneOf(LANES)) ?? 'q');
  const [laneText, setLaneText] = useState<LaneText>(() => readStored('registers.lane-text', oneOf(LANE_TEXTS)) ?? 'hex');
  const shown = useCell(file);
  if (machine.status.kind === 'empty') return <Empty>Registers appear when a program is loaded.</Empty>;

  const pstate = machine.registers[SPECIAL.pstate] ?? 0n;
  const pc = machine.registers[SPECIAL.pc] ?? 0n;
  const keep = <T,>(key: string, set: (value: T) => void) => {
    return (next: T) => {
      set(next);
      writeStored(`registers.${key}`, next);
    };
  };

  return (
    <div className="registers">
      {machine.cpus.length > 1 && <CpuList />}
      <div className="registers-changes">
        <div className="registers-head">
          <span className="label">
            {machine.changes.length === 0
              ? 'No change'
              : machine.changesSince === 0
                ? 'Since the last stop'
                : `Since exit ${machine.changesSince}`}
          </span>
        </div>
        <ul className="change-list" aria-label="Changed registers">
          {machine.changes.map((change) => (
            <li key={change.register}>
              <Mark by={change.by} />
              <span className="register-name">{change.register}</span>
              <span className="was" title={groupHex(change.before)}>
                {groupHex(change.before)}
              </span>
              <span aria-hidden="true">→</span>
              <b title={groupHex(change.after)}>{groupHex(change.after)}</b>
              <span className="who" title={change.detail}>
                {change.detail}
              </span>
            </li>
          ))}
        </ul>
      </div>
      <div className="registers-choice">
        <Segmented label="Registers" options={FILES} value={shown} onChange={file.set} />
        {shown === 'v' ? (
          <>
            <Segmented label="Lanes" options={LANES} value={lanes} onChange={keep('lanes', setLanes)} />
            <Segmented label="Numbers" options={LANE_TEXTS} value={laneText} onChange={keep('lane-text', setLaneText)} />
          </>
        ) : (
          <Segmented label="Radix" options={RADICES} value={radix} onChange={keep('radix', setRadix)} />
        )}
      </div>
      {shown === 'v' ? (
        <VectorRegisters lanes={lanes} text={laneText} />
      ) : (
        <GeneralRegisters width={shown === 'w' ? 32 : 64} radix={radix} sp={currentSp(pstate)} />
      )}
      <div className="pstate-line">
        <span>
          pc <b>{groupHex(pc)}</b>
        </span>
        <span>
          <Chip world={worldOf(machine.el)} label={`EL${machine.el}`} /> {modeName(pstate)}
        </span>
      </div>
      <PState pstate={pstate} />
    </div>
  );
}
