/**
 * A cell that starts with one of these is run as a formula by spreadsheet programs (OWASP, "CSV injection"), so
 * files that we write put an apostrophe before it, and take it away when such a file comes back.
 */
export const guard = (cell: string): string => (/^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)
export const unguard = (cell: string): string => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)
