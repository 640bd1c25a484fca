import { createContext, use } from 'react'

export type Commands = { openPalette: () => void; openShortcuts: () => void }

export const CommandsContext = createContext<Commands | null>(null)

export function useCommands(): Commands {
  const commands = use(CommandsContext)
  if (commands === null) throw new Error('useCommands is for what lies inside AppCommands.')
  return commands
}
