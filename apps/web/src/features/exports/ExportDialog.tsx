import { contactsTarget, exportFormats, type ExportFormat } from '@rapport/contracts'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { notify } from '../../ui/notify.ts'
import { useDescribeProblem } from '../../ui/problem.ts'
import { RadioList } from '../../ui/RadioList.tsx'
import type { Chosen } from '../bulk/api.ts'
import type { RecordKind } from '../records/kinds.ts'
import { useChoices } from '../records/useChoices.ts'
import { useFieldLabel } from '../records/useFieldLabel.ts'
import { useFields } from '../records/useFields.ts'
import { startExport } from './api.ts'

export type Exported = {
  chosen: Chosen
  /** The shown columns, in their order. */
  columns: readonly string[]
  sort: string | undefined
  count: number | undefined
}
type Props = { kind: RecordKind; exported: Exported; open: boolean; onClose: () => void }

type Extent = 'shown' | 'all'

/** Types of which the screen shows words for what is kept. */
const worded: ReadonlySet<string> = new Set(['select', 'multi_select', 'boolean'])

/** Asks how the records are to be written into a file; the headings are the words of the screen. */
export function ExportDialog({ kind, exported, open, onClose }: Props) {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  const describe = useDescribeProblem()
  const labelOf = useFieldLabel(kind.object)
  const choicesOf = useChoices(kind.object)
  const fields = useFields(kind.object)
  const [formatId, extentId] = [useId(), useId()]
  const [file, setFile] = useState<ExportFormat>('xlsx')
  const [extent, setExtent] = useState<Extent>('shown')
  const [localized, setLocalized] = useState(true)
  const { count } = exported
  /** As the screen calls the options of a field. */
  const wordsOf = (name: string) => {
    const field = fields.get(name)
    if (!field || !worded.has(field.type)) return undefined
    return Object.fromEntries(choicesOf(field)?.all.map(({ value, label }) => [value, label]) ?? [])
  }
  const start = () => {
    onClose()
    const shown = exported.columns.filter((name) => fields.has(name))
    const people = kind.object === 'deal' ? [contactsTarget] : []
    const names = extent === 'all' || shown.length === 0 ? [...fields.keys(), ...people] : shown
    const forPeople = file === 'xlsx' || localized
    const columns = names.map((field) => {
      const options = forPeople ? wordsOf(field) : undefined
      return {
        field,
        label: field === contactsTarget ? t('imports.map.contacts') : labelOf(field),
        ...(options ? { options } : {}),
      }
    })
    const delimiter = localized && i18n.language === 'pt-BR' ? ';' : ','
    startExport(kind.object, exported.chosen, {
      format: file,
      columns,
      sort: exported.sort,
      localized,
      delimiter,
    }).catch((error: unknown) => notify.problem(t('common.problem.title'), describe(error)))
  }
  return (
    <Dialog
      size="small"
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose()
      }}
      title={
        count === undefined
          ? t('exports.ask')
          : t('exports.ask_count', { count, formatted: format.number(count) })
      }
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t('common.action.cancel')}
          </Button>
          <Button variant="primary" onClick={start}>
            {t('exports.do')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <section className="flex flex-col gap-1">
          <h3 id={formatId} className="text-12 font-medium text-muted">
            {t('exports.format')}
          </h3>
          <RadioList
            labelledBy={formatId}
            value={file}
            onChange={setFile}
            choices={exportFormats.toReversed().map((value) => ({
              value,
              label: t(`exports.formats.${value}`),
              text: t(`exports.formats.${value}_text`),
            }))}
          />
          {file === 'csv' ? (
            <Checkbox checked={localized} onChange={setLocalized} className="px-2 pt-1">
              {t('exports.localized')}
            </Checkbox>
          ) : null}
        </section>
        <section className="flex flex-col gap-1">
          <h3 id={extentId} className="text-12 font-medium text-muted">
            {t('exports.columns')}
          </h3>
          <RadioList
            labelledBy={extentId}
            value={extent}
            onChange={setExtent}
            choices={[
              { value: 'shown', label: t('exports.shown') },
              { value: 'all', label: t('exports.all_fields') },
            ]}
          />
        </section>
      </div>
    </Dialog>
  )
}
