// The person's work in the browser's storage: the project and the recording of its run. What is read back is checked before it is
// believed; anything else (a foreign value, no storage at all) counts as nothing saved.
import type { ProgramImage, Project, Recording } from '#project';

const KEY = 'trapscope.work.v1';

export interface SavedWork {
  readonly project: Project;
  /** Absent when the text was changed since the machine last ran. */
  readonly recording: Recording | undefined;
  /** Configuration and rules that the recorded machine was made with, where the project has others by now. */
  readonly made: Pick<Project, 'config' | 'rules'> | undefined;
}

/** A program file larger than this (base64) is not kept: browsers have some 5 MB for all of a page. */
const LARGEST_KEPT = 3 * 1024 * 1024;

/** Whether a program's file is kept over a reload. */
export function imageIsKept({ bytes }: ProgramImage): boolean {
  return bytes.length <= LARGEST_KEPT;
}

/** The project as it can be kept: in place of a file that is too large stands a word about it. */
function keepable(project: Project): Project {
  const { image, ...rest } = project;
  if (image === undefined || imageIsKept(image)) return project;
  return {
    ...rest,
    source: `// ${project.name} was too large to be kept in this browser: open the file again.\n`,
    breakpoints: [],
  };
}

/** Keeps the work; silently does nothing where the browser has no storage for us. */
export function saveWork(project: Project, recording: Recording | undefined, made?: SavedWork['made']): void {
  try {
    const kept = keepable(project);
    localStorage.setItem(KEY, JSON.stringify({ project: kept, recording: kept === project ? recording : undefined, made }));
  } catch {
    // Private windows and full disks: the session goes on, only the next visit starts fresh.
  }
}

/** The work of the last visit, or undefined. */
export function savedWork(): SavedWork | undefined {
  try {
    const text = localStorage.getItem(KEY);
    const parsed: unknown = text === null ? undefined : JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) return undefined;
    const { project, recording, made } = parsed as Partial<SavedWork>;
    if (typeof project?.source !== 'string' || typeof project.name !== 'string' || project.version !== 1) return undefined;
    if (!Array.isArray(project.rules) || !Array.isArray(project.breakpoints) || typeof project.board !== 'object')
      return undefined;
    const { image } = project;
    if (image !== undefined && (typeof image.bytes !== 'string' || typeof image.load !== 'string')) return undefined;
    return {
      project,
      recording: Array.isArray(recording?.inputs) ? recording : undefined,
      made: typeof made?.config === 'object' && Array.isArray(made.rules) ? made : undefined,
    };
  } catch {
    return undefined;
  }
}
