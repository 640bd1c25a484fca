import { ToggleLeft } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { buttonClass } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { paths } from './paths.ts'

/** In place of a page of a feature that the organization has switched off. */
export function FeatureOff({ heading = 'h2' }: { heading?: 'h1' | 'h2' }) {
  const { t } = useTranslation()
  return (
    <EmptyState
      heading={heading}
      icon={ToggleLeft}
      title={t('shell.error.feature_off_title')}
      text={t('shell.error.feature_off_text')}
      actions={
        <Link to={paths.home} className={buttonClass()}>
          {t('shell.error.home')}
        </Link>
      }
    />
  )
}
