import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startI18n } from './app/i18n.ts'
import { Providers } from './app/Providers.tsx'
import './ui/styles.css'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no #root to render into.')

await startI18n()
createRoot(root).render(
  <StrictMode>
    <Providers />
  </StrictMode>,
)
