import type { ExportFormat } from '@rapport/contracts'

/** Where the file is in the storage. */
export const fileKey = (
  organization_id: string,
  { id, format }: { id: string; format: ExportFormat },
): string => `${organization_id}/exports/${id}.${format}`
