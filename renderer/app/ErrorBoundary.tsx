import { Component, type ReactNode } from 'react';
import { ScreenFailure } from './ScreenFailure.tsx';

type Props = Readonly<{ children: ReactNode }>;
type State = Readonly<{ failed: boolean }>;

/** A screen that fails takes only itself down. What was typed is in the draft, what was posted is in the journal. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <ScreenFailure onRetry={() => this.setState({ failed: false })} />;
  }
}
