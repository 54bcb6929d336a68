import { createTheme, localStorageColorSchemeManager, type MantineColorsTuple } from '@mantine/core';

/** The one accent: a quiet ink blue. States of a call have their own few colours in `ui/tokens.css`. */
const ink: MantineColorsTuple = [
  '#eef2ff',
  '#dfe5fb',
  '#bcc8f4',
  '#96a9ec',
  '#7089e4',
  '#5270dd',
  '#3f5fd6',
  '#334fbd',
  '#2b44a3',
  '#203588',
];

/** Mantine's dark greys, cooled to match the page's own. */
const dark: MantineColorsTuple = [
  '#c9ced6',
  '#b3b9c4',
  '#8f97a5',
  '#666d7a',
  '#3a3e47',
  '#2a2d34',
  '#1a1c20',
  '#131417',
  '#0e0f11',
  '#0a0b0c',
];

export const theme = createTheme({
  components: {
    Modal: {
      defaultProps: {
        overlayProps: { backgroundOpacity: 0.35 },
        transitionProps: { duration: 100 },
        styles: { title: { fontWeight: 600, fontSize: 15 } },
        // A dialog's heading is no banner of the page.
        attributes: { header: { role: 'presentation' } },
      },
    },
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 80 } } },
    Menu: { defaultProps: { transitionProps: { duration: 80 }, withInitialFocusPlaceholder: false } },
  },
  primaryColor: 'ink',
  primaryShade: 6,
  colors: { ink, dark },
  fontFamily:
    '"Inter Variable", ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace',
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
});

export const colorSchemeManager = localStorageColorSchemeManager({ key: 'ringdesk.scheme' });
