/** The line behind a switchboard: `ext. 12`, `x12`, `#12`, `ramal 12`. */
const extensionForm = /^(.*\d\)?)[\s,;]*(?:extension|extn?|ramal|rml|x|r|#)[.:=\s]*(\d{1,7})$/i
/** Digits of which a number has at least as many, so that `2 x 4` is none. */
const fewestDigits = 7

/** A telephone number and its extension apart; what has none stays as it is. */
export function splitExtension(text: string): { number: string; extension: string | null } {
  const [, number, extension] = extensionForm.exec(text.trim()) ?? []
  if (number === undefined || extension === undefined || number.replace(/\D/g, '').length < fewestDigits)
    return { number: text, extension: null }
  return { number, extension }
}
