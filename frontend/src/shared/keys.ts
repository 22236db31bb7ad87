/** Tell whether a key is one of a word that is being put together, as for Chinese: Enter takes the word then. */
export function isComposing(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  // Safari ends the word before it tells of the Enter that took it, which only the old code 229 still marks.
  return event.isComposing || event.keyCode === 229;
}
