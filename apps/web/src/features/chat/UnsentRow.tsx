import { RotateCw, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../app/session.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { NoteText } from '../notes/NoteText.tsx'
import { useNamed } from './useNamed.ts'
import { useOutbox, type UnsentMessage } from './unsent.ts'

/** What one has said and the server has not confirmed: it looks said, and says truly when it is not. */
export function UnsentRow({ unsent, follows }: { unsent: UnsentMessage; follows: boolean }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const outbox = useOutbox()
  const { user } = useMe()
  const { state, error, client_id, body } = unsent
  const failed = state === 'refused' || state === 'left'
  const named = useNamed(body.document)
  return (
    <div className={cx('flex gap-3 px-4 py-0.5', !follows && 'mt-2')} data-unsent={state}>
      <div className="w-8 shrink-0">
        {follows ? null : <Avatar name={user.full_name} size={32} decorative />}
      </div>
      <div className="min-w-0 flex-1">
        {follows ? null : <p className="text-13 font-semibold">{user.full_name}</p>}
        <div className="text-13 text-muted">
          <NoteText note={{ ...named, body: body.document }} />
        </div>
        {body.files.length > 0 ? (
          <p className="text-12 text-faint">{body.files.map(({ name }) => name).join(', ')}</p>
        ) : null}
        {state === 'waiting' ? <p className="text-12 text-warn-ink">{t('chat.unsent.waiting')}</p> : null}
        {failed ? (
          <div className="flex flex-wrap items-center gap-1.5 py-1">
            <p role="alert" className="text-12 text-danger-ink">
              {state === 'left'
                ? t('chat.unsent.left')
                : t('chat.unsent.refused', { reason: describe(error) })}
            </p>
            <Button size="small" icon={RotateCw} onClick={() => outbox.again(client_id)}>
              {t('chat.unsent.again')}
            </Button>
            <Button size="small" variant="ghost" icon={X} onClick={() => outbox.forget(client_id)}>
              {t('chat.unsent.drop')}
            </Button>
          </div>
        ) : null}
      </div>
    </div>
  )
}
