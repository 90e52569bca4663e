import Box from '@cloudscape-design/components/box';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import SpaceBetween from '@cloudscape-design/components/space-between';

interface CommandProps {
  readonly text: string;
  /** What is copied: `Copy the command`. */
  readonly copyLabel?: string;
}

/** A line for a terminal, or a value, to be copied. */
export function Command({ text, copyLabel = 'Copy the command' }: CommandProps) {
  return (
    <SpaceBetween size="xs">
      <Box variant="code" display="block">
        <code className="latchkey-command">{text}</code>
      </Box>
      <CopyToClipboard
        copyButtonText={copyLabel}
        copySuccessText="Copied"
        copyErrorText="It could not be copied: select it instead"
        textToCopy={text}
      />
    </SpaceBetween>
  );
}
