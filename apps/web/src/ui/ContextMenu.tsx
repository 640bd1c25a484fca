import { ContextMenu as Base } from '@base-ui/react/context-menu'
import type { ReactElement, ReactNode } from 'react'
import { MenuPopup } from './Menu.tsx'

type ContextMenuProps = { target: ReactElement; onOpenChange?: (open: boolean) => void; children: ReactNode }

/** Right click or long press on `target`. Takes the same lines as Menu. */
export function ContextMenu({ target, onOpenChange, children }: ContextMenuProps) {
  return (
    <Base.Root onOpenChange={(open) => onOpenChange?.(open)}>
      <Base.Trigger render={target} />
      <MenuPopup>{children}</MenuPopup>
    </Base.Root>
  )
}
