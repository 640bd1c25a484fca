import { describe, expect, test } from 'vitest'
import { proofOf } from './proof.ts'

describe('what somebody types as proof', () => {
  test.each(['123456', '123 456', ' 123-456 '])('is a code of the app when it is six digits: %j', (typed) => {
    expect(proofOf(typed)).toEqual({ code: '123456' })
  })

  test.each(['abcd-efgh-jkmn-pqrs', '12345', '1234567'])('is a recovery code otherwise: %j', (typed) => {
    expect(proofOf(typed)).toEqual({ recovery_code: typed })
  })
})
