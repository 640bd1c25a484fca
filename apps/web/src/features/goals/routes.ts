import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'

export const goalRoutes: RouteObject[] = [
  { path: paths.goals, lazy: async () => ({ Component: (await import('./GoalsPage.tsx')).GoalsPage }) },
]
