/** A note as it is read. Its nodes become elements one by one; nothing of it is ever taken as HTML. */
import type { Note, NoteMark, NoteNode } from '@rapport/contracts'
import { createElement, Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { recordPath } from '../../app/paths.ts'
import './note.css'

/** Messages name teams, too. */
type Named = Pick<Note, 'people' | 'records'> & { teams?: readonly { id: string; name: string }[] }
type Told = Named & { body: { content: readonly NoteNode[] } }

export function NoteText({ note }: { note: Told }) {
  return (
    <div className="note-text">
      <Nodes nodes={note.body.content} named={note} />
    </div>
  )
}

function Nodes({ nodes, named }: { nodes: readonly NoteNode[] | undefined; named: Named }) {
  return (nodes ?? []).map((node, index) => <One key={index} node={node} named={named} />)
}

const plain = {
  paragraph: 'p',
  bulletList: 'ul',
  listItem: 'li',
  blockquote: 'blockquote',
} as const
const headings = ['h3', 'h4', 'h5'] as const

function One({ node, named }: { node: NoteNode; named: Named }) {
  const { type, attrs = {}, content, text = '', marks = [] } = node
  const inner = <Nodes nodes={content} named={named} />
  if (type === 'text') return marks.reduce<ReactNode>(withMark, text)
  if (type in plain) return createElement(plain[type as keyof typeof plain], {}, inner)
  if (type === 'heading') return createElement(headings[Number(attrs['level']) - 1] ?? 'h5', {}, inner)
  if (type === 'orderedList') return <ol start={Number(attrs['start'])}>{inner}</ol>
  if (type === 'taskList') return <ul data-type="taskList">{inner}</ul>
  if (type === 'taskItem') return <TaskItem checked={attrs['checked'] === true}>{inner}</TaskItem>
  if (type === 'codeBlock')
    return (
      <pre>
        <code>{inner}</code>
      </pre>
    )
  if (type === 'hardBreak') return <br />
  if (type === 'horizontalRule') return <hr />
  return <NamedPart node={node} named={named} />
}

function withMark(inner: ReactNode, { type, attrs }: NoteMark): ReactNode {
  if (type === 'link')
    return (
      <a href={attrs?.href} target="_blank" rel="noopener noreferrer nofollow">
        {inner}
      </a>
    )
  const element = { bold: 'strong', italic: 'em', underline: 'u', strike: 's', code: 'code' }[type]
  return createElement(element, {}, inner)
}

function TaskItem({ checked, children }: { checked: boolean; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <li data-checked={checked}>
      <label>
        <input
          type="checkbox"
          checked={checked}
          disabled
          aria-label={t(checked ? 'notes.done_item' : 'notes.open_item')}
        />
      </label>
      <div>{children}</div>
    </li>
  )
}

/** A member or a record; what one may not know is said to be there, and no more. */
function NamedPart({ node: { type, attrs = {} }, named }: { node: NoteNode; named: Named }) {
  const { t } = useTranslation()
  const id = String(attrs['id'])
  if (type === 'mention') {
    const name = named.people.find((person) => person.id === id)?.name ?? t('notes.somebody')
    return <span className="note-mention">@{name}</span>
  }
  if (type === 'teamMention') {
    const name = named.teams?.find((team) => team.id === id)?.name ?? t('notes.some_team')
    return <span className="note-mention">@{name}</span>
  }
  if (type === 'everyone')
    return (
      <span className="note-mention">
        @{t(attrs['who'] === 'channel' ? 'chat.everyone.channel' : 'chat.everyone.here')}
      </span>
    )
  if (type !== 'recordLink') return <Fragment />
  const record = named.records.find((one) => one.id === id)
  if (!record) return <span className="note-mention">{t('notes.hidden_record')}</span>
  return (
    <Link to={recordPath(record.object, id)} className="note-record">
      {record.title}
    </Link>
  )
}
