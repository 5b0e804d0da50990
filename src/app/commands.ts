// Everything that can be done, as one list: the palette shows it, the keys and the toolbar act through it, the key sheet prints it.
import { control, pause, reset, restart, showCpu, useClient } from '#client';
import { GUESTS } from '#guests';
import { announce, type Command, createCell, setTheme, themeNames, themes } from '#ui';
import { choosePreset, dock, goToView, preset, type Side } from './arrangement.ts';
import { CODE_VIEW, presetNames, presets } from './dock-layout.ts';
import { askForFile, newProgram, openProgram, saveGuestFiles, saveProgramFile, saveSourceFile } from './programs.ts';
import { features } from './registry.ts';
import { type Controls, controls } from './run-state.ts';

/** Which dialog is open. */
export const dialog = createCell<'palette' | 'keys' | 'board' | undefined>(undefined);

function can(what: keyof Controls): () => boolean {
  return () => {
    const { machine, program } = useClient.getState();
    return controls(machine, program)[what];
  };
}

function several(): boolean {
  return useClient.getState().machine.cpus.length > 1;
}

async function run(kind: 'run' | 'next-exit'): Promise<void> {
  const { machine, program } = useClient.getState();
  if (controls(machine, program).runAnew) await reset();
  await control({ kind });
}

const runCommands: readonly Command[] = [
  { id: 'run', title: 'Run', group: 'Run', keys: ['F5'], available: can('run'), run: () => void run('run') },
  {
    id: 'next-exit',
    title: 'Run to the next exit',
    group: 'Run',
    keys: ['Shift+F5'],
    available: can('run'),
    run: () => void run('next-exit'),
  },
  { id: 'pause', title: 'Pause', group: 'Run', keys: ['F6'], available: can('pause'), run: () => void pause() },
  {
    id: 'step',
    title: 'Step',
    group: 'Run',
    keys: ['F11', 'Alt+F11'],
    available: can('step'),
    run: () => void control({ kind: 'step' }),
  },
  {
    id: 'over',
    title: 'Step over',
    group: 'Run',
    keys: ['F10', 'Alt+F10'],
    available: can('step'),
    run: () => void control({ kind: 'step-over' }),
  },
  {
    id: 'out',
    title: 'Step out',
    group: 'Run',
    keys: ['Shift+F11'],
    available: can('step'),
    run: () => void control({ kind: 'step-out' }),
  },
  {
    id: 'step-all',
    title: 'Step every vCPU',
    group: 'Run',
    keys: ['Ctrl+F11'],
    available: () => several() && can('step')(),
    run: () => void control({ kind: 'step-all' }),
  },
  {
    id: 'next-cpu',
    title: 'Show the next vCPU',
    group: 'Run',
    keys: ['Ctrl+F6'],
    available: several,
    run: () => {
      const { cpu, cpus } = useClient.getState().machine;
      const next = (cpu + 1) % cpus.length;
      void showCpu(next);
      announce(`vCPU ${next} is shown`);
    },
  },
  { id: 'reset', title: 'Reset', group: 'Run', keys: ['Ctrl+Shift+F5'], available: can('reset'), run: () => void reset() },
  {
    id: 'restart',
    title: 'Restart the machine after an internal error',
    group: 'Run',
    available: () => useClient.getState().machine.status.kind === 'crashed',
    run: () => void restart(),
  },
];

const hasSemihosting = () => {
  const { hypervisor, semihosting } = useClient.getState().program.board;
  return hypervisor === 'none' && semihosting === true;
};

const programCommands: readonly Command[] = [
  ...GUESTS.map(
    (guest): Command => ({
      id: `open-${guest.id}`,
      title: `Open example: ${guest.title}`,
      group: 'Program',
      run: () => openProgram(guest.project),
    }),
  ),
  { id: 'new', title: 'New program', group: 'Program', run: newProgram },
  { id: 'open-file', title: 'Open a file: source, ELF or flat image…', group: 'Program', run: askForFile },
  { id: 'save-file', title: 'Save the source as a file', group: 'Program', run: saveSourceFile },
  { id: 'save-elf', title: 'Save the program as an ELF file', group: 'Program', run: () => void saveProgramFile('elf') },
  { id: 'save-flat', title: 'Save the program as a flat image', group: 'Program', run: () => void saveProgramFile('flat') },
  {
    id: 'save-guest-files',
    title: 'Save the files that the guest has made',
    group: 'Program',
    available: hasSemihosting,
    run: () => void saveGuestFiles(),
  },
  { id: 'board', title: 'Board: hypervisor, level, vCPUs, memory, processor…', group: 'Program', run: () => dialog.set('board') },
];

function arrange(act: (side: Side) => boolean, side: Side, done: string): void {
  announce(act(side) ? `${done} ${side}` : `Nothing ${side} of here takes this view`);
}

const docked = () => dock.get() !== undefined;
const movable = () => docked() && dock.get()?.current() !== CODE_VIEW;
const sides: readonly Side[] = ['left', 'right', 'up', 'down'];

const viewCommands: readonly Command[] = [
  ...features.map(
    (feature): Command => ({
      id: `view-${feature.id}`,
      title: `Go to ${feature.title}`,
      group: 'View',
      run: () => goToView(feature.id),
    }),
  ),
  {
    id: 'next-view',
    title: 'Go to the next view',
    group: 'View',
    keys: ['Alt+PageDown'],
    available: docked,
    run: () => dock.get()?.cycle(1),
  },
  {
    id: 'previous-view',
    title: 'Go to the previous view',
    group: 'View',
    keys: ['Alt+PageUp'],
    available: docked,
    run: () => dock.get()?.cycle(-1),
  },
  {
    id: 'close-view',
    title: 'Close this view',
    group: 'View',
    available: movable,
    run: () => {
      const view = dock.get()?.current();
      if (view) dock.get()?.close(view);
    },
  },
  {
    id: 'maximize-view',
    title: 'Maximize this view, or bring the others back',
    group: 'View',
    available: docked,
    run: () => dock.get()?.maximize(),
  },
  ...sides.flatMap((side): Command[] => [
    {
      id: `move-${side}`,
      title: `Move this view ${side}`,
      group: 'View',
      available: docked,
      run: () => arrange((to) => dock.get()?.move(to) ?? false, side, 'Moved'),
    },
    {
      id: `join-${side}`,
      title: `Make this view a tab of the one ${side}`,
      group: 'View',
      available: movable,
      run: () => arrange((to) => dock.get()?.join(to) ?? false, side, 'Joined the view'),
    },
  ]),
  ...(['wider', 'narrower', 'taller', 'lower'] as const).map(
    (how): Command => ({
      id: `resize-${how}`,
      title: `Make this view ${how}`,
      group: 'View',
      available: docked,
      run: () => dock.get()?.resize(how),
    }),
  ),
  ...presets.map(
    (name): Command => ({
      id: `preset-${name}`,
      title: `Layout: ${presetNames[name]}`,
      group: 'View',
      available: () => preset.get() !== name,
      run: () => choosePreset(name),
    }),
  ),
  {
    id: 'reset-layout',
    title: 'Put this layout back as it was',
    group: 'View',
    available: docked,
    run: () => dock.get()?.reset(),
  },
];

const appCommands: readonly Command[] = [
  ...themes.map(
    (theme): Command => ({
      id: `theme-${theme}`,
      title: `Theme: ${themeNames[theme]}`,
      group: 'App',
      run: () => {
        setTheme(theme);
        announce(`Theme: ${themeNames[theme]}`);
      },
    }),
  ),
  { id: 'palette', title: 'Commands', group: 'App', keys: ['Mod+K'], run: () => dialog.set('palette') },
  { id: 'keys', title: 'Keys', group: 'App', keys: ['?'], run: () => dialog.set('keys') },
];

/** Every command, those of the views included. */
export const commands: readonly Command[] = [
  ...runCommands,
  ...features.flatMap((feature) => feature.commands ?? []),
  ...programCommands,
  ...viewCommands,
  ...appCommands,
];

const byId = new Map(commands.map((command) => [command.id, command]));

/** The command with this id; the id is one of ours. */
export function command(id: string): Command {
  const found = byId.get(id);
  if (!found) throw new Error(`no command ${id}`);
  return found;
}

/** Whether a command can act now. */
export function isAvailable({ available }: Command): boolean {
  return available?.() ?? true;
}
