import './ui/styles.ts';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { createQueryClient } from './platform/api/queryClient.ts';
import { startTranslations } from './platform/i18n/setup.ts';
import { ErrorBoundary } from './ui/ErrorBoundary.tsx';
import { colorSchemeManager, theme } from './ui/theme.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
const queryClient = createQueryClient();

startTranslations()
  .then(() =>
    createRoot(root).render(
      <StrictMode>
        {/* All variables are written at the start: as a file the unused ones would come over the wire too. */}
        <MantineProvider
          theme={theme}
          colorSchemeManager={colorSchemeManager}
          defaultColorScheme="auto"
          deduplicateCssVariables={false}
        >
          <QueryClientProvider client={queryClient}>
            <ErrorBoundary>
              <App />
            </ErrorBoundary>
          </QueryClientProvider>
        </MantineProvider>
      </StrictMode>,
    ),
  )
  .catch((error: unknown) => console.error('The page could not start', error));
