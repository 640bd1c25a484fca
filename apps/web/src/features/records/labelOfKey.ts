/** `some_key` → "Some key": how a value without a field of its own is labelled. */
export function labelOfKey(key: string): string {
  const words = key.replaceAll('_', ' ').trim()
  return words.charAt(0).toLocaleUpperCase() + words.slice(1)
}
