export const noteKeys = {
  all: ['notes'] as const,
  of: (object: string, id: string) => ['notes', 'of', object, id] as const,
  named: ['notes', 'named'] as const,
  versions: (id: string) => ['notes', 'versions', id] as const,
}
