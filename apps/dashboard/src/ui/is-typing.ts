/** Whether a key belongs to what is being typed, not to the page. */
export function isTyping({ target }: { readonly target: EventTarget | null }): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input, textarea, select, [role='menu'] *");
}
