import { fileEncodings, type ImportUpload } from '@rapport/contracts'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'
import { notify } from '../../ui/notify.ts'
import { Select } from '../../ui/Select.tsx'
import { importKeys } from './api.ts'
import { useReason } from './refusal.ts'

const delimiters = [',', ';', '\t', '|'] as const
const words = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const

type Reading = {
  encoding?: ImportUpload['reading']['encoding']
  delimiter?: string
  sheet?: string
  header_row?: number
}

/** Titles are rarely longer. */
const rowsOffered = 20

/** What of the file is read and how: found by itself, and changed where that was wrong. */
export function ReadingChoice({
  shown,
  onRead,
}: {
  shown: ImportUpload
  onRead: (read: ImportUpload) => void
}) {
  const { t } = useTranslation()
  const reason = useReason()
  const { encoding, delimiter, is_workbook, sheets, sheet, header_row } = shown.reading
  const read = useMutation({
    mutationFn: (body: Reading) => rapport.imports.reread({ params: { id: shown.id }, body }),
    onSuccess: (answer) => {
      queryClient.setQueryData(importKeys.record(shown.id), answer)
      onRead(answer)
    },
    onError: (error) => notify.problem(t('common.problem.title'), reason(error)),
  })
  const known = delimiters.find((one) => one === delimiter)
  const shared = { size: 'small', disabled: read.isPending } as const
  const rows = Array.from({ length: Math.max(rowsOffered, header_row) }, (_, place) => ({
    value: String(place + 1),
    label: String(place + 1),
  }))
  return (
    <div className="flex flex-wrap items-center gap-2 pt-1 pb-2 text-12 text-muted">
      {is_workbook ? (
        sheets.length > 1 && (
          <>
            <span>{t('imports.reading.sheet')}</span>
            <div className="w-60">
              <Select
                {...shared}
                label={t('imports.reading.sheet')}
                options={sheets.map((name) => ({ value: name, label: name }))}
                value={sheet}
                onChange={(next) => read.mutate({ sheet: next })}
              />
            </div>
            <span>{t('imports.reading.of_sheets', { total: sheets.length })}</span>
          </>
        )
      ) : (
        <>
          <span>{t('imports.reading.title')}</span>
          <div className="w-40">
            <Select
              {...shared}
              label={t('imports.reading.encoding')}
              options={fileEncodings.map((value) => ({ value, label: value.toUpperCase() }))}
              value={encoding}
              onChange={(next) => read.mutate({ encoding: next })}
            />
          </div>
          <div className="w-40">
            <Select
              {...shared}
              label={t('imports.reading.delimiter')}
              options={delimiters.map((value) => ({ value, label: t(`imports.reading.${words[value]}`) }))}
              value={known ?? null}
              placeholder={delimiter}
              onChange={(next) => read.mutate({ delimiter: next })}
            />
          </div>
        </>
      )}
      <div className="flex items-center gap-2">
        <span>{t('imports.reading.header_row')}</span>
        <div className="w-28">
          <Select
            {...shared}
            label={t('imports.reading.header_row')}
            options={[{ value: '0', label: t('imports.reading.no_header') }, ...rows]}
            value={String(header_row)}
            onChange={(next) => read.mutate({ header_row: Number(next) })}
          />
        </div>
      </div>
    </div>
  )
}
