import {
  Boxes,
  Building2,
  Bell,
  CalendarCheck,
  CalendarClock,
  CircleUserRound,
  Contact,
  FileInput,
  FileOutput,
  HandHeart,
  Handshake,
  KeyRound,
  Landmark,
  ListPlus,
  LayoutDashboard,
  ListTree,
  MessagesSquare,
  Network,
  Package,
  ScrollText,
  Settings,
  ShieldCheck,
  Split,
  SquareCheckBig,
  SquareKanban,
  Tags,
  Target,
  ToggleRight,
  TrendingUp,
  UserRoundCog,
  UsersRound,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { Me, Permission } from '@rapport/contracts'
import { paths } from './paths.ts'
import { may } from './session.ts'

export type NavEntry = {
  name:
    | 'today'
    | 'chat'
    | 'dashboard'
    | 'leads'
    | 'contacts'
    | 'companies'
    | 'deals'
    | 'products'
    | 'tasks'
    | 'board'
    | 'forecast'
    | 'imports'
    | 'settings'
    | SettingsName
  path: string
  icon: LucideIcon
  /** What one presses to go there. */
  keys?: string
  /** Any of them opens it; without one, everybody may go there. */
  permission?: Permission | readonly Permission[]
  /** Stands in the bar of a phone even where there is no room for all. */
  often?: boolean
}

/** A page below /settings; its words are under `shell.nav`. */
export type SettingsName =
  | 'profile'
  | 'security'
  | 'notifications'
  | 'exports'
  | 'organization'
  | 'members'
  | 'teams'
  | 'roles'
  | 'features'
  | 'pipelines'
  | 'tags'
  | 'fields'
  | 'follow_ups'
  | 'assignment'
  | 'goals'
  | 'objects'
  | 'privacy'
  | 'api_keys'
  | 'audit'

/** A place as it is shown: its words, and where it leads. */
export type Place = Omit<NavEntry, 'name'> & { name: string; label: string }

/** The places of the app, in the order of the sidebar. */
export const mainNav: readonly NavEntry[] = [
  {
    name: 'today',
    path: paths.today,
    icon: CalendarCheck,
    keys: 'g t',
    permission: ['leads:read', 'contacts:read', 'deals:read', 'tasks:read'],
    often: true,
  },
  {
    name: 'chat',
    path: paths.chat,
    icon: MessagesSquare,
    keys: 'g w',
    permission: 'chat:read',
    often: true,
  },
  { name: 'tasks', path: paths.tasks, icon: SquareCheckBig, keys: 'g k', permission: 'tasks:read' },
  {
    name: 'dashboard',
    path: paths.dashboard,
    icon: LayoutDashboard,
    keys: 'g h',
    permission: 'organization:read',
  },
  { name: 'leads', path: paths.leads, icon: UsersRound, keys: 'g l', permission: 'leads:read', often: true },
  {
    name: 'contacts',
    path: paths.contacts,
    icon: Contact,
    keys: 'g c',
    permission: 'contacts:read',
  },
  { name: 'companies', path: paths.companies, icon: Building2, keys: 'g o', permission: 'companies:read' },
  { name: 'deals', path: paths.deals, icon: Handshake, keys: 'g d', permission: 'deals:read', often: true },
  { name: 'products', path: paths.products, icon: Package, keys: 'g u', permission: 'products:read' },
  {
    name: 'board',
    path: paths.board,
    icon: SquareKanban,
    keys: 'g b',
    permission: ['leads:read', 'deals:read'],
    often: true,
  },
  { name: 'forecast', path: paths.forecast, icon: TrendingUp, keys: 'g v', permission: 'deals:read' },
  { name: 'imports', path: paths.imports, icon: FileInput, keys: 'g i', permission: 'leads:import' },
]

export const settingsEntry: NavEntry = {
  name: 'settings',
  path: paths.settings,
  icon: Settings,
  keys: 'g s',
}

export type SettingsGroup = {
  /** Its words are under `shell.settings`. */
  name: 'account' | 'organization' | 'access' | 'data'
  entries: readonly NavEntry[]
}

/** The settings pages, by what they are about. */
export const settingsNav: readonly SettingsGroup[] = [
  {
    name: 'account',
    entries: [
      { name: 'profile', path: paths.profile, icon: CircleUserRound },
      { name: 'security', path: paths.security, icon: ShieldCheck },
      {
        name: 'notifications',
        path: paths.notifications,
        icon: Bell,
        permission: 'organization:read',
      },
      {
        name: 'exports',
        path: paths.exports,
        icon: FileOutput,
        permission: ['leads:read', 'contacts:read', 'companies:read', 'deals:read', 'custom_records:read'],
      },
    ],
  },
  {
    name: 'organization',
    entries: [
      {
        name: 'organization',
        path: paths.organization,
        icon: Landmark,
        permission: 'organization:read',
      },
      { name: 'members', path: paths.members, icon: UsersRound, keys: 'g m', permission: 'members:read' },
      { name: 'teams', path: paths.teams, icon: Network, permission: 'teams:read' },
      { name: 'features', path: paths.features, icon: ToggleRight, permission: 'features:read' },
    ],
  },
  {
    name: 'access',
    entries: [
      { name: 'roles', path: paths.roles, icon: UserRoundCog, keys: 'g r', permission: 'roles:read' },
      { name: 'api_keys', path: paths.apiKeys, icon: KeyRound, permission: 'api_keys:manage' },
    ],
  },
  {
    name: 'data',
    entries: [
      {
        name: 'pipelines',
        path: paths.pipelines,
        icon: ListTree,
        keys: 'g p',
        permission: 'pipelines:manage',
      },
      { name: 'tags', path: paths.tags, icon: Tags, permission: 'tags:read' },
      { name: 'fields', path: paths.fields, icon: ListPlus, keys: 'g f', permission: 'custom_fields:manage' },
      {
        name: 'follow_ups',
        path: paths.followUps,
        icon: CalendarClock,
        permission: ['leads:read', 'contacts:read', 'deals:read'],
      },
      { name: 'goals', path: paths.goals, icon: Target, keys: 'g a', permission: 'goals:read' },
      { name: 'assignment', path: paths.assignment, icon: Split, permission: 'assignment:read' },
      { name: 'objects', path: paths.objects, icon: Boxes, permission: 'custom_objects:manage' },
      { name: 'privacy', path: paths.privacy, icon: HandHeart, permission: 'privacy:read' },
      { name: 'audit', path: paths.audit, icon: ScrollText, permission: 'audit:read' },
    ],
  },
]

type Holder = Pick<Me, 'permissions' | 'features'>

export const mayGo = (me: Holder, { permission }: NavEntry): boolean =>
  permission === undefined || [permission].flat().some((one) => may(me, one))

/** Where a member begins: with the leads, or with the first place that is open to them. */
export function homeOf(me: Holder): string {
  const open = mainNav.filter((entry) => mayGo(me, entry))
  return (open.find(({ path }) => path === paths.leads) ?? open[0])?.path ?? paths.profile
}

/** The groups with the pages that this member may see; an empty group is left out. */
export function settingsFor(me: Holder): SettingsGroup[] {
  return settingsNav
    .map((group) => ({ ...group, entries: group.entries.filter((entry) => mayGo(me, entry)) }))
    .filter(({ entries }) => entries.length > 0)
}
