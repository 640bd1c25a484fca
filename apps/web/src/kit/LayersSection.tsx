import { Copy, Ellipsis, Pencil, Trash2, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { CommandPalette } from '../ui/CommandPalette.tsx'
import type { PaletteGroup } from '../ui/CommandPalette.tsx'
import { ContextMenu } from '../ui/ContextMenu.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Menu, MenuCheck, MenuGroup, MenuItem, MenuSeparator, SubMenu } from '../ui/Menu.tsx'
import { notify } from '../ui/notify.ts'
import { Popover } from '../ui/Popover.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { Row, Section } from './Section.tsx'

const GROUPS: PaletteGroup[] = [
  {
    id: 'go',
    heading: 'Go to',
    items: [
      { id: 'leads', label: 'Leads', icon: UsersRound, shortcut: 'g l', run: () => notify.success('Leads') },
      { id: 'copy', label: 'Copy link', icon: Copy, run: () => notify.success('Copied') },
    ],
  },
]

function Lines() {
  return (
    <>
      <MenuItem icon={Pencil} shortcut="e" onSelect={() => notify.success('Edited')}>
        Edit
      </MenuItem>
      <MenuItem icon={Copy} onSelect={() => notify.success('Copied')}>
        Copy link
      </MenuItem>
      <SubMenu label="Move to stage">
        <MenuItem onSelect={() => notify.undo('Moved to Qualified', () => notify.success('Moved back'))}>
          Qualified
        </MenuItem>
      </SubMenu>
      <MenuSeparator />
      <MenuItem
        icon={Trash2}
        danger
        onSelect={() => notify.undo('Lead deleted', () => notify.success('Restored'))}
      >
        Delete
      </MenuItem>
    </>
  )
}

export function LayersSection() {
  const [layer, setLayer] = useState<'dialog' | 'sheet' | 'palette' | null>(null)
  const [shown, setShown] = useState(true)
  const close = (open: boolean) => {
    if (!open) setLayer(null)
  }
  return (
    <Section title="Layers">
      <Row name="Menus">
        <Menu trigger={<IconButton icon={Ellipsis} label="More actions" variant="secondary" />}>
          <Lines />
        </Menu>
        <Menu trigger={<Button>Columns</Button>}>
          <MenuGroup label="Shown columns">
            <MenuCheck checked={shown} onChange={setShown}>
              Company
            </MenuCheck>
          </MenuGroup>
        </Menu>
        <ContextMenu
          target={<div className="rounded-base border border-line px-3 py-1.5">Right-click me</div>}
        >
          <Lines />
        </ContextMenu>
        <Popover trigger={<Button>Popover</Button>} title="Filter by value" className="w-64">
          <p className="text-muted">Anything that needs more than a list.</p>
        </Popover>
      </Row>
      <Row name="Panels">
        <Button onClick={() => setLayer('dialog')}>Dialog</Button>
        <Button onClick={() => setLayer('sheet')}>Sheet</Button>
        <Button onClick={() => setLayer('palette')}>Palette</Button>
      </Row>
      <Row name="Toasts">
        <Button onClick={() => notify.success('Saved')}>Success</Button>
        <Button onClick={() => notify.undo('Moved to Qualified', () => notify.success('Moved back'))}>
          Undo
        </Button>
        <Button onClick={() => notify.problem('That did not work', 'Someone else changed this meanwhile.')}>
          Problem
        </Button>
      </Row>
      <Dialog
        open={layer === 'dialog'}
        onOpenChange={close}
        title="Delete the pipeline “Partners”?"
        description="Its 4 stages go with it, and this cannot be undone. Leads keep their history."
        footer={
          <>
            <Button onClick={() => setLayer(null)}>Cancel</Button>
            <Button variant="danger" onClick={() => setLayer(null)}>
              Delete pipeline
            </Button>
          </>
        }
      />
      <Sheet open={layer === 'sheet'} onOpenChange={close} title="Ana Clara de Souza">
        <p className="p-4 text-muted">The record, beside its list.</p>
      </Sheet>
      <CommandPalette open={layer === 'palette'} onOpenChange={close} groups={GROUPS} />
    </Section>
  )
}
