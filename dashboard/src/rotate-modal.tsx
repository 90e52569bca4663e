import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { call } from './api.ts';
import { Dialog } from './dialog.tsx';
import { errorOf, ProblemAlert } from './problem-alert.tsx';
import { duration } from './time.tsx';
import type { IssuedKey, Key } from './types.ts';
import { useAction } from './use-action.ts';

const HOUR = 3_600;

const GRACES: readonly { readonly seconds: number; readonly label: string; readonly description: string }[] = [
  { seconds: 0, label: 'None', description: 'The old key ends now. For a key that has leaked.' },
  { seconds: HOUR, label: '1 hour', description: 'Both keys work for an hour.' },
  {
    seconds: 24 * HOUR,
    label: '24 hours',
    description: 'Both keys work for a day, so that you can deploy the new one.',
  },
];

interface RotateModalProps {
  readonly of: Key;
  readonly onIssued: (issued: IssuedKey, note: string) => void;
  readonly onClose: () => void;
}

/** Asks for how long the old key still works, and makes its successor. */
export function RotateModal({ of: key, onIssued, onClose }: RotateModalProps) {
  const [grace, setGrace] = useState(String(24 * HOUR));
  const [hours, setHours] = useState('48');
  const rotate = useAction(async () => {
    const graceSeconds = grace === 'custom' ? Math.round(Number(hours) * HOUR) : Number(grace);
    const issued = await call('rotateKey', { path: { keyId: key.keyId }, body: { graceSeconds } });
    const note =
      graceSeconds === 0 ? 'The old key has ended.' : `The old key works for another ${duration(graceSeconds)}.`;
    onIssued(issued, note);
  });
  return (
    <Dialog
      title={`Rotate ${key.label}`}
      verb="Rotate"
      onSubmit={() => void rotate.run()}
      onCancel={onClose}
      busy={rotate.busy}
      onDismiss={onClose}
    >
      <SpaceBetween size="m">
        <ProblemAlert problem={rotate.problem} shown={['graceSeconds']} />
        <Box>A new key takes its place, with the same label, scopes and limits. Its secret is shown once.</Box>
        <FormField label="For how long should the old key still work?">
          <RadioGroup
            value={grace}
            onChange={({ detail }) => setGrace(detail.value)}
            items={[
              ...GRACES.map(({ seconds, ...item }) => ({ value: String(seconds), ...item })),
              { value: 'custom', label: 'Another time' },
            ]}
          />
        </FormField>
        {grace === 'custom' && (
          <FormField
            label="Hours"
            constraintText="At most 720, which is 30 days"
            errorText={errorOf(rotate.problem, 'graceSeconds')}
          >
            <Input type="number" inputMode="decimal" value={hours} onChange={({ detail }) => setHours(detail.value)} />
          </FormField>
        )}
      </SpaceBetween>
    </Dialog>
  );
}
