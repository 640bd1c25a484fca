import type { Import } from '@rapport/contracts'
import { useTranslation } from 'react-i18next'
import { Badge, type Tone } from '../../ui/Badge.tsx'

const tones: Record<Import['state'], Tone> = {
  uploaded: 'neutral',
  validating: 'accent',
  running: 'accent',
  paused: 'warn',
  completed: 'success',
  failed: 'danger',
  cancelled: 'warn',
  undone: 'neutral',
}

export function StateBadge({ state }: { state: Import['state'] }) {
  const { t } = useTranslation()
  return <Badge tone={tones[state]}>{t(`imports.state.${state}`)}</Badge>
}
