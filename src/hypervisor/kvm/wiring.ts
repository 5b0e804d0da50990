// Between a host's processors, which are made first, and the interrupt controller of whichever VM runs on them: the CPU interface's registers and the
// timers' outputs. Knows neither.
import { SYSREGS } from '#arch/sysreg';
import type { ProcessorOptions, TimerName } from '#cpu';
import type { GuestLines } from './host.ts';

type Registers = NonNullable<ProcessorOptions['interruptInterface']>['registers'];
type Register = NonNullable<ReturnType<Registers['get']>>;

/** Give each processor `options`, and the host this object. */
export class GuestWiring {
  #lines: GuestLines | undefined;

  options(index: number): Pick<ProcessorOptions, 'interruptInterface' | 'timerOutput'> {
    return {
      interruptInterface: { registers: this.#registers(index) },
      timerOutput: (timer: TimerName, level: boolean) => this.#lines?.timer(index, timer, level),
    };
  }

  /** The VM whose guest runs from now on. */
  connect(lines: GuestLines): void {
    this.#lines = lines;
  }

  #registers(index: number): Registers {
    const own = (name: string): Register | undefined => this.#lines?.register(index, name);
    const register = (name: string): Register => ({
      get readActs() {
        return own(name)?.readActs === true;
      },
      // The guest has the whole interface to itself: HCR_EL2 sends none of its accesses elsewhere.
      get read(): NonNullable<Register['read']> {
        const read = own(name)?.read;
        return (read && ((by) => read({ ...by, hcr: 0n }))) as NonNullable<Register['read']>;
      },
      get write(): NonNullable<Register['write']> {
        const write = own(name)?.write;
        return (write && ((by, value) => write({ ...by, hcr: 0n }, value))) as NonNullable<Register['write']>;
      },
    });
    return new Map(SYSREGS.filter((row) => row.name.startsWith('ICC_')).map(({ name }) => [name, register(name)]));
  }
}
