import type { Attachment, AttachmentVersion } from '@rapport/contracts'

export const currentOf = ({ current, versions }: Attachment): AttachmentVersion | undefined =>
  versions.find(({ number }) => number === current)

/** Those that are there, the newest first. */
export const keptVersions = ({ versions }: Attachment): AttachmentVersion[] =>
  versions.filter(({ size, received }) => size === received)

export const isPdf = (version: AttachmentVersion | undefined): boolean =>
  version?.media_type === 'application/pdf'

export const canBeSeen = (version: AttachmentVersion | undefined): boolean =>
  version?.preview === 'ready' || isPdf(version)
