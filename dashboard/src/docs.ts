import '@scalar/api-reference/style.css';
import './docs.css';
import { createApiReference } from '@scalar/api-reference';
import { readAppearance } from './appearance.ts';
import { mendReference } from './mend-reference.ts';

const { scheme } = readAppearance();

/** The reference of this deployment, by its own document. It asks no other host for anything, and links to none. */
createApiReference('#root', {
  url: '/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: 'never',
  documentDownloadType: 'json',
  persistAuth: false,
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
  ...(scheme !== 'system' && { darkMode: scheme === 'dark' }),
});

mendReference(document.body);
