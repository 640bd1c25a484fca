import type { Attachment, AttachmentVersion } from '@rapport/contracts'

type SeenVersion = Pick<AttachmentVersion, 'number' | 'size' | 'media_type' | 'preview'>
/** What must be known of a file to show it. */
export type SeenFile = Pick<Attachment, 'id' | 'name' | 'current'> & { versions: readonly SeenVersion[] }

export const currentOf = <Version extends SeenVersion>({
  current,
  versions,
}: Pick<Attachment, 'current'> & { versions: readonly Version[] }): Version | undefined =>
  versions.find(({ number }) => number === current)

/** Those that are there, the newest first. */
export const keptVersions = ({ versions }: Attachment): AttachmentVersion[] =>
  versions.filter(({ size, received }) => size === received)

export const isPdf = (version: SeenVersion | undefined): boolean => version?.media_type === 'application/pdf'

export const canBeSeen = (version: SeenVersion | undefined): boolean =>
  version?.preview === 'ready' || isPdf(version)
