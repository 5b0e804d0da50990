// The toolbar, the same in every layout: the past is left, the future right. Reset | where the machine stands | Step, Over, Out,
// Pause, Run. On narrow screens it keeps the sign, the status and three buttons; the rest is under More.
import type { ReactNode } from 'react';
import { useClient } from '#client';
import { GUESTS } from '#guests';
import {
  Button,
  Chip,
  Icon,
  type IconName,
  Menu,
  type MenuSection,
  Sign,
  setTheme,
  themeNames,
  themes,
  useCell,
  useTheme,
  WordButton,
} from '#ui';
import { choosePreset, preset } from './arrangement.ts';
import { chordText } from './chord.ts';
import { command, dialog, isAvailable } from './commands.ts';
import { presetNames, presets } from './dock-layout.ts';
import { isMac } from './key-bindings.ts';
import { askForFile, isUntouched, keptPrograms, newProgram, openProgram, saveProgramFile, saveSourceFile } from './programs.ts';
import { boardText, statusText } from './run-state.ts';
import './toolbar.css';

const worldLabels = { '0': 'EL0', '1': 'EL1', '2': 'EL2', V: 'VMM' } as const;

/** Whose move it is, and where the machine stands. */
function StatusBox({ withName = false }: { withName?: boolean }) {
  const machine = useClient((state) => state.machine);
  const program = useClient((state) => state.program);
  const { world, words, where, tone } = statusText(machine, program);
  return (
    <div className="status-box">
      <div className={`status-words status-${tone}`}>
        {world && <Chip world={world} label={worldLabels[world]} />}
        <span>{words}</span>
      </div>
      <div className="status-where">
        {withName && `${program.name} · `}
        {where}
      </div>
    </div>
  );
}

function RunButton({ id, icon, word }: { id: string; icon: IconName; word: string }) {
  const { title, keys, run } = command(id);
  // Availability rests on the store alone, so the store says when it changed.
  const available = useClient(() => isAvailable(command(id)));
  return (
    <WordButton
      icon={icon}
      word={word}
      hint={keys?.[0] ? `${title} (${chordText(keys[0], isMac)})` : title}
      aria-keyshortcuts={keys?.map((key) => key.replace('Ctrl', 'Control')).join(' ')}
      unavailable={!available}
      onClick={run}
    />
  );
}

/** Examples as the menu shows them: of the positions of an argument only the first, as its switches lead to the others. */
const exampleSections = [...new Set(GUESTS.map(({ argument }) => argument))].map((argument) => ({
  heading: argument === undefined ? 'Examples' : `Arguments: ${argument}`,
  guests: GUESTS.filter(
    (guest, index) =>
      guest.argument === argument &&
      (argument === undefined || GUESTS.findIndex((g) => g.project.source === guest.project.source) === index),
  ),
}));

function useProgramSections(): MenuSection[] {
  const name = useClient((state) => state.program.name);
  const source = useClient((state) => state.program.source);
  const board = useClient((state) => state.program.board);
  const kept = useCell(keptPrograms);
  return [
    ...exampleSections.map(({ heading, guests }) => ({
      heading,
      items: guests.map((guest) => ({
        id: guest.id,
        word: guest.argument ? guest.title.replace(/:.*$/, '') : guest.title,
        note: <span className="data">{guest.project.name}</span>,
        chosen: guest.project.name === name && guest.project.source === source,
        run: () => openProgram(guest.project),
      })),
    })),
    ...(kept.length > 0
      ? [
          {
            heading: 'Put aside',
            items: kept.map((project, index) => ({
              id: `kept-${index}`,
              word: <span className="data">{project.name}</span>,
              note: firstWords(project.source),
              run: () => openProgram(project),
            })),
          },
        ]
      : []),
    {
      items: [
        { id: 'new', word: 'New program', run: newProgram },
        { id: 'open', word: 'Open a file…', note: 'source, ELF, flat', run: askForFile },
        { id: 'save', word: 'Save the source as a file', run: saveSourceFile },
        { id: 'elf', word: 'Save as an ELF file', run: () => void saveProgramFile('elf') },
        { id: 'flat', word: 'Save as a flat image', run: () => void saveProgramFile('flat') },
        { id: 'board', word: 'Board…', note: boardText(board), run: () => dialog.set('board') },
      ],
    },
  ];
}

function firstWords(source: string): string {
  const line = source.split('\n').find((text) => text.trim() !== '') ?? '';
  const words = line.replace(/^\s*(\/\/|\/\*|#)?\s*/, '').trim();
  return words.length > 28 ? `${words.slice(0, 27)}…` : words;
}

function ProgramMenu() {
  const sections = useProgramSections();
  const name = useClient((state) => state.program.name);
  const edited = useClient((state) => !isUntouched(state.program));
  return (
    <Menu className="program-menu" sections={sections}>
      <span className="only-read">Program </span>
      <b>{name}</b>
      {edited && <span className="sub">edited</span>}
      <Icon name="down" size={12} />
    </Menu>
  );
}

function ThemeMenu() {
  const theme = useTheme();
  return (
    <Menu
      label="Theme"
      className="icon-button"
      align="end"
      sections={[
        {
          items: themes.map((name) => ({
            id: name,
            word: themeNames[name],
            chosen: name === theme,
            run: () => setTheme(name),
          })),
        },
      ]}
    >
      <Icon name="theme" />
    </Menu>
  );
}

/** The toolbar of wide screens. */
export function Toolbar() {
  const chosen = useCell(preset);
  return (
    <header className="app-toolbar">
      <Brand />
      <ProgramMenu />
      <nav className="preset-tabs" aria-label="Layout">
        {presets.map((name) => (
          <button key={name} type="button" aria-current={name === chosen ? 'true' : undefined} onClick={() => choosePreset(name)}>
            {presetNames[name]}
          </button>
        ))}
      </nav>
      <div className="run-controls" role="toolbar" aria-label="Run control">
        <RunButton id="reset" icon="reset" word="Reset" />
        <StatusBox />
        <RunButton id="step" icon="step" word="Step" />
        <RunButton id="over" icon="over" word="Over" />
        <RunButton id="out" icon="out" word="Out" />
        <RunButton id="pause" icon="pause" word="Pause" />
        <RunButton id="run" icon="run" word="Run" />
      </div>
      <div className="toolbar-tools">
        <ThemeMenu />
        <Button keys={chordText('Mod+K', isMac)} className="commands-button" onClick={() => dialog.set('palette')}>
          Commands
        </Button>
      </div>
    </header>
  );
}

function Brand({ children }: { children?: ReactNode }) {
  return (
    <h1 className="brand">
      <Sign />
      <span>Trapscope</span>
      {children}
    </h1>
  );
}

/** The toolbar of narrow screens: run and pause share a place. */
export function CompactToolbar() {
  const running = useClient((state) => state.machine.status.kind === 'running');
  const programs = useProgramSections();
  const theme = useTheme();
  const item = (id: string) => {
    const { title, keys, run, available } = command(id);
    return {
      id,
      word: title,
      note: keys?.[0] && chordText(keys[0], isMac),
      unavailable: available ? !available() : false,
      run,
    };
  };
  // Availability in the menu is read when it is drawn: follow what it rests on.
  useClient((state) => state.machine.status);
  const sections: MenuSection[] = [
    { heading: 'Run', items: ['over', 'out', 'next-exit', 'reset'].map(item) },
    ...programs,
    {
      heading: 'Theme',
      items: themes.map((name) => ({ id: name, word: themeNames[name], chosen: name === theme, run: () => setTheme(name) })),
    },
    { items: [item('palette'), item('keys')] },
  ];
  return (
    <header className="app-toolbar toolbar-compact">
      <Brand />
      <StatusBox withName />
      <div className="run-controls" role="toolbar" aria-label="Run control">
        <RunButton id="step" icon="step" word="Step" />
        {running ? <RunButton id="pause" icon="pause" word="Pause" /> : <RunButton id="run" icon="run" word="Run" />}
        <Menu className="word-button" align="end" sections={sections}>
          <Icon name="more" />
          <span>More</span>
        </Menu>
      </div>
    </header>
  );
}
