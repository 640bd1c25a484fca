import { identity, type Organization } from '@rapport/contracts'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useMe } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { Form, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { notify } from '../../ui/notify.ts'
import { Page } from '../../ui/Page.tsx'
import { useFormShell } from '../../ui/useFormShell.ts'
import { useUpdateOrganization } from './api.ts'
import { listCountries, listCurrencies } from './countries.ts'
import { LeaveDialog } from './LeaveDialog.tsx'

export function OrganizationPage() {
  const { t } = useTranslation()
  const { organization } = useMe()
  const mayUpdate = useMay('organization:update')
  return (
    <Page title={t('organization.title')}>
      <div className="flex flex-col gap-10">
        {/* Someone else's change of these fields starts the form anew. */}
        <OrganizationForm
          key={JSON.stringify(organization)}
          organization={organization}
          readOnly={!mayUpdate}
        />
        <LeaveSection />
      </div>
    </Page>
  )
}

const Change = identity.updateOrganization.body.required({ name: true, slug: true, currency: true })

function OrganizationForm({ organization, readOnly }: { organization: Organization; readOnly: boolean }) {
  const { t, i18n } = useTranslation()
  const update = useUpdateOrganization()
  const countries = useMemo(() => listCountries(i18n.language), [i18n.language])
  const currencies = useMemo(
    () => listCurrencies(i18n.language, Intl.supportedValuesOf('currency')),
    [i18n.language],
  )
  const { name, slug, currency, country } = organization
  const shell = useFormShell({
    schema: Change,
    defaults: { name, slug, currency, country },
    submit: async (values) => {
      await update.mutateAsync(values)
      notify.success(t('common.state.saved'))
    },
  })
  return (
    <Form shell={shell} className="max-w-md">
      <FormField shell={shell} name="name" label={t('organization.field.name')}>
        {(field) => <Input {...field} readOnly={readOnly} autoComplete="organization" />}
      </FormField>
      <FormField
        shell={shell}
        name="slug"
        label={t('organization.field.slug')}
        hint={t('organization.hint.slug')}
      >
        {(field) => <Input {...field} readOnly={readOnly} spellCheck={false} autoCapitalize="none" />}
      </FormField>
      <FormField
        shell={shell}
        name="currency"
        label={t('organization.field.currency')}
        hint={t('organization.hint.currency')}
      >
        {(field) => (
          <Combobox
            value={field.value}
            onChange={(value) => value && field.onChange(value)}
            onBlur={field.onBlur}
            disabled={readOnly}
            options={currencies}
          />
        )}
      </FormField>
      <FormField
        shell={shell}
        name="country"
        label={t('organization.field.country')}
        hint={t('organization.hint.country')}
        optional
      >
        {(field) => (
          <Combobox
            value={field.value ?? null}
            onChange={field.onChange}
            onBlur={field.onBlur}
            disabled={readOnly}
            placeholder={t('common.field.none')}
            options={countries}
          />
        )}
      </FormField>
      {readOnly ? null : (
        <Button type="submit" variant="primary" loading={shell.submitting} className="self-start">
          {t('common.action.save')}
        </Button>
      )}
    </Form>
  )
}

function LeaveSection() {
  const { t } = useTranslation()
  const { organization } = useMe()
  const [asking, setAsking] = useState(false)
  return (
    <section className="flex flex-col items-start gap-2 border-t border-line pt-6">
      <h2 className="text-13 font-semibold">{t('organization.leave.heading')}</h2>
      <p className="max-w-md text-13 text-muted">
        {t('organization.leave.text', { name: organization.name })}
      </p>
      <Button className="mt-1" onClick={() => setAsking(true)}>
        {t('organization.leave.open')}
      </Button>
      <LeaveDialog open={asking} onOpenChange={setAsking} />
    </section>
  )
}
