import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ReactNode, useState } from 'react';
import { Dialog } from './dialog.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import { useAction } from './use-action.ts';

interface ConfirmModalProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What the button says: `Revoke`. */
  readonly verb: string;
  /** What has to be typed first, where what is done cannot be undone. */
  readonly typed?: string;
  readonly perform: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks before something is ended or changed. */
export function ConfirmModal({ title, children, verb, typed, perform, onClose }: ConfirmModalProps) {
  const [text, setText] = useState('');
  const [refused, setRefused] = useState(false);
  const action = useAction(async () => {
    await perform();
    onClose();
  });
  const ready = typed === undefined || text.trim() === typed.trim();
  const submit = () => {
    if (ready) void action.run();
    else setRefused(true);
  };
  return (
    <Dialog title={title} verb={verb} onSubmit={submit} onCancel={onClose} busy={action.busy} onDismiss={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <SpaceBetween size="m">
          <ProblemAlert problem={action.problem} />
          <Box>{children}</Box>
          {typed !== undefined && (
            <FormField
              label={
                <>
                  Type <b>{typed}</b> to confirm
                </>
              }
              {...(refused && !ready && { errorText: `Type ${typed}, as it stands here.` })}
            >
              <Input value={text} autoFocus autoComplete={false} onChange={({ detail }) => setText(detail.value)} />
            </FormField>
          )}
        </SpaceBetween>
      </form>
    </Dialog>
  );
}
