/** The objects as the generic screens know them: what comes from the contract, and how a screen arranges it. */
import type { LucideIcon } from 'lucide-react'
import { companyKind } from './companyKind.ts'
import { contactKind } from './contactKind.ts'
import { dealKind } from './dealKind.ts'
import { leadKind } from './leadKind.ts'
import type { StageMover } from './moves.ts'
import { productKind } from './productKind.ts'
import type { ListedRecord, RecordStore } from './stores.ts'

export type RecordObject = 'lead' | 'contact' | 'company' | 'deal' | 'product'

export type RecordKind = {
  object: RecordObject
  /** What its permissions and end points begin with. */
  many: 'leads' | 'contacts' | 'companies' | 'deals' | 'products'
  icon: LucideIcon
  store: RecordStore
  path: string
  pathOf: (id: string) => string
  /** The field a person knows it by. */
  title: string
  /** The second line in compact places. */
  subtitleOf: (record: ListedRecord) => string | null
  /** The field that stands beside the title where there is little room: a choice with a colour. */
  badge?: string
  /** Columns shown from the start, in this order; the others wait in the columns menu. */
  shown: readonly string[]
  /** What the dialog for a new one asks, beside its title. */
  asked: readonly string[]
  sections: readonly { name: 'details' | 'reach' | 'place' | 'outcome'; fields: readonly string[] }[]
  /** Its records stand in stages: what moves them, and the field of what they are worth. */
  staged?: { move: StageMover; value: string }
  /** Its records are about a person, who can agree to things and ask to be erased. */
  person?: 'lead' | 'contact'
  /** Files with its records can be brought in. */
  has_imports?: boolean
}

export const kinds: readonly RecordKind[] = [leadKind, contactKind, companyKind, dealKind, productKind]

export const kindOf = (object: string): RecordKind | undefined => kinds.find((kind) => kind.object === object)
