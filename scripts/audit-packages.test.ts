import { expect, test } from 'vitest'
import { judgeAudit } from './audit-packages.mjs'

const reportOf = (severity: string) =>
  JSON.stringify({
    vulnerabilities: {
      leftpad: {
        name: 'leftpad',
        severity,
        range: '<2',
        via: [{ title: 'Pads right', url: 'https://example.com/1' }],
      },
    },
  })

test('a grave flaw fails and is named with its reason', () => {
  for (const severity of ['high', 'critical']) {
    const { code, text } = judgeAudit(reportOf(severity))
    expect(code).toBe(1)
    expect(text).toContain(`${severity}: leftpad <2`)
    expect(text).toContain('https://example.com/1')
  }
})

test('a lesser flaw does not fail', () => {
  expect(judgeAudit(reportOf('moderate')).code).toBe(0)
  expect(judgeAudit('{"vulnerabilities":{}}').code).toBe(0)
})

test('a registry that does not answer is not taken for a clean report', () => {
  expect(judgeAudit('{"message":"405 Method Not Allowed"}')).toMatchObject({
    code: 2,
    text: expect.stringContaining('nothing was checked') as string,
  })
  expect(judgeAudit('').code).toBe(2)
})
