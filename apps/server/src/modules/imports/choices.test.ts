import { dealFields, leadFields, productFields, taskFields } from '@rapport/contracts'
import { expect, test } from 'vitest'
import { readChoice } from './choices.ts'

const words = {
  lead: { status: ['Working', 'Em contato', 'Em nutrição', 'Qualificado', 'Convertido', 'Perdido', 'Novo'] },
  deal: {
    status: ['Aberto', 'Ganho', 'Perdido'],
    forecast_category: ['Em andamento', 'Melhor caso', 'Comprometido', 'Fora da previsão', 'Left out'],
  },
  product: { status: ['Ativo', 'Retirado'] },
  task: { status: ['Aberto', 'Concluída'], priority: ['Baixa', 'Normal', 'Alta', 'Urgente'] },
}
const fieldsOf = { lead: leadFields, deal: dealFields, product: productFields, task: taskFields }

test('options are read by the words that screens and exports have for them', () => {
  const read = Object.entries(words).map(([object, fields]) => [
    object,
    Object.entries(fields).map(([name, texts]) => {
      const field = fieldsOf[object as keyof typeof words].find((one) => one.name === name)
      if (!field) throw new Error(`${object} has no ${name}`)
      return texts.map((text) => readChoice(field, text))
    }),
  ])
  expect(Object.fromEntries(read)).toEqual({
    lead: [['working', 'working', 'nurturing', 'qualified', 'converted', 'lost', 'new']],
    deal: [
      ['open', 'won', 'lost'],
      ['pipeline', 'best_case', 'committed', 'omitted', 'omitted'],
    ],
    product: [['active', 'retired']],
    task: [
      ['open', 'done'],
      ['low', 'normal', 'high', 'urgent'],
    ],
  })
})
