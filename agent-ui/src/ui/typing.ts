/** Whether keys fall into this element as text. */
export function isTyping(element: Element | null): boolean {
  if (!(element instanceof HTMLElement)) return false;
  if (element.isContentEditable || element instanceof HTMLTextAreaElement) return true;
  if (element instanceof HTMLSelectElement) return true;
  return (
    element instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'file'].includes(element.type)
  );
}

/**
 * Whether the agent is in the middle of something that a pop must not interrupt: writing in a field, in a dialog or a menu, or with a form
 * begun (marked by `data-begun`).
 */
export function isBusy(): boolean {
  return (
    isTyping(document.activeElement) ||
    document.querySelector('[role="dialog"], [role="menu"], [data-begun="true"]') !== null
  );
}
