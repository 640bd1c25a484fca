import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DateEvidence, hasTime, isDay, readDay, readInstant, usualOrder } from './dates.ts'

describe('a day', () => {
  it.each([
    ['2016-10-20', '2016-10-20'],
    ['2016/1/2', '2016-01-02'],
    ['2016.01.02', '2016-01-02'],
    ['20161020', '2016-10-20'],
    ['20/10/2016', '2016-10-20'],
    ['20-10-16', '2016-10-20'],
    ['1.2.70', '1970-02-01'],
    ['04 Apr, 2021 00:02:00', '2021-04-04'],
    ['4-abr-2021', '2021-04-04'],
    ['4 de março de 2021', '2021-03-04'],
    ['1º de maio de 2021', '2021-05-01'],
    ['April 4, 2021', '2021-04-04'],
    ['Apr 4th, 2021', '2021-04-04'],
    ['Mon, 5 Apr 2021', '2021-04-05'],
    ['2021-Apr-04', '2021-04-04'],
    ['20/10/2016 17:05', '2016-10-20'],
  ])('is read from %s', (text, day) => expect(readDay(text, 'day_first')).toBe(day))

  it('has its month first where the column says so', () => {
    expect(readDay('10/20/2016', 'month_first')).toBe('2016-10-20')
    expect(readDay('10/20/2016', 'day_first')).toBeUndefined()
  })

  it.each(['30/02/2021', '2021-13-01', '20161340', 'soon', '12', '1.234,56', '4 Foo 2021', '00/00/0000', ''])(
    'is not read from %s',
    (text) => expect(readDay(text, 'day_first')).toBeUndefined(),
  )
})

it('every day of the calendar is read, and no other', () => {
  const [year, month, day] = [fc.integer({ min: 0, max: 9999 }), fc.nat({ max: 13 }), fc.nat({ max: 32 })]
  fc.assert(
    fc.property(year, month, day, (...parts) => {
      const text = parts.map((part, at) => String(part).padStart(at === 0 ? 4 : 2, '0')).join('-')
      const date = new Date(`${text}T00:00:00Z`)
      const isThere =
        parts[0] >= 100 && !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text
      expect(readDay(text, 'day_first')).toBe(isThere ? text : undefined)
      expect(isDay(text)).toBe(isThere)
    }),
    { numRuns: 1000 },
  )
})

it('a day is one in either order of day and month', () => {
  expect(['20/10/2016', '10/20/2016', '30/02/2016', '13/13/2016'].map(isDay)).toEqual([
    true,
    true,
    false,
    false,
  ])
})

describe('an instant', () => {
  it.each([
    ['04 Apr, 2021 00:02:03', 'UTC', '2021-04-04T00:02:03.000Z'],
    ['04/04/2021 5:07 PM', 'America/Sao_Paulo', '2021-04-04T20:07:00.000Z'],
    ['04/04/2021 12:00 am', 'UTC', '2021-04-04T00:00:00.000Z'],
    ['2021-04-04T10:00:00+02:00', 'America/Sao_Paulo', '2021-04-04T08:00:00.000Z'],
    ['2021-04-04T10:00:00Z', 'America/Sao_Paulo', '2021-04-04T10:00:00.000Z'],
    ['2021-04-04 10:00:00.123', 'UTC', '2021-04-04T10:00:00.000Z'],
    ['04/04/2021 às 10h30', 'UTC', '2021-04-04T10:30:00.000Z'],
    ['2021-04-04', 'America/Sao_Paulo', '2021-04-04T03:00:00.000Z'],
  ])('is read from %s in %s', (text, zone, instant) =>
    expect(readInstant(text, 'day_first', zone)).toBe(instant),
  )

  it('is not read from a time that no clock shows', () => {
    expect(readInstant('2021-04-04 25:00', 'day_first', 'UTC')).toBeUndefined()
    expect(readInstant('2021-04-04 13:00 pm', 'day_first', 'UTC')).toBeUndefined()
  })

  it('is told from a day', () => {
    expect([hasTime('2021-04-04'), hasTime('2021-04-04 10:00')]).toEqual([false, true])
  })
})

describe('the order of day and month', () => {
  const orderOf = (...texts: string[]) => {
    const evidence = new DateEvidence()
    for (const text of texts) evidence.add(text)
    return evidence.order
  }

  it('is what the whole column shows', () => {
    expect(orderOf('1/2/2016', '10/20/2016', '3/4/2016')).toBe('month_first')
    expect(orderOf('1/2/2016', '20/10/2016 10:00', '3/4/2016')).toBe('day_first')
  })

  it('is not guessed from values that show nothing', () => {
    expect(orderOf('1/2/2016', '2016-10-20', 'Apr 4, 2021')).toBeNull()
    expect([
      usualOrder('US', 'pt-BR'),
      usualOrder('BR', 'en'),
      usualOrder(null, 'en'),
      usualOrder(null, 'pt-BR'),
    ]).toEqual(['month_first', 'day_first', 'month_first', 'day_first'])
  })
})
