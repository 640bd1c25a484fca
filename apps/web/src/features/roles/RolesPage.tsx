import { useSuspenseQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useMay } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Page } from '../../ui/Page.tsx'
import { useMedia } from '../../ui/table/useMedia.ts'
import { rolesQuery } from './api.ts'
import { NewRoleDialog } from './NewRoleDialog.tsx'
import { RoleList } from './RoleList.tsx'
import { RoleMatrix } from './RoleMatrix.tsx'
import { RoleSheet } from './RoleSheet.tsx'

export function RolesPage() {
  const { t } = useTranslation()
  const { data: roles } = useSuspenseQuery(rolesQuery)
  const mayManage = useMay('roles:manage')
  const wide = useMedia('(min-width: 768px)')
  const [params, setParams] = useSearchParams()
  const openId = params.get('role')
  const open = (id: string | null) => setParams(id === null ? {} : { role: id }, { replace: openId !== null })
  /** The role that is about to be cloned. */
  const [source, setSource] = useState<string | null>(null)
  const Overview = wide ? RoleMatrix : RoleList
  return (
    <Page
      layout="fill"
      title={t('roles.title')}
      actions={
        mayManage ? (
          <Button variant="primary" icon={Plus} onClick={() => setSource('viewer')}>
            {t('roles.new')}
          </Button>
        ) : null
      }
    >
      <p className="px-4 pb-3 text-13 text-muted">{t('roles.intro')}</p>
      <Overview roles={roles} openId={openId} onOpen={open} />
      <RoleSheet
        role={roles.find((role) => role.id === openId) ?? null}
        onClose={() => open(null)}
        onClone={setSource}
      />
      {mayManage ? <NewRoleDialog source={source} onClose={() => setSource(null)} onMade={open} /> : null}
    </Page>
  )
}
