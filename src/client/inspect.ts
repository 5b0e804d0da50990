// What views ask of the machine as it stands: each question is put again whenever the machine has come to stand, and while the guest runs the
// answer of the standstill before is kept. What comes too late (another question, another machine) is dropped.

import { useEffect, useMemo, useState } from 'react';
import type {
  ControlDetail,
  ControlRegisterLine,
  ControlRegisterView,
  PStateView,
  RegisterDetail,
  RegisterList,
  RegisterQuery,
  RegisterValue,
  Reply,
  TlbView,
  TranslationQuery,
  TranslationView,
  VectorsView,
} from '#protocol';
import { worker } from './actions.ts';
import type { Connection } from './connection.ts';
import { type MachineSlice, useClient } from './store.ts';

/** An answer, or why there is none; neither while none has come. */
export interface Told<T> {
  readonly value: T | undefined;
  /** What is wrong with the question. */
  readonly error: string | undefined;
}

/** The machine while it stands, as a token that is another one at each stop; undefined while it runs or is not there. */
function standing({ machine }: { readonly machine: MachineSlice }): MachineSlice | undefined {
  const { kind } = machine.status;
  return kind === 'running' || kind === 'empty' || kind === 'crashed' ? undefined : machine;
}

/** `key` tells questions apart; undefined asks nothing. */
export function useAnswer<T>(key: string | undefined, ask: (api: Connection['api']) => Promise<Reply<T>>): Told<T> {
  const stop = useClient(standing);
  const empty = useClient((s) => s.machine.status.kind === 'empty');
  const [told, setTold] = useState<Told<T> & { readonly epoch: number }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what the question is
  useEffect(() => {
    if (!stop || key === undefined) return;
    let late = false;
    const { epoch } = stop;
    ask(worker().api).then(
      (reply) => {
        if (late || epoch !== useClient.getState().machine.epoch) return;
        setTold(
          reply.ok ? { epoch, value: reply.value, error: undefined } : { epoch, value: undefined, error: reply.error.message },
        );
      },
      // The worker is lost: the notice of that says so.
      () => undefined,
    );
    return () => {
      late = true;
    };
  }, [stop, key]);
  return empty || key === undefined || !told ? NOTHING : told;
}

const NOTHING: Told<never> = { value: undefined, error: undefined };

/** The registers that a query finds. */
export function useRegisterList({ text, scope }: RegisterQuery): Told<RegisterList> {
  return useAnswer(`${scope} ${text}`, (api) => api.registerList({ text, scope }));
}

/** Values of registers by name. */
export function useRegisterValues(names: readonly string[]): ReadonlyMap<string, RegisterValue> {
  const told = useAnswer(names.length === 0 ? undefined : names.join(' '), (api) => api.registerValues(names));
  return useMemo(() => new Map((told.value ?? []).map((value) => [value.name, value])), [told.value]);
}

/** One register in full. */
export function useRegisterDetail(name: string | undefined): Told<RegisterDetail> {
  return useAnswer(name, (api) => api.registerDetail(name ?? ''));
}

/** PSTATE with its fields; asked for only when it is shown. */
export function usePState(shown: boolean): Told<PStateView> {
  return useAnswer(shown ? 'pstate' : undefined, (api) => api.pstate());
}

/** The SIMD and floating-point registers; asked for only when they are shown. */
export function useVectors(shown: boolean): Told<VectorsView> {
  return useAnswer(shown ? 'vectors' : undefined, (api) => api.vectors());
}

/** The registers of trap controls. */
export function useControlRegisters(): Told<readonly ControlRegisterLine[]> {
  return useAnswer('controls', (api) => api.controlRegisters());
}

/** One of them with its controls. */
export function useControlRegister(name: string): Told<ControlRegisterView> {
  return useAnswer(name, (api) => api.controlRegister(name));
}

/** One control in full. */
export function useControlDetail(register: string, field: string): Told<ControlDetail> {
  return useAnswer(field === '' ? undefined : `${register}.${field}`, (api) => api.controlDetail(register, field));
}

/** A translation walk. */
export function useTranslation(query: TranslationQuery): Told<TranslationView> {
  const { address, access, level, exit } = query;
  return useAnswer(`${access} ${level} ${exit} ${address}`, (api) => api.translate(query));
}

/** What the processor's TLB keeps; asked for only when it is shown. */
export function useTlb(shown: boolean): Told<TlbView> {
  return useAnswer(shown ? 'tlb' : undefined, (api) => api.tlb());
}

/** Shows a system register in its view. */
export function selectRegister(register: string | undefined): void {
  useClient.setState((s) => ({ selection: { ...s.selection, register } }));
}

/** Shows a trap control in its view; without a field, its register. */
export function selectControl(register: string, field = ''): void {
  useClient.setState((s) => ({ selection: { ...s.selection, control: { register, field } } }));
}
