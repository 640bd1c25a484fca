import { Email } from '@rapport/contracts'

export const mostAddresses = 50

/** “ana@example.com, Bruno <bruno@example.com>; …” → the addresses, each once, and what is none. */
export function readAddresses(text: string): { addresses: string[]; rubbish: string[] } {
  const addresses = new Set<string>()
  const rubbish: string[] = []
  for (const entry of text.split(/[,;\n]+/)) {
    const bracketed = /<([^<>]+)>\s*$/.exec(entry)?.[1]
    const words = bracketed ? [bracketed] : entry.split(/\s+/)
    for (const word of words.filter((one) => one.trim() !== '')) {
      const read = Email.safeParse(word)
      if (read.success) addresses.add(read.data)
      else rubbish.push(word)
    }
  }
  return { addresses: [...addresses], rubbish }
}
