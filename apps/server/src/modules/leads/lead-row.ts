import type { Lead } from '@rapport/contracts'
import type { Selectable } from 'kysely'
import type { DB } from '../../db/types.ts'
import type { Actor } from '../../platform/actor.ts'
import { presentRow } from '../../platform/lists/index.ts'
import { leadRecords } from './fields.ts'

export type LeadRow = Omit<Selectable<DB['leads']>, 'custom'> & { custom: Custom }
export type Custom = Record<string, string | number | boolean | null>

export const presentLead = (actor: Actor, row: LeadRow): Lead => presentRow(leadRecords, actor, row) as Lead
