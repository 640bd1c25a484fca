import type { Activity } from '@rapport/contracts'
import type { LucideIcon } from 'lucide-react'
import type { Tone } from '../../ui/Badge.tsx'

export type KindName =
  | 'note'
  | 'call'
  | 'email'
  | 'message'
  | 'meeting'
  | 'stage'
  | 'change'
  | 'follow_up'
  | 'task'
  | 'link'
  | 'file'
  | 'owner'
  | 'life'

/** Entries that are told alike, and can be asked for by themselves. */
export type EntryKind = {
  name: KindName
  types: readonly Activity['type'][]
  icon: LucideIcon
  tone: Tone
}

/** One entry of a timeline: an activity, or several changes in a row that one person made to one record. */
export type Entry = {
  /** The latest. */
  activity: Activity
  /** The changes before it, the latest first. */
  earlier: Activity[]
}
