// The CPUs, a line each: what it does, its level, where it is. Choosing one makes every view its own.
import { type KeyboardEvent, useRef } from 'react';
import { type CpuLine, control, showCpu, useClient } from '#client';
import { Button, Chip, groupHex, ringMove } from '#ui';
import { doingText, worldOf } from './view-model.ts';

/** See the head of this file. */
export function CpuList() {
  const cpus = useClient((s) => s.machine.cpus);
  const shown = useClient((s) => s.machine.cpu);
  const status = useClient((s) => s.machine.status.kind);
  const group = useRef<HTMLDivElement>(null);
  const running = status === 'running';
  const onKeyDown = (event: KeyboardEvent) => {
    const next = ringMove(event.key, shown, cpus.length, 'column');
    if (next === undefined) return;
    event.preventDefault();
    void showCpu(next);
    group.current?.querySelectorAll<HTMLElement>('[role="radio"]')[next]?.focus();
  };
  return (
    <section className="cpus" aria-label="vCPUs">
      <div className="registers-head">
        <span className="label">{cpus.length} vCPUs, one shown</span>
        <Button unavailable={status !== 'paused'} onClick={() => void control({ kind: 'step-all' })}>
          Step all
        </Button>
      </div>
      <div ref={group} role="radiogroup" aria-label="vCPU shown" onKeyDown={onKeyDown}>
        {cpus.map((line) => (
          <Line key={line.cpu} line={line} shown={line.cpu === shown} running={running} />
        ))}
      </div>
    </section>
  );
}

function Line({ line, shown, running }: { line: CpuLine; shown: boolean; running: boolean }) {
  const { cpu, doing, el, pc } = line;
  const off = doing === 'off';
  return (
    // biome-ignore lint/a11y/useSemanticElements: a native radio cannot be drawn as a row
    <button
      type="button"
      role="radio"
      aria-checked={shown}
      tabIndex={shown ? 0 : -1}
      className={`cpu cpu-${doing}`}
      onClick={() => void showCpu(cpu)}
    >
      <span className="cpu-name">vCPU {cpu}</span>
      {doing === 'asks' ? <Chip world="V" label="VMM" /> : off ? <span /> : <Chip world={worldOf(el)} label={`EL${el}`} />}
      <span className="cpu-pc">{off ? '' : groupHex(pc)}</span>
      <span className="cpu-line">{line.line !== undefined && !off && `line ${line.line}`}</span>
      <span className="cpu-doing">{doingText(doing, running)}</span>
    </button>
  );
}
