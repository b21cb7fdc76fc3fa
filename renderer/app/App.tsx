import { DirectionProvider, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../api/answers.ts';
import { followEvents } from '../api/events.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Gate } from './Gate.tsx';
import { styleNonce } from './styleNonce.ts';
import { overlaysId, theme, themeVariables } from './theme.ts';

/** Lists of choices are drawn here, above everything, and still inside a landmark that readers find. */
function Overlays() {
  const { t } = useTranslation();
  return <section id={overlaysId} aria-label={t('app.overlays')} />;
}

export function App() {
  useEffect(followEvents, []);
  return (
    <DirectionProvider detectDirection>
      <MantineProvider theme={theme} cssVariablesResolver={themeVariables} getStyleNonce={styleNonce} defaultColorScheme="auto">
        <QueryClientProvider client={queryClient}>
          <ErrorBoundary>
            <Gate />
          </ErrorBoundary>
          <Overlays />
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}
