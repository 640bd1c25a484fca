import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { useDescribeProblem } from '../../ui/problem.ts'

export function FiguresFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  return <ErrorState title={t('common.problem.title')} text={describe(error)} onRetry={onRetry} />
}
