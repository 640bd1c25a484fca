import { describe, expect, it } from 'vitest'
import { blankField, bodyOf, keyFrom } from './typedField.ts'

describe('a custom field as it is typed', () => {
  it.each([
    ['Budget', 'budget'],
    ['Orçamento anual (R$)', 'orcamento_anual_r'],
    ['  2nd phone', 'nd_phone'],
    ['E-mail do financeiro', 'e_mail_do_financeiro'],
    ['日本', ''],
  ])('the key of “%s” is %s', (label, key) => {
    expect(keyFrom(label)).toBe(key)
  })

  it('a new option is kept under its first name, a renamed one under the name it had', () => {
    const options = [
      { id: 'a', value: 'small', label: 'Small ones', color: 'blue' as const },
      { id: 'b', value: '', label: 'Large', color: 'red' as const },
    ]
    expect(bodyOf({ ...blankField('select'), options }).options).toEqual([
      { value: 'small', label: 'Small ones', color: 'blue' },
      { value: 'Large', label: 'Large', color: 'red' },
    ])
  })

  it('what does not go with the type is not sent', () => {
    const typed = {
      ...blankField('formula'),
      formula: '1 + 1',
      required: true,
      unique: true,
      default_value: 3,
    }
    expect(bodyOf(typed)).toEqual({
      type: 'formula',
      label: '',
      help: null,
      formula: '1 + 1',
      required: false,
      unique: false,
      default_value: null,
    })
  })
})
