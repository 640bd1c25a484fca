import { FileInput, ListTree, SquareKanban, UsersRound } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { Permission } from '@rapport/contracts'
import { paths } from './paths.ts'

export type NavEntry = {
  name: 'leads' | 'board' | 'imports' | 'pipelines'
  path: string
  icon: LucideIcon
  /** What one presses to go there. */
  keys: string
  permission: Permission
}

/** The places of the app, in the order of the sidebar. */
export const mainNav: readonly NavEntry[] = [
  { name: 'leads', path: paths.leads, icon: UsersRound, keys: 'g l', permission: 'leads:read' },
  { name: 'board', path: paths.board, icon: SquareKanban, keys: 'g b', permission: 'leads:read' },
  { name: 'imports', path: paths.imports, icon: FileInput, keys: 'g i', permission: 'leads:import' },
]

export const settingsNav: readonly NavEntry[] = [
  { name: 'pipelines', path: paths.pipelines, icon: ListTree, keys: 'g p', permission: 'pipelines:manage' },
]
