export const followUpKeys = {
  all: ['follow-ups'] as const,
  today: ['follow-ups', 'today'] as const,
  cadence: ['follow-ups', 'cadence'] as const,
  of: (object: string, id: string) => ['follow-ups', 'of', object, id] as const,
}
