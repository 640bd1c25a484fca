import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createAutosave, type Hindrance, type SaveState } from './autosave.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function open(answers: (Hindrance | 'ok')[] = []) {
  const saved: string[] = []
  const states: SaveState[] = []
  const device: { draft: string | null } = { draft: null }
  const autosave = createAutosave<string>({
    async save(content) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      const answer = answers.shift() ?? 'ok'
      if (answer !== 'ok') throw new Error(answer)
      saved.push(content)
    },
    keep: (content) => void (device.draft = content),
    forget: () => void (device.draft = null),
    tell: (state) => void states.push(state),
    judge: (error) => (error as Error).message as Hindrance,
    pause_ms: 1_000,
    retry_ms: 5_000,
  })
  return { autosave, saved, states, device, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
}

describe('what is written', () => {
  test('is on the device at once, and saved a moment after the last word', async () => {
    const { autosave, saved, states, device, pass } = open()
    autosave.change('a')
    await pass(900)
    autosave.change('ab')
    expect(device.draft).toBe('ab')
    await pass(900)
    expect(saved).toEqual([])
    await pass(300)
    expect([saved, device.draft, states.at(-1)]).toEqual([['ab'], null, 'saved'])
  })

  test('while it is being saved is saved after that, and stays on the device until then', async () => {
    const { autosave, saved, states, device, pass } = open()
    autosave.change('a')
    await pass(1_050)
    autosave.change('ab')
    await pass(60)
    expect([saved, device.draft, states.at(-1)]).toEqual([['a'], 'ab', 'unsaved'])
    await pass(1_200)
    expect([saved, device.draft, states.at(-1)]).toEqual([['a', 'ab'], null, 'saved'])
  })

  test('without a connection is kept and tried again until it arrives', async () => {
    const { autosave, saved, states, device, pass } = open(['offline', 'offline'])
    autosave.change('a')
    await pass(1_200)
    expect([states.at(-1), device.draft]).toEqual(['offline', 'a'])
    await pass(5_200)
    expect(states.at(-1)).toBe('offline')
    await pass(5_200)
    expect([saved, states.at(-1), device.draft]).toEqual([['a'], 'saved', null])
  })

  test('over somebody else’s words waits for a decision, and goes with it', async () => {
    const { autosave, saved, states, device, pass } = open(['conflict'])
    autosave.change('a')
    await pass(1_200)
    autosave.change('ab')
    await pass(20_000)
    expect([saved, states.at(-1), device.draft]).toEqual([[], 'conflict', 'ab'])
    const decided = autosave.flush()
    await pass(200)
    expect([await decided, saved, device.draft]).toEqual([true, ['ab'], null])
  })

  test('last is saved when one says so, also during a save', async () => {
    const { autosave, saved, pass } = open()
    autosave.change('a')
    const first = autosave.flush()
    await pass(50)
    autosave.change('ab')
    const second = autosave.flush()
    await pass(300)
    expect([await first, await second, saved]).toEqual([true, true, ['a', 'ab']])
  })
})
