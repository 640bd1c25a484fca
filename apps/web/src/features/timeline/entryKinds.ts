/** The kinds of entries as screens know them. A new one is a file beside these, and a line here. */
import type { Activity } from '@rapport/contracts'
import { calls } from './kinds/calls.ts'
import { changes } from './kinds/changes.ts'
import { emails } from './kinds/emails.ts'
import { files } from './kinds/files.ts'
import { followUps } from './kinds/followUps.ts'
import { life } from './kinds/life.ts'
import { links } from './kinds/links.ts'
import { meetings } from './kinds/meetings.ts'
import { messages } from './kinds/messages.ts'
import { notes } from './kinds/notes.ts'
import { owners } from './kinds/owners.ts'
import { stages } from './kinds/stages.ts'
import { tasks } from './kinds/tasks.ts'
import type { EntryKind } from './types.ts'

export const entryKinds: readonly EntryKind[] = [
  notes,
  calls,
  emails,
  messages,
  meetings,
  stages,
  changes,
  followUps,
  tasks,
  files,
  owners,
  links,
  life,
]

/** What nobody described looks like a change. */
export const kindOfType = (type: Activity['type']): EntryKind =>
  entryKinds.find(({ types }) => types.includes(type)) ?? changes
