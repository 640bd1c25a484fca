import type { RoleRecord } from '@rapport/contracts'
import { Copy, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Sheet } from '../../ui/Sheet.tsx'
import { useRoleName } from '../members/roles.ts'
import { DeleteRoleDialog } from './DeleteRoleDialog.tsx'
import { RoleEditor } from './RoleEditor.tsx'
import { RoleView } from './RoleView.tsx'

type Props = { role: RoleRecord | null; onClose: () => void; onClone: (id: string) => void }

/** One role with everything it grants; one's own organization's roles are edited here. */
export function RoleSheet({ role, onClose, onClone }: Props) {
  const { t } = useTranslation()
  const nameOf = useRoleName()
  const mayManage = useMay('roles:manage')
  const [deleting, setDeleting] = useState(false)
  return (
    <Sheet
      open={role !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      modal
      width="wide"
      title={role ? nameOf(role.id, role.name) : ''}
      actions={
        role && mayManage ? (
          <>
            <IconButton icon={Copy} label={t('roles.clone')} onClick={() => onClone(role.id)} />
            {role.can.delete ? (
              <IconButton icon={Trash2} label={t('roles.delete.open')} onClick={() => setDeleting(true)} />
            ) : null}
          </>
        ) : null
      }
    >
      {role === null ? null : role.can.update ? (
        <RoleEditor key={role.id} role={role} onDone={onClose} />
      ) : (
        <RoleView role={role} />
      )}
      {role && deleting ? (
        <DeleteRoleDialog role={role} onClose={() => setDeleting(false)} onDeleted={onClose} />
      ) : null}
    </Sheet>
  )
}
