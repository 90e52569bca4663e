import SegmentedControl from '@cloudscape-design/components/segmented-control';
import { useSearchParams } from 'react-router';
import type { Mode } from '../../lambdas/contract/profile.ts';

/** The mode that the address names: live, unless it says otherwise. */
export function useMode(): readonly [Mode, (mode: Mode) => void] {
  const [search, setSearch] = useSearchParams();
  const mode = search.get('mode') === 'test' ? 'test' : 'live';
  const setMode = (next: Mode) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (next === 'test') after.set('mode', 'test');
        else after.delete('mode');
        return after;
      },
      { replace: true },
    );
  return [mode, setMode];
}

/** Live and test data never meet: this chooses which of the two is looked at. */
export function ModeSwitch({ mode, onChange }: { readonly mode: Mode; readonly onChange: (mode: Mode) => void }) {
  return (
    <SegmentedControl
      label="Mode"
      selectedId={mode}
      onChange={({ detail }) => onChange(detail.selectedId as Mode)}
      options={[
        { id: 'live', text: 'Live' },
        { id: 'test', text: 'Test' },
      ]}
    />
  );
}
