import Alert from '@cloudscape-design/components/alert';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useState } from 'react';
import { Command } from './command.tsx';
import { tryCommand } from './curl.ts';
import { Dialog } from './dialog.tsx';
import { useSession } from './session.tsx';
import type { IssuedKey } from './types.ts';

interface SecretModalProps {
  readonly issued: IssuedKey;
  /** Also of the key that it takes the place of. */
  readonly note?: string;
  readonly onDone: () => void;
}

/** Shows a new key, this once. It stays until the person has said that they have it, whatever else they press. */
export function SecretModal({ issued, note, onDone }: SecretModalProps) {
  const { config } = useSession();
  const [kept, setKept] = useState(false);
  const [hurried, setHurried] = useState(false);
  const command = tryCommand(config, issued, issued.apiKey);
  const isPublic = issued.type === 'publishable';

  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, []);

  const close = () => (kept ? onDone() : setHurried(true));
  return (
    <Dialog size="large" title={`The key ${issued.label}`} verb="Done" onSubmit={close} onDismiss={close}>
      <SpaceBetween size="l">
        <Alert type="warning" header="This is the only time that the key is shown">
          Copy it now to where your application keeps its secrets. It cannot be shown again: whoever loses it rotates
          the key.{' '}
          {isPublic
            ? 'A publishable key may stand in a page or an app.'
            : 'Never put it into a page, an app or a repository.'}{' '}
          {note}
        </Alert>
        <FormField label="Key" stretch>
          <div data-testid="secret">
            <Command text={issued.apiKey} copyLabel="Copy the key" />
          </div>
        </FormField>
        {command !== undefined && (
          <FormField label="Try it" stretch>
            <Command text={command} />
          </FormField>
        )}
        <FormField {...(hurried && !kept && { errorText: 'Copy the key first, then tick this.' })}>
          <Checkbox
            checked={kept}
            onChange={({ detail }) => {
              setKept(detail.checked);
            }}
          >
            I have copied the key to a safe place
          </Checkbox>
        </FormField>
      </SpaceBetween>
    </Dialog>
  );
}
