import type { Duplicate } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Badge, type Tone } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import type { RecordKind } from '../records/kinds.ts'
import { Reasons } from './Reasons.tsx'
import { certaintyOf, type Certainty } from './useReasonWords.ts'

const tones: Record<Certainty, Tone> = { sure: 'success', likely: 'info', possible: 'neutral' }

type Props = {
  kind: RecordKind
  pair: Duplicate
  current: boolean
  mayMerge: boolean
  onCompare: () => void
  onDismiss: () => void
}

export function PairRow({ kind, pair, current, mayMerge, onCompare, onDismiss }: Props) {
  const { t } = useTranslation()
  const certainty = certaintyOf(pair.score)
  const [a, b] = [pair.names[0] || t('duplicates.unnamed'), pair.names[1] || t('duplicates.unnamed')]
  const pairName = t('duplicates.pair', { a, b })
  return (
    <li
      aria-current={current || undefined}
      className="flex flex-col gap-2 border-b border-line px-2 py-3 aria-[current=true]:bg-hover sm:flex-row sm:items-center"
    >
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-13 font-medium">
          <Badge tone={tones[certainty]}>{t(`duplicates.certainty.${certainty}`)}</Badge>
          <Link to={kind.pathOf(pair.ids[0])} className="truncate hover:underline">
            {a}
          </Link>
          <span className="text-faint" aria-hidden>
            ·
          </span>
          <Link to={kind.pathOf(pair.ids[1])} className="truncate hover:underline">
            {b}
          </Link>
        </p>
        <Reasons object={pair.object} reasons={pair.reasons} />
      </div>
      {mayMerge ? (
        <div className="flex shrink-0 gap-2">
          <Button
            size="small"
            variant="ghost"
            aria-label={`${t('duplicates.dismiss')}: ${pairName}`}
            onClick={onDismiss}
          >
            {t('duplicates.dismiss')}
          </Button>
          <Button size="small" aria-label={`${t('duplicates.compare')}: ${pairName}`} onClick={onCompare}>
            {t('duplicates.compare')}
          </Button>
        </div>
      ) : null}
    </li>
  )
}
