import type { RecordTag } from '@rapport/contracts'
import { describe, expect, test } from 'vitest'
import { wishOf } from './wish.ts'

const hot: RecordTag = { id: '1', name: 'Hot', color: 'red' }
const vip: RecordTag = { id: '2', name: 'VIP', color: 'blue' }

describe('what one wants of tags', () => {
  test('is sent as the difference, and shown with the looks that are known', () => {
    expect(wishOf([hot], ['2'], [hot, vip])).toEqual({
      change: { tags: { add: ['2'], remove: ['1'] } },
      shown: { tags: [vip] },
    })
  })

  test('makes a tag of a new name, which is shown until the server gives it a colour', () => {
    expect(wishOf([hot], ['1', 'Fresh'], [hot])).toEqual({
      change: { tags: { add: ['Fresh'], remove: [] } },
      shown: { tags: [{ id: 'Fresh', name: 'Fresh', color: 'slate' }, hot] },
    })
  })

  test('is nothing when the same tags are named in another spelling or order', () => {
    expect(wishOf([hot, vip], ['vip', 'HOT '], [])).toBeNull()
  })

  test('is none at all when the cell was emptied', () => {
    expect(wishOf([hot], null, [])).toMatchObject({
      change: { tags: { remove: ['1'] } },
      shown: { tags: [] },
    })
  })
})
