// The board without a hypervisor model: EL2 belongs to the guest image, addresses are physical, devices answer directly, and what nobody answers
// is an external abort. Firmware is PSCI over SMC; semihosting where it is on. Laid out as QEMU's virt with virtualization=on.

import { assert, err, ok, type Result, subBytes } from '#base';
import {
  cpuModel,
  createMemory,
  createProcessor,
  type DeviceBus,
  type MachineMemory,
  type Processor,
  type TimerName,
} from '#cpu';
import { BOARD, type Device, GIC_STATE_SIZE, makeBus, makeGic, type Placed, PPI, spiIntid } from '#devices';
import type { Board, BoardHooks, BoardStop } from './board.ts';
import { hasPmu, placeDeviceTree } from './describe.ts';
import { loadImage, reasonNoMemory } from './load.ts';
import { bytesOf, makePeripherals, nextEvent } from './peripherals.ts';
import { psci } from './psci.ts';
import { semihosting } from './semihosting.ts';
import type { MachineOptions } from './types.ts';

const RAM_BASE = BOARD.ram.base;
/** INTID of CNTHV, as virt has it. */
const HYPERVISOR_VIRTUAL_TIMER = 28;
/** EL2h, EL1h, EL0t with D, A, I and F masked. */
const PSTATE_AT = [0x3c0n, 0x3c5n, 0x3c9n] as const;

/** Makes the board at reset. */
export function createBareMetalBoard(options: MachineOptions, _hooks: BoardHooks): Result<Board, string> {
  const { board, config } = options;
  const model = cpuModel(board.cpu);
  if (!model) return err(`there is no CPU model '${board.cpu}'`);
  for (const key of ['capabilities', 'policy', 'host', 'id_registers', 'trap_controls'] as const) {
    if (config[key] !== undefined) return err(`"${key}" configures KVM; there is none with --hypervisor none`);
  }
  let memory: MachineMemory;
  try {
    memory = createMemory({ cpus: board.cpus, regions: [{ base: RAM_BASE, size: BigInt(board.memory), kind: 'ram' }] });
  } catch (error) {
    return err(reasonNoMemory(error, board.memory));
  }
  const gicLines: Readonly<Record<TimerName, number>> = {
    physical: PPI.physicalTimer,
    virtual: PPI.virtualTimer,
    hypPhysical: PPI.hypervisorTimer,
    hypVirtual: HYPERVISOR_VIRTUAL_TIMER,
  };
  const gic = makeGic(
    subBytes(bytesOf(memory), memory.reserve(GIC_STATE_SIZE), GIC_STATE_SIZE),
    { line: (cpu, output, level) => processors[cpu]?.setLine(output, level === 1) },
    { cpus: board.cpus, nmi: model.features.has('FEAT_GICv3_NMI') },
  );
  const { placed, uart, timed } = makePeripherals(memory, {
    console: (byte) => options.console?.(byte),
    irq: (spi, level) => gic.setLine(spiIntid(spi), level),
  });
  const bus = deviceBus([
    ...placed,
    { base: BOARD.distributor.base, device: gic.distributor },
    ...gic.redistributors.map(
      (device, cpu): Placed => ({ base: BOARD.redistributors.base + BOARD.redistributors.size * BigInt(cpu), device }),
    ),
  ]);
  const processors: readonly Processor[] = Array.from({ length: board.cpus }, (_, index) =>
    createProcessor({
      memory,
      index,
      model,
      el2: 'guest',
      bus,
      firmware: true,
      semihosting: options.semihosting !== undefined,
      interruptInterface: gic.cpuInterfaces[index],
      pmuOutput: (level) => gic.setLine(PPI.pmu, level ? 1 : 0, index),
      timerOutput: (timer, level) => gic.setLine(gicLines[timer], level ? 1 : 0, index),
      sendEvent: () => {
        for (const other of processors) if (other.index !== index) other.setEvent();
      },
      broadcastTlbi: (invalidation) => {
        for (const other of processors) if (other.index !== index) other.invalidateTlb(invalidation);
      },
    }),
  );
  gic.reset();
  processors.forEach((cpu) => {
    cpu.reset({ el: board.el, pc: options.image.entry });
    cpu.pstate = PSTATE_AT[board.el] as bigint;
    cpu.off = cpu.index !== 0;
  });
  const first = processors[0];
  assert(first, 'a board without a CPU');
  const write = (address: bigint, part: Uint8Array): boolean => memory.writeBytes(address, part);
  first.setX(0, placeDeviceTree(options, { psci: 'smc', el2: true, pmu: hasPmu(model) }, write) ?? 0n);
  const loaded = loadImage(options.image, write, 2);
  if (!loaded.ok) return loaded;
  const set = loaded.value.registers(first, config.registers ?? {});
  if (!set.ok) return set;

  const files = options.semihosting;
  const read = (cpu: Processor, address: bigint, length: number): Uint8Array | undefined =>
    readVirtual(memory, cpu, address, length);

  function run(index: number, budget: number): BoardStop {
    const cpu = processors[index];
    assert(cpu, `CPU ${index}`);
    let left = budget;
    for (;;) {
      if (cpu.off) return { kind: 'asleep', deadline: undefined };
      // An instruction takes a nanosecond: a device's moment ends the stretch, so that it is met exactly.
      const due = nextEvent(timed);
      const until = due === undefined || due - memory.clock > BigInt(left) ? left : Math.max(0, Number(due - memory.clock));
      const { stop, executed } = cpu.run(until);
      left -= executed;
      if (due !== undefined && memory.clock >= due) for (const device of timed) device.advance();
      switch (stop.kind) {
        case 'budget':
          break;
        case 'wait':
          return { kind: 'asleep', deadline: sooner(stop.deadline, nextEvent(timed)) };
        case 'breakpoint':
          return { kind: 'breakpoint' };
        case 'requested':
          return stop;
        case 'semihosting': {
          assert(files, 'a semihosting stop without files');
          const outcome = semihosting(cpu, {
            files,
            console: (byte) => options.console?.(byte),
            now: () => memory.clock,
            read: (address, length) => read(cpu, address, length),
            write: (address, part) => writeVirtual(memory, cpu, address, part),
          });
          if (outcome.kind === 'exit') {
            return {
              kind: 'ended',
              reason: 'exit',
              errno: undefined,
              status: outcome.status,
              message: `the guest ended with status ${outcome.status}`,
            };
          }
          break;
        }
        case 'firmware': {
          const outcome = psci(cpu, {
            find: (mpidr) => {
              const found = Number(mpidr & 0xffn) | (Number((mpidr >> 8n) & 0xffn) << 4);
              return found < processors.length && (mpidr & 0xff_ff00_0000n) === 0n ? found : undefined;
            },
            isOn: (target) => processors[target]?.off === false,
            turnOn(target, entry, context) {
              const other = processors[target];
              assert(other, `CPU ${target}`);
              other.reset({ el: board.el, pc: entry });
              other.pstate = PSTATE_AT[board.el] as bigint;
              other.setX(0, context);
            },
          });
          if (outcome.kind === 'off') return ended('shutdown', 'the guest switched the machine off (PSCI SYSTEM_OFF)');
          if (outcome.kind === 'reset') return ended('reset', 'the guest asked for a reset (PSCI SYSTEM_RESET)');
          if (outcome.kind === 'cpu-off') cpu.off = true;
          if (outcome.kind === 'suspend') return { kind: 'yield' };
          break;
        }
        case 'exception':
          assert(false, 'EL2 belongs to the guest, and yet an exception was left to a model');
      }
      if (left <= 0) return { kind: 'budget' };
    }
  }

  return ok({
    memory,
    processors,
    sleeps(index) {
      const cpu = processors[index];
      return cpu?.off ? 'off' : cpu?.waiting;
    },
    run,
    answer: () => err('no exit asks anybody on bare metal'),
    preview: () => err('no exit asks anybody on bare metal'),
    setRules: () => ok(undefined),
    vm: undefined,
    setIdRegister: () => err('there is no hypervisor that would take it'),
    consoleInput(typed) {
      for (const byte of typed) uart.receive(byte);
    },
    setInterrupt(intid, level) {
      if (!Number.isInteger(intid) || intid < 16 || intid >= 32 + gic.parameters.spis)
        return err(`interrupt ${intid}: PPIs are 16 to 31, SPIs 32 to ${31 + gic.parameters.spis}`);
      gic.setLine(intid, level);
      return ok(undefined);
    },
    readMemory: (address, length) => memory.readBytes(address, length),
    writeMemory: (address, part) => memory.writeBytes(address, part),
  });
}

function ended(reason: 'shutdown' | 'reset', message: string): BoardStop {
  return { kind: 'ended', reason, errno: undefined, status: undefined, message };
}

function sooner(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  if (a === undefined) return b;
  return b === undefined || a < b ? a : b;
}

function deviceBus(placed: readonly Placed[]): DeviceBus {
  const bus = makeBus(placed);
  const at = <T>(
    physical: bigint,
    bytes: number,
    access: (device: Device, offset: number) => Result<T, unknown>,
  ): Result<T, 'external-abort'> => {
    const found = bus.find(physical, bytes);
    const result = found && access(found.placed.device, found.offset);
    return result?.ok ? result : err('external-abort');
  };
  return {
    read: (physical, bytes) => at(physical, bytes, (device, offset) => device.read(offset, bytes)),
    write: (physical, bytes, value) => {
      const done = at(physical, bytes, (device, offset) => device.write(offset, bytes, value));
      return done.ok ? ok(0n) : done;
    },
  };
}

/** Memory as the CPU's current translation gives it; undefined where a byte has none. */
function readVirtual(memory: MachineMemory, cpu: Processor, address: bigint, length: number): Uint8Array | undefined {
  const out = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const va = BigInt.asUintN(64, address + BigInt(at));
    const chunk = Math.min(length - at, 4096 - Number(va & 0xfffn));
    const physical = translated(cpu, va, 'read');
    const bytes = physical === undefined ? undefined : memory.readBytes(physical, chunk);
    if (!bytes) return undefined;
    out.set(bytes, at);
    at += chunk;
  }
  return out;
}

function writeVirtual(memory: MachineMemory, cpu: Processor, address: bigint, bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; ) {
    const va = BigInt.asUintN(64, address + BigInt(at));
    const chunk = Math.min(bytes.length - at, 4096 - Number(va & 0xfffn));
    const physical = translated(cpu, va, 'write');
    if (physical === undefined || !memory.writeBytes(physical, bytes.subarray(at, at + chunk))) return false;
    at += chunk;
  }
  return true;
}

function translated(cpu: Processor, va: bigint, kind: 'read' | 'write'): bigint | undefined {
  const walk = cpu.walk(va, kind);
  return walk.kind === 'fault' ? undefined : walk.pa;
}
