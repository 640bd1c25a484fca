import type { ChatChannel } from '@rapport/contracts'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormActions, FormField } from '../../ui/Form.tsx'
import { Input } from '../../ui/Input.tsx'
import { Select } from '../../ui/Select.tsx'
import { useFormShell } from '../../ui/useFormShell.ts'
import { saveExport, useUpdateChannel } from './api.ts'
import { Named } from './ChannelDialogs.tsx'
import { deletesMore, retentionChoices } from './retention.ts'
import { useTell } from './useTell.ts'

const Typed = Named.extend({ retention: z.string() })
/** Of a record's conversation the name is the record's. */
const Unnamed = Typed.extend({ name: z.string(), topic: z.string() })
const forever = 'forever'
const daysOf = (retention: string) => (retention === forever ? null : Number(retention))

/** What a channel is called, how long it keeps what is said, and all of it as a file: each for who may. */
export function ChannelSettings({ channel, onClose }: { channel: ChatChannel; onClose: () => void }) {
  const { t } = useTranslation()
  const update = useUpdateChannel(channel.id)
  const [asking, setAsking] = useState(false)
  const { can, name, topic, retention_days, version } = channel
  // What is shown changes with others; what one answers with is what one has read.
  const [read] = useState({ name, topic: topic ?? '', retention: String(retention_days ?? forever), version })
  const shell = useFormShell({
    schema: can.update ? Typed : Unnamed,
    defaults: { name: read.name, topic: read.topic, retention: read.retention },
    async submit(typed) {
      const days = daysOf(typed.retention)
      if (deletesMore(daysOf(read.retention), days) && !asking) return setAsking(true)
      setAsking(false)
      const changes = {
        ...(typed.name === read.name ? {} : { name: typed.name }),
        ...(typed.topic === read.topic ? {} : { topic: typed.topic === '' ? null : typed.topic }),
        ...(typed.retention === read.retention ? {} : { retention_days: days }),
      }
      if (Object.keys(changes).length > 0) await update.mutateAsync({ ...changes, version: read.version })
      onClose()
    },
  })
  const days = daysOf(shell.form.watch('retention'))
  if (asking)
    return (
      <ConfirmDialog
        open
        onOpenChange={() => setAsking(false)}
        title={t('chat.retention.ask', { count: days ?? 0 })}
        description={t('chat.retention.ask_text', { name })}
        confirm={t('chat.retention.confirm')}
        busy={shell.submitting}
        onConfirm={() => void shell.onSubmit()}
      />
    )
  return (
    <Dialog open onOpenChange={onClose} title={t('chat.edit_channel.title')}>
      <Form shell={shell}>
        {can.update ? (
          <>
            <FormField shell={shell} name="name" label={t('chat.new_channel.name')}>
              {(field) => <Input {...field} autoComplete="off" />}
            </FormField>
            <FormField shell={shell} name="topic" label={t('chat.new_channel.topic')} optional>
              {(field) => <Input {...field} autoComplete="off" />}
            </FormField>
          </>
        ) : null}
        {can.moderate ? (
          <>
            <FormField
              shell={shell}
              name="retention"
              label={t('chat.retention.label')}
              hint={
                days === null ? t('chat.retention.forever_means') : t('chat.retention.means', { count: days })
              }
            >
              {(field) => (
                <Select
                  {...field}
                  options={[
                    { value: forever, label: t('chat.retention.forever') },
                    ...retentionChoices(retention_days).map((count) => ({
                      value: String(count),
                      label: t('chat.retention.days', { count }),
                    })),
                  ]}
                />
              )}
            </FormField>
            <ExportLine channel={channel} />
          </>
        ) : null}
        <FormActions submit={t('common.action.save')} busy={shell.submitting} onCancel={onClose} />
      </Form>
    </Dialog>
  )
}

function ExportLine({ channel }: { channel: ChatChannel }) {
  const { t } = useTranslation()
  const tell = useTell()
  const [busy, setBusy] = useState(false)
  const save = () => {
    setBusy(true)
    tell(saveExport(channel).finally(() => setBusy(false)))
  }
  return (
    <div className="flex flex-col items-start gap-1">
      <Button icon={Download} loading={busy} onClick={save}>
        {t('chat.export.do')}
      </Button>
      <p className="text-12 text-muted">{t('chat.export.means')}</p>
    </div>
  )
}
