// Opening programs without losing one: an edited program is put aside before another takes its place, and the picker offers it
// again. The program in work itself is kept by the client.
import { currentProject, openProject } from '#client';
import { GUESTS } from '#guests';
import { DEFAULT_BOARD, type Project } from '#project';
import { announce, createCell } from '#ui';

const KEPT_AT_MOST = 20;

/** Programs put aside, the newest first. */
export const keptPrograms = createCell<readonly Project[]>([], { key: 'kept-programs', parse: parseKept });

function parseKept(data: unknown): readonly Project[] | undefined {
  if (!Array.isArray(data)) return undefined;
  return data.filter(
    (project): project is Project =>
      typeof project === 'object' &&
      project !== null &&
      project.version === 1 &&
      typeof project.name === 'string' &&
      typeof project.source === 'string' &&
      typeof project.board === 'object' &&
      Array.isArray(project.rules) &&
      Array.isArray(project.breakpoints),
  );
}

/** Whether a project is as the gallery has it (or empty), so that nothing would be lost; breakpoints do not count. */
export function isUntouched({ source, rules, config }: Pick<Project, 'source' | 'rules' | 'config'>): boolean {
  const made = JSON.stringify([rules, config]);
  return (
    source.trim() === '' ||
    GUESTS.some(({ project }) => project.source === source && JSON.stringify([project.rules, project.config]) === made)
  );
}

/** The list with `project` in front, without older copies of the same text. */
export function putAside(kept: readonly Project[], project: Project): readonly Project[] {
  return [project, ...kept.filter((other) => other.source !== project.source)].slice(0, KEPT_AT_MOST);
}

/** All of a project that makes a difference to a run. */
function whole({ source, board, config, rules }: Project): string {
  return JSON.stringify([source, board, config, rules]);
}

/** Opens a program; the present one is put aside when it was edited. */
export function openProgram(project: Project): void {
  const present = currentProject();
  if (present.name === project.name && whole(present) === whole(project)) return;
  const kept = keptPrograms.get().filter((other) => other.source !== project.source);
  keptPrograms.set(isUntouched(present) ? kept : putAside(kept, present));
  announce(`Opened ${project.name}`);
  void openProject(project);
}

/** An empty program under a name not in use. */
export function newProgram(): void {
  const names = new Set([currentProject().name, ...keptPrograms.get().map((project) => project.name)]);
  let n = 1;
  while (names.has(`program-${n}.s`)) n += 1;
  openProgram({
    version: 1,
    name: `program-${n}.s`,
    source: '        .global _start\n_start:\n        \n',
    board: DEFAULT_BOARD,
    config: {},
    rules: [],
    breakpoints: [],
  });
}

/** Asks for a source file and opens it. */
export function openSourceFile(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.s,.S,.asm,text/plain';
  input.addEventListener('change', async () => {
    const file = input.files?.[0];
    if (!file) return;
    openProgram({
      version: 1,
      name: file.name,
      source: await file.text(),
      board: DEFAULT_BOARD,
      config: {},
      rules: [],
      breakpoints: [],
    });
  });
  input.click();
}

/** Gives the source as a file. */
export function saveSourceFile(): void {
  const { name, source } = currentProject();
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([source], { type: 'text/plain' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
