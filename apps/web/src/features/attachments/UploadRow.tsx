import { Pause, Play, RotateCw, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { isProblem, useDescribeProblem } from '../../ui/problem.ts'
import { Progress } from '../../ui/Progress.tsx'
import { cancelUpload, pauseUpload, resumeUpload, type Upload } from './uploads.ts'

export function UploadRow({ upload }: { upload: Upload }) {
  const { t } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const { key, name, size, sent, state, error } = upload
  const share = size === 0 ? 0 : sent / size
  const reason = () => {
    const code = isProblem(error) ? error.errors[0]?.code : undefined
    if (code === 'not_taken' || code === 'too_big') return t(`attachments.refused.${code}`)
    return error === undefined ? '' : describe(error)
  }
  return (
    <li className="flex items-center gap-2.5 py-1.5">
      <div className="min-w-0 flex-1">
        <p className="truncate text-13">{name}</p>
        {state === 'refused' ? (
          <p role="alert" className="text-12 text-danger-ink">
            {reason()}
          </p>
        ) : (
          <>
            <Progress value={share} label={t('attachments.sending', { name })} labelHidden />
            <output className="text-12 text-faint">
              {state === 'offline'
                ? t('attachments.waiting')
                : state === 'paused'
                  ? t('attachments.paused', { share: format.percent(share) })
                  : format.percent(share)}
            </output>
          </>
        )}
      </div>
      {state === 'refused' ? (
        <IconButton
          icon={RotateCw}
          size="small"
          label={t('attachments.retry', { name })}
          onClick={() => resumeUpload(key)}
        />
      ) : (
        <IconButton
          icon={state === 'paused' ? Play : Pause}
          size="small"
          label={t(state === 'paused' ? 'attachments.resume' : 'attachments.pause', { name })}
          onClick={() => (state === 'paused' ? resumeUpload(key) : pauseUpload(key))}
        />
      )}
      <IconButton
        icon={X}
        size="small"
        label={t('attachments.cancel', { name })}
        onClick={() => cancelUpload(key)}
      />
    </li>
  )
}
