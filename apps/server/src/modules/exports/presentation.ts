import type { Export } from '@rapport/contracts'
import type { ExportRow } from './repository.ts'

export function presentExport({ asked: _, created_by: __, api_key: ___, ...row }: ExportRow): Export {
  return { ...row, job_id: row.id, state: row.state as Export['state'] }
}
