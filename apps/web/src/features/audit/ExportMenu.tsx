import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Menu, MenuItem } from '../../ui/Menu.tsx'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { saveAuditFile, type ExportFormat } from './api.ts'

/** Saves what the filters show, all of it. */
export function ExportMenu({ filter }: { filter: string | undefined }) {
  const { t } = useTranslation()
  const describe = useDescribeProblem()
  const save = useMutation({
    mutationFn: (format: ExportFormat) => saveAuditFile(filter, format),
    onError: (error) => notify.problem(t('common.problem.title'), describe(error)),
  })
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button icon={Download} loading={save.isPending}>
            {t('audit.export')}
          </Button>
        }
      >
        <MenuItem onSelect={() => save.mutate('csv')}>{t('audit.export_csv')}</MenuItem>
        <MenuItem onSelect={() => save.mutate('json')}>{t('audit.export_json')}</MenuItem>
      </Menu>
      <output className="sr-only">{save.isPending ? t('audit.exporting') : ''}</output>
    </>
  )
}
