import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { Component, type ReactNode } from 'react';

/** A view that cannot be shown leaves the rest of the page as it is. After a deployment, a view's old file may be gone. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <div role="alert">
        <Alert
          type="error"
          header="This view cannot be shown"
          action={<Button onClick={() => location.reload()}>Load the page again</Button>}
        >
          The dashboard may have been updated while this page was open, or the connection was lost.
        </Alert>
      </div>
    );
  }
}
