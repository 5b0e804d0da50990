// What went wrong with a request, or with the machine itself, in a line under the toolbar until it is dismissed or mended.
import { dismissError, restart, useClient } from '#client';
import { Button, Icon, IconButton } from '#ui';
import './notice.css';

/** See the head of this file. */
export function Notice() {
  const error = useClient((state) => state.notice.error);
  const crash = useClient((state) => (state.machine.status.kind === 'crashed' ? state.machine.status.message : undefined));
  if (crash !== undefined)
    return (
      <div className="notice notice-bad" role="alert">
        <Icon name="warn" />
        <span>
          <b>The machine met an internal error: {crash}.</b> A bug in Trapscope, not in your program, which is kept.
        </span>
        <span className="push" />
        <Button onClick={() => void restart()}>Restart the machine</Button>
      </div>
    );
  if (error === undefined) return null;
  return (
    <div className="notice" role="alert">
      <Icon name="warn" />
      <span>{error}</span>
      <span className="push" />
      <IconButton icon="close" label="Dismiss" onClick={dismissError} />
    </div>
  );
}
