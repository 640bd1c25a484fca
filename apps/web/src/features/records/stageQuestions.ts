/**
 * A stage may ask for values before a record enters it, and a lost one for the reason. Whoever moves a record asks
 * here; the page on screen shows the dialog, and the move goes on with what was filled in.
 */
import type { Stage } from '@rapport/contracts'
import { useSyncExternalStore } from 'react'
import type { Values } from './conflict.ts'
import type { RecordKind } from './kinds.ts'
import type { ListedRecord } from './stores.ts'

export type StageQuestion = {
  kind: RecordKind
  record: ListedRecord
  stage: Stage
  fields: readonly string[]
  /** With null the record stays where it was. */
  answer: (values: Values | null) => void
}

let asked: StageQuestion | null = null
const listeners = new Set<() => void>()

function show(question: StageQuestion | null): void {
  asked = question
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export const useStageQuestion = (): StageQuestion | null => useSyncExternalStore(subscribe, () => asked)

/** What the stage needs and the record lacks, asked for; nothing where it lacks nothing. */
export function askForStage(
  kind: RecordKind,
  record: ListedRecord,
  stage: Stage | undefined,
): Promise<Values | null> {
  const fields = stage && stage.id !== record['stage_id'] ? missingFor(kind, record, stage) : []
  if (!stage || fields.length === 0) return Promise.resolve({})
  asked?.answer(null)
  return new Promise((resolve) => {
    show({
      kind,
      record,
      stage,
      fields,
      answer: (values) => {
        show(null)
        resolve(values)
      },
    })
  })
}

const reason = 'lost_reason'

function missingFor({ sections }: RecordKind, record: ListedRecord, stage: Stage): string[] {
  const wanted = new Set(stage.required_fields)
  if (stage.type === 'lost' && sections.some(({ fields }) => fields.includes(reason))) wanted.add(reason)
  return [...wanted].filter((field) => isEmpty(valueIn(record, field)))
}

const valueIn = (record: ListedRecord, field: string): unknown =>
  field.startsWith('custom.') ? record.custom[field.slice(7)] : record[field]

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
