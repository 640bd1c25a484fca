/** `@` asks for people, teams and all who are here; `:` for an emoji by what it is called. */
import type { Editor } from '@tiptap/core'
import i18next from 'i18next'
import { holds } from '../../../app/fieldAccess.ts'
import { queryClient } from '../../../app/queryClient.ts'
import { teamsQuery } from '../../members/api.ts'
import type { Choice, PickerStore } from '../../notes/editor/pickers.ts'
import { plain } from '../../../ui/plain.ts'
import { findMembers, suggest } from '../../notes/editor/suggestions.ts'
import { emojiQuery, findEmoji } from '../emoji.ts'

const mostSigns = 8
const mostTeams = 3

export const suggestPeople = (editor: Editor, picker: PickerStore) =>
  suggest(editor, picker, { kind: 'people', char: '@', node: 'mention', find: findPeople })

export const suggestEmoji = (editor: Editor, picker: PickerStore) =>
  suggest(editor, picker, { kind: 'emoji', char: ':', node: 'text', least: 2, find: findSigns })

async function findPeople(query: string): Promise<Choice[]> {
  const [members, teams] = await Promise.all([findMembers(query), findTeams(query)])
  return [...members, ...findEveryone(query), ...teams]
}

async function findTeams(query: string): Promise<Choice[]> {
  if (!holds('teams:read')) return []
  const teams = await queryClient.ensureQueryData(teamsQuery)
  return teams
    .filter(({ name }) => plain(name).includes(plain(query)))
    .slice(0, mostTeams)
    .map(({ id, name }) => ({ id, label: name, node: { type: 'teamMention', attrs: { id } } }))
}

/** Those who look at the channel now, and all its members. */
const findEveryone = (query: string): Choice[] =>
  (['here', 'channel'] as const)
    .map((who) => ({ who, label: i18next.t(`chat.everyone.${who}`) }))
    .filter(({ label, who }) => plain(label).startsWith(plain(query)) || who.startsWith(plain(query)))
    .map(({ who, label }) => ({
      id: who,
      label,
      detail: i18next.t(`chat.everyone.${who}_means`),
      node: { type: 'everyone', attrs: { who } },
    }))

async function findSigns(query: string): Promise<Choice[]> {
  const all = await queryClient.ensureQueryData(emojiQuery(i18next.language))
  return findEmoji(all, query, mostSigns).map(({ sign, label }) => ({
    id: sign,
    label,
    node: { text: sign },
  }))
}
