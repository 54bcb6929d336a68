import { createContext, createElement, Fragment, type ReactNode, use } from 'react';
import type { Feature, SlotName, Slots } from './feature.ts';

const FeaturesContext = createContext<readonly Feature[]>([]);

/** Gives the features that the user may use to everything below it. */
export function FeaturesProvider({
  features,
  children,
}: {
  features: readonly Feature[];
  children: ReactNode;
}) {
  return <FeaturesContext value={features}>{children}</FeaturesContext>;
}

/** The features that the user may use. */
export function useFeatures(): readonly Feature[] {
  return use(FeaturesContext);
}

/** A place where features put their parts, in the order of the list of features. */
export function Slot<Name extends SlotName>({ name, of }: { name: Name; of: Slots[Name] }) {
  return useFeatures().map(({ id, slots }) => {
    const part = slots?.[name];
    return part && <Fragment key={id}>{createElement(part, of)}</Fragment>;
  });
}

/** Puts every feature's `around` about the children, the first of the list outermost. */
export function Around({ children }: { children: ReactNode }) {
  const features = useFeatures();
  let all = children;
  for (const { slots } of features.toReversed()) {
    const Part = slots?.around;
    if (Part) all = <Part>{all}</Part>;
  }
  return all;
}
