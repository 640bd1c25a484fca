import { useTranslation } from 'react-i18next'
import { ColumnsMenu } from '../../ui/table/ColumnsMenu.tsx'
import { orderIds } from '../../ui/table/useColumnModel.ts'
import type { CardFields } from './useCardFields.ts'

/** Which fields cards tell, and in what order. */
export function CardFieldsMenu({ choices, columnState, setColumnState, reset }: CardFields) {
  const { t } = useTranslation()
  return (
    <ColumnsMenu
      label={t('board.card_fields')}
      columns={choices}
      allIds={orderIds(choices, columnState.order)}
      hidden={columnState.hidden}
      onHiddenChange={(hidden) => setColumnState({ ...columnState, hidden })}
      onOrderChange={(order) => setColumnState({ ...columnState, order })}
      onReset={reset}
    />
  )
}
