import { Mail, Plus, Search, Trash2, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { Checkbox } from '../ui/Checkbox.tsx'
import { Combobox, MultiCombobox } from '../ui/Combobox.tsx'
import type { ComboboxOption } from '../ui/Combobox.tsx'
import { Field } from '../ui/Field.tsx'
import { HUES } from '../ui/hue.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Input } from '../ui/Input.tsx'
import { Select } from '../ui/Select.tsx'
import { Switch } from '../ui/Switch.tsx'
import { Tabs } from '../ui/Tabs.tsx'
import { Textarea } from '../ui/Textarea.tsx'
import { Row, Section } from './Section.tsx'

const STAGES = ['New', 'Working', 'Qualified', 'Won'].map((label, index) => ({
  value: label.toLowerCase(),
  label,
  hue: HUES[index + 1] ?? 'slate',
}))

const PEOPLE: ComboboxOption[] = [
  { value: 'a', label: 'Ana Clara de Souza', detail: 'ana@example.com', avatar: 'person' },
  { value: 'b', label: 'Bruno Lima', detail: 'bruno@example.com', avatar: 'person' },
  { value: 'c', label: 'Chen Wei', detail: 'chen@example.com', avatar: 'person' },
]

export function ControlsSection() {
  return (
    <Section title="Controls">
      <Row name="Buttons">
        <Button variant="primary" icon={Plus} shortcut="c">
          New lead
        </Button>
        <Button>Secondary</Button>
        <Button variant="ghost">Ghost</Button>
        <Button variant="danger" icon={Trash2}>
          Delete
        </Button>
        <Button variant="primary" loading>
          Saving
        </Button>
        <Button disabled>Disabled</Button>
        <Button variant="primary" disabled>
          Disabled
        </Button>
      </Row>
      <Row name="Small">
        <Button size="small" variant="primary">
          Save
        </Button>
        <Button size="small" icon={Plus}>
          Filter
        </Button>
        <IconButton icon={Search} label="Search" shortcut="/" />
        <IconButton icon={Plus} label="Add" size="small" variant="secondary" />
      </Row>
      <Fields />
      <Toggles />
    </Section>
  )
}

function Fields() {
  const [stage, setStage] = useState<string | null>('working')
  const [person, setPerson] = useState<string | null>(null)
  const [people, setPeople] = useState<string[]>(['a', 'b'])
  return (
    <div className="grid gap-4 md:grid-cols-3">
      <Field label="Name" hint="As on the business card">
        <Input defaultValue="Ana Clara" />
      </Field>
      <Field label="E-mail" optional>
        <Input type="email" icon={Mail} placeholder="name@company.com" />
      </Field>
      <Field label="Value" error="This is not a number.">
        <Input defaultValue="twelve" trailing={<span className="pr-2">BRL</span>} />
      </Field>
      <Field label="Stage">
        <Select options={STAGES} value={stage} onChange={setStage} />
      </Field>
      <Field label="Owner">
        <Combobox options={PEOPLE} value={person} onChange={setPerson} />
      </Field>
      <Field label="Watchers">
        <MultiCombobox options={PEOPLE} value={people} onChange={setPeople} />
      </Field>
      <Field label="Note">
        <Textarea placeholder="What was said" />
      </Field>
      <Field label="Locked" disabled>
        <Input defaultValue="Cannot be changed" disabled />
      </Field>
    </div>
  )
}

function Toggles() {
  const [checked, setChecked] = useState(true)
  const [on, setOn] = useState(true)
  const [tab, setTab] = useState('all')
  return (
    <>
      <Row name="Choices">
        <Checkbox checked={checked} onChange={setChecked}>
          Tell me by e-mail
        </Checkbox>
        <Checkbox checked={false} indeterminate onChange={() => undefined} label="Some" />
        <Checkbox checked={false} onChange={() => undefined} label="None" />
        <Switch checked={on} onChange={setOn}>
          Live updates
        </Switch>
        <Switch checked={false} onChange={() => undefined} label="Off" />
      </Row>
      <Tabs
        label="Leads by state"
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'all', label: 'All', count: '6,468', panel: <p className="text-muted">Everything.</p> },
          { value: 'mine', label: 'Mine', panel: <p className="text-muted">Yours.</p> },
          {
            value: 'team',
            label: (
              <>
                <UsersRound className="size-4" aria-hidden /> Team
              </>
            ),
            panel: <p>Team.</p>,
          },
        ]}
      />
    </>
  )
}
