import { rapport } from '../../app/rapport.ts'

/** Excel takes a file without it for the machine's old code page; reading the answer as text has removed it. */
const byteOrderMark = '\uFEFF'

export async function saveErrorFile(id: string, file_name: string): Promise<void> {
  const text = await rapport.imports.errorFile({ params: { id } })
  const url = URL.createObjectURL(new Blob([byteOrderMark, text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = file_name
  link.click()
  URL.revokeObjectURL(url)
}
