import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import type { PageRoute } from '../platform/feature.ts';
import { usePageTitle } from '../platform/title.ts';

/** Each page is made lazy once: a new lazy component would be another page, and lose what was typed on it. */
const made = new Map<PageRoute['page'], LazyExoticComponent<ComponentType>>();

function lazyPage(page: PageRoute['page']): LazyExoticComponent<ComponentType> {
  const known = made.get(page) ?? lazy(page);
  made.set(page, known);
  return known;
}

/** A page of a feature, fetched when it is first opened, and named in the browser's tab. */
export function Page({ route }: { route: PageRoute }) {
  // Drawn again when another language is spoken.
  useTranslation();
  const Content = lazyPage(route.page);
  return (
    <>
      <Titled title={route.title()} />
      <Content />
    </>
  );
}

/** Before the page itself, so that a page which knows a better title has the last word. */
function Titled({ title }: { title: string }) {
  usePageTitle(title);
  return null;
}
