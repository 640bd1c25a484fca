import { expect, test } from 'vitest'
import { timeZoneOf } from './places.ts'

const place = (given: Partial<Parameters<typeof timeZoneOf>[0]>) =>
  timeZoneOf({ country: null, state: null, city: null, time_zone: null, ...given })

test.each([
  [{ time_zone: 'Europe/Lisbon', country: 'BR' }, 'Europe/Lisbon'],
  [{ time_zone: 'nowhere', country: 'PT' }, null],
  [{ country: 'DE' }, 'Europe/Berlin'],
  [{ country: 'Germany' }, 'Europe/Berlin'],
  [{ country: 'Alemanha' }, 'Europe/Berlin'],
  [{ country: 'United States', state: 'TX' }, 'America/Chicago'],
  [{ country: 'US' }, null],
  [{ country: 'US', state: 'CA' }, 'America/Los_Angeles'],
  [{ country: 'USA', state: 'new york' }, 'America/New_York'],
  [{ country: 'BR', state: 'São Paulo' }, 'America/Sao_Paulo'],
  [{ country: 'BR', state: 'Amazonas' }, 'America/Manaus'],
  [{ country: 'BR', state: 'SP', city: 'Sao Paulo' }, 'America/Sao_Paulo'],
  [{ country: 'BR', city: 'Manaus' }, 'America/Manaus'],
  [{ country: 'US', state: 'Texas', city: 'El Paso' }, 'America/Denver'],
  [{ city: 'Paris' }, null],
])('%j is in the time zone %s', (given, zone) => {
  expect(place(given)).toBe(zone)
})
