import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { logIn } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'

/** The account that the sample data comes with; the server prints it at start. */
const DEMO_ACCOUNT = { email: 'demo@rapport.local', password: 'rapport-demo' }

/** Shown only where the server says that the sample organization is loaded. */
export function DemoHint({ next }: { next: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const describe = useDescribeProblem()
  const [busy, setBusy] = useState(false)
  async function enter() {
    setBusy(true)
    try {
      await logIn(DEMO_ACCOUNT)
      await navigate(next, { replace: true })
    } catch (error) {
      notify.problem(t('common.problem.title'), describe(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className="mt-6 rounded-base border border-line bg-sunken p-3">
      <h2 className="text-13 font-medium">{t('auth.demo.title')}</h2>
      <p className="mt-0.5 mb-2.5 text-12 text-muted">{t('auth.demo.text')}</p>
      <Button loading={busy} onClick={() => void enter()} className="w-full">
        {t('auth.demo.submit')}
      </Button>
    </section>
  )
}
