// One view in its place: loads its parts, says so while they are not here, and keeps its errors to itself.
import { useEffect, useRef } from 'react';
import { Button, Empty } from '#ui';
import { ErrorBoundary } from './error-boundary.tsx';
import { useKeptScrolling } from './kept-scrolling.ts';
import { featureById, loadFeature, useFeatureParts } from './registry.ts';

/** The body of a view. */
export function ViewPane({ id }: { id: string }) {
  const feature = featureById(id);
  const loading = useFeatureParts(id);
  const pane = useRef<HTMLDivElement>(null);
  useKeptScrolling(pane);
  useEffect(() => {
    if (feature) loadFeature(feature);
  }, [feature]);
  if (!feature) return <Empty>There is no view named {id}.</Empty>;
  return (
    <div ref={pane} className="view-pane" data-view={id} tabIndex={-1}>
      {loading.kind === 'loading' && <Empty>Loading: {feature.title}.</Empty>}
      {loading.kind === 'failed' && (
        <Empty action={<Button onClick={() => loadFeature(feature)}>Try again</Button>}>
          {feature.title} could not be loaded: {loading.message}
        </Empty>
      )}
      {loading.kind === 'loaded' && (
        <ErrorBoundary what={feature.title}>
          <loading.parts.View />
        </ErrorBoundary>
      )}
    </div>
  );
}

/** What stands at the right of a view's head, if it has something there. */
export function ViewHead({ id }: { id: string }) {
  const loading = useFeatureParts(id);
  const Head = loading.kind === 'loaded' ? loading.parts.Head : undefined;
  return Head ? (
    <ErrorBoundary what="This head" brief>
      <Head />
    </ErrorBoundary>
  ) : null;
}

/** A view's title: its own drawing once loaded, plain words before. */
export function ViewTitle({ id }: { id: string }) {
  const loading = useFeatureParts(id);
  const Title = loading.kind === 'loaded' ? loading.parts.Title : undefined;
  if (!Title) return featureById(id)?.title ?? id;
  return (
    <ErrorBoundary what="This title" brief>
      <Title />
    </ErrorBoundary>
  );
}
