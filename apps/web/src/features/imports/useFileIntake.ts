import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { paths } from '../../app/paths.ts'
import { notify } from '../../ui/notify.ts'
import { isUploading, uploadFile } from './upload.ts'

/** Sends what was chosen or dropped and goes to its import, unless one has gone elsewhere meanwhile. */
export function useFileIntake(object: string): (files: File[]) => void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const here = useRef(true)
  useEffect(() => {
    here.current = true
    return () => {
      here.current = false
    }
  }, [])
  return (files) => {
    const [file] = files
    if (!file || isUploading()) return
    if (files.length > 1) notify.problem(t('imports.drop.one', { name: file.name }))
    void uploadFile(file, object).then((made) => {
      if (made === null) return
      if (here.current) void navigate(paths.import(made.id))
      else notify.success(t('imports.upload.ready', { name: made.file_name }))
    })
  }
}
