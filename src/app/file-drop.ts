// Files dropped anywhere on the page are opened; what is dragged inside the page (views, text) is left to whoever drags it.
import { openFile } from './programs.ts';

/** Listens from now on; returns how to stop. */
export function startDrops(): () => void {
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  const over = (event: DragEvent) => {
    if (!holdsFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    event.stopPropagation();
    event.dataTransfer.dropEffect = 'copy';
  };
  const drop = (event: DragEvent) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    const file = event.dataTransfer?.files[0];
    if (file) void openFile(file);
  };
  window.addEventListener('dragover', over, { capture: true });
  window.addEventListener('drop', drop, { capture: true });
  return () => {
    window.removeEventListener('dragover', over, { capture: true });
    window.removeEventListener('drop', drop, { capture: true });
  };
}
