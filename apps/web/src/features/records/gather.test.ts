import { expect, test, vi } from 'vitest'
import { gather } from './gather.ts'

const named = (id: string) => ({ id })
type ReadOne = Parameters<typeof gather<{ id: string }>>[0]
type ReadMany = Parameters<typeof gather<{ id: string }>>[1]

test('what is wanted in one turn is read together, and what does not come by itself', async () => {
  const readOne = vi.fn<ReadOne>(async (id) => {
    if (id === 'gone') throw new Error('There is none.')
    return named(id)
  })
  const readMany = vi.fn<ReadMany>(async (ids) => ids.filter((id) => id !== 'gone').map(named))
  const read = gather(readOne, readMany)
  const gone = read('gone')
  const found = Promise.all([read('a'), read('b'), read('a')])
  await expect(gone).rejects.toThrow('There is none.')
  expect(await found).toEqual([named('a'), named('b'), named('a')])
  expect(readMany.mock.calls).toEqual([[['gone', 'a', 'b']]])
  expect(readOne.mock.calls).toEqual([['gone']])

  expect(await read('c')).toEqual(named('c'))
  expect(readMany).toHaveBeenCalledOnce()
  expect(readOne).toHaveBeenLastCalledWith('c')
})

test('more than a page of them are read in pages', async () => {
  const readMany = vi.fn<ReadMany>(async (ids) => ids.map(named))
  const read = gather(async (id) => named(id), readMany)
  const ids = Array.from({ length: 230 }, (_, n) => String(n))
  expect(await Promise.all(ids.map(read))).toEqual(ids.map(named))
  expect(readMany.mock.calls.map(([page]) => page.length)).toEqual([100, 100, 30])
})

test('a reading that fails is told to all who wait for it, and the next begins anew', async () => {
  const readMany = vi.fn<ReadMany>(async (ids) => ids.map(named))
  readMany.mockRejectedValueOnce(new Error('No connection.'))
  const read = gather(async (id) => named(id), readMany)
  const both = await Promise.allSettled([read('a'), read('b')])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await Promise.all([read('a'), read('b')])).toEqual([named('a'), named('b')])
})
