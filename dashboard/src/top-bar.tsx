import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { useState } from 'react';
import { useHref, useNavigate } from 'react-router';
import { signOut } from './api.ts';
import { type Appearance, DENSITIES, keepAppearance, readAppearance, SCHEMES } from './appearance.ts';
import { useTell } from './notices.tsx';
import { problemOf } from './problem.ts';
import { useSession } from './session.tsx';

const NAMES: Readonly<Record<string, string>> = {
  system: 'As the system',
  light: 'Light',
  dark: 'Dark',
  comfortable: 'Comfortable',
  compact: 'Compact',
};

/** The bar on top: where one is, how it looks, and whose account it is. */
export function TopBar() {
  const { me } = useSession();
  const [appearance, setAppearance] = useState(readAppearance);
  const navigate = useNavigate();
  const home = useHref('/');
  const tell = useTell();

  const show = (change: Partial<Appearance>) => {
    const next = { ...appearance, ...change };
    setAppearance(next);
    keepAppearance(next);
  };
  const choice = (kind: keyof Appearance) => (value: string) => ({
    id: `${kind}:${value}`,
    text: NAMES[value] ?? value,
    itemType: 'checkbox' as const,
    checked: appearance[kind] === value,
  });
  const look: TopNavigationProps.MenuDropdownUtility = {
    type: 'menu-dropdown',
    iconName: 'settings',
    text: 'Appearance',
    ariaLabel: 'Appearance',
    title: 'Appearance',
    items: [
      { id: 'scheme', text: 'Colours', items: SCHEMES.map(choice('scheme')) },
      { id: 'density', text: 'Density', items: DENSITIES.map(choice('density')) },
    ],
    onItemClick: ({ detail }) => {
      const [kind, value] = detail.id.split(':');
      show({ [kind as keyof Appearance]: value });
    },
  };
  const account: TopNavigationProps.MenuDropdownUtility = {
    type: 'menu-dropdown',
    iconName: 'user-profile',
    text: me.user.email ?? 'Account',
    ariaLabel: 'Account',
    title: me.user.email ?? 'Account',
    description: [me.organization?.name, me.role].filter(Boolean).join(' · '),
    items: [
      { id: 'sessions', text: 'My sessions' },
      ...(me.organization ? [{ id: 'settings', text: 'Settings' }] : []),
      { id: 'sign-out', text: 'Sign out' },
    ],
    onItemClick: ({ detail }) => {
      if (detail.id !== 'sign-out') return void navigate(`/${detail.id}`);
      signOut().catch((error: unknown) => tell(problemOf(error).message, 'error'));
    },
  };
  return (
    <TopNavigation
      identity={{
        href: home,
        title: 'Latchkey',
        onFollow: (event) => {
          event.preventDefault();
          void navigate('/');
        },
      }}
      utilities={[
        ...(me.organization ? [{ type: 'button' as const, text: 'API reference', href: '/docs' }] : []),
        look,
        account,
      ]}
    />
  );
}
