/**
 * What a browser can do at best: columns of as many rows as the longest one of the board, in plain JavaScript, with
 * only those drawn that are seen. As wide and as high as the board's, with one line of text in each.
 */
export const barePage = (rows: number): string => `<!doctype html><meta charset="utf-8"><title>Bare</title>
<style>
  body { margin: 0; font: 13px sans-serif }
  main { display: flex; gap: 8px; height: 100vh; overflow-x: auto }
  section { flex: none; width: 288px; height: 100% }
  div { height: 100%; overflow-y: auto }
  ul { position: relative; margin: 0; padding: 0; list-style: none; height: ${rows * 100}px }
  li { position: absolute; inset: 0 8px auto; height: 90px; border: 1px solid #ddd; border-radius: 6px }
</style>
<main></main>
<script>
  const main = document.querySelector('main')
  for (let column = 0; column < 6; column += 1) {
    const section = document.createElement('section')
    section.dataset.column = column
    section.innerHTML = '<div><ul></ul></div>'
    main.append(section)
    const box = section.firstChild, list = box.firstChild, drawn = new Map()
    const draw = () => {
      const first = Math.max(0, Math.floor(box.scrollTop / 100) - 4)
      const last = Math.min(${rows} - 1, Math.ceil((box.scrollTop + box.clientHeight) / 100) + 4)
      for (const [row, item] of drawn) if (row < first || row > last) { item.remove(); drawn.delete(row) }
      for (let row = first; row <= last; row += 1) {
        if (drawn.has(row)) continue
        const item = document.createElement('li')
        item.textContent = 'Row ' + row
        item.style.transform = 'translateY(' + row * 100 + 'px)'
        list.append(item)
        drawn.set(row, item)
      }
    }
    box.addEventListener('scroll', draw, { passive: true })
    draw()
  }
</script>`
