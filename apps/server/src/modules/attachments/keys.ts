/** Where the bytes of a version are in the storage. */
import type { VersionRow } from './repository.ts'

const folderOf = (organization_id: string, id: string, number: number) =>
  `${organization_id}/attachments/${id}/${number}`

export const partKey = (organization_id: string, id: string, number: number, part: string) =>
  `${folderOf(organization_id, id, number)}/${part}`

export type PreviewSize = 'small' | 'large'
export const previewKey = (organization_id: string, id: string, number: number, size: PreviewSize) =>
  `${folderOf(organization_id, id, number)}/${size}.webp`

export function keysOf(
  organization_id: string,
  id: string,
  { number, parts, preview }: Pick<VersionRow, 'number' | 'parts' | 'preview'>,
): string[] {
  const pictures: PreviewSize[] = preview === 'none' ? [] : ['small', 'large']
  return [
    ...parts.map((part) => partKey(organization_id, id, number, part)),
    ...pictures.map((size) => previewKey(organization_id, id, number, size)),
  ]
}
