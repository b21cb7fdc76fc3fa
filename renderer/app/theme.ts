import { type CSSVariablesResolver, createTheme, type MantineColorsTuple, Portal } from '@mantine/core';

export const overlaysId = 'overlays';

/** The one accent. Shades 6 and 7 carry white text, shade 3 is read on the dark ground: all at AA or better. */
const accent: MantineColorsTuple = [
  '#eaf3fb',
  '#d3e5f5',
  '#a9cbea',
  '#8fbde6',
  '#7db3e4',
  '#4f93cf',
  '#2c73b1',
  '#1b5e9b',
  '#154d80',
  '#0f3a62',
];

export const theme = createTheme({
  colors: { accent },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.3,
  defaultRadius: 3,
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  fontFamily: "'Segoe UI', system-ui, 'Noto Sans', 'Noto Sans Arabic', 'Noto Naskh Arabic', 'DejaVu Sans', sans-serif",
  fontFamilyMonospace: "'Cascadia Mono', 'Noto Sans Mono', 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '18px' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.4', lg: '1.4', xl: '1.3' },
  spacing: { xs: '6px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  headings: { fontWeight: '600' },
  components: { Portal: Portal.extend({ defaultProps: { target: `#${overlaysId}` } }) },
});

const shared = {
  '--mantine-color-body': 'var(--ground)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-soft)',
  '--mantine-color-placeholder': 'var(--ink-soft)',
  '--mantine-color-default': 'var(--ground)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-error': 'var(--stop)',
  '--mantine-color-anchor': 'var(--accent)',
};

/** Mantine's parts take their colours from tokens.css, so that light and dark are decided in one place. */
export const themeVariables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });
