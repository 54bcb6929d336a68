import './ui/styles.ts';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
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
        <MantineProvider theme={theme} colorSchemeManager={colorSchemeManager} defaultColorScheme="auto">
          <QueryClientProvider client={queryClient}>
            {/* The search field lives in the address: as a transition it would lag behind the keys, and lose some while a call pops. */}
            <BrowserRouter useTransitions={false}>
              <ErrorBoundary>
                <App />
              </ErrorBoundary>
            </BrowserRouter>
          </QueryClientProvider>
        </MantineProvider>
      </StrictMode>,
    ),
  )
  .catch((error: unknown) => console.error('The page could not start', error));
