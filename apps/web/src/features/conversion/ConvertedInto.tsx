import { convertedObjects, type Conversion, type ConvertedObject } from '@rapport/contracts'
import { useQuery } from '@tanstack/react-query'
import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { recordPath } from '../../app/paths.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { RelatedLine, RelatedSection } from '../records/RelatedSection.tsx'
import type { ListedRecord } from '../records/stores.ts'
import { conversionQuery } from './api.ts'
import { useTakeBackConversion } from './useTakeBackConversion.ts'

/** What a converted lead became, as long as it can be taken back with a way to do so. */
export function ConvertedInto({ lead }: { lead: ListedRecord }) {
  const query = useQuery({ ...conversionQuery(lead.id), enabled: lead['status'] === 'converted' })
  const conversion = query.data?.conversion
  return conversion ? <Became lead={lead} conversion={conversion} /> : null
}

function Became({ lead, conversion }: { lead: ListedRecord; conversion: Conversion }) {
  const { t } = useTranslation()
  const format = useFormat()
  const takeBack = useTakeBackConversion(lead.id)
  const [used, setUsed] = useState<ConvertedObject[]>([])
  const [busy, setBusy] = useState(false)
  const run = async (keep: ConvertedObject[]) => {
    setBusy(true)
    setUsed((await takeBack(keep)) ?? [])
    setBusy(false)
  }
  const open = lead.can.update && lead.deleted_at === null && conversion.can.undo
  const became = convertedObjects.flatMap((object) => {
    const record = conversion[object]
    return record ? [{ object, ...record }] : []
  })
  return (
    <RelatedSection
      title={t('conversion.became')}
      empty={t('conversion.out_of_reach')}
      loading={false}
      count={became.length}
      action={
        open ? (
          <Button size="small" variant="ghost" icon={Undo2} loading={busy} onClick={() => void run([])}>
            {t('conversion.take_back')}
          </Button>
        ) : null
      }
    >
      {became.map(({ object, id, name }) => (
        <RelatedLine
          key={object}
          to={recordPath(object, id)}
          name={name}
          detail={`${t(`records.${object}.one`)} · ${format.ago(conversion.converted_at)}`}
        />
      ))}
      {used.length > 0 ? (
        <Dialog
          open
          onOpenChange={() => setUsed([])}
          size="small"
          title={t('conversion.used.title')}
          description={t('conversion.used.text', {
            objects: format.list(used.map((object) => t(`records.${object}.one`))),
          })}
          footer={
            <>
              <Button variant="ghost" onClick={() => setUsed([])}>
                {t('common.action.cancel')}
              </Button>
              <Button variant="primary" loading={busy} onClick={() => void run(used)}>
                {t('conversion.used.keep')}
              </Button>
            </>
          }
        />
      ) : null}
    </RelatedSection>
  )
}
