/** The objects as the generic screens know them: what comes from the contract, and how a screen arranges it. */
import { useQuery } from '@tanstack/react-query'
import type { LucideIcon } from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import { useMay } from '../../app/session.ts'
import type { Hue } from '../../ui/hue.ts'
import type { DataColumn } from '../../ui/table/types.ts'
import { customObjectsQuery } from '../custom-objects/api.ts'
import { companyKind } from './companyKind.ts'
import { contactKind } from './contactKind.ts'
import { dealKind } from './dealKind.ts'
import { leadKind } from './leadKind.ts'
import type { StageMover } from './moves.ts'
import { kindsOf, ownKinds } from './ownKinds.ts'
import { productKind } from './productKind.ts'
import type { ListedRecord, RecordStore } from './stores.ts'
import { taskKind } from './taskKind.ts'

/** The objects that are always there; those that the organization makes go by their keys. */
export type StandardObject = 'lead' | 'contact' | 'company' | 'deal' | 'product' | 'task'

export type RecordKind = {
  object: string
  /** What its permissions begin with. */
  many: 'leads' | 'contacts' | 'companies' | 'deals' | 'products' | 'tasks' | 'custom_records'
  icon: LucideIcon
  /** What the organization calls it, and gave it as colour, when it is one of its own. */
  own?: { one: string; many: string; hue: Hue | null }
  store: RecordStore
  path: string
  pathOf: (id: string) => string
  /** The field a person knows it by. */
  title: string
  /** The second line in compact places. */
  subtitleOf: (record: ListedRecord) => string | null
  /** The field that stands beside the title where there is little room: a choice with a colour. */
  badge?: string
  /** What is done to a record where it stands in a compact list. */
  control?: (record: ListedRecord) => ReactNode
  /** Columns shown from the start, in this order; the others wait in the columns menu. */
  shown: readonly string[]
  /** What the dialog for a new one asks, beside its title. */
  asked: readonly string[]
  sections: readonly { name: 'details' | 'reach' | 'place' | 'outcome'; fields: readonly string[] }[]
  /** By field: what replaces how its type looks in tables and panels. */
  looks?: Readonly<Record<string, Partial<DataColumn<ListedRecord>>>>
  /** Arrangements that everybody has, as addresses of its list; their words are under `<many>.preset`. */
  presets?: readonly Preset[]
  /** Its records stand in stages: what moves them, and the fields of what they are worth and of whom they are about. */
  staged?: { move: StageMover; value: string; company: string }
  /** Its records are about a person, who can agree to things and ask to be erased. */
  person?: 'lead' | 'contact'
  /** Files with its records can be brought in. */
  has_imports?: boolean
}

export type Preset = { name: 'mine' | 'overdue' | 'by_assignee'; address: Readonly<Record<string, string>> }

const standardKinds: readonly RecordKind[] = [
  leadKind,
  contactKind,
  companyKind,
  dealKind,
  productKind,
  taskKind,
]

/** Those of the moment, outside of components. */
export const allKinds = (): RecordKind[] => [...standardKinds, ...ownKinds()]

export const kindOf = (object: string): RecordKind | undefined =>
  allKinds().find((kind) => kind.object === object)

/** The standard kinds, then those of the organization's own objects in their order. */
export function useKinds(): readonly RecordKind[] {
  const { data } = useQuery({ ...customObjectsQuery, enabled: useMay('custom_objects:read') })
  return useMemo(() => [...standardKinds, ...kindsOf(data ?? [])], [data])
}
