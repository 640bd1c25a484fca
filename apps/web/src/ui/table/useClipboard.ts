import { useCallback } from 'react'
import type { ClipboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldTypes } from '../fields/fieldTypes.ts'
import { useFormat, type Format } from '../format.ts'
import { copyCell, mayEditCell, parseCell } from './cellValue.ts'
import { HEADER_ROW, locate, rangeOf } from './gridState.ts'
import type { CellRange, GridState, Ground } from './gridState.ts'
import { readTsv, writeTsv } from './tsv.ts'
import type { CellValue } from '../fields/types.ts'
import type { DataColumn } from './types.ts'

type ClipboardOptions<Row> = {
  state: GridState
  ground: Ground
  rowOf: (index: number) => Row | undefined
  columnOf: (id: string) => DataColumn<Row> | undefined
  save: (rowId: string, columnId: string, value: CellValue) => Promise<void>
  announce: (message: string) => void
}

function chosenRange(state: GridState, ground: Ground): CellRange | null {
  const range = rangeOf(state, ground)
  if (range) return range
  const at = locate(state.focus, ground)
  if (at === null || at.row === HEADER_ROW || at.col === 0) return null
  return { fromRow: at.row, toRow: at.row, fromCol: at.col, toCol: at.col }
}

/** Copies cells as tab-separated text and writes pasted text into cells that may be edited. */
export function useClipboard<Row>(options: ClipboardOptions<Row>) {
  const { state, ground, rowOf, columnOf, save, announce } = options
  const { t } = useTranslation()
  const format = useFormat()

  const onCopy = useCallback(
    (event: ClipboardEvent) => {
      const range = chosenRange(state, ground)
      if (!range || state.editing || !window.getSelection()?.isCollapsed) return
      const grid: string[][] = []
      for (let row = range.fromRow; row <= range.toRow; row += 1) {
        const data = rowOf(row)
        if (data === undefined) continue
        const columns = ground.columnIds.slice(range.fromCol, range.toCol + 1).map(columnOf)
        grid.push(columns.map((column) => (column ? copyCell(column, data) : '')))
      }
      event.preventDefault()
      event.clipboardData.setData('text/plain', writeTsv(grid))
      announce(t('table.copied', { count: grid.reduce((sum, cells) => sum + cells.length, 0) }))
    },
    [state, ground, rowOf, columnOf, announce, t],
  )

  /** Answers whether the cell took the text. */
  const write = useCallback(
    async (row: number, col: number, text: string): Promise<boolean> => {
      const data = rowOf(row)
      const rowId = ground.rowIdAt(row)
      const column = columnOf(ground.columnIds[col] ?? '')
      if (data === undefined || rowId === undefined || !column || !mayEditCell(column, data)) return false
      const value = await valueOf(column, data, text, format)
      if (value === undefined || (column.validate?.(value, data) ?? null) !== null) return false
      void save(rowId, column.id, value)
      return true
    },
    [rowOf, columnOf, ground, save, format],
  )

  const fill = useCallback(
    async (range: CellRange, textAt: (row: number, col: number) => string | undefined) => {
      const written: Promise<boolean>[] = []
      for (let row = range.fromRow; row <= range.toRow; row += 1) {
        for (let col = range.fromCol; col <= range.toCol; col += 1) {
          const text = textAt(row - range.fromRow, col - range.fromCol)
          if (text === undefined) continue
          written.push(write(row, col, text))
        }
      }
      const taken = (await Promise.all(written)).filter(Boolean).length
      const skipped = written.length - taken
      const parts = [
        taken > 0 ? t('table.pasted', { count: taken }) : '',
        skipped > 0 ? t('table.paste_skipped', { count: skipped }) : '',
      ]
      announce(parts.filter(Boolean).join('. '))
    },
    [write, announce, t],
  )

  const onPaste = useCallback(
    (event: ClipboardEvent) => {
      const range = chosenRange(state, ground)
      if (!range || state.editing) return
      const grid = readTsv(event.clipboardData.getData('text/plain'))
      const only = grid.length === 1 && grid[0]?.length === 1 ? grid[0][0] : undefined
      event.preventDefault()
      if (grid.length === 0) return
      // One copied cell fills all that is selected; more than one keep their own shape.
      if (only !== undefined) void fill(range, () => only)
      else void fill(shapeAt(range, grid, ground), (row, col) => grid[row]?.[col])
    },
    [state, ground, fill],
  )

  const clearCells = useCallback((range: CellRange) => void fill(range, () => ''), [fill])
  return { onCopy, onPaste, clearCells }
}

/** What the text means to the cell; undefined when nothing that it can hold. */
async function valueOf<Row>(
  column: DataColumn<Row>,
  row: Row,
  text: string,
  format: Format,
): Promise<CellValue | undefined> {
  if (column.find && text.trim() !== '') return column.find(text.trim()).catch(() => undefined)
  await fieldTypes[column.type].prepare?.(format)
  const parsed = parseCell(column, row, text, format)
  return parsed.ok ? parsed.value : undefined
}

function shapeAt(range: CellRange, grid: string[][], ground: Ground): CellRange {
  const wide = Math.max(...grid.map((cells) => cells.length))
  return {
    fromRow: range.fromRow,
    fromCol: range.fromCol,
    toRow: Math.min(range.fromRow + grid.length - 1, ground.rowCount - 1),
    toCol: Math.min(range.fromCol + wide - 1, ground.columnIds.length - 1),
  }
}
