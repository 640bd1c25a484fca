import { Avatar } from '../ui/Avatar.tsx'
import { Badge } from '../ui/Badge.tsx'
import type { Tone } from '../ui/Badge.tsx'
import { Chip } from '../ui/Chip.tsx'
import { cx } from '../ui/cx.ts'
import { HUES } from '../ui/hue.ts'
import { useFormat } from '../ui/format.ts'
import { Kbd } from '../ui/Kbd.tsx'
import { StagePill } from '../ui/StagePill.tsx'
import { Row, Section } from './Section.tsx'

const SURFACES = ['bg-app', 'bg-base', 'bg-sunken', 'bg-raised', 'bg-selected', 'bg-accent-soft', 'bg-glow']
const TEXTS = ['text-11', 'text-12', 'text-13', 'text-15', 'text-20']
const INKS = [
  'text-ink',
  'text-muted',
  'text-faint',
  'text-accent-ink',
  'text-danger-ink',
  'text-success-ink',
]
const TONES: Tone[] = ['neutral', 'accent', 'success', 'warn', 'danger', 'info']
const PEOPLE = ['Ana Clara de Souza', 'Bruno Lima', 'Chen Wei', 'Dana Ode', 'Émile Zola', 'fatima']

export function TokensSection() {
  const format = useFormat()
  return (
    <Section title="Tokens">
      <Row name="Surfaces">
        {SURFACES.map((surface) => (
          <span
            key={surface}
            className={cx('rounded-base border border-line px-3 py-2 text-12 text-muted', surface)}
          >
            {surface}
          </span>
        ))}
      </Row>
      <Row name="Text">
        {TEXTS.map((size) => (
          <span key={size} className={size}>
            {size} Rapport
          </span>
        ))}
      </Row>
      <Row name="Ink">
        {INKS.map((ink) => (
          <span key={ink} className={ink}>
            {ink}
          </span>
        ))}
      </Row>
      <Row name="Stages, tags">
        {HUES.map((hue) => (
          <StagePill key={hue} hue={hue}>
            {hue}
          </StagePill>
        ))}
      </Row>
      <Row name="Badges">
        {TONES.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
      </Row>
      <Row name="Chips">
        <Chip name="Stage" onRemove={() => undefined}>
          <span className="text-muted">Stage is</span> Qualified
        </Chip>
        <Chip name="Value">
          <span className="text-muted">Value over</span> {format.money(12_500, 'BRL')}
        </Chip>
      </Row>
      <Row name="Avatars">
        {PEOPLE.map((name) => (
          <Avatar key={name} name={name} size={32} />
        ))}
        <Avatar name="Acme Ltda" shape="organization" size={32} />
        <Avatar name="Bruno Lima" size={24} />
        <Avatar name="Bruno Lima" size={20} />
      </Row>
      <Row name="Keys">
        <Kbd keys="mod+k" />
        <Kbd keys="g l" />
        <Kbd keys="?" />
      </Row>
      <Row name="Formats">
        <span className="tabular">
          {format.number(6468)} · {format.compact(1_250_000)} · {format.percent(0.256)} ·{' '}
          {format.money(99.9, 'EUR')} · {format.date('2026-03-05T12:00:00Z')}
        </span>
      </Row>
    </Section>
  )
}
