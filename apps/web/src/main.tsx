import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { onPushOpened } from './app/push.ts'
import { router } from './app/router.tsx'
import { startI18n } from './app/i18n.ts'
import { Providers } from './app/Providers.tsx'
import './ui/styles.css'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no #root to render into.')

await startI18n()
onPushOpened((path) => void router.navigate(path))
createRoot(root).render(
  <StrictMode>
    <Providers />
  </StrictMode>,
)
