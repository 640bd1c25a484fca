/** Takes an uploaded file: streams it to storage, refuses what is no table, and describes what is in it. */
import type { MultipartFile } from '@fastify/multipart'
import { operations } from '@rapport/contracts'
import type { FastifyRequest } from 'fastify'
import { newId } from '../../platform/ids.ts'
import { detectDisguise, largestFile, safeFileName } from '../../platform/http/uploads.ts'
import { invalidField, malformed, Problem } from '../../platform/problems.ts'
import type { Storage } from '../../platform/storage/index.ts'
import { detectFormat, profileFile, type Profile } from './analysis.ts'
import { removeSheets, unpackWorkbook } from './workbook/as-text.ts'
import { createInspection, notDelimitedText } from './inspection.ts'
import type { FileFormat } from './layout.ts'

/** What browsers and programs say of delimited text; Windows calls it Excel. */
const declaredTypes =
  /^(text\/(?!html|xml|javascript)[\w.+-]+|application\/(csv|x-csv|octet-stream|vnd\.ms-excel))$/i
const workbookTypes =
  /^application\/(octet-stream|zip|x-zip-compressed|vnd\.ms-excel(\.[\w.]+)?|vnd\.openxmlformats-officedocument\.spreadsheetml\.[\w.]+)$/i
const workbookName = /\.xls[xm]$/i
/** Names of what is no delimited text, whatever is in it: sheets, pages, programs, archives, documents, pictures. */
const otherFile =
  /\.(xlsx?|xlsm|xlsb|ods|numbers|html?|xhtml|xml|svg|m?js|php|exe|dll|com|scr|msi|bat|cmd|ps1|vbs|sh|jar|zip|rar|7z|gz|tar|pdf|docx?|png|jpe?g|gif|webp)$/i

type Stored = { file_name: string; file_key: string; format: FileFormat }
export type Received = { id: string; object: string; file_name: string; file_key: string; profile: Profile }

/** The parts may come in any order. Nothing stays in storage when the upload is refused. */
export async function receiveUpload(
  request: FastifyRequest,
  storage: Storage,
  organization_id: string,
  /** Refuses an object that cannot be imported. */
  accept: (object: string) => void,
): Promise<Received> {
  if (!request.isMultipart())
    throw new Problem(
      415,
      'multipart_expected',
      'Unsupported media type',
      'Send the file as multipart/form-data.',
    )
  const id = newId()
  const file_key = `${organization_id}/imports/${id}.csv`
  try {
    const { fields, stored } = await receiveParts(request, storage, file_key)
    const object = checkFields(fields)
    accept(object)
    if (!stored) throw invalidField('file', 'file_missing', 'a file is needed')
    return { id, object, file_name: stored.file_name, ...(await lookThrough(storage, stored)) }
  } catch (error) {
    await storage.remove(file_key)
    throw isInterruption(error)
      ? malformed('upload_interrupted', 'The upload broke off before its end.')
      : error
  }
}

type Looked = Pick<Received, 'file_key' | 'profile'>

async function lookThrough(storage: Storage, { file_key, format }: Stored): Promise<Looked> {
  if (!format.workbook) return { file_key, profile: await profileFile(storage.read(file_key), format) }
  const sheets = await unpackWorkbook(storage, file_key)
  try {
    return await chooseSheet(storage, { ...format, sheets })
  } catch (error) {
    await removeSheets(storage, sheets)
    throw error
  }
}

/** The first sheet that is a table: what stands before it, as a cover does, has no rows or a single column. */
async function chooseSheet(storage: Storage, format: FileFormat): Promise<Looked> {
  let first: Looked | undefined
  let refusal: Problem | undefined
  for (const { file_key } of format.sheets ?? []) {
    if (file_key === null) continue
    try {
      const looked = { file_key, profile: await profileFile(storage.read(file_key), format) }
      if (looked.profile.columns.length > 1) return looked
      first ??= looked
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      refusal ??= error
    }
  }
  if (first) return first
  throw refusal ?? notDelimitedText('it has no sheet that can be read')
}

const isInterruption = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'ABORT_ERR')

async function receiveParts(request: FastifyRequest, storage: Storage, file_key: string) {
  const fields: Record<string, unknown> = {}
  let stored: Stored | undefined
  for await (const part of request.parts({
    limits: { fileSize: largestFile, files: 1 },
  })) {
    if (part.type === 'field') fields[part.fieldname] = part.value
    else if (part.fieldname === 'file') stored = await storeFile(part, storage, file_key)
    else {
      part.file.resume()
      throw invalidField(part.fieldname, 'unknown_field', 'is not a field that can be given here')
    }
  }
  return { fields, stored }
}

async function storeFile(part: MultipartFile, storage: Storage, file_key: string): Promise<Stored> {
  const { inspect, conclude } = createInspection()
  // pipe() hands on no failure; without this an interrupted upload would wait for ever.
  part.file.on('error', (error) => inspect.destroy(error))
  await storage.write(file_key, part.file.pipe(inspect))
  if (part.file.truncated)
    throw new Problem(
      413,
      'file_too_large',
      'Too large',
      'The file is larger than 500 MB; cut it into several.',
    )
  const found = conclude()
  if ('problem' in found) throw found.problem
  const file_name = safeFileName(part.filename, 'import.csv')
  if ('archive' in found) {
    if (!workbookName.test(file_name)) throw notDelimitedText('it is an archive')
    if (!workbookTypes.test(part.mimetype) && !declaredTypes.test(part.mimetype))
      throw notDelimitedText(`it was sent as ${part.mimetype}`)
    return { file_name, file_key, format: workbookFormat }
  }
  const disguise = await detectDisguise(found.head, new TextDecoder(found.encoding).decode(found.head))
  if (disguise !== null) throw notDelimitedText(`it is ${disguise}`)
  if (otherFile.test(file_name)) throw notDelimitedText('its name is that of another kind of file')
  if (!declaredTypes.test(part.mimetype)) throw notDelimitedText(`it was sent as ${part.mimetype}`)
  return { file_name, file_key, format: detectFormat(found.head, found.encoding) }
}

/** As which a workbook is written down. */
const workbookFormat: FileFormat = {
  encoding: 'utf-8',
  delimiter: ',',
  spaced: false,
  declared: false,
  guarded: false,
  workbook: true,
}

function checkFields(fields: Record<string, unknown>): string {
  const parsed = operations.imports.upload.body.safeParse(fields)
  if (parsed.success) return parsed.data.object
  const [issue] = parsed.error.issues
  if (!issue) throw malformed('body_malformed', 'The form could not be read.')
  if (issue.code === 'unrecognized_keys')
    throw invalidField(issue.keys[0] ?? '', 'unknown_field', 'is not a field that can be given here')
  throw invalidField(issue.path.map(String).join('.'), issue.code, issue.message)
}
