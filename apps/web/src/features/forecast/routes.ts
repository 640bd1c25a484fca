import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'

export const forecastRoutes: RouteObject[] = [
  {
    path: paths.forecast,
    lazy: async () => ({ Component: (await import('./ForecastPage.tsx')).ForecastPage }),
  },
]
