// Opening programs without losing one: an edited program is put aside before another takes its place, and the picker offers it
// again. The program in work itself is kept by the client.
import {
  currentProject,
  exportProgram,
  guestFiles,
  imageIsKept,
  openProject,
  type ProgramFormat,
  readImage,
  refuse,
} from '#client';
import { GUESTS } from '#guests';
import { DEFAULT_BOARD, type ProgramImage, type Project } from '#project';
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
export function isUntouched({ source, image, rules, config }: Pick<Project, 'source' | 'image' | 'rules' | 'config'>): boolean {
  // A file is where it came from.
  if (image !== undefined) return true;
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

const EMPTY: Project = { version: 1, name: '', source: '', board: DEFAULT_BOARD, config: {}, rules: [], breakpoints: [] };

/** An empty program under a name not in use. */
export function newProgram(): void {
  const names = new Set([currentProject().name, ...keptPrograms.get().map((project) => project.name)]);
  let n = 1;
  while (names.has(`program-${n}.s`)) n += 1;
  openProgram({ ...EMPTY, name: `program-${n}.s`, source: '        .global _start\n_start:\n        \n' });
}

/** A text larger than this is no source text that anybody wrote. */
const LARGEST_TEXT = 4 * 1024 * 1024;
const LARGEST_FILE = 32 * 1024 * 1024;
/** Where flat images go: where the command line puts them too. */
const FLAT_LOAD = '0x40080000';

/** Asks for a file and opens it. */
export function askForFile(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file) void openFile(file);
  });
  input.click();
}

/** Opens a file for what it is: an ELF file, source text, or else a flat image. What is none of them is refused in a sentence. */
export async function openFile(file: File): Promise<void> {
  const { name, size } = file;
  if (size > LARGEST_FILE)
    return refuse(`${name} has ${mebibytes(size)}; a program here has ${mebibytes(LARGEST_FILE)} at most.`);
  let head: Uint8Array;
  try {
    head = new Uint8Array(await file.slice(0, 4096).arrayBuffer());
    const format = formatOf(head);
    if (format === 'text') {
      if (size > LARGEST_TEXT)
        return refuse(`${name} has ${mebibytes(size)}; a text here has ${mebibytes(LARGEST_TEXT)} at most.`);
      openProgram({ ...EMPTY, name, source: (await file.text()).replace(/\r\n?/g, '\n') });
      return;
    }
    const image: ProgramImage = { format, bytes: await base64Of(file), load: FLAT_LOAD };
    const listing = await readImage(name, image);
    if (listing === undefined) return;
    openProgram({ ...EMPTY, name, source: listing, image, board: currentProject().board });
    if (!imageIsKept(image)) refuse(`${name} is too large to be kept in this browser: after a reload it has to be opened again.`);
  } catch (error) {
    refuse(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What a file is, by how it begins: text has no NUL and nothing that UTF-8 refuses. */
export function formatOf(head: Uint8Array): 'elf' | 'flat' | 'text' {
  if (head[0] === 0x7f && head[1] === 0x45 && head[2] === 0x4c && head[3] === 0x46) return 'elf';
  if (head.includes(0)) return 'flat';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'text';
  } catch {
    return 'flat';
  }
}

/** A file's bytes as base64; the browser does it off this thread. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error ?? new Error('no reason is given'));
    reader.readAsDataURL(file);
  });
}

function mebibytes(bytes: number): string {
  const value = bytes / 1024 / 1024;
  return `${Number.isInteger(value) ? value : value.toFixed(1)} MiB`;
}

/** Gives the source as a file. */
export function saveSourceFile(): void {
  const { name, source } = currentProject();
  give(name, new Blob([source], { type: 'text/plain' }));
}

/** Gives the program as an ELF file, or its bytes alone. */
export async function saveProgramFile(format: ProgramFormat): Promise<void> {
  const { name } = currentProject();
  const bytes = await exportProgram(format);
  if (bytes) give(`${name.replace(/\.[sS]$/, '')}.${format === 'elf' ? 'elf' : 'bin'}`, new Blob([bytes.slice()]));
}

/** Gives the files that the guest has made by semihosting, one after the other. */
export async function saveGuestFiles(): Promise<void> {
  const files = await guestFiles();
  if (files.length === 0) announce('The guest has made no file.');
  for (const { name, bytes } of files) give(name, new Blob([bytes.slice()]));
}

function give(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
