import type { LeftOut } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { Banner } from '../../ui/Banner.tsx'
import { useFormat } from '../../ui/format.ts'

type Props = {
  left_out: readonly LeftOut[]
  /** The address names a view that the reader cannot open. */
  missing: boolean
  labelOf: (field: string) => string
}

/** Says what of the view is not there, so that nobody takes the list for something else. */
export function LeftOutNote({ left_out, missing, labelOf }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  if (missing) return <Banner kind="info">{t('views.missing')}</Banner>
  if (left_out.length === 0) return null
  const parts = left_out.map(({ part, field }) =>
    field === null ? t(`views.part.${part}`) : `${t(`views.part.${part}`)} (${labelOf(field)})`,
  )
  return <Banner kind="info">{t('views.left_out', { parts: format.list([...new Set(parts)]) })}</Banner>
}
