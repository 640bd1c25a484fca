/**
 * Rules for uploaded files: how many and how large, what they are by their bytes and not by what they are called,
 * and which file names are kept.
 */
import { basename } from 'node:path'
import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
import { fileTypeFromBuffer } from 'file-type'
import { Problem } from '../problems.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route takes multipart/form-data. */
    takesForm?: boolean
  }
}

const mebibyte = 1024 * 1024
export const largestFile = 500 * mebibyte
const longestName = 200

export async function acceptUploads(app: FastifyInstance): Promise<void> {
  await app.register(multipart, {
    limits: {
      files: 1,
      fields: 20,
      parts: 21,
      fieldNameSize: 100,
      fieldSize: 10_000,
      headerPairs: 20,
      fileSize: largestFile,
    },
  })
  // A form sent to a route that takes none would be read for nothing.
  app.addHook('onRequest', (request, _reply, done) => {
    const isForm = request.headers['content-type']?.toLowerCase().startsWith('multipart/')
    const { takesForm } = request.routeOptions.config
    done(isForm && !takesForm && !request.is404 ? formNotTaken() : undefined)
  })
}

const formNotTaken = () =>
  new Problem(415, 'unsupported_media_type', 'Unsupported media type', 'This route takes no form.')

/** The last part of a path, without control characters and what reorders or hides text, at most 200 characters. */
export function safeFileName(given: string | undefined, otherwise: string): string {
  const name = basename((given ?? '').normalize('NFC').replaceAll('\\', '/'))
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .slice(-longestName)
    .trim()
  return /^[.\s]*$/.test(name) ? otherwise : name
}

/** Texts that are programs or pages, whatever their file is called. */
const activeTexts: readonly (readonly [what: string, start: RegExp])[] = [
  [
    'a web page',
    /^\s*(<!--[\s\S]*?-->\s*)*<(!doctype\s+html|html|head|body|script|iframe|svg|meta|link|style)\b/i,
  ],
  ['an XML document', /^\s*<\?xml\b/i],
  ['a program', /^\s*(#!\s*\/|<\?php\b|<%@?|@echo\s+off\b)/i],
]

/**
 * What a file really is when it is no plain text, by its first bytes; null for plain text. `text` is the same
 * beginning, decoded.
 */
export async function detectDisguise(head: Buffer, text: string): Promise<string | null> {
  const type = await fileTypeFromBuffer(head)
  if (type) return `${type.ext.toUpperCase()} (${type.mime})`
  return activeTexts.find(([, start]) => start.test(text.replace(/^\uFEFF/, '')))?.[0] ?? null
}
