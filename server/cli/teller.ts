import type { CallEvent } from '@ringdesk/shared/call-events';
import { Explainer, type ExplainFacts } from '../telephony/explain/index.ts';

/** Prints what events mean, a sentence a line, with the seconds since the first one. */
export function teller(
  print: (line: string) => void = console.log,
  facts: ExplainFacts = {},
): (event: CallEvent) => void {
  const explainer = new Explainer(facts);
  let start: number | null = null;
  return (event) => {
    for (const { at, text } of explainer.sentences(event)) {
      const moment = at === null ? null : Date.parse(at);
      start ??= moment;
      const shown = moment === null || start === null ? '' : ((moment - start) / 1000).toFixed(3);
      print(`${shown.padStart(9)}  ${text}`);
    }
  };
}
