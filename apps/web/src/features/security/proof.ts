/** Six digits are a code of the app; whatever else is typed is meant as a recovery code. */
export function proofOf(typed: string): { code: string } | { recovery_code: string } {
  const plain = typed.replace(/[\s-]/g, '')
  return /^\d{6}$/.test(plain) ? { code: plain } : { recovery_code: typed }
}
