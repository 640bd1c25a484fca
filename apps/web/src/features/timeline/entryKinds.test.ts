import { activityTypes } from '@rapport/contracts'
import { expect, test } from 'vitest'
import { entryKinds } from './entryKinds.ts'

test('every type of activity has one look of its own, so that it can be asked for', () => {
  const types = entryKinds.flatMap((kind) => kind.types)
  expect(types.toSorted()).toEqual(activityTypes.toSorted())
})
