import { ListFilter } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Menu, MenuCheck, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { entryKinds } from './entryKinds.ts'
import type { TimelineChoice } from './useTimelineChoice.ts'

/** Which kinds of entries are shown, and whether those of related records are. */
export function TimelineFilter({ kinds, setKinds, mayRelate, related, relate }: TimelineChoice) {
  const { t } = useTranslation()
  return (
    <div className="ml-auto flex items-center gap-2">
      {mayRelate ? (
        <Switch checked={related} onChange={relate}>
          <span className="text-12 text-muted">{t('timeline.related')}</span>
        </Switch>
      ) : null}
      <Menu
        align="end"
        trigger={
          <Button size="small" variant="ghost" icon={ListFilter}>
            {kinds.length === 0 ? t('timeline.filter') : t('timeline.filtered', { count: kinds.length })}
          </Button>
        }
      >
        {entryKinds.map(({ name }) => (
          <MenuCheck
            key={name}
            checked={kinds.includes(name)}
            onChange={(on) => setKinds(on ? [...kinds, name] : kinds.filter((kind) => kind !== name))}
          >
            {t(`timeline.kind.${name}`)}
          </MenuCheck>
        ))}
        {kinds.length > 0 ? (
          <>
            <MenuSeparator />
            <MenuItem onSelect={() => setKinds([])}>{t('timeline.all')}</MenuItem>
          </>
        ) : null}
      </Menu>
    </div>
  )
}
