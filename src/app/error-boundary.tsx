// Where a bug of ours in the page ends: it says what happened and offers to draw anew. What the person made is in the store and in
// the browser's storage, so nothing is lost by either.
import { Component, type ErrorInfo, type ReactNode } from 'react';
import './error-boundary.css';
import { Button } from '#ui';

interface Props {
  /** What failed, for the sentence: "The registers view", "Trapscope". */
  readonly what: string;
  readonly children: ReactNode;
  /** The whole page: offers to reload it too. */
  readonly whole?: boolean;
  /** There is room for a word only. */
  readonly brief?: boolean;
}

interface State {
  readonly error: Error | undefined;
  readonly where: string;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined, where: '' };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(_error: Error, info: ErrorInfo): void {
    this.setState({ where: info.componentStack ?? '' });
  }

  override render(): ReactNode {
    const { error, where } = this.state;
    if (!error) return this.props.children;
    if (this.props.brief) return <span title={error.message}>internal error</span>;
    return (
      <div className="failure" role="alert">
        <h2 className="title">{this.props.what} met an internal error</h2>
        <p>
          This is a bug in Trapscope, not in your program. Your program, its answers and the layout are kept in this browser;
          nothing is lost by going on.
        </p>
        <div className="failure-actions">
          <Button look="solid" onClick={() => this.setState({ error: undefined, where: '' })}>
            Draw it again
          </Button>
          {this.props.whole && <Button onClick={() => location.reload()}>Reload the page</Button>}
        </div>
        <details>
          <summary>What happened</summary>
          <pre>
            {error.name}: {error.message}
            {error.stack ? `\n${error.stack}` : ''}
            {where}
          </pre>
        </details>
      </div>
    );
  }
}
