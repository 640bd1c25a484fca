/** Writes src/endpoints.ts from the contracts, so that the client carries no schema library. */
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { operations, type Operation } from '@rapport/contracts'

function endpointOf(operation: Operation): string {
  const kind = operation.media
    ? operation.media.startsWith('text/')
      ? 'text'
      : 'file'
    : operation.reply
      ? 'json'
      : 'nothing'
  const form = operation.multipart ? ', form: true' : ''
  return `{ method: '${operation.method}', path: '${operation.path}', reply: '${kind}'${form} }`
}

/** The text of src/endpoints.ts. */
export function endpointsText(): string {
  const groups = Object.entries(operations).map(([group, members]) => {
    const lines = Object.entries(members).map(([name, operation]) => `    ${name}: ${endpointOf(operation)},`)
    return `  ${group}: {\n${lines.join('\n')}\n  },`
  })
  return `// Generated from packages/contracts by \`npm run sdk\`. Do not edit.
import type { Endpoint } from './client.ts'

export const endpoints = {
${groups.join('\n')}
} as const satisfies Record<string, Record<string, Endpoint>>
`
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await writeFile(new URL('../src/endpoints.ts', import.meta.url), endpointsText())
