// What happened on each source line: which level ran it last, and how many exits it made. Told to the page only when it changed.
import { EC } from '#arch/syndrome';
import type { EventLog, LogEntry } from '#machine';
import type { LineBadge, MachineStatus } from '#protocol';
import type { ProgramNames } from './exit-views.ts';
import { badgeText, instructionAddress } from './exit-views.ts';

interface Tally {
  count: number;
  ec: number;
  text: string;
  noSyndrome: boolean;
}

/** One run's story, line by line. Lines count from 1. */
export class LineStory {
  readonly #levels: Uint8Array;
  #levelsChanged = true;
  readonly #tallies = new Map<number, Tally>();
  #read = 0;
  #revision = -1;
  #happening: number | undefined;

  readonly #onExit: (entry: LogEntry, line: number | undefined) => void;

  /** `onExit` is told of every exit once, with its line: the log is gone through but here. */
  constructor(lines: number, onExit: (entry: LogEntry, line: number | undefined) => void) {
    this.#levels = new Uint8Array(lines + 1);
    this.#onExit = onExit;
  }

  /** An instruction of this line runs at this level. */
  ran(line: number, el: number): void {
    if (this.#levels[line] === el + 1) return;
    this.#levels[line] = el + 1;
    this.#levelsChanged = true;
  }

  /** What is new since it was asked last; undefined members did not change. */
  news(
    log: EventLog,
    names: ProgramNames,
    status: MachineStatus,
  ): { badges: readonly LineBadge[] | undefined; levels: Uint8Array | undefined } {
    const levels = this.#levelsChanged ? this.#levels.slice() : undefined;
    this.#levelsChanged = false;
    const fresh = log.exits !== this.#read || log.revision !== this.#revision;
    if (!fresh) return { badges: undefined, levels };
    // The last exit read before may have been answered since: it is read again for its text.
    for (let n = Math.max(1, this.#read); n <= log.exits; n += 1) this.#count(log.exit(n), names, n > this.#read);
    this.#read = log.exits;
    this.#revision = log.revision;
    const last = log.exits > 0 ? log.exit(log.exits) : undefined;
    this.#happening = status.kind === 'waiting' && last ? names.lineAt(instructionAddress(last)) : undefined;
    const badges = Array.from(
      this.#tallies,
      ([line, tally]): LineBadge => ({ line, kind: line === this.#happening ? 'happening' : 'happened', ...tally }),
    );
    return { badges, levels };
  }

  #count(entry: LogEntry, names: ProgramNames, isNew: boolean): void {
    const line = names.lineAt(instructionAddress(entry));
    if (isNew) this.#onExit(entry, line);
    if (line === undefined) return;
    const tally = this.#tallies.get(line) ?? { count: 0, ec: 0, text: '', noSyndrome: false };
    if (isNew) tally.count += 1;
    tally.ec = Number((entry.exception.esr >> 26n) & 0x3fn);
    tally.noSyndrome = tally.ec === EC.DataAbortLowerEl && ((entry.exception.esr >> 24n) & 1n) === 0n;
    tally.text = badgeText(entry);
    this.#tallies.set(line, tally);
  }
}
