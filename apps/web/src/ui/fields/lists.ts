/** Several addresses or numbers are written with commas between them. */
export const joinList = (value: unknown, look = (one: string) => one): string =>
  (Array.isArray(value) ? value : [value]).map((one) => look(String(one))).join(', ')

export const splitList = (text: string): string[] =>
  text
    .split(/[,;\n]/)
    .map((one) => one.trim())
    .filter(Boolean)
