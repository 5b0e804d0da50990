// Where the page starts: theme before the first paint, the work of the last visit (or the first example), then the app.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { openProject, reopenProject, savedWork } from '#client';
import { GUESTS } from '#guests';
import { startTheme } from '#ui';
import { App, isNarrow, loadDock } from './app.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { features, loadFeature } from './registry.ts';

startTheme();

// All at once rather than one after the other: the arrangement, the views, the machine.
if (!isNarrow()) void loadDock();
for (const feature of features) loadFeature(feature);
const work = savedWork();
if (work?.recording) void reopenProject(work.project, work.recording, work.made);
else void openProject(work?.project ?? GUESTS[0].project);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary what="Trapscope" whole>
      <App />
    </ErrorBoundary>
  </StrictMode>,
);
