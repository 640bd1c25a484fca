import { useState, type DragEvent } from 'react'

/** Files are dropped anywhere onto what has these handlers; by keyboard there is a button for the same. */
export function useDropping(enabled: boolean, onFiles: (files: File[]) => void) {
  const [over, setOver] = useState(false)
  const isFiles = ({ dataTransfer }: DragEvent) => enabled && dataTransfer.types.includes('Files')
  const handlers = {
    onDragOver: (event: DragEvent) => {
      if (!isFiles(event)) return
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      if (!isFiles(event)) return
      event.preventDefault()
      setOver(false)
      onFiles([...event.dataTransfer.files])
    },
  }
  return { over, handlers }
}
