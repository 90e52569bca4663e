import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const page = (name: string) => join(import.meta.dirname, name);

/**
 * While the dashboard is worked on (`npx vite dashboard`), the API is a stack that runs elsewhere: `npm start`, or what
 * LATCHKEY_API names. It sees its own origin, as it would if it served the pages itself.
 */
const api = process.env.LATCHKEY_API ?? 'http://localhost:3000';
const toApi = { target: api, changeOrigin: true, autoRewrite: true, headers: { Origin: api } };

const BASE = '/dashboard/';

/**
 * Cloudscape's style sheet carries eight fonts in itself, two thirds of what a browser would load before it shows
 * anything. As files, only those are loaded that a page uses, and while it shows already.
 */
const fontsAsFiles: Plugin = {
  name: 'fonts-as-files',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'asset' || !file.fileName.endsWith('.css')) continue;
      file.source = String(file.source).replace(
        /url\(["']?data:font\/woff2;base64,([\w+/=]+)["']?\)/g,
        (_match, base64: string) => {
          const font = this.emitFile({ type: 'asset', name: 'font.woff2', source: Buffer.from(base64, 'base64') });
          return `url(${BASE}${this.getFileName(font)})`;
        },
      );
    }
  },
};

export default defineConfig({
  root: import.meta.dirname,
  base: BASE,
  plugins: [react(), fontsAsFiles],
  build: {
    target: 'es2022',
    // The content security policy has no place for scripts in the page.
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { dashboard: page('index.html'), docs: page('docs.html') } },
    chunkSizeWarningLimit: 4_000,
  },
  server: { host: '127.0.0.1', proxy: { '^/(?!dashboard(/|$))': toApi } },
});
