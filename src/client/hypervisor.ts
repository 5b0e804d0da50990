// KVM's configuration and ID registers, for the views: what is asked of the machine, and what a person changes. The configuration is the program's,
// saved with it; a machine is made of it at reset. An ID register is written at once, as a VMM does, and kept in the configuration when KVM takes it.

import { useEffect, useState } from 'react';
import { hex } from '#base';
import type { AnswerRule, MachineConfig } from '#project';
import type { IdRegisterDetail, IdRegisterList, IdVerdictView, Reply, SwitchesView } from '#protocol';
import { currentProject, keepWork, loadProgram, report, setProgram, setRules, worker } from './actions.ts';
import { type Told, useAnswer } from './inspect.ts';
import { useClient } from './store.ts';

/** The switches as the program has them; asked for anew when the configuration changed, and when another machine runs. */
export function useSwitches(): Told<SwitchesView> {
  const config = useClient((s) => s.program.config);
  const made = useClient((s) => s.program.made);
  const [told, setTold] = useState<Told<SwitchesView>>({ value: undefined, error: undefined });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another machine answers otherwise
  useEffect(() => {
    let late = false;
    worker()
      .api.switches(config)
      .then(
        (reply) => {
          if (late) return;
          setTold(reply.ok ? { value: reply.value, error: undefined } : { value: undefined, error: reply.error.message });
        },
        // The worker is lost: the notice of that says so.
        () => undefined,
      );
    return () => {
      late = true;
    };
  }, [config, made]);
  return told;
}

/** True when the program's configuration is not the one that the machine was made of. */
export function useConfigPending(): boolean {
  return useClient(({ program: { config, made } }) => made !== undefined && !sameConfig(config, made.config));
}

function sameConfig(a: MachineConfig, b: MachineConfig): boolean {
  const sorted = (config: MachineConfig) => JSON.stringify(Object.entries(config).toSorted(([x], [y]) => (x < y ? -1 : 1)));
  return a === b || sorted(a) === sorted(b);
}

/** Takes another configuration: at once where nothing has run yet, else with the next reset. */
export async function editConfig(config: MachineConfig): Promise<void> {
  setProgram({ config });
  keepWork();
  const { machine, program } = useClient.getState();
  const { status, moment } = machine;
  const fresh =
    status.kind === 'empty' ||
    (status.kind === 'paused' && status.why === 'reset' && moment.instructions === 0 && moment.exits === 0);
  if (fresh && program.loaded) await loadProgram();
  else if (status.kind === 'empty') await loadProgram();
}

/** Takes a configuration and rules together, and goes back to reset with them. */
export async function takePosition(config: MachineConfig, rules: readonly AnswerRule[]): Promise<void> {
  setProgram({ config, rules });
  keepWork();
  await loadProgram();
}

/** The ID registers that KVM keeps for the VM. */
export function useIdRegisters(): Told<IdRegisterList> {
  return useAnswer('id-registers', (api) => api.idRegisters());
}

/** One of them in full. */
export function useIdRegister(name: string): Told<IdRegisterDetail> {
  return useAnswer(`id ${name}`, (api) => api.idRegister(name));
}

/** Shows an ID register in its view. */
export function selectIdRegister(idRegister: string): void {
  useClient.setState((s) => ({ selection: { ...s.selection, idRegister } }));
}

/** What KVM_SET_ONE_REG would say. */
export async function judgeIdRegister(name: string, value: bigint): Promise<Reply<IdVerdictView>> {
  return worker().api.judgeIdRegister(name, value);
}

/** KVM_SET_ONE_REG; what KVM takes is kept with the program. Undefined when there was nobody to ask. */
export async function writeIdRegister(name: string, value: bigint): Promise<IdVerdictView | undefined> {
  const reply = await worker().api.writeIdRegister(name, value);
  if (!report(reply)) return undefined;
  if (reply.value.errno === '') {
    const { made } = useClient.getState().program;
    const config = withIdRegister(name, value);
    setProgram({
      config,
      ...(made && { made: { ...made, config: { ...made.config, id_registers: config.id_registers ?? {} } } }),
    });
    keepWork();
  }
  return reply.value;
}

/** Writes an ID register when the next machine is made, before anything else is written. */
export async function writeIdRegisterAtReset(name: string, value: bigint): Promise<void> {
  setProgram({ config: withIdRegister(name, value) });
  keepWork();
  await loadProgram();
}

function withIdRegister(name: string, value: bigint): MachineConfig {
  const { config } = useClient.getState().program;
  return { ...config, id_registers: { ...config.id_registers, [name]: hex(value) } };
}

/** Forgets what the configuration writes to an ID register, and goes back to reset. */
export async function forgetIdRegister(name: string): Promise<void> {
  const { config } = useClient.getState().program;
  const { [name]: _, ...others } = config.id_registers ?? {};
  const { id_registers: __, ...rest } = config;
  setProgram({ config: Object.keys(others).length > 0 ? { ...rest, id_registers: others } : rest });
  keepWork();
  await loadProgram();
}

/** Takes rules from the text of an answers file in place of the present ones; the error says what is wrong with it, and where. */
export async function importRules(text: string): Promise<string | undefined> {
  const reply = await worker().api.readRules(text);
  if (!reply.ok) return reply.error.message;
  return setRules(reply.value);
}

/** The rules as an answers file has them, one a line. */
export function exportRules(): string {
  const lines = currentProject().rules.map((rule) => `    ${JSON.stringify(rule)}`);
  return lines.length === 0 ? '{ "rules": [] }\n' : `{\n  "rules": [\n${lines.join(',\n')}\n  ]\n}\n`;
}
