import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ReactNode, useEffect, useState } from 'react';

interface DialogProps {
  readonly title: string;
  readonly size?: 'medium' | 'large';
  /** What its main button says and does; without a way to cancel it is the only one. */
  readonly verb: string;
  readonly onSubmit: () => void;
  readonly onCancel?: () => void;
  /** While it does it, nothing closes it. */
  readonly busy?: boolean;
  /** Something else that closes it: Escape, a press beside it, its cross. */
  readonly onDismiss: () => void;
  readonly children: ReactNode;
}

/** A dialog that is there while it is rendered. The focus goes back to what opened it. */
export function Dialog({
  title,
  size = 'medium',
  verb,
  onSubmit,
  onCancel,
  busy = false,
  onDismiss,
  children,
}: DialogProps) {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // After the dialog is gone: until then it keeps the focus in itself.
      setTimeout(() => {
        if (opener instanceof HTMLElement && opener.isConnected && document.activeElement === document.body)
          opener.focus();
      });
    },
    [opener],
  );
  return (
    <Modal
      visible
      size={size}
      header={title}
      onDismiss={() => {
        if (!busy) onDismiss();
      }}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            {onCancel && (
              <Button variant="link" onClick={onCancel} disabled={busy}>
                Cancel
              </Button>
            )}
            <Button variant="primary" onClick={onSubmit} loading={busy}>
              {verb}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      {children}
    </Modal>
  );
}
