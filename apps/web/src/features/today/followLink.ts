/** Hands an address to the device: its telephone, its mail, or a tab of its own. */
export function follow(address: string | null): void {
  if (address === null) return
  if (address.startsWith('https:')) window.open(address, '_blank', 'noopener')
  else window.location.assign(address)
}
