import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { Dialog } from './dialog.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import type { Consumer } from './types.ts';
import { useAction } from './use-action.ts';

interface Row {
  readonly name: string;
  readonly value: string;
}

interface AttributesModalProps {
  readonly attributes: Consumer['attributes'];
  readonly save: (attributes: Consumer['attributes']) => Promise<void>;
  readonly onClose: () => void;
}

const MOST = 30;

/** A value stays the kind that it was where it still reads as one. */
function readValue(text: string, before: string | number | boolean | undefined): string | number | boolean {
  if (typeof before === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  if (typeof before === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  return text;
}

export function AttributesModal({ attributes, save, onClose }: AttributesModalProps) {
  const [rows, setRows] = useState<readonly Row[]>(() =>
    Object.entries(attributes).map(([name, value]) => ({ name, value: String(value) })),
  );
  const set = (index: number, fields: Partial<Row>) =>
    setRows((before) => before.map((row, at) => (at === index ? { ...row, ...fields } : row)));
  const action = useAction(async () => {
    await save(Object.fromEntries(rows.map(({ name, value }) => [name, readValue(value, attributes[name])])));
    onClose();
  });
  return (
    <Dialog
      size="large"
      title="Attributes"
      verb="Save"
      onSubmit={() => void action.run()}
      onCancel={onClose}
      busy={action.busy}
      onDismiss={onClose}
    >
      <SpaceBetween size="m">
        <ProblemAlert problem={action.problem} />
        <AttributeEditor
          items={rows}
          addButtonText="Add an attribute"
          removeButtonText="Remove"
          disableAddButton={rows.length >= MOST}
          empty="There are no attributes."
          additionalInfo={`At most ${MOST}. These take the place of all that there were.`}
          onAddButtonClick={() => setRows((before) => [...before, { name: '', value: '' }])}
          onRemoveButtonClick={({ detail }) => setRows((before) => before.filter((_, at) => at !== detail.itemIndex))}
          definition={[
            {
              label: 'Name',
              control: ({ name }, index) => (
                <Input value={name} onChange={({ detail }) => set(index, { name: detail.value })} />
              ),
            },
            {
              label: 'Value',
              control: ({ value }, index) => (
                <Input value={value} onChange={({ detail }) => set(index, { value: detail.value })} />
              ),
            },
          ]}
        />
      </SpaceBetween>
    </Dialog>
  );
}
