// Runs before the first paint, so that nobody who works in the dark sees a white flash. It is a file of its own
// because the content security policy forbids inline scripts. src/app/theme.ts does the same after start.
;(() => {
  const root = document.documentElement
  let mode = null
  try {
    mode = localStorage.getItem('rapport.theme')
    root.lang = localStorage.getItem('rapport.language') ?? navigator.language
  } catch {
    // Storage is switched off: the system's choice decides.
  }
  const dark = mode === 'dark' || (mode !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.dataset.theme = dark ? 'dark' : 'light'
  document.querySelector('meta[name=theme-color]').content = dark ? '#0f1013' : '#f7f7f8'
})()
