import type { RouteObject } from 'react-router'
import { paths } from '../../app/paths.ts'
import { passBySession } from '../../app/requireSession.ts'

export const authRoutes: RouteObject[] = [
  {
    path: paths.login,
    loader: passBySession,
    lazy: async () => ({ Component: (await import('./LoginPage.tsx')).LoginPage }),
  },
  {
    path: paths.forgotPassword,
    lazy: async () => ({ Component: (await import('./ForgotPasswordPage.tsx')).ForgotPasswordPage }),
  },
  {
    path: paths.resetPassword,
    lazy: async () => ({ Component: (await import('./ResetPasswordPage.tsx')).ResetPasswordPage }),
  },
  {
    path: paths.verifyEmail,
    lazy: async () => ({ Component: (await import('./VerifyEmailPage.tsx')).VerifyEmailPage }),
  },
  {
    path: paths.signup,
    loader: passBySession,
    lazy: async () => ({ Component: (await import('./SignupPage.tsx')).SignupPage }),
  },
]
