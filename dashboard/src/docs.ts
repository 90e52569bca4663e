import '@scalar/api-reference/style.css';
import { createApiReference } from '@scalar/api-reference';

createApiReference('#root', {
  url: '/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
});
