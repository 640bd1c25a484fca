import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../app/paths.ts'
import { useMe } from '../../app/session.ts'
import { buttonClass } from '../../ui/Button.tsx'
import { Section } from '../../ui/Section.tsx'

/** In place of the password's own section, for an account that has none. */
export function NoPasswordSection() {
  const { t } = useTranslation()
  const { email } = useMe().user
  return (
    <Section
      title={t('security.no_password.title')}
      text={t('security.no_password.text', { email })}
      actions={
        <Link to={paths.forgotPassword} className={buttonClass()}>
          {t('security.no_password.set')}
        </Link>
      }
    />
  )
}
