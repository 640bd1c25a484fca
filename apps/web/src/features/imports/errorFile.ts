import { rapport } from '../../app/rapport.ts'
import { saveFile } from '../../ui/saveFile.ts'

/** Excel takes a file without it for the machine's old code page; reading the answer as text has removed it. */
const byteOrderMark = '\uFEFF'

export async function saveErrorFile(id: string, file_name: string): Promise<void> {
  const text = await rapport.imports.errorFile({ params: { id } })
  saveFile(new Blob([byteOrderMark, text], { type: 'text/csv;charset=utf-8' }), file_name)
}
