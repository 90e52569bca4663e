import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
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
    <Modal
      visible
      size="large"
      header="Attributes"
      onDismiss={() => {
        if (!action.busy) onClose();
      }}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose} disabled={action.busy}>
              Cancel
            </Button>
            <Button variant="primary" onClick={() => void action.run()} loading={action.busy}>
              Save
            </Button>
          </SpaceBetween>
        </Box>
      }
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
    </Modal>
  );
}
